# The assessment of a month with 1,000, 10,000 and 100,000 findings: computed, computed again with
# nothing changed, and after one finding was overturned.
from odoo.fields import Command, Datetime

from bench.shared.measuring import clean_up, measured, multiply
from bench.shared.sample import complaint

SIZES = (1_000, 10_000, 100_000)
WINDOWS, STAFF = 60, 200
AIM = 1.5
TABLES = (
    "helpdesk_ticket",
    "complaint_respondent",
    "complaint_finding",
    "complaint_assessment_line",
)

unit = env["complaint.window.unit"].create({"name": "不动产登记中心", "code": "BENCH"})
windows = env["complaint.window"].create(
    [{"number": f"B{n}", "name": "登记", "unit_id": unit.id} for n in range(WINDOWS)]
)
staff = env["complaint.window.staff"].create(
    [{"name": f"张{n}", "window_id": windows[n % WINDOWS].id} for n in range(STAFF)]
)
sample = env["helpdesk.ticket"].create(
    complaint(env, windows[0], respondent_ids=[Command.create({"staff_id": staff[0].id})])
)
sample.action_accept()
finding = env["complaint.finding"].create(
    {
        "ticket_id": sample.id,
        "respondent_id": sample.respondent_ids.id,
        "facts": "经查属实。",
        "conduct_id": env.ref("kaiyang_complaint.conduct_03").id,
        "conclusion": "upheld",
        "responsibility": "main",
        "liable": "staff",
    }
)
finding._procedure_write({"state": "confirmed", "confirmed_at": Datetime.now()})
# So that the complaints of the year are counted as well.
env["complaint.deduction.rule"].create(
    {"name": "年内第三次", "target": "staff", "points": -8, "repeat_from": 3, "sequence": 1}
)
this_month = env.company._complaint_today().replace(day=1)
month = env["complaint.assessment"].create({"month": this_month})


def hung(first, last):
    """Return the source of the complaints of a range, for what hangs on them."""
    return (
        "(SELECT id, split_part(number, '-', 2)::int AS n FROM helpdesk_ticket "
        f"WHERE number LIKE 'ASSESS-%') AS ticket JOIN generate_series({first}, {last}) AS k "
        "ON k = n"
    )


def store(first, last):
    """Store complaints, each with a person who was found at fault this month."""
    multiply(sample, f"generate_series({first}, {last}) AS n", number="'ASSESS-' || n")
    env.cr.execute("ANALYZE helpdesk_ticket")
    person = f"{staff[0].id} + n % {STAFF}"
    tickets = hung(first, last)
    multiply(sample.respondent_ids, tickets, ticket_id="ticket.id", staff_id=person)
    env.cr.execute("ANALYZE complaint_respondent")
    multiply(
        finding,
        f"{tickets} JOIN complaint_respondent AS party ON party.ticket_id = ticket.id",
        ticket_id="ticket.id",
        respondent_id="party.id",
        staff_id=person,
        window_id=f"{windows[0].id} + n % {WINDOWS}",
    )
    for table in TABLES:
        env.cr.execute(f"ANALYZE {table}")


def overturned():
    """Overturn one finding and compute the month again."""
    last = env["complaint.finding"].search([("state", "=", "confirmed")], limit=1, order="id desc")
    last._procedure_write({"state": "overturned", "overturned_at": Datetime.now()})
    return month._compute_lines()


ACTS = {
    "computed": month._compute_lines,
    "nothing changed": month._compute_lines,
    "one overturned": overturned,
}
env.flush_all()
stored, took, queries = 1, {name: [] for name in ACTS}, {name: set() for name in ACTS}
for size in SIZES:
    env.cr.execute("DELETE FROM complaint_assessment_line")
    store(stored + 1, size)
    stored = size
    for name, act in ACTS.items():
        milliseconds, count, (new, changed, gone) = measured(env, act)
        took[name].append(milliseconds / size)
        queries[name].add(count)
        print(
            f"assessment: {size:>7,} findings: {name:<16} {milliseconds / 1000:7.2f} s"
            f" {count:3} queries  +{new:,} ~{changed:,} -{gone:,}"
        )
for name in ACTS:
    small, *_between, large = took[name]
    print(
        f"assessment: {name:<16} {large:.3f} ms a finding, × {large / small:.2f} of what it takes"
        f" among {SIZES[0]:,}; queries {sorted(queries[name])}"
    )
# One more where a cache of the server was cold.
constant = all(max(counts) - min(counts) <= 1 for counts in queries.values())
small, *_between, large = took["computed"]
verdict = "within" if constant and large / small <= AIM else "MISSES"
print(f"assessment: {verdict} one number of queries and × {AIM} a finding")
clean_up(env, TABLES)
