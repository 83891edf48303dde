# A province on one database: complaints of ten years in 88 centres, written by SQL.
#
# One centre, the database's own, has a tenth of it all; the others share the rest. A complaint has
# a respondent, and where it got so far a slip, a reply, limits, a finding, feedback and a dossier,
# three messages and an attachment. Names, texts and telephones vary as petitions do: some people
# complain again, matters and windows recur, hardly a text does.
import time

from bench.shared.measuring import multiply

YEARS = 10
CENTRES, UNITS, WINDOWS, STAFF = 88, 12, 40, 80
ROOM_CLERKS = 8
# Filled here, in this order; their indexes and references are made again afterwards, all at once.
TABLES = (
    "helpdesk_ticket",
    "complaint_respondent",
    "complaint_conduct_rel",
    "complaint_slip",
    "complaint_slip_reply",
    "complaint_deadline",
    "complaint_finding",
    "complaint_feedback",
    "complaint_dossier",
    "mail_message",
    "ir_attachment",
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
MATTERS = """
不动产转移登记 抵押注销登记 房屋赠与登记 新生儿入户 身份证换领 护照办理 驾驶证换证 车辆年检
社保转移 医保报销 养老金认证 失业登记 公积金提取 公积金贷款 营业执照变更 企业注销 食品经营许可
卫生许可 税务登记 发票领用 完税证明 施工许可 用电报装 取水许可 低保复核 残疾人证 老年优待证
婚姻登记 宅基地审批 道路运输证 特种设备登记 档案查询 门牌号申请 排污登记 林木采伐 就业补贴
"""
PHRASES = """
今天一大早 上周三下午 昨天中午 本月初 前天下班前 周五三点半 连续两天 第三次来
第一次来

前台 窗口 柜台 工作人员 经办人 值班的 年轻人 女同志 负责人 保安

等了两个多小时 没有人叫号 头也不抬 说系统坏了 让我明天再来 每次都说还差一样
不肯一次性告知 不给受理回执 让我去别的窗口 说没有人签字 大声训斥 不到点就不叫号
超过了承诺时间

孩子 老人 家里人 公司 邻居 买家 银行 厂里 村里

误了一天工 耽误上学 来回折腾 花了车费 要退房 交了罚款 扣了奖金 合同快到期
没有答复

要求 希望 恳请 建议 强烈要求 盼望 请求

赔礼道歉 尽快办结 增加窗口 查看监控 贴出清单 领导来看看 说明依据 加强培训
公开流程
"""
# Characters of which names and the words between the phrases are made.
GIVEN, WORDS = 600, 2_000


def one_of(choices):
    """Return the SQL that draws one of some words."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return f"(ARRAY[{listed}])[1 + floor(random() * {len(choices)})::int]"


def sentence():
    """Return the SQL that draws a sentence: phrases that recur, words of its own between."""
    own = one_of([chr(0x4E10 + n * 7) + chr(0x6210 + n * 5) for n in range(WORDS)])
    phrases = [one_of(words.split()) for words in PHRASES.split("\n\n")]
    return " || ".join(part for phrase in phrases for part in (phrase, own))


def person():
    """Return the SQL that draws a name of two or three characters."""
    given = one_of([chr(0x4E00 + n * 11) for n in range(GIVEN)])
    return f"{one_of(SURNAMES)} || {given} || CASE WHEN random() < 0.7 THEN {given} ELSE '' END"


# --- the centres ----------------------------------------------------------------------------------


def make_centres(env):
    """Make the centres with their rooms, units, windows, staff and people.

    The own one has users of all roles; one clerk and one representative work for all the others.
    """
    companies = env.company | copied_companies(env)
    rooms = env["helpdesk.ticket.team"].search([("is_complaint_room", "=", True)])
    rooms.create(
        [
            {"name": "投诉室", "company_id": company.id, "is_complaint_room": True}
            for company in companies - rooms.company_id
        ]
    )
    env.flush_all()
    by_sql(
        env,
        f"""
        INSERT INTO complaint_window_unit (company_id, name, code, sequence, active)
        SELECT id, '部门' || k, 'P' || k, 10, TRUE
        FROM unnest(%(companies)s) AS id, generate_series(1, {UNITS}) AS k;

        INSERT INTO complaint_window (unit_id, company_id, number, name, active)
        SELECT unit.id, unit.company_id, 'P' || k, '综合窗口', TRUE
        FROM complaint_window_unit AS unit
        JOIN generate_series(1, {WINDOWS}) AS k ON unit.code = 'P' || 1 + k %% {UNITS};

        INSERT INTO complaint_window_staff (window_id, unit_id, company_id, name, active)
        SELECT win.id, win.unit_id, win.company_id, {person()}, TRUE
        FROM complaint_window AS win, generate_series(1, {STAFF // WINDOWS}) AS k
        WHERE win.number LIKE 'P%%';
        """,
        companies=companies.ids,
    )
    env.invalidate_all()
    make_people(env)


def copied_companies(env):
    """Return copies of the own company: by SQL, for Odoo makes a logo for each."""
    multiply(
        env.company.partner_id,
        f"generate_series(2, {CENTRES}) AS n",
        name="'第' || n || '政务服务中心'",
        complete_name="'第' || n || '政务服务中心'",
        ref="'province'",
    )
    multiply(
        env.company,
        "(SELECT id AS partner, name AS title FROM res_partner WHERE ref = 'province') AS other",
        name="title",
        partner_id="partner",
        complaint_board_token="gen_random_uuid()::text",
    )
    env.cr.execute("UPDATE res_company SET parent_path = id || '/' WHERE parent_path IS NOT NULL")
    env.registry.clear_cache()
    env.invalidate_all()
    return env["res.company"].search([("partner_id.ref", "=", "province")])


def people(env, role, where, count=1):
    """Return the values of users of a role."""
    groups = env.ref(f"kaiyang_complaint.group_complaint_{role}")
    if role == "representative":
        groups |= env.ref("base.group_portal")
    return [
        {
            "name": f"{role} {where} {n}",
            "login": f"province_{role}_{where}_{n}",
            "group_ids": [(6, 0, groups.ids)],
        }
        for n in range(count)
    ]


def make_people(env):
    """Give the own centre people of each role, and the others a clerk and a representative."""
    users = env["res.users"].with_context(no_reset_password=True)
    clerks = users.create(people(env, "clerk", "own", ROOM_CLERKS))
    users.create(people(env, "clerk", "others"))
    for role in ("manager", "leader", "director", "archivist"):
        users.create(people(env, role, "own"))
    env["helpdesk.ticket.team"]._complaint_room().user_ids |= clerks
    # One who answers for all units of the own centre.
    own = users.create(people(env, "representative", "own"))
    others = users.create(people(env, "representative", "others"))
    units = env["complaint.window.unit"].search(
        [("company_id", "=", env.company.id), ("code", "=like", "P%")]
    )
    env["complaint.representative"].create(
        [{"user_id": own.id, "unit_id": unit.id} for unit in units]
    )
    env.flush_all()
    by_sql(
        env,
        """INSERT INTO complaint_representative (user_id, unit_id, company_id, sequence, active)
        SELECT %(user)s, id, company_id, 1, TRUE
        FROM complaint_window_unit WHERE code LIKE 'P%%' AND company_id <> %(own)s""",
        user=others.id,
        own=env.company.id,
    )


# --- the complaints -------------------------------------------------------------------------------

# What the rows of all tables are made from, in the order in which the complaints came in. Each has
# chances of its own (a, b, c) drawn once.
CASES = f"""
CREATE TEMPORARY TABLE province_case ON COMMIT DROP AS
WITH drawn AS MATERIALIZED (
    SELECT n, random() AS a, random() AS b, random() AS c,
        now() AT TIME ZONE 'UTC' - (%(size)s - n + 0.5) * interval '{YEARS * 365} days' / %(size)s
            AS received_at,
        CASE WHEN n %% 10 = 0 THEN 1 ELSE 2 + floor(random() * {CENTRES - 1})::int END AS centre
    FROM generate_series(1, %(size)s) AS n
), dated AS (
    SELECT *, extract(epoch FROM now() AT TIME ZONE 'UTC' - received_at) / 86400 AS age FROM drawn
)
SELECT %(first)s + n AS id, dated.*, centre.company_id, centre.room_id, clerk.id AS clerk_id,
    win.id AS window_id, win.unit_id, staff.id AS staff_id, rep.id AS representative_id,
    rep.user_id AS representative_user_id,
    CASE
        WHEN a < 0.07 AND age > 2 THEN 'invalid'
        WHEN age > 60 THEN 'archived'
        WHEN age > 12 OR age > 7 AND b < 0.7 THEN 'closed'
        WHEN age > 7 THEN 'fed_back'
        WHEN age > 5 AND b < 0.5 THEN 'replied'
        WHEN age > 2 THEN 'handling'
        WHEN age > 1 THEN 'accepted'
        ELSE 'draft'
    END AS state,
    (ARRAY['phone', 'phone', 'phone', 'web', 'web', 'onsite', 'letter'])[1 + floor(b * 7)::int]
        AS channel,
    c < 0.01 AS is_restricted,
    '13' || lpad((mod(n * 7919, %(size)s * 4 / 5) + 100000000)::text, 9, '0') AS phone
FROM dated
JOIN province_centre AS centre ON centre.rank = dated.centre
JOIN province_window AS win
    ON win.company_id = centre.company_id AND win.rank = 1 + floor(c * {WINDOWS})::int
JOIN province_staff AS staff ON staff.window_id = win.id AND staff.rank = 1 + (n %% 2)
JOIN province_clerk AS clerk
    ON clerk.is_own = (centre.company_id = %(own)s)
    AND clerk.rank = CASE WHEN clerk.is_own THEN floor(c * {ROOM_CLERKS})::int ELSE 0 END
LEFT JOIN complaint_representative AS rep ON rep.unit_id = win.unit_id AND rep.sequence = 1;

CREATE TEMPORARY TABLE province_stage ON COMMIT DROP AS
SELECT complaint_state AS state, min(id) AS id FROM helpdesk_ticket_stage
WHERE complaint_state IS NOT NULL GROUP BY 1;

CREATE TEMPORARY TABLE province_channel ON COMMIT DROP AS
SELECT complaint_code AS code, min(id) AS id FROM helpdesk_ticket_channel
WHERE complaint_code IS NOT NULL GROUP BY 1;
ANALYZE province_case;
"""

RANKS = """
CREATE TEMPORARY TABLE province_centre ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY company_id <> %(own)s, company_id) AS rank, company_id,
    min(id) AS room_id
FROM helpdesk_ticket_team WHERE is_complaint_room GROUP BY company_id;

CREATE TEMPORARY TABLE province_clerk ON COMMIT DROP AS
SELECT id, login LIKE '%%_own_%%' AS is_own,
    row_number() OVER (PARTITION BY login LIKE '%%_own_%%' ORDER BY id) - 1 AS rank
FROM res_users WHERE login LIKE 'province_clerk_%%';

CREATE TEMPORARY TABLE province_window ON COMMIT DROP AS
SELECT id, unit_id, company_id, row_number() OVER (PARTITION BY company_id ORDER BY id) AS rank
FROM complaint_window WHERE number LIKE 'P%%';

CREATE TEMPORARY TABLE province_staff ON COMMIT DROP AS
SELECT staff.id, staff.window_id,
    row_number() OVER (PARTITION BY staff.window_id ORDER BY staff.id) AS rank
FROM complaint_window_staff AS staff JOIN province_window AS win ON win.id = staff.window_id;
"""

ENDED = "('closed', 'archived')"
# How far a complaint got, as a condition on its row.
ACCEPTED = "one.state NOT IN ('draft', 'invalid')"
WITH_UNIT = "one.state NOT IN ('draft', 'invalid', 'accepted')"
REPLIED = f"one.state IN ('replied', 'fed_back', {ENDED[1:]}"
FED_BACK = f"one.state IN ('fed_back', {ENDED[1:]}"

TICKETS = f"""
INSERT INTO helpdesk_ticket (
    id, company_id, team_id, user_id, receptionist_id, stage_id, channel_id, number, name,
    service_item, description, reason_text, complaint_state, complaint_class, is_complaint,
    is_restricted, is_discipline_matter, priority, sequence, active, unattended, partner_name,
    complainant_phone, complainant_phone_key, complainant_identity, complainant_address,
    window_id, window_unit_id, external_ref, tracking_code, received_at, received_on, accept_by,
    accepted_at, due_at, closed_date, last_stage_update, assigned_date, service_datetime,
    settled_on_spot, awaits_review, acting_level, missing_elements, archive_gap_codes,
    create_uid, write_uid, create_date, write_date
)
SELECT one.id, one.company_id, one.room_id, one.clerk_id, one.clerk_id, stage.id, channel.id,
    CASE WHEN {ACCEPTED} THEN 'TS' || extract(year FROM one.received_at) || '-' || one.n
        ELSE '/' END,
    text.matter, text.matter, '<p>' || text.story || '。</p>', text.matter || ' ' || text.story,
    one.state, CASE WHEN one.a > 0.95 THEN 'complex' ELSE 'general' END, TRUE, one.is_restricted,
    one.is_restricted,
    '1', 10, TRUE, FALSE, text.person, one.phone, one.phone, 'named', '城关镇', one.window_id,
    one.unit_id, CASE one.channel WHEN 'web' THEN 'W' || one.n END,
    CASE WHEN {ACCEPTED} THEN 'KY' || one.n END, one.received_at, one.received_at::date,
    one.received_at + interval '1 day',
    CASE WHEN {ACCEPTED} THEN one.received_at + interval '2 hours' END,
    CASE WHEN {ACCEPTED} AND NOT {FED_BACK} THEN one.received_at + interval '5 days' END,
    CASE WHEN one.state IN ('closed', 'archived', 'invalid')
        THEN one.received_at + interval '8 days' END,
    one.received_at, one.received_at, one.received_at - interval '1 hour', FALSE, FALSE,
    CASE WHEN one.state NOT IN ('invalid', {ENDED[1:]} THEN 'room' END, '', '', one.clerk_id,
    one.clerk_id, one.received_at, one.received_at
FROM province_case AS one
JOIN province_stage AS stage ON stage.state = one.state
JOIN province_channel AS channel ON channel.code = one.channel
CROSS JOIN LATERAL (
    SELECT {one_of(MATTERS.split())} AS matter, {person()} AS person,
        {sentence()} || CASE WHEN one.b < 0.6 THEN ' ' || {sentence()} ELSE '' END
        || CASE WHEN one.c < 0.3 THEN ' ' || {sentence()} ELSE '' END AS story
    -- Names the row, or it would be drawn once for all.
    WHERE one.n IS NOT NULL
) AS text;
"""

PARTS = f"""
INSERT INTO complaint_respondent
    (ticket_id, company_id, staff_id, window_id, unit_id, received_at, create_date)
SELECT id, company_id, CASE WHEN a < 0.6 THEN staff_id END, window_id, unit_id, received_at,
    received_at
FROM province_case ORDER BY id;

INSERT INTO complaint_conduct_rel (ticket_id, category_id)
SELECT one.id, conduct.id
FROM province_case AS one
JOIN (
    SELECT id, row_number() OVER (ORDER BY id) AS rank FROM helpdesk_ticket_category
    WHERE conduct_number > 0 AND conduct_number NOT IN (4, 5, 6)
) AS conduct ON conduct.rank = 1 + floor(one.b * 11)::int;

INSERT INTO complaint_slip (
    ticket_id, company_id, unit_id, representative_id, name, state, service_item, summary, is_lead,
    awaits_feedback, sent_at, received_at, due_at, create_date
)
SELECT one.id, one.company_id, one.unit_id, one.representative_id, 'TS-' || one.n || '-01',
    CASE WHEN {FED_BACK} THEN 'accepted' WHEN {REPLIED} THEN 'replied'
        WHEN one.b < 0.5 THEN 'received' ELSE 'sent' END,
    ticket.service_item, ticket.reason_text, TRUE, FALSE, one.received_at + interval '3 hours',
    one.received_at + interval '1 day', one.received_at + interval '3 days', one.received_at
FROM province_case AS one JOIN helpdesk_ticket AS ticket USING (id)
WHERE {WITH_UNIT} ORDER BY one.id;

INSERT INTO complaint_slip_reply (
    slip_id, company_id, submitted_by_id, responsibility, state, facts, result, measures,
    submitted_at, create_date
)
SELECT slip.id, slip.company_id, one.representative_user_id, 'main',
    CASE WHEN slip.state = 'accepted' THEN 'accepted' ELSE 'submitted' END,
    '经核实，' || slip.service_item || '等候时间过长。', '已当面说明。', '增加窗口，加强培训。',
    one.received_at + interval '2 days', one.received_at + interval '2 days'
FROM complaint_slip AS slip JOIN province_case AS one ON one.id = slip.ticket_id
WHERE slip.state IN ('replied', 'accepted') ORDER BY slip.id;

INSERT INTO complaint_deadline (
    ticket_id, slip_id, company_id, kind, state, start_date, limit_days, due_at, stopped_at,
    create_date
)
SELECT one.id, CASE WHEN kind = 'reply' THEN slip.id END, one.company_id, kind,
    CASE WHEN NOT CASE kind WHEN 'reply' THEN {REPLIED} ELSE {FED_BACK} END THEN 'running'
        WHEN one.a > 0.9 THEN 'missed' ELSE 'met' END,
    one.received_at::date, 3, one.received_at + interval '5 days',
    CASE WHEN CASE kind WHEN 'reply' THEN {REPLIED} ELSE {FED_BACK} END
        THEN one.received_at + interval '4 days' END,
    one.received_at
FROM province_case AS one
LEFT JOIN complaint_slip AS slip ON slip.ticket_id = one.id
CROSS JOIN unnest(ARRAY['handling', 'reply', 'feedback']) AS kind
WHERE kind = 'handling' AND {ACCEPTED} OR kind = 'reply' AND {WITH_UNIT}
    OR kind = 'feedback' AND {REPLIED}
ORDER BY one.id;

INSERT INTO complaint_finding (
    ticket_id, company_id, respondent_id, staff_id, window_id, unit_id, conclusion, responsibility,
    liable, state, accepted_month, confirmed_month, is_counted, accepted_at, confirmed_at,
    create_date
)
SELECT one.id, one.company_id, respondent.id, respondent.staff_id, one.window_id, one.unit_id,
    CASE WHEN one.b < 0.5 THEN 'upheld' ELSE 'not_upheld' END, 'main',
    CASE WHEN respondent.staff_id IS NULL THEN 'window' ELSE 'staff' END,
    CASE WHEN {FED_BACK} THEN 'confirmed' ELSE 'draft' END,
    date_trunc('month', one.received_at)::date,
    CASE WHEN {FED_BACK} THEN date_trunc('month', one.received_at + interval '5 days')::date END,
    {FED_BACK} AND one.b < 0.5, one.received_at,
    CASE WHEN {FED_BACK} THEN one.received_at + interval '5 days' END, one.received_at
FROM province_case AS one JOIN complaint_respondent AS respondent ON respondent.ticket_id = one.id
WHERE {REPLIED} ORDER BY one.id;

INSERT INTO complaint_feedback (
    ticket_id, company_id, state, mode, given_by_id, confirmed_by_id, satisfaction, content, result,
    given_at, confirmed_at, create_date
)
SELECT one.id, one.company_id, 'confirmed', 'room', one.clerk_id, one.clerk_id,
    (1 + floor(one.c * 5))::text, '已向投诉人反馈。', '认可', one.received_at + interval '5 days',
    one.received_at + interval '5 days', one.received_at
FROM province_case AS one WHERE {FED_BACK} ORDER BY one.id;

INSERT INTO complaint_dossier (
    ticket_id, company_id, state, name, number, year, sequence, volume, retention, item_count,
    page_count, archived_at, integrity, compared_at, create_date
)
SELECT one.id, one.company_id, 'archived', ticket.name, one.company_id || '-' || one.n,
    extract(year FROM one.received_at)::int, one.n, 1, '10', 8, 12,
    one.received_at + interval '40 days', 'whole', one.received_at + interval '41 days',
    one.received_at
FROM province_case AS one JOIN helpdesk_ticket AS ticket USING (id)
WHERE one.state = 'archived' ORDER BY one.id;

UPDATE helpdesk_ticket AS ticket SET dossier_id = dossier.id
FROM complaint_dossier AS dossier WHERE dossier.ticket_id = ticket.id AND ticket.id > %(first)s;

INSERT INTO mail_message (
    model, res_id, message_type, subtype_id, author_id, body, date, message_id, is_internal,
    create_date
)
SELECT 'helpdesk.ticket', one.id, 'notification', %(note)s, clerk.partner_id,
    '<p>' || (ARRAY['登记', '受理', '转办'])[k] || '</p>', one.received_at + k * interval '1 hour',
    '<province.' || one.n || '.' || k || '>', TRUE, one.received_at
FROM province_case AS one
JOIN res_users AS clerk ON clerk.id = one.clerk_id
CROSS JOIN generate_series(1, 3) AS k
ORDER BY one.id;

INSERT INTO ir_attachment
    (name, type, url, res_model, res_id, company_id, mimetype, file_size, public, create_date)
SELECT '材料' || one.n || '.pdf', 'binary', NULL, 'helpdesk.ticket', one.id, one.company_id,
    'application/pdf', 40000, FALSE, one.received_at
FROM province_case AS one ORDER BY one.id;
"""


def by_sql(env, statements, **values):
    """Run SQL statements one after the other, in the names and types of the database."""
    for statement in statements.split(";\n"):
        if statement.strip():
            env.cr.execute(statement, values)


def rows_of(env, query, *values):
    env.cr.execute(query, values)
    return env.cr.fetchall()


def take_off(env):
    """Drop the indexes and references of the tables; return the SQL that makes them again."""
    again = []
    for table in TABLES:
        references = rows_of(
            env,
            """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = %s::regclass AND contype = 'f'""",
            table,
        )
        for name, definition in references:
            env.cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        indexes = rows_of(
            env,
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = %s::regclass
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)""",
            table,
        )
        for name, definition in indexes:
            env.cr.execute(f"DROP INDEX {name}")
            again.insert(0, definition)
    return again


def fill(env, size):
    """Store that many complaints and what hangs on them, analysed and committed."""
    start = time.perf_counter()

    def tell(what):
        print(f"province: {size:>9,}: {what} after {time.perf_counter() - start:.0f} s", flush=True)

    env.cr.execute("SELECT setseed(0.5)")
    make_centres(env)
    tell("centres")
    env.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    env.cr.execute("SET LOCAL work_mem = '128MB'")
    [(first,)] = rows_of(env, "SELECT coalesce(max(id), 0) FROM helpdesk_ticket")
    again = take_off(env)
    values = {
        "size": size,
        "first": first,
        "own": env.company.id,
        "note": env.ref("mail.mt_note").id,
    }
    for what, statements in (
        ("ranks", RANKS),
        ("cases", CASES),
        ("complaints", TICKETS),
        ("what hangs on them", PARTS),
    ):
        by_sql(env, statements, **values)
        tell(what)
    env.cr.execute("SELECT setval('helpdesk_ticket_id_seq', %s)", [first + size])
    for statement in again:
        env.cr.execute(statement)
    tell("indexes")
    env.cr.commit()
    env.cr._cnx.autocommit = True
    for table in TABLES:
        env.cr.execute(f"VACUUM ANALYZE {table}")
    env.cr.execute("ANALYZE")
    env.cr._cnx.autocommit = False
    tell("analysed")
