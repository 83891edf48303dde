import gc
import json
from datetime import date, datetime
from typing import NamedTuple
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from odoo.exceptions import UserError

from ..tools.plan import Planner, Window
from .acts import Acts
from .clock import StoryClock
from .people import People
from .rites import Rites, rites_between

PARAMETER = "kaiyang_complaint_year.memory"
ADDON = "kaiyang_complaint_year"
# The complaints are known by external ids of their own, for the story may break off.
MODULE, PREFIX = "__demo_year__", "complaint_"
# A hall of this size: two excellent ratings are praised, what comes four times is common, and the
# cases of a year are archived in the course of the next.
HALL = {
    "complaint_board_min_count": 2,
    "complaint_board_min_average": 4.5,
    "complaint_issue_count": 4,
    "complaint_archive_days": 430,
}


class Event(NamedTuple):
    """Something that happens: an act on a complaint, or what the day itself brings."""

    at: datetime
    order: int
    verb: str
    case: object = None


class Story:
    """The demonstration's year, told month by month up to this moment.

    What was told is remembered in the database, so that a story that broke off goes on.

    :param env: of the superuser
    :param options: ``seed``, ``months`` and ``complaints`` of a story that begins, and ``until``
        where it does not reach up to now; one that broke off keeps its own
    :raise UserError: where this addon or the demonstration is not installed, or a year was told
        before
    """

    def __init__(self, env, **options):
        # The command is there in every database, wherever Odoo finds this addon's folder.
        if ADDON not in env.registry._init_modules:
            raise UserError(env._("Install the addon “%s” first.", ADDON))
        self.env, self.people = env, People(env)
        self.company = self.people.users["clerk"].company_id
        self.clock = StoryClock(env.cr, self.company.complaint_tz)
        self.memory = self._remembered() or self._begin(options)
        self.until = datetime.fromisoformat(self.memory["until"])
        self.tickets = self._told_tickets()
        self.acts = Acts(self.people, self.clock, self.tickets)
        self.rites = Rites(self.people, self.clock, self.tickets, self.until)

    def tell(self):
        """Tell what is missing, month by month.

        :return: yields the first day of each month that was told, and how many complaints came in;
            whoever asks for the next month has committed the one before
        """
        events = self._events()
        months = sorted({_month_of(event) for event in events})
        for month in months:
            if str(month) in self.memory["told"]:
                continue
            present = [event for event in events if _month_of(event) == month]
            self._tell_all(present)
            self.memory["told"].append(str(month))
            self.memory["done"] = month == months[-1]
            self._remember()
            yield month, sum(event.verb == "register" for event in present)

    def archive(self):
        """Let the archivist file what was closed in the first month, a case a transaction.

        :return: the batch
        """
        first = self._first_day()
        last = first + relativedelta(months=1, days=-1)
        batches = self.people.acting("archivist")["complaint.dossier.batch"]
        batch = batches.create({"date_from": first, "date_to": last})
        # Another person than who archives goes through the cases first.
        batch.with_env(self.people.acting("manager")).action_check()
        batch.action_start()
        batch.with_env(self.env)._run()
        return batch

    def _tell_all(self, events):
        """Perform events, each at its moment; no mail leaves a demonstration."""
        threads = self.env.registry["mail.thread"]
        silent = patch.object(threads, "_notify_thread_by_email", lambda *_args, **_kwargs: True)
        with self.clock.running(), silent:
            for event in events:
                self.clock.set(event.at)
                self._perform(event)
                self.env.flush_all()
                self.env.cr.precommit.run()
        self.env.invalidate_all()

    def _perform(self, event):
        if not event.case:
            self.rites.perform(event.verb)
            # Automations leave environments behind that hold each other, and each is looked
            # through whenever one is asked for.
            gc.collect()
            return
        self.acts.perform(event.case, event.verb)
        if event.verb == "register":
            self._keep(event.case)

    # --- what happens -----------------------------------------------------------------------

    def _events(self):
        """Return all that has happened up to the end, in its order."""
        days = self.env["complaint.calendar.year"]._working_days()
        first = self._first_day()
        planner = Planner(self.memory["seed"], self._hall(), days)
        told_from = date.fromisoformat(self.memory["told_from"])
        cases = planner.plan(first, self.until.date(), self.memory["complaints"], told_from)
        acts = [
            Event(step.at, case.index, step.verb, case) for case in cases for step in case.steps
        ]
        rites = [Event(at, -1, verb) for at, verb in rites_between(first, self.until, days)]
        told = [event for event in acts + rites if event.at <= self.until]
        return sorted(told, key=lambda event: (event.at, event.order))

    def _first_day(self):
        """Return the first day of the month so many whole months before the present one."""
        months = self.until.year * 12 + self.until.month - 1 - self.memory["months"]
        return self.until.date().replace(year=months // 12, month=months % 12 + 1, day=1)

    def _hall(self):
        """Return the windows with their people, as is."""
        windows = self.env["complaint.window"].search([("company_id", "=", self.company.id)])
        return [
            Window(one.number, tuple(filter(None, one.staff_ids.mapped("employee_no"))))
            for one in windows
        ]

    # --- what is remembered -----------------------------------------------------------------

    def _remembered(self):
        text = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        memory = json.loads(text) if text else None
        if memory and memory["done"]:
            raise UserError(
                self.env._("Demo data already generated: a second year would duplicate each month.")
            )
        return memory

    def _begin(self, options):
        before = {name: self.company[name] for name in HALL}
        self.company.write(HALL)
        now = self.company._complaint_local(self.env.cr.now())
        until = options.pop("until", None) or now.replace(tzinfo=None, microsecond=0)
        memory = {"until": until.isoformat(), "told_from": str(self._told_from(until))}
        settings = {"company_id": self.company.id, "settings": before}
        return {**options, **memory, **settings, "told": [], "done": False}

    def _told_from(self, until):
        """Return the day from which on the demonstration has many complaints of its own."""
        month = until.replace(day=1, hour=0, minute=0)
        domain = [("is_complaint", "=", True), ("company_id", "=", self.company.id)]
        others = self.env["helpdesk.ticket"].search(
            [*domain, ("received_at", ">=", self.clock.utc(month))], limit=1
        )
        return (month if others else until).date()

    def _remember(self):
        self.env["ir.config_parameter"].sudo().set_param(PARAMETER, json.dumps(self.memory))

    def _keep(self, case):
        self.env["ir.model.data"].sudo().create(
            {
                "module": MODULE,
                "name": f"{PREFIX}{case.index}",
                "model": "helpdesk.ticket",
                "res_id": self.tickets[case.index],
                "noupdate": True,
            }
        )

    def _told_tickets(self):
        """Return the complaints that were told of: index -> id."""
        kept = self.env["ir.model.data"].sudo().search([("module", "=", MODULE)])
        return {int(one.name.removeprefix(PREFIX)): one.res_id for one in kept}


def _month_of(event):
    return event.at.date().replace(day=1)
