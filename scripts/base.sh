# Paths, messages, locks and child processes that every other piece uses.

default_cache() {
    if [ "$(id -u)" = 0 ]; then
        echo /var/cache/kaiyang-complaint
    else
        echo "${XDG_CACHE_HOME:-$HOME/.cache}/kaiyang-complaint"
    fi
}

CACHE=${KC_CACHE:-$(default_cache)}
STATE=$ROOT/.dev
LOGS=$STATE/log
SYSTEM_PYTHON=/usr/bin/python3
TERMINATE_GRACE=20
CHILD=
AT_EXIT=()

# A closed standard input would make every redirection of it fail.
[ -e /dev/fd/0 ] || exec </dev/null

say() { printf '== %s\n' "$*" >&2; }

die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}

make_folders() {
    mkdir -p "$CACHE" "$LOGS" 2>/dev/null ||
        die "cannot write to $CACHE or $STATE; another cache can be chosen with KC_CACHE=/path"
}

digest() { sha256sum | cut -c 1-12; }

# What the addons named are made of; changes whenever one of their files does, but for their tests.
addon_digest() {
    (cd "$ROOT" && find "$@" -type f -not -name '*.pyc' -not -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum) | digest
}

# Runs the command while holding the lock of that name on descriptor 8: two `dev` never do it at once.
with_lock() {
    local name=$1
    shift
    {
        flock -n 8 || { say "waiting for another ./dev ($name)" && flock 8; }
        "$@"
    } 8>"$CACHE/$name.lock"
}

# Starts a step, output to the log ("-": where ours goes), as a child that ends together with all it started.
start_child() {
    setsid "$SYSTEM_PYTHON" "$ROOT/scripts/supervise.py" "$TERMINATE_GRACE" "$@" <&0 8>&- 9>&- &
    CHILD=$!
}

await_child() {
    local status=0
    wait "$CHILD" || status=$?
    CHILD=
    return "$status"
}

supervised() {
    start_child "$@"
    await_child
}

# Runs a step with its output in a log, shown only when the step fails.
quietly() {
    local log=$LOGS/$1.log status=0
    shift
    supervised "$log" "$@" || status=$?
    [ "$status" = 0 ] || {
        tail -n 40 "$log" >&2
        die "failed ($status): $*; the whole log is $log"
    }
}

# Runs a command that may talk with the terminal, whose Ctrl-C then is that command's own affair.
interactive() {
    if [ ! -t 0 ]; then
        supervised - "$@"
        return
    fi
    trap : INT
    "$SYSTEM_PYTHON" "$ROOT/scripts/supervise.py" "$TERMINATE_GRACE" - \
        env --default-signal=INT "$@" <&0 8>&- 9>&- &
    CHILD=$!
    local status=130
    while [ "$status" = 130 ] && kill -0 "$CHILD" 2>/dev/null; do
        status=0
        wait "$CHILD" || status=$?
    done
    CHILD=
    return "$status"
}

end_child() {
    [ -n "$CHILD" ] || return 0
    kill -TERM "$CHILD" 2>/dev/null
    wait "$CHILD" 2>/dev/null
    CHILD=
}

run_exit_steps() {
    local status=$? index
    trap '' INT TERM HUP
    set +e
    end_child
    for ((index = ${#AT_EXIT[@]} - 1; index >= 0; index--)); do
        "${AT_EXIT[index]}"
    done
    exit "$status"
}

trap run_exit_steps EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
