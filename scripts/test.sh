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

ALL_TAGS=$(IFS=, && echo "${ADDONS[*]/#//}")

parse_test() {
    ONLY=
    TAGS=$ALL_TAGS
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

# Reads the log of Odoo's tests: warnings and errors by OCA's own reader, the rest from Odoo's last summary.
# Where every test passed, a loud record fails once; so does a run that counted nothing.
odoo_report() {
    local log=$1 loud=0 summary failures errors run skipped failed
    checklog-odoo --no-echo "$log" || loud=1
    summary=$(sed -nE 's/.* ([0-9]+) failed, ([0-9]+) error\(s\) of ([0-9]+) tests .*/\1 \2 \3/p' "$log" | tail -n 1)
    read -r failures errors run <<<"${summary:-0 0 0}"
    skipped=$(grep -acE '^[0-9-]{10} [0-9:,]+ [0-9]+ [A-Z]+ [^ ]+ [^:]+: skipped ' "$log") || true
    failed=$((failures + errors))
    [ "$failed" != 0 ] || { [ "$run" != 0 ] && [ "$loud" = 0 ]; } || failed=1
    [ "$run" = 0 ] || run=$((run - failures - errors - skipped))
    echo "$run $failed $skipped"
}

test_lint() {
    lint_all
    add_counts "$LINT_PASSED" "$LINT_FAILED"
}

# Databases of test runs that were killed outright.
drop_leftovers() {
    local name
    for name in $(databases_like 'kaiyang_(test|beside|browser|prove|security)_[0-9]+'); do
        # Whoever else drops it at the same moment spoils no run.
        [ -e "/proc/${name##*_}" ] || drop_database "$name" || true
    done
}

TEST_DATABASE=kaiyang_test_$$
BESIDE_DATABASE=kaiyang_beside_$$

drop_test_databases() {
    drop_database "$TEST_DATABASE"
    drop_database "$BESIDE_DATABASE"
}

# Installs the addons where their tests run; what the log says loudly fails once.
install_tested() {
    local log=$LOGS/odoo-install.log status=0
    ensure_ground plain
    copy_database "$(ground_template plain)" "$TEST_DATABASE"
    say "installing the addons; log: $log"
    supervised "$log" "$KC_PYTHON" -m odoo -d "$TEST_DATABASE" -i "$(IFS=, && echo "${ADDONS[*]}")" \
        --stop-after-init --no-http || status=$?
    checklog-odoo --no-echo "$log" || status=1
    [ "$status" = 0 ] || add_counts 0 1
}

# run_odoo_tests LOG TITLE DATABASE COMMAND...
run_odoo_tests() {
    local log=$LOGS/$1.log title=$2 database=$3 status=0
    say "$title; log: $log"
    shift 3
    supervised "$log" "$KC_PYTHON" -m odoo "$@" -d "$database" --http-port "$(free_port)" || status=$?
    add_report "$status" odoo_report "$log"
}

# What the pure tools promise: their doctests, run without Odoo.
test_tools() {
    local report=$LOGS/doctests.xml status=0
    say "doctests"
    rm -f "$report"
    supervised - env -C "$ROOT" PYTHONPATH="$ROOT/scripts" "$KC_PYTHON" -m pytest --quiet -p addons_alone \
        --doctest-modules --junitxml "$report" "${ADDONS[@]/%//tools}" || status=$?
    add_report "$status" "$KC_PYTHON" "$ROOT/scripts/pytest_report.py" "$report"
}

# Chapters whose tests run beside the others, in a copy of the database: half of the work, as measured.
CHAPTERS_BESIDE=(desk hall handling intake letter result time)

# Their files as test tags; SIGN "-" leaves them out.
tags_beside() {
    local sign=${1:-} chapter file tags=()
    for chapter in "${CHAPTERS_BESIDE[@]/#/$ROOT/$ADDON/tests/}"; do
        for file in "$chapter"/test_*.py; do
            tags+=("$sign${file#"$ROOT"}")
        done
    done
    (IFS=, && echo "${tags[*]}")
}

start_tests_beside() {
    local log=$LOGS/odoo-tests-beside.log
    copy_database "$TEST_DATABASE" "$BESIDE_DATABASE"
    say "Odoo tests of some chapters, beside the others; log: $log"
    start_child "$log" "$KC_PYTHON" -m odoo -d "$BESIDE_DATABASE" --http-port "$(free_port)" \
        --test-tags "$(tags_beside)" --stop-after-init
    TESTS_BESIDE=$CHILD
    CHILD=
    AT_EXIT+=(end_tests_beside)
}

TESTS_BESIDE=

end_tests_beside() {
    CHILD=$TESTS_BESIDE
    end_child
}

await_tests_beside() {
    local status=0
    CHILD=$TESTS_BESIDE
    TESTS_BESIDE=
    await_child || status=$?
    add_report "$status" odoo_report "$LOGS/odoo-tests-beside.log"
}

test_odoo() {
    local tags=$TAGS
    AT_EXIT+=(drop_test_databases)
    drop_test_databases
    test_tools
    install_tested
    if [ "$TAGS" = "$ALL_TAGS" ]; then
        start_tests_beside
        tags=$ALL_TAGS,$(tags_beside -)
    fi
    run_odoo_tests odoo-tests "Odoo tests of the addons" "$TEST_DATABASE" --test-tags "$tags" --stop-after-init
    [ "$TAGS" = "$ALL_TAGS" ] || return 0
    # Odoo itself would run the tests marked "at install" before the addon is loaded.
    run_odoo_tests helpdesk-tests "helpdesk_mgmt's own tests with the addon installed" "$TEST_DATABASE" shell \
        <<<'from odoo.tests.shell import run_tests; run_tests(env, "/helpdesk_mgmt", ["helpdesk_mgmt"])'
    await_tests_beside
}

KC_DATABASE=kaiyang_browser_$$

# The matrix of roles and doors makes people and cases of its own.
KC_SECURITY_DATABASE=kaiyang_security_$$

drop_browser_databases() {
    drop_database "$KC_DATABASE"
    drop_database "$KC_SECURITY_DATABASE"
}

test_browser() {
    local report=$LOGS/pytest.xml status=0
    AT_EXIT+=(drop_browser_databases)
    with_lock setup offer_preflight
    ensure_ground plain
    with_lock demo copy_demo "$KC_DATABASE" copy_database
    with_lock demo copy_demo "$KC_SECURITY_DATABASE" copy_database
    say "whole-system tests in a browser"
    rm -f "$report"
    export KC_DATABASE KC_SECURITY_DATABASE KC_LOGS=$LOGS KC_FILES=$CACHE/data/filestore
    KC_GROUND=$(ground_template plain) && export KC_GROUND
    supervised - env -C "$ROOT" "$KC_PYTHON" -m pytest --junitxml "$report" "${PYTEST_OPTIONS[@]}" || status=$?
    add_report "$status" "$KC_PYTHON" "$ROOT/scripts/pytest_report.py" "$report"
}

# The browser's half of a whole run goes on beside Odoo's, as a ./dev of its own: both leave cores idle.
BESIDE=

start_browser_half() {
    local log=$LOGS/browser-half.log
    say "whole-system tests in a browser, beside the others; log: $log"
    start_child "$log" "$ROOT/dev" test --only browser "${PYTEST_OPTIONS[@]}"
    BESIDE=$CHILD
    AT_EXIT+=(end_browser_half)
}

end_browser_half() {
    CHILD=$BESIDE
    end_child
}

await_browser_half() {
    local counts status=0
    CHILD=$BESIDE
    BESIDE=
    await_child || status=$?
    sed '$d' "$LOGS/browser-half.log" >&2
    counts=$(tail -n 1 "$LOGS/browser-half.log")
    if [[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] &&
        { [ "$status" = 0 ] || [ "${BASH_REMATCH[2]}" != 0 ]; }; then
        add_counts "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
        add_counts 0 1
    fi
}

test_all() {
    start_browser_half
    test_lint
    test_odoo
    await_browser_half
}

# The last line of every run, also of one that broke off.
print_counts() {
    [ -n "$COMPLETE" ] || add_counts 0 1
    [ "$SKIPPED" = 0 ] || say "$SKIPPED skipped"
    echo "$PASSED passed, $FAILED failed"
}

command_test() {
    parse_test "$@"
    AT_EXIT+=(print_counts)
    ensure_environment
    hold_cluster
    without_waiting_for_disk
    drop_leftovers
    "test_${ONLY:-all}"
    COMPLETE=yes
    [ "$FAILED" = 0 ] && [ "$PASSED" -gt 0 ]
}
