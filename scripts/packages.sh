# The Debian packages that pip cannot bring. Each is probed by what it is needed for.

# (`grep -q` would end the pipe early, which counts as a failure of what feeds it.)
has_library() { /sbin/ldconfig -p | grep -F "$1" >/dev/null; }

missing_packages() {
    "$SYSTEM_PYTHON" -c 'import ensurepip' 2>/dev/null || echo python3-venv
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
    command -v chromium >/dev/null || echo chromium
    command -v pdftotext >/dev/null || echo poppler-utils
    command -v msgfmt >/dev/null || echo gettext
    compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK-*' >/dev/null || echo fonts-noto-cjk
    # Rare characters in names (GB 18030-2022, level 3), and pictographs.
    compgen -G '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf' >/dev/null || echo fonts-hanazono
    compgen -G '/usr/share/fonts/truetype/ancient-scripts/Symbola*' >/dev/null || echo fonts-symbola
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    has_library libmagic.so.1 || echo file
    has_library libatomic.so.1 || echo libatomic1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# Without this Debian creates and starts a cluster of its own as soon as the server is installed.
PG_NO_CLUSTER=/etc/postgresql-common/createcluster.d/kaiyang.conf

forbid_system_cluster() {
    as_root mkdir -p "${PG_NO_CLUSTER%/*}"
    echo 'create_main_cluster = false' | as_root tee "$PG_NO_CLUSTER" >/dev/null
    AT_EXIT+=(allow_system_cluster)
}

allow_system_cluster() { as_root rm -f "$PG_NO_CLUSTER"; }

install_packages() {
    local log=$LOGS/packages.log
    say "installing system packages: $*"
    forbid_system_cluster
    {
        as_root apt-get update &&
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y --no-install-recommends "$@"
    } </dev/null >"$log" 2>&1 8>&- || {
        tail -n 20 "$log" >&2
        die "the system packages could not be installed; the whole log is $log"
    }
    allow_system_cluster
}

ensure_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} -gt 0 ] || return 0
    may_install || die "please have an administrator install these packages: ${missing[*]}"
    install_packages "${missing[@]}"
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} = 0 ] || die "still missing after the installation: ${missing[*]}"
}
