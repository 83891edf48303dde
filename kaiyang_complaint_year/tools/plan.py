"""A year of complaints, planned: who complains of what and when, and what becomes of it.

The same seed and the same day give the same plan. Nothing here knows the database: the windows
and their people come in as a ``Hall``, and what goes out are ``Case``s with their steps.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from .dice import Dice
from .hours import Hours
from .outcomes import BLAMED, CLEARED, Outcome, Outcomes, set_pieces
from .steps import Path, Step, steps_of
from .texts import Person, Texts
from .wording import Wording

CHANNELS = {"phone": 44, "onsite": 26, "web": 22, "letter": 8}
WAYS = {"slip": 76, "rework": 5, "extension": 5, "invalid": 5, "refuse": 5}
ON_THE_SPOT, LATE, COMPLEX, ANONYMOUS, NAMELESS = 0.55, 0.07, 0.08, 0.45, 0.3
BESIDE_OTHERS = 0.3
RESTRICTED = frozenset({4, 5, 6})
# How contented people are, from very satisfied to very dissatisfied.
CONTENT = {
    "upheld": (28, 48, 16, 6, 2),
    "partly": (14, 44, 30, 9, 3),
    "not_upheld": (30, 44, 17, 7, 2),
}


class Window(NamedTuple):
    """A window of the hall, with the badge numbers of its people."""

    number: str
    staff: tuple


class Case(NamedTuple):
    """One complaint: what is recorded of it, and its steps."""

    index: int
    way: str
    channel: str
    received: datetime
    served: datetime
    clerk: int
    window: Window
    staff: str
    item: str
    conduct: int
    klass: str
    is_late: bool
    is_anonymous: bool
    person: Person
    outcome: Outcome
    satisfaction: str = ""
    texts: dict | None = None
    steps: tuple[Step, ...] = ()


class Planner:
    """Plans the complaints of some months, up to a day.

    :param seed: the same seed gives the same complaints
    :param hall: the ``Window``s
    :param days: the ``WorkingDays``

    >>> from datetime import date
    >>> from odoo.addons.kaiyang_complaint.tools.working_days import WorkingDays
    >>> hall = [Window("A02", ("KY003", "KY004")), Window("B02", ("KY013",)), Window("C01", ())]
    >>> def plan(seed):
    ...     planner = Planner(seed, hall, WorkingDays(2025, 2026, {}))
    ...     return planner.plan(date(2025, 11, 1), date(2026, 1, 20), 40)
    >>> cases = plan(7)
    >>> len(cases), cases == plan(7), cases == plan(8)
    (40, True, False)
    >>> all(a.at <= b.at for case in cases for a, b in zip(case.steps, case.steps[1:]))
    True
    >>> {step.at.hour for case in cases for step in case.steps} <= set(range(8, 17))
    True
    """

    def __init__(self, seed, hall, days):
        self.rng, self.texts = Dice(seed), Texts()
        self.hours = Hours(days)
        served = {matter["window"] for matter in self.texts.matters}
        self.hall = {window.number: window for window in hall if window.number in served}
        self.matters = [matter for matter in self.texts.matters if matter["window"] in self.hall]
        self.outcomes = Outcomes(self.rng)

    def plan(self, first, last, count, told_from=None):
        """Return so many cases from the first to the last day, in the order they came in.

        :param told_from: the day from which on other complaints are there: few are added
        """
        moments = self._moments(first, last, count, told_from or last)
        parts = set_pieces([(index, moment.date()) for index, moment in enumerate(moments)])
        stages = self._stages(parts.values())
        for index, part in parts.items():
            window, staff = stages[part]
            self.outcomes.note(window.number, staff, moments[index])
        return [
            self._case(index, moment, stages.get(parts.get(index)))
            for index, moment in enumerate(moments)
        ]

    def _moments(self, first, last, count, told_from):
        """Draw when complaints come in: by season, more on Mondays and in the morning."""
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        days = [day for day in span if self.hours.days.is_working(day)]
        seasons = {
            month: sum(self.texts.weight_of(matter, month) for matter in self.matters)
            for month in range(1, 13)
        }
        weights = [
            seasons[day.month] * self.hours.rush(day) * (1 if day < told_from else BESIDE_OTHERS)
            for day in days
        ]
        chosen = self.rng.choices(days, weights, k=count) if days else []
        return sorted(self.hours.at(day, self.hours.draw_minute(self.rng)) for day in chosen)

    def _stages(self, parts):
        """Choose for each part the window and the person it is about."""
        staffed = [window for window in self.hall.values() if window.staff]
        names = list(dict.fromkeys(parts))
        windows = self.rng.sample(staffed, min(len(names), len(staffed)))
        chosen = [(window, self.rng.choice(window.staff)) for window in windows]
        return dict(zip(names, chosen * len(names), strict=False))

    def _case(self, index, moment, stage):
        """Plan one complaint; on a stage, one that is upheld."""
        rng, channel = self.rng, self.rng.weigh(CHANNELS)
        window, staff, item = self._about(moment, stage)
        text = self._text(bool(stage))
        way = "slip" if stage else self._way(channel, int(text["conduct"]))
        case = Case(
            index=index,
            way=way,
            channel="phone" if stage or (way == "room" and channel == "onsite") else channel,
            received=moment,
            served=self.hours.before(moment, rng.randrange(1, 4) if channel != "onsite" else 0),
            clerk=rng.randrange(2),
            window=window,
            staff=staff,
            item=item,
            conduct=int(text["conduct"]),
            klass="complex" if way == "slip" and rng.happens(COMPLEX) else "general",
            is_late=way == "slip" and not stage and rng.happens(LATE),
            is_anonymous=channel == "letter" and not stage and rng.happens(ANONYMOUS),
            person=self.texts.person(rng, index + 1),
            outcome=BLAMED if stage else self._outcome(way, window, staff, moment),
        )
        return self._complete(case, text)

    def _complete(self, case, text):
        """Add what people say, and the steps."""
        case = case._replace(satisfaction=self._satisfaction(case))
        wording = Wording(self.rng, self.texts, case, text)
        case = case._replace(texts=wording.all())
        path = Path(self.rng, self.hours, case.received)
        return case._replace(steps=tuple(steps_of(path, case)))

    def _about(self, moment, stage):
        """Draw window, person and matter: what the season brings, or what a stage is about."""
        window, staff = stage or (None, "")
        matters = [one for one in self.matters if not stage or one["window"] == window.number]
        weights = [self.texts.weight_of(matter, moment.month) for matter in matters]
        matter = self.rng.choices(matters, weights)[0]
        window = self.hall[matter["window"]]
        if not stage and not self.rng.happens(NAMELESS):
            staff = self.rng.choice(window.staff or ("",))
        return window, staff, matter["item"]

    def _text(self, is_upheld):
        rows = [row for row in self.texts.cases if row["found"] or not is_upheld]
        return self.rng.choices(rows, [float(row["weight"]) for row in rows])[0]

    def _way(self, channel, conduct):
        if conduct in RESTRICTED:
            return "room"
        way = self.rng.weigh(WAYS)
        on_the_spot = way == "slip" and channel == "onsite" and self.rng.happens(ON_THE_SPOT)
        return "spot" if on_the_spot else way

    def _outcome(self, way, window, staff, moment):
        if way in ("room", "invalid", "refuse"):
            return CLEARED
        return self.outcomes.draw(window.number, staff, moment)

    def _satisfaction(self, case):
        """Draw how contented the complainant is: nobody knows it of one who can't be reached."""
        if case.is_anonymous:
            return ""
        step = int(
            self.rng.weigh(dict(zip("54321", CONTENT[case.outcome.conclusion], strict=True)))
        )
        if case.way == "spot":
            step = max(step, 3)
        return str(max(step - case.is_late, 1))
