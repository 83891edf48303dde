# A private PostgreSQL cluster in the cache, shared by the running `dev` commands of one user.
# Each of them holds a shared lock on descriptor 9; the last one out stops the cluster.

choose_cluster() {
    PG_BIN=$(find /usr/lib/postgresql/*/bin -maxdepth 0 | sort -V | tail -n 1)
    PG_DATA=$CACHE/cluster-$(basename "$(dirname "$PG_BIN")")
    PGHOST=/tmp/kaiyang-$(id -u)-$(echo "$CACHE" | cksum | cut -d ' ' -f 1)
    PGUSER=odoo
    PG_OWNER=$(id -un)
    # PostgreSQL refuses to run as root.
    [ "$(id -u)" != 0 ] || PG_OWNER=postgres
    export PGHOST PGUSER
    export PATH=$PG_BIN:$PATH
}

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid postgres --regid postgres --init-groups env -C / "$@"
    else
        "$@"
    fi
}

make_owned_folder() {
    [ -d "$1" ] || install -d -m 0700 -o "$PG_OWNER" "$1"
    [ "$(stat -c '%U %a' "$1")" = "$PG_OWNER 700" ] || die "$1 is not $PG_OWNER's own folder; remove it"
    as_owner test -w "$1" || die "$PG_OWNER cannot reach $1; choose another cache with KC_CACHE=/path"
}

initialise_cluster() {
    [ ! -e "$PG_DATA/.ready" ] || return 0
    say "creating the database cluster"
    rm -rf "$PG_DATA"
    make_owned_folder "$PG_DATA"
    # With ctype C the trigram index of PostgreSQL sees no Chinese.
    as_owner "$PG_BIN/initdb" -D "$PG_DATA" --locale=C.UTF-8 -E UTF8 --auth=trust -U postgres \
        >"$LOGS/initdb.log" 2>&1 || die "initdb failed; see $LOGS/initdb.log"
    cat >>"$PG_DATA/postgresql.conf" <<TEXT
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 200
TEXT
    as_owner touch "$PG_DATA/.ready"
}

cluster_answers() { pg_isready -q -U postgres -d postgres; }

# After a crash the pid in the lock file may belong to anything by now.
forget_dead_server() {
    local pid
    pid=$(head -n 1 "$PG_DATA/postmaster.pid" 2>/dev/null) || return 0
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] || rm -f "$PG_DATA/postmaster.pid"
}

start_cluster() {
    ! cluster_answers || return 0
    initialise_cluster
    make_owned_folder "$PGHOST"
    forget_dead_server
    # What was acknowledged is on disk; clusters made before have it off in their file.
    as_owner "$PG_BIN/pg_ctl" -D "$PG_DATA" -l "$PG_DATA/server.log" \
        -o "-k $PGHOST -c synchronous_commit=on" -w start \
        >"$LOGS/cluster.log" 2>&1 8>&- 9>&- || die "PostgreSQL does not start; see $PG_DATA/server.log"
    [ -n "$(psql -U postgres -d postgres -tAc "SELECT 1 FROM pg_roles WHERE rolname = 'odoo'")" ] ||
        psql -q -U postgres -d postgres -c 'CREATE ROLE odoo LOGIN CREATEDB'
}

# For databases that are thrown away: nobody waits for the disk.
without_waiting_for_disk() { export PGOPTIONS="-c synchronous_commit=off"; }

hold_cluster() {
    exec 9>"$CACHE/cluster.lock"
    flock -s 9
    AT_EXIT+=(release_cluster)
    with_lock start start_cluster
}

release_cluster() {
    flock -n -x 9 || return 0
    [ ! -e "$PG_DATA/postmaster.pid" ] || as_owner "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w stop >/dev/null 2>&1 8>&- 9>&-
    rm -rf "$PGHOST"
    exec 9>&-
}
