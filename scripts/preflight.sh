# What checks our PDF/A independently: Preflight of Apache PDFBox, unpacked into the cache, and a Java that runs it.

PREFLIGHT_DEBS=(
    libactivation-java libbcprov-java libcommons-logging-java libfontbox2-java
    libjaxb-api-java libpdfbox2-java
)

download_preflight() {
    local deb suite partial=$1/partial
    suite=$(own_suite)
    write_private_sources "$suite"
    rm -rf "$1"
    mkdir -p "$partial"
    "${PRIVATE_APT[@]}" update && (cd "$partial" && "${PRIVATE_APT[@]}" download "${PREFLIGHT_DEBS[@]/%//$suite}") || return
    for deb in "$partial"/*.deb; do
        dpkg -x "$deb" "$1" || return
    done
    rm -rf "$partial"
    touch "$1/.ready"
}

offer_java() {
    command -v java >/dev/null || ! may_install ||
        (install_packages default-jre-headless) || allow_system_cluster
}

# Where it can't be had, the tests that need it are skipped and say so.
offer_preflight() {
    local folder
    folder=$CACHE/preflight-$(echo "${PREFLIGHT_DEBS[@]}" | digest)
    offer_java
    if [ ! -e "$folder/.ready" ]; then
        say "downloading the checker of PDF/A (13 MB)"
        (download_preflight "$folder") </dev/null >"$LOGS/preflight.log" 2>&1 8>&- ||
            say "the checker of PDF/A could not be had; see $LOGS/preflight.log"
    fi
    [ ! -e "$folder/.ready" ] || export KC_PREFLIGHT=$folder/usr/share/java
}
