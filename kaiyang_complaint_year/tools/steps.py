"""What is done with a complaint of the demonstration's year, and when: its steps in order."""

from datetime import datetime
from typing import NamedTuple

LIMITS = {"web": 5, "onsite": 5, "letter": 3, "phone": 3}
COMPLEX_LIMIT = 5


class Step(NamedTuple):
    """An act on a complaint at a moment, in the wall time of the hall."""

    at: datetime
    verb: str


class Path:
    """The steps of one complaint, each some time after the one before.

    :param hours: the ``Hours`` of the hall
    :param start: when the complaint came in

    >>> from odoo.addons.kaiyang_complaint.tools.working_days import WorkingDays
    >>> from .dice import Dice
    >>> from .hours import Hours
    >>> hours = Hours(WorkingDays(2026, 2026, {}))
    >>> path = Path(Dice(1), hours, datetime(2026, 3, 6, 16, 50))
    >>> for step in path.then("register").then("accept", 20, 21).steps:
    ...     print(f"{step.at:%d %H:%M} {step.verb}")
    06 16:50 register
    09 08:40 accept
    """

    def __init__(self, rng, hours, start):
        self.rng, self.hours, self.now, self.steps = rng, hours, start, []

    def then(self, verb, least=0, most=1):
        """Do something so many working minutes after the last act, drawn from a range."""
        self.now = self.hours.later(self.now, self.rng.randrange(least, most))
        self.steps.append(Step(self.now, verb))
        return self

    def on_day(self, verb, days, since):
        """Do something at some time of the n-th working day after another act, if not later."""
        start = next(step.at for step in self.steps if step.verb == since)
        moment = self.hours.days_later(start, days, self.rng.randrange(30, 400))
        self.now = max(self.hours.later(self.now, 15), moment)
        self.steps.append(Step(self.now, verb))
        return self


def steps_of(path, case):
    """Return the steps of a complaint by the way it goes.

    :param case: with ``way``, ``channel``, ``klass``, ``is_late``, ``is_anonymous``
    """
    return WAYS[case.way](path.then("register"), case).steps


def _accepted(path, case):
    if case.channel == "web":
        path.then("contact", 15, 100)
    return path.then("accept", 5, 60 if case.channel in ("phone", "onsite") else 240)


def _by_slip(path, case):
    _accepted(path, case)
    if case.channel == "onsite":
        path.then("arrive", 6, 20).then("forward", 15, 60)
    path.then("receive", 10, 150)
    limit = COMPLEX_LIMIT if case.klass == "complex" else LIMITS[case.channel]
    if case.way == "extension":
        path.on_day("extend", limit - 1, "accept").then("grant", 20, 60)
        path.on_day("reply", limit + 1, "accept")
    elif case.is_late:
        path.on_day("reply", limit + path.rng.choice((0, 1, 1, 2)), "accept")
    else:
        path.on_day("reply", path.rng.choice((0, 1, 1, 1, limit - 2)), "accept")
    if case.way == "rework":
        path.then("return", 20, 90).then("reply", 60, 200)
    return _told(path.then("judge", 15, 120), case)


def _told(path, case):
    path.then("find", 5, 30)
    if case.satisfaction in ("1", "2"):
        return path.then("tell", 10, 200).then("call_back", 200, 500).then("close", 5, 60)
    return path.then("tell", 10, 240).then("close", 5, 300)


def _on_the_spot(path, case):
    _accepted(path, case)
    path.then("arrive", 5, 15).then("settle", 10, 50)
    return path.then("find", 30, 200).then("close", 5, 60)


def _by_the_room(path, case):
    _accepted(path, case)
    path.then("inquire", 60, 240).then("conclude", 400, 900)
    return path.then("find", 20, 60).then("tell", 20, 120).then("close", 10, 60)


def _refused(path, case):
    return path.then(case.way, 10, 60)


WAYS = {
    "slip": _by_slip,
    "rework": _by_slip,
    "extension": _by_slip,
    "spot": _on_the_spot,
    "room": _by_the_room,
    "invalid": _refused,
    "refuse": _refused,
}
