# Odoo 19 itself: Debian's package, unpacked into the cache without being installed; or ODOO_SRC.

# Odoo and one font are in Debian's unstable suite only; the rest is what Odoo's files link to.
ODOO_UNSTABLE=(odoo-19 fonts-montserrat)
ODOO_OWN_SUITE=(
    fonts-font-awesome fonts-inconsolata fonts-ocr-b fonts-roboto-unhinted
    libjs-jquery libjs-jquery-form libjs-underscore
)
# Taken out of Debian's package, yet the web client asks for it on every page.
SEGMENTATION_PACKAGE=@mediapipe/selfie_segmentation@0.1.1675465747
SEGMENTATION_FILE=selfie_segmentation.js

own_suite() { (. /etc/os-release && echo "${VERSION_CODENAME:-}"); }

# The address this machine itself takes that suite from.
own_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$1" '$2 == suite && $3 == "main" { print $1; exit }'
}

# Unstable's index is valid for a week only, and many a mirror lags behind; its signature is checked all the same.
PRIVATE_APT=(
    apt-get -o Dir::Etc::SourceList="$CACHE/apt/sources.list" -o Dir::Etc::SourceParts=-
    -o Dir::State::Lists="$CACHE/apt/lists" -o Dir::Cache="$CACHE/apt" -o APT::Sandbox::User=
    -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
)

write_private_sources() {
    local suite=$1 mirror
    mirror=$(own_mirror "$suite")
    [ -n "$mirror" ] || die "this is no Debian machine with a '$suite' mirror; give Odoo 19 with ODOO_SRC=/path"
    mkdir -p "$CACHE/apt/lists/partial" "$CACHE/apt/archives/partial" "$CACHE/debs"
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
        "$mirror" unstable "$mirror" "$suite" >"$CACHE/apt/sources.list"
}

missing_debs() {
    local suite=$1 name
    for name in "${ODOO_UNSTABLE[@]}"; do
        compgen -G "$CACHE/debs/${name}_*.deb" >/dev/null || echo "$name/unstable"
    done
    for name in "${ODOO_OWN_SUITE[@]}"; do
        compgen -G "$CACHE/debs/${name}_*.deb" >/dev/null || echo "$name/$suite"
    done
}

download_debs() {
    local suite missing
    suite=$(own_suite)
    mapfile -t missing < <(missing_debs "$suite")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "downloading Odoo 19 (130 MB)"
    write_private_sources "$suite"
    quietly odoo-index "${PRIVATE_APT[@]}" update
    mkdir -p "$CACHE/debs/partial"
    (cd "$CACHE/debs/partial" && "${PRIVATE_APT[@]}" download "${missing[@]}" >"$LOGS/odoo-download.log" 2>&1 8>&-) ||
        die "Odoo could not be downloaded; see $LOGS/odoo-download.log, or give Odoo 19 with ODOO_SRC=/path"
    mv "$CACHE"/debs/partial/*.deb "$CACHE/debs/"
}

unpack_debs() {
    local name deb
    for name in "${ODOO_UNSTABLE[@]}" "${ODOO_OWN_SUITE[@]}"; do
        for deb in "$CACHE/debs/${name}"_*.deb; do
            dpkg -x "$deb" "$1"
        done
    done
    local dangling
    dangling=$(find -L "$1" -type l)
    [ -z "$dangling" ] || die "Odoo's package links to files that no package brought: $dangling"
}

restore_segmentation_file() {
    local folder=$1/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    [ ! -e "$folder/$SEGMENTATION_FILE" ] || return 0
    ensure_npm
    mkdir -p "$folder" "$CACHE/npm"
    quietly npm "$NPM" pack --cache "$CACHE/npm/cache" --pack-destination "$CACHE/npm" "$SEGMENTATION_PACKAGE"
    tar -xzf "$CACHE"/npm/mediapipe-selfie_segmentation-*.tgz -C "$folder" \
        --strip-components=1 "package/$SEGMENTATION_FILE"
}

build_odoo() {
    [ ! -e "$1/.ready" ] || return 0
    download_debs
    say "unpacking Odoo 19"
    rm -rf "$1"
    unpack_debs "$1"
    restore_segmentation_file "$1"
    touch "$1/.ready"
}

ensure_odoo() {
    if [ -n "${ODOO_SRC:-}" ]; then
        ODOO_HOME=$(realpath -- "$ODOO_SRC")
        [ -f "$ODOO_HOME/odoo/release.py" ] || die "ODOO_SRC=$ODOO_SRC holds no Odoo (no odoo/release.py)"
        return
    fi
    local key
    key=$(echo "${ODOO_UNSTABLE[@]}" "${ODOO_OWN_SUITE[@]}" "$SEGMENTATION_PACKAGE" | digest)
    build_odoo "$CACHE/odoo-$key"
    ODOO_HOME=$CACHE/odoo-$key/usr/lib/python3/dist-packages
}

addons_path() {
    local paths=("$ODOO_HOME/odoo/addons")
    # A checkout has its addons apart; Debian's package has a folder of that name that holds no addon's pages.
    [ ! -d "$ODOO_HOME/addons/web/static" ] || paths+=("$ODOO_HOME/addons")
    paths+=("$(oca_addons)" "$ROOT")
    (IFS=, && echo "${paths[*]}")
}

write_configuration() {
    cat >"$ODOO_RC.$$" <<TEXT
[options]
addons_path = $(addons_path)
data_dir = $CACHE/data
db_host = $PGHOST
db_user = $PGUSER
http_interface = 127.0.0.1
list_db = False
screenshots = $STATE/odoo-screenshots
TEXT
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

# Afterwards `python -m odoo` works, given the cluster.
ensure_environment() {
    make_folders
    with_lock setup set_up
    export PYTHONPATH=$ODOO_HOME ODOO_RC=$STATE/odoo.conf
    choose_cluster
    write_configuration
}

set_up() {
    ensure_packages
    ensure_venv
    ensure_odoo
}

command_odoo() {
    ensure_environment
    hold_cluster
    interactive "$KC_PYTHON" -m odoo "$@"
}
