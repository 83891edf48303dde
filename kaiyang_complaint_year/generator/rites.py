from datetime import timedelta

from odoo.addons.kaiyang_complaint.models.handling.escalation_job import EscalationJob

from ..tools.hours import Hours
from .issues import Issues
from .letters import Letters
from .months import Months

# What each working day brings, and the n-th of a month: the minute of the day, and what is done.
DAILY = ((20, "escalate"), (390, "correspond"))
MONTHLY = {
    2: ((60, "assess"), (200, "approve")),
    3: ((40, "publish"), (120, "propose")),
    4: ((60, "agree"), (240, "show")),
    8: ((100, "overturn"),),
    10: ((120, "study"),),
    15: ((90, "tell_public"),),
}


def rites_between(first, until, days):
    """Yield what the days bring by themselves: a wall time and what is done.

    :param first: the first day; the month before it is none of the story
    :param until: the wall time of the end
    :param days: the ``WorkingDays``
    """
    hours = Hours(days)
    span = (first + timedelta(days=n) for n in range((until.date() - first).days + 1))
    for day in filter(days.is_working, span):
        nth = days.count(day.replace(day=1) - timedelta(days=1), day)
        is_first_month = day.replace(day=1) == first
        for minute, verb in (*DAILY, *(() if is_first_month else MONTHLY.get(nth, ()))):
            yield hours.at(day, minute), verb


class Rites:
    """What recurs beside the complaints: urging, letters, and what the end of a month asks for.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    :param tickets: the complaints that were told of: index -> id
    :param until: the wall time at which the story ends
    """

    def __init__(self, people, clock, tickets, until):
        self.env = people.env
        letters = Letters(people, clock, tickets, until)
        months = Months(people, clock, tickets, until)
        issues = Issues(people, clock, tickets)
        self.acts = {
            "escalate": self._escalate,
            "correspond": letters.perform,
            "assess": months.assess,
            "approve": months.approve,
            "publish": months.publish,
            "propose": months.propose,
            "agree": months.agree,
            "show": months.show,
            "overturn": months.overturn,
            "study": issues.study,
            "tell_public": issues.publish,
        }

    def perform(self, verb):
        """Do what a day brings."""
        self.acts[verb]()

    def _escalate(self):
        """Let the limits whose day has come be urged, as the nightly job does."""
        jobs = EscalationJob(self.env)
        for rule in self.env["complaint.escalation.rule"].search([]):
            waiting = self.env["complaint.deadline"].browse(jobs.waiting_for(rule))
            if waiting:
                jobs.put_on_record(rule, waiting)
