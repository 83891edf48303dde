# The limit of one complaint against Odoo's own plan_days; 10,000 running limits after a change.
import time
from datetime import date, timedelta
from statistics import median

from odoo import fields
from odoo.tools import split_every
from pytz import timezone

from bench.shared.measuring import measured

RUNS = 7
STARTS = [date(2026, 1, 5) + timedelta(days=n) for n in range(300)]
LIMIT = 5
TICKETS, LIMITS = 2_000, 10_000
AIM = 1000

company = env.company
years = env["complaint.calendar.year"]
years._ensure([2025, 2026]).action_load()
engine = years._working_days()
hours = company.resource_calendar_id
zone = timezone(company.complaint_tz)
moments = {day: zone.localize(fields.Datetime.to_datetime(day)) for day in STARTS}


def per_call(act, days=STARTS):
    """Return the microseconds of one call, from the best half of a few runs."""
    runs = []
    for _run in range(RUNS):
        start = time.perf_counter()
        for day in days:
            act(day)
        runs.append((time.perf_counter() - start) / len(days) * 1e6)
    return median(sorted(runs)[: RUNS // 2 + 1])


theirs = per_call(
    lambda day: hours.plan_days(LIMIT, moments[day], compute_leaves=True), STARTS[::10]
)
print(f"limits: resource.calendar.plan_days              {theirs:10.2f} µs")
for title, act in (
    ("with the trace, for a deadline", lambda day: company._complaint_count(day, LIMIT)),
    ("moment it ends", lambda day: company._complaint_due_at(day, LIMIT)),
    ("the engine alone", lambda day: engine.add(day, LIMIT)),
):
    ours = per_call(act)
    print(f"limits: {title:<40} {ours:10.2f} µs   {theirs / ours:8.0f} times as fast")
verdict = "reaches" if theirs / ours >= AIM else "MISSES"
print(f"limits: the engine {verdict} {AIM} times the speed of plan_days")

tickets = env["helpdesk.ticket"].create(
    [
        {
            "name": f"{n}",
            "team_id": env.ref("kaiyang_complaint.team_complaint_room").id,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "partner_name": "张三",
            "description": "<p>取号后等了两个小时。</p>",
        }
        for n in range(TICKETS)
    ]
)
deadlines = env["complaint.deadline"]
values = (
    {
        "ticket_id": tickets[n % TICKETS].id,
        "kind": "handling",
        "start_date": day,
        "limit_days": days,
        **company._complaint_count(day, days),
    }
    for n in range(LIMITS)
    for day, days in [(date(2026, 3, 2) + timedelta(days=n % 20), (3, 5)[n // 20 % 2])]
)
for batch in split_every(1000, values, list):
    deadlines.create(batch)


def timed(title, act):
    took, queries, _result = measured(env, act)
    print(f"limits: {title:<40} {took / 1000:7.2f} s {queries:6d} queries")


def moved():
    return deadlines.search([("state", "=", "running")]).mapped("due_at")


day = env["complaint.calendar.day"]
timed("recount that moves nothing", lambda: day.create({"date": "2026-08-03", "kind": "off"}))
before = moved()
timed(
    "recount that moves what it touches", lambda: day.create({"date": "2026-03-09", "kind": "off"})
)
print(
    f"limits: of {len(before)} running limits moved",
    sum(map(lambda *p: p[0] != p[1], before, moved())),
)
env.cr.rollback()
