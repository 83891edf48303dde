# ./dev bench: measures in a database of its own, one file after the other.

bench_files() {
    local name
    if [ $# = 0 ]; then
        compgen -G "$ROOT/bench/*.py" || die "there is nothing in bench/ yet"
    fi
    for name; do
        [ -f "$ROOT/bench/$name.py" ] || die "there is no bench/$name.py"
        echo "$ROOT/bench/$name.py"
    done
}

# What bench/pdf.py measures against; where it can't be installed, that comparison is left out.
offer_wkhtmltopdf() {
    command -v wkhtmltopdf >/dev/null || ! may_install ||
        (install_packages wkhtmltopdf) || allow_system_cluster
}

run_bench() {
    local file
    drop_database kaiyang_bench
    say "installing the addon in the database kaiyang_bench"
    install_addon kaiyang_bench bench-install
    for file; do
        say "bench $(basename "$file" .py)"
        # From here, so that they find bench/shared.
        supervised - env -C "$ROOT" "$KC_PYTHON" -m odoo shell -d kaiyang_bench --no-http --log-level warn <"$file"
    done
}

command_bench() {
    local listed files
    listed=$(bench_files "$@")
    mapfile -t files <<<"$listed"
    ensure_environment
    [[ $listed != */pdf.py* ]] || offer_wkhtmltopdf
    hold_cluster
    with_lock bench run_bench "${files[@]}"
}
