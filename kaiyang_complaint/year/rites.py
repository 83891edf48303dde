from datetime import timedelta

from ..tools.year_hours import Hours

# What each working day brings, and the n-th of a month: the minute of the day, and what is done.
DAILY = ((20, "escalate"),)
MONTHLY = {}


def rites_between(first, until, days):
    """Yield what the days bring by themselves: a wall time and what is done.

    :param first: the first day
    :param until: the wall time of the end
    :param days: the ``WorkingDays``
    """
    hours = Hours(days)
    span = (first + timedelta(days=n) for n in range((until.date() - first).days + 1))
    for day in filter(days.is_working, span):
        nth = days.count(day.replace(day=1) - timedelta(days=1), day)
        for minute, verb in (*DAILY, *MONTHLY.get(nth, ())):
            yield hours.at(day, minute), verb


class Rites:
    """What recurs beside the complaints: urging, and what the end of a month asks for.

    :param people: the ``People``
    :param clock: the ``StoryClock``
    """

    def __init__(self, people, clock):
        self.people, self.clock, self.env = people, clock, people.env

    def perform(self, verb):
        """Do what a day brings."""
        getattr(self, f"_{verb}")()

    def _escalate(self):
        """Let the limits whose day has come be urged, as the nightly job does."""
        jobs = self.env["complaint.escalation.job"]
        for rule in self.env["complaint.escalation.rule"].search([]):
            waiting = self.env["complaint.deadline"].browse(jobs._waiting_for(rule))
            if waiting:
                jobs._put_on_record(rule, waiting)
