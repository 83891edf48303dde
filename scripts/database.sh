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

# install_addon DATABASE LOG [ODOO OPTIONS...]
install_addon() {
    local database=$1 log=$2
    shift 2
    quietly "$log" "$KC_PYTHON" -m odoo -d "$database" -i "$ADDON" --load-language zh_CN \
        --stop-after-init --no-http "$@"
}

# The demonstration as the addon's files make it, kept to be copied.
demo_template() { echo "kaiyang_demo_$(addon_digest "$ADDON")"; }

build_demo_template() {
    ! database_exists "$1" || return 0
    local old
    for old in $(databases_like 'kaiyang_demo_[0-9a-f]+(-new)?'); do
        drop_database "$old"
    done
    say "installing the demonstration (a minute)"
    drop_database "$1-new"
    install_addon "$1-new" demo --with-demo
    odoo_db rename "$1-new" "$1"
}

copy_demo() {
    local template
    template=$(demo_template)
    build_demo_template "$template"
    odoo_db duplicate --force "$template" "$1"
}

create_demo_database() { with_lock demo copy_demo "$1"; }

free_port() {
    "$KC_PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
