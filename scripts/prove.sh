# ./dev prove: long proofs over a running server, each in a database of its own.

PROOF_DATABASE=kaiyang_prove_$$

drop_proof_database() { drop_database "$PROOF_DATABASE"; }

# Proofs are packages of tests/: NAME/__main__.py proves, NAME/breaks.py breaks what it watches.
proof_module() {
    local name=$1 part=$2
    [ -f "$ROOT/tests/$name/$part.py" ] || die "there is no proof '$name' (tests/$name/$part.py)"
    echo "$name.$part"
}

run_proof() {
    local module=$1
    shift
    KC_DATABASE=$PROOF_DATABASE
    KC_ROOT=$ROOT
    export KC_DATABASE KC_ROOT KC_LOGS=$LOGS PYTHONPATH=$ROOT/tests:$PYTHONPATH
    supervised - env -C "$ROOT" "$KC_PYTHON" -m "$module" "$@"
}

command_prove() {
    local name=${1:?prove needs the name of a proof, such as security} part=__main__ module
    shift
    if [ "${1:-}" = --breaks ]; then
        part=breaks
        shift
    fi
    module=$(proof_module "$name" "$part")
    ensure_environment
    hold_cluster
    drop_leftovers
    AT_EXIT+=(drop_proof_database)
    create_demo_database "$PROOF_DATABASE"
    run_proof "$module" "$@"
}
