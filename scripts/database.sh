# Databases with the addon installed; each has a folder of files, which Odoo's own commands know of.

odoo_db() {
    "$KC_PYTHON" -m odoo db "$@" >>"$LOGS/databases.log" 2>&1 || {
        say "failed: odoo db $*; see $LOGS/databases.log"
        return 1
    }
}

# Databases whose names match that regular expression.
databases_like() { psql -d postgres -tAc "SELECT datname FROM pg_database WHERE datname ~ '^$1\$'"; }

database_exists() { [ -n "$(databases_like "$1")" ]; }

drop_database() { ! database_exists "$1" || odoo_db drop "$1"; }

# install_addon DATABASE LOG
install_addon() {
    quietly "$2" "$KC_PYTHON" -m odoo -d "$1" -i "$ADDON" --load-language zh_CN --stop-after-init --no-http
}

# copy_database FROM TO: fast, and good for tests: both have the same secrets.
copy_database() {
    local files=$CACHE/data/filestore
    drop_database "$2"
    createdb --template "$1" "$2" || return
    rm -rf "${files:?}/$2"
    [ ! -d "$files/$1" ] || cp -r "$files/$1" "$files/$2"
}

# keep_database NAME OTHERS COMMAND...: has the command make a database of a name, once; those of
# older files, whose names match OTHERS, are dropped first.
keep_database() {
    local name=$1 others=$2 old
    shift 2
    ! database_exists "$name" || return 0
    for old in $(databases_like "$others(-new)?"); do
        drop_database "$old"
    done
    "$@" "$name-new"
    odoo_db rename "$name-new" "$name"
}

addon_depends() {
    "$KC_PYTHON" -c 'import ast, sys; print(*ast.literal_eval(open(sys.argv[1]).read())["depends"], sep=",")' \
        "$ROOT/$ADDON/__manifest__.py"
}

# What the addon stands on, kept to be copied: "plain", or "demo" with Odoo's demonstration.
ground_template() { echo "kaiyang_ground_$1_$({ echo "$ODOO_HOME" && oca_addons && addon_depends; } | digest)"; }

install_ground() {
    local kind=$1 options=()
    [ "$kind" != demo ] || options=(--with-demo)
    say "installing what the addon stands on ($kind, a minute)"
    quietly "ground-$kind" "$KC_PYTHON" -m odoo -d "$2" -i "$(addon_depends)" --load-language zh_CN \
        --stop-after-init --no-http "${options[@]}"
}

ensure_ground() {
    with_lock "ground-$1" keep_database "$(ground_template "$1")" "kaiyang_ground_$1_[0-9a-f]+" install_ground "$1"
}

# The demonstration as the addon's files make it, kept to be copied.
demo_template() { echo "kaiyang_demo_$(addon_digest "$ADDON")"; }

install_demo() {
    ensure_ground demo
    say "installing the demonstration (half a minute)"
    copy_database "$(ground_template demo)" "$1"
    # Chinese is loaded there: to ask for it again would read the translations of all modules once more.
    quietly demo "$KC_PYTHON" -m odoo -d "$1" -i "$ADDON" --with-demo --stop-after-init --no-http
}

# copy_demo DATABASE COMMAND...
copy_demo() {
    local template database=$1
    shift
    template=$(demo_template)
    keep_database "$template" 'kaiyang_demo_[0-9a-f]+' install_demo
    "$@" "$template" "$database"
}

# With secrets of its own.
create_demo_database() { with_lock demo copy_demo "$1" odoo_db duplicate --force; }

free_port() {
    "$KC_PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
