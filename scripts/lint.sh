# ./dev lint: style, translations, size limits and house rules; each tool is one check.

PRETTIER_PACKAGES=(prettier@3.10.1 @prettier/plugin-xml@3.4.2)

lint() {
    local name=$1 log=$LOGS/lint-$1.log
    shift
    if supervised "$log" env -C "$ROOT" "$@"; then
        LINT_PASSED=$((LINT_PASSED + 1))
    else
        LINT_FAILED=$((LINT_FAILED + 1))
        say "$name:"
        cat "$log" >&2
    fi
}

ensure_prettier() {
    local folder
    folder=$CACHE/prettier-$(echo "${PRETTIER_PACKAGES[@]}" | digest)
    PRETTIER=("$folder/node_modules/.bin/prettier" --plugin "$folder/node_modules/@prettier/plugin-xml/src/plugin.js")
    [ ! -e "$folder/.ready" ] || return 0
    say "installing the formatter of XML and JavaScript"
    ensure_npm
    mkdir -p "$folder"
    quietly prettier "$NPM" install --prefix "$folder" --cache "$CACHE/npm/cache" --no-audit --no-fund "${PRETTIER_PACKAGES[@]}"
    touch "$folder/.ready"
}

prettier_files() { (IFS=, && echo "{${ADDONS[*]}}/**/*.{xml,js,css,scss}"); }

translation_files() { (cd "$ROOT" && find "${ADDONS[@]/%//i18n}" -name '*.po'); }

lint_all() {
    local po
    LINT_PASSED=0
    LINT_FAILED=0
    with_lock setup ensure_prettier
    lint ruff ruff check
    lint ruff-format ruff format --check
    # What a chapter adds to a model is a class of its own. Texts of tests are not translated.
    lint pylint-odoo pylint --disable=consider-merging-classes-inherited --ignore-paths=".*/tests/" "${ADDONS[@]}"
    lint pylint-tests pylint --disable=translation-required "${ADDONS[@]/%//tests}"
    lint oca-hooks oca-checks-odoo-module "${ADDONS[@]}"
    lint prettier "${PRETTIER[@]}" --check "$(prettier_files)"
    for po in $(translation_files); do
        lint "${po//\//-}" msgfmt --check --output-file /dev/null "$po"
    done
    lint sizes "$KC_PYTHON" scripts/sizes.py
    lint rules "$KC_PYTHON" scripts/rules.py
    lint house "$KC_PYTHON" scripts/house.py
    say "figures: $(head -n 1 "$LOGS/lint-house.log")"
    lint shell bash -n dev scripts/*.sh
    say "lint: $LINT_PASSED passed, $LINT_FAILED failed"
}

fix_all() {
    with_lock setup ensure_prettier
    # It reports what it has mended as errors.
    supervised "$LOGS/oca-fix.log" env -C "$ROOT" oca-checks-odoo-module --fix "${ADDONS[@]}" || true
    supervised - env -C "$ROOT" ruff check --fix-only
    supervised - env -C "$ROOT" ruff format
    supervised - env -C "$ROOT" "${PRETTIER[@]}" --log-level warn --write "$(prettier_files)"
}

command_lint() {
    ensure_environment
    [ "${1:-}" != --fix ] || fix_all
    lint_all
    [ "$LINT_FAILED" = 0 ]
}
