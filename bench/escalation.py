# The escalation job, and the list of what is overdue: the same due, at two sizes of the archive.
from datetime import timedelta
from unittest.mock import patch

from bench.shared.measuring import clean_up, explain, grown, multiply
from bench.shared.sample import complaint
from odoo.addons.kaiyang_complaint.models.handling.escalation_job import EscalationJob

DUE = 1000
AIM = 1.2
TABLES = ("helpdesk_ticket", "complaint_slip", "complaint_deadline", "complaint_escalation")

clerk, portal = env["res.users"].create(
    [
        {
            "name": login,
            "login": login,
            "group_ids": [(6, 0, [env.ref(group).id])],
        }
        for login, group in (
            ("bench_clerk", "kaiyang_complaint.group_complaint_clerk"),
            ("bench_representative", "base.group_portal"),
        )
    ]
)
room = env.ref("kaiyang_complaint.team_complaint_room")
room.user_ids += clerk
unit = env["complaint.window.unit"].create({"name": "不动产登记中心", "code": "BENCH"})
env["complaint.representative"].create({"user_id": portal.id, "unit_id": unit.id})
window = env["complaint.window"].create({"number": "B1", "name": "登记", "unit_id": unit.id})
sample = env["helpdesk.ticket"].with_user(clerk).create(complaint(env, window, staff_waiver="duty"))
sample.action_review_text(*sample._text_to_review())
sample.action_accept()
slip, limit = sample.slip_ids, sample._running("handling")
reminder = env.ref("kaiyang_complaint.escalation_rule_reminder")
# Over since the last working day began: overdue, and due for two of the four rules.
last_day = env["complaint.calendar.year"]._working_days().shift(env.company._complaint_today(), 0)
DUE_AT = env.company._complaint_midnight(last_day - timedelta(days=1))


def complaints(prefix, first, last):
    """Return the source of the complaints of a range, for what hangs on them."""
    return (
        "(SELECT id, number, split_part(number, '-', 2)::int AS n FROM helpdesk_ticket "
        f"WHERE number LIKE '{prefix}-%') AS ticket "
        f"JOIN generate_series({first}, {last}) AS wanted ON wanted = n"
    )


def add_due():
    due = f"timestamp '{DUE_AT}'"
    numbers = f"generate_series(1, {DUE}) AS n"
    multiply(sample, numbers, number="'DUE-' || n", due_at=due)
    tickets = complaints("DUE", 1, DUE)
    multiply(slip, tickets, ticket_id="ticket.id", name="ticket.number || '-01'")
    multiply(limit, tickets, ticket_id="ticket.id", due_at=due)


def add_stored(first, last):
    """Shelve ended complaints, each with a slip, a limit that was met, and a reminder on record."""
    numbers = f"generate_series({first}, {last}) AS n"
    multiply(sample, numbers, number="'OLD-' || n", complaint_state="'closed'", due_at="NULL")
    tickets = complaints("OLD", first, last)
    ago = f"timestamp '{DUE_AT}' - n % 1000 * interval '1 day'"
    multiply(slip, tickets, ticket_id="ticket.id", name="ticket.number", state="'accepted'")
    over = {"state": "'met'", "due_at": ago, "stopped_at": ago}
    multiply(limit, tickets, ticket_id="ticket.id", **over)
    env.cr.execute(
        """INSERT INTO complaint_escalation
            (deadline_id, ticket_id, company_id, rule_id, effect, number, fired_at, due_at)
        SELECT one.id, one.ticket_id, one.company_id, %s, 'reminder', 1, one.due_at, one.due_at
        FROM complaint_deadline AS one
        LEFT JOIN complaint_escalation AS fired ON fired.ticket_id = one.ticket_id
        WHERE one.state = 'met' AND fired.id IS NULL""",
        [reminder.id],
    )


def escalate():
    """Run the whole job, which would commit as it goes, and count what it recorded."""
    before = env["complaint.escalation"].search_count([("ticket_id.number", "like", "DUE-")])
    with patch.object(type(env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 1):
        EscalationJob(env).run()
    return env["complaint.escalation"].search_count([("ticket_id.number", "like", "DUE-")]) - before


def find():
    """Look up what is due, for every rule, as the job does when there is little to do."""
    job = EscalationJob(env)
    return sum(len(job.waiting_for(rule)) for rule in env["complaint.escalation.rule"].search([]))


def open_overdue():
    """Open the list of what is overdue: the first page, and how many there are."""
    tickets = env["helpdesk.ticket"].with_user(clerk)
    domain = [("is_complaint", "=", True), ("due_status", "=", "overdue")]
    tickets.search(domain, order="id desc", limit=80).mapped("number")
    return tickets.search_count(domain)


ACTS = {"the job, 1,000 due": escalate, "the search of the job": find, "“overdue”": open_overdue}
env.flush_all()
add_due()
took = grown(env, "escalation", ACTS, TABLES, add_stored)
small, large = took["the job, 1,000 due"]
print(f"escalation: {'within' if large / small <= AIM else 'MISSES'} × {AIM} for the job")
explain(env, env["complaint.deadline"]._search(reminder._due_domain(), order="due_at, id"))
clean_up(env, TABLES)
