# ./dev test: everything that must pass, with one count at the end.

PASSED=0
FAILED=0
SKIPPED=0
COMPLETE=

add_counts() {
    PASSED=$((PASSED + $1))
    FAILED=$((FAILED + $2))
    SKIPPED=$((SKIPPED + ${3:-0}))
}

parse_test() {
    ONLY=
    TAGS=/$ADDON
    PYTEST_OPTIONS=()
    while [ $# -gt 0 ]; do
        case $1 in
            --only) ONLY=${2:?--only needs lint, odoo or browser} && shift ;;
            --tags) TAGS=${2:?--tags needs Odoo test tags} && shift ;;
            -k) PYTEST_OPTIONS=(-k "${2:?-k needs an expression}") && shift ;;
            *) die "test does not know '$1'; see ./dev help" ;;
        esac
        shift
    done
    [[ $ONLY =~ ^(|lint|odoo|browser)$ ]] || die "there is no part '$ONLY'; choose lint, odoo or browser"
}

# add_report STATUS COMMAND...: the command prints what went wrong, then "PASSED FAILED SKIPPED".
# A run that broke off counts as failed, whatever it has counted.
add_report() {
    local status=$1 report passed failed skipped
    shift
    report=$("$@" 2>/dev/null) || report="0 1 0"
    sed '$d' <<<"$report" >&2
    read -r passed failed skipped < <(tail -n 1 <<<"$report")
    [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
    say "$passed passed, $failed failed, $skipped skipped"
    add_counts "$passed" "$failed" "$skipped"
}

test_lint() {
    lint_all
    add_counts "$LINT_PASSED" "$LINT_FAILED"
}

# Databases of test runs that were killed outright.
drop_leftovers() {
    local name
    for name in $(databases_like 'kaiyang_(test|browser)_[0-9]+'); do
        [ -e "/proc/${name##*_}" ] || drop_database "$name"
    done
}

TEST_DATABASE=kaiyang_test_$$

drop_test_database() { drop_database "$TEST_DATABASE"; }

run_odoo_tests() {
    local log=$LOGS/$1.log status=0
    say "$2; log: $log"
    shift 2
    supervised "$log" "$KC_PYTHON" -m odoo "$@" -d "$TEST_DATABASE" --http-port "$(free_port)" || status=$?
    add_report "$status" "$KC_PYTHON" "$ROOT/scripts/odoo_report.py" "$log"
}

test_odoo() {
    AT_EXIT+=(drop_test_database)
    drop_test_database
    say "doctests"
    add_report 0 "$KC_PYTHON" "$ROOT/scripts/doctests.py" "$ROOT/$ADDON"
    run_odoo_tests odoo-tests "Odoo tests of the addon" \
        -i "$ADDON" --load-language zh_CN --test-tags "$TAGS" --stop-after-init
    [ "$TAGS" = "/$ADDON" ] || return 0
    # Odoo itself would run the tests marked "at install" before the addon is loaded.
    run_odoo_tests helpdesk-tests "helpdesk_mgmt's own tests with the addon installed" shell \
        <<<'from odoo.tests.shell import run_tests; run_tests(env, "/helpdesk_mgmt", ["helpdesk_mgmt"])'
}

KC_DATABASE=kaiyang_browser_$$

drop_browser_database() { drop_database "$KC_DATABASE"; }

test_browser() {
    local report=$LOGS/pytest.xml status=0
    AT_EXIT+=(drop_browser_database)
    create_demo_database "$KC_DATABASE"
    say "whole-system tests in a browser"
    rm -f "$report"
    export KC_DATABASE KC_LOGS=$LOGS
    supervised - env -C "$ROOT" "$KC_PYTHON" -m pytest --junitxml "$report" "${PYTEST_OPTIONS[@]}" || status=$?
    add_report "$status" "$KC_PYTHON" "$ROOT/scripts/pytest_report.py" "$report"
}

# The last line of every run, also of one that broke off.
print_counts() {
    [ -n "$COMPLETE" ] || add_counts 0 1
    [ "$SKIPPED" = 0 ] || say "$SKIPPED skipped"
    echo "$PASSED passed, $FAILED failed"
}

command_test() {
    local part
    parse_test "$@"
    AT_EXIT+=(print_counts)
    ensure_environment
    hold_cluster
    drop_leftovers
    for part in ${ONLY:-lint odoo browser}; do
        "test_$part"
    done
    COMPLETE=yes
    [ "$FAILED" = 0 ] && [ "$PASSED" -gt 0 ]
}
