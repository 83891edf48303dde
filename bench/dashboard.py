# Opening the leader's dashboard: the very calls its page makes, at two sizes of the archive.
# A year has as many complaints at both; what is older only lies there.
from bench.shared.measuring import SIZES, clean_up, explain, grown, multiply
from bench.shared.sample import complaint
from odoo.addons.kaiyang_complaint.tests import dashboard_common as dashboard

A_YEAR = 5_000
AIM = 1.5
WINDOWS, ITEMS = 60, 14
TABLES = (
    "complaint_conduct_rel",
    "complaint_deadline",
    "complaint_feedback",
    "complaint_finding",
    "complaint_aspect_rel",
    "helpdesk_ticket",
)

clerk, leader = env["res.users"].create(
    [
        {"name": f"bench_{role}", "login": f"bench_{role}", "group_ids": [(6, 0, [group.id])]}
        for role in ("clerk", "leader")
        for group in env.ref(f"kaiyang_complaint.group_complaint_{role}")
    ]
)
room = env.ref("kaiyang_complaint.team_complaint_room")
room.user_ids += clerk
unit = env["complaint.window.unit"].create({"name": "不动产登记中心", "code": "BENCH"})
windows = env["complaint.window"].create(
    [{"number": f"B{n}", "name": "登记", "unit_id": unit.id} for n in range(WINDOWS)]
)
sample = (
    env["helpdesk.ticket"].with_user(clerk).create(complaint(env, windows[0], staff_waiver="duty"))
)
sample.action_accept()
limit = sample._running("handling")
feedback = env["complaint.feedback"].create({"ticket_id": sample.id, "content": "已告知"})
finding = env["complaint.finding"].create(
    {"ticket_id": sample.id, "respondent_id": sample.respondent_ids.id, "conclusion": "upheld"}
)
channels = [env.ref(f"kaiyang_complaint.channel_{code}").id for code in ("phone", "web", "letter")]
items = [env.ref(f"kaiyang_complaint.conduct_{number:02}") for number in range(1, ITEMS + 1)]
TICKETS = """(SELECT id, received_at, split_part(number, '-', 2)::int AS n FROM helpdesk_ticket
    WHERE number LIKE 'OLD-%') AS ticket JOIN generate_series({}, {}) AS wanted ON wanted = n"""


def fill(first, last):
    """Store ended complaints, each with a limit, feedback and a finding, the newest first."""
    moment = f"(timestamp '{sample.received_at}' - n * interval '1 year' / {A_YEAR})"
    multiply(
        sample,
        f"generate_series({first}, {last}) AS n",
        number="'OLD-' || n",
        complaint_state="'closed'",
        reason_text="NULL",
        due_at="NULL",
        received_at=moment,
        accepted_at=moment,
        closed_date=f"{moment} + interval '4 days'",
        received_on=f"({moment} + interval '8 hours')::date",
        window_id=f"{windows[0].id} + n % {WINDOWS}",
        channel_id=f"(ARRAY{channels})[1 + n % 3]",
    )
    hang_on(TICKETS.format(first, last))
    file_under(first, last)


def hang_on(tickets):
    """Give each complaint its limit, feedback and finding."""
    stopped = "ticket.received_at + interval '3 days'"
    state = "CASE WHEN n % 5 = 0 THEN 'missed' ELSE 'met' END"
    start = "(ticket.received_at + interval '8 hours')::date"
    multiply(
        limit, tickets, ticket_id="ticket.id", state=state, stopped_at=stopped, start_date=start
    )
    told = {"state": "'confirmed'", "confirmed_at": stopped, "satisfaction": "(1 + n % 5)::text"}
    multiply(feedback, tickets, ticket_id="ticket.id", **told)
    # Their respondents are made up: what nobody asks for is not measured.
    env.cr.execute("DROP INDEX IF EXISTS complaint_finding_one_standing")
    found = "CASE WHEN n % 3 = 0 THEN 'not_upheld' ELSE 'upheld' END"
    multiply(finding, tickets, ticket_id="ticket.id", state="'confirmed'", conclusion=found)


def file_under(first, last):
    """Give each complaint an item and its aspect."""
    listed = [item.id for item in items]
    env.cr.execute(
        "INSERT INTO complaint_conduct_rel (ticket_id, category_id) "
        f"SELECT ticket.id, (ARRAY{listed})[1 + n % {ITEMS}] FROM {TICKETS.format(first, last)}"
    )
    env.cr.execute(
        """INSERT INTO complaint_aspect_rel (ticket_id, aspect_id)
        SELECT ticket_id, item.aspect_id FROM complaint_conduct_rel
        JOIN helpdesk_ticket_category AS item ON item.id = category_id
        ON CONFLICT DO NOTHING"""
    )


def ask(call):
    """Return an act that asks one question as the leader's page does."""
    _name, method, args = call

    def act():
        return len(getattr(env["complaint.analysis"].with_user(leader), method)(*args))

    return act


def open_dashboard():
    """Ask everything that opening the dashboard asks, one after the other."""
    return sum(act() for act in questions.values())


def count_raw():
    """Count the year's complaints without any of it: what opening is measured against."""
    env.cr.execute("SELECT count(*) FROM helpdesk_ticket WHERE received_on >= %s", [january])
    return env.cr.fetchone()[0]


today = env.company._complaint_today()
january = today.replace(month=1, day=1)
calls = list(dashboard.questions(dashboard.load(), today))
questions = {call[0]: ask(call) for call in calls}
acts = {**questions, "the dashboard": open_dashboard, "a raw count": count_raw}
env.flush_all()
figures = grown(env, "dashboard", acts, TABLES, fill)
small, large = figures["the dashboard"]
seconds = f"opens in {small / 1000:.2f} s and {large / 1000:.2f} s"
print(f"dashboard: {seconds} at {SIZES[0]:,} and {SIZES[1]:,} complaints: × {large / small:.2f}")
print(f"dashboard: {'within' if large / small <= AIM else 'MISSES'} × {AIM}")
print(f"dashboard: {large * 1e6 / SIZES[1]:.0f} ns a stored complaint")
print(f"dashboard: × {large / figures['a raw count'][1]:.0f} of the raw count of its year")
year = [("received_on", ">=", january), ("on_time", "!=", False)]
explain(env, env["complaint.analysis"].with_user(leader)._search(year))
clean_up(env, TABLES)
