# ./dev run: the desk with its demonstration, served in the foreground.

parse_run() {
    PORT=${PORT:-8069}
    DATABASE=${DB:-kaiyang}
    FRESH=
    while [ $# -gt 0 ]; do
        case $1 in
            --port) PORT=${2:?--port needs a number} && shift ;;
            --db) DATABASE=${2:?--db needs a name} && shift ;;
            --fresh) FRESH=yes ;;
            *) die "run does not know '$1'; see ./dev help" ;;
        esac
        shift
    done
    [[ $PORT =~ ^[0-9]+$ ]] || die "'$PORT' is no port"
    [[ $DATABASE =~ ^[a-z0-9_-]+$ ]] || die "'$DATABASE' is no name for a database"
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; }

# Remembers which files of the addons the database has seen.
seen_file() { echo "$CACHE/data/seen-$DATABASE"; }

# A year of complaints on top of the demonstration, written once; one that broke off is completed.
fill_year() {
    say "writing a year of complaints (two minutes)"
    supervised - "$KC_PYTHON" -m odoo complaint_year -d "$DATABASE" || say "the year is not complete; the next run goes on with it"
}

# Installs the addon of the year where it is not, and does what the options say.
update_run_database() {
    quietly update "$KC_PYTHON" -m odoo -d "$DATABASE" -i "$YEAR_ADDON" "$@" --stop-after-init --no-http
}

year_is_wanted() {
    local memory="SELECT 1 FROM ir_config_parameter WHERE key = '$YEAR_ADDON.memory' AND value LIKE '%\"done\": false%'"
    [ -n "$WANTED" ] || [ -n "$(psql -d "$DATABASE" -tAc "$memory")" ]
}

prepare_run_database() {
    local now WANTED=
    now=$(addon_digest "${ADDONS[@]}")
    [ -z "$FRESH" ] || drop_database "$DATABASE"
    if ! database_exists "$DATABASE"; then
        create_demo_database "$DATABASE"
        update_run_database
        WANTED=yes
    elif [ "$(cat "$(seen_file)" 2>/dev/null)" != "$now" ]; then
        say "the addon has changed: updating the database $DATABASE"
        update_run_database -u "$ADDON"
    fi
    ! year_is_wanted || fill_year
    echo "$now" >"$(seen_file)"
}

await_answer() {
    "$KC_PYTHON" - "$1" "$CHILD" <<'PYTHON'
import os, sys, time, urllib.error, urllib.request

url, server = sys.argv[1:]
while True:
    try:
        sys.exit(urllib.request.urlopen(url, timeout=60).status != 200)
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.2)
    if not os.path.exists(f"/proc/{server}"):
        sys.exit(1)
PYTHON
}

print_logins() {
    psql -d "$DATABASE" -P footer=off -P null= <<'SQL'
SELECT person.name AS "姓名", account.login AS "登录名（密码相同）",
       coalesce(role.names, CASE mark.module WHEN 'base' THEN '系统管理员' ELSE '其他部门' END) AS "角色"
  FROM ir_model_data AS mark
  JOIN res_users AS account ON account.id = mark.res_id
  JOIN res_partner AS person ON person.id = account.partner_id
  LEFT JOIN LATERAL (
       SELECT string_agg(coalesce(g.name ->> 'zh_CN', g.name ->> 'en_US'), '、') AS names
         FROM res_groups_users_rel AS link
         JOIN res_groups AS g ON g.id = link.gid
         JOIN ir_model_data AS own
           ON own.model = 'res.groups' AND own.res_id = g.id AND own.module = 'kaiyang_complaint'
        WHERE link.uid = account.id) AS role ON true
 WHERE mark.model = 'res.users'
   AND (mark.module = 'kaiyang_complaint' AND mark.name LIKE 'demo\_user\_%'
        OR mark.module = 'base' AND mark.name = 'user_admin')
 ORDER BY mark.module DESC, mark.id
SQL
}

command_run() {
    parse_run "$@"
    ensure_environment
    ! port_is_taken || die "port $PORT is taken; choose another with --port N"
    hold_cluster
    prepare_run_database
    local log=$LOGS/server.log url=http://127.0.0.1:$PORT
    say "starting the server"
    start_child - "$KC_PYTHON" -m odoo -d "$DATABASE" --db-filter "^$DATABASE\$" --http-port "$PORT" --logfile "$log"
    await_answer "$url/web/health" || {
        tail -n 20 "$log" >&2
        die "the server did not start; the whole log is $log"
    }
    print_logins
    echo "Open $url   (Ctrl-C ends it; log: $log)"
    await_child
}
