"""How the complaints of the demonstration's year come out: as in a hall that is run well.

Few people are found at fault twice, one thrice in a year, and one window two months running.
"""

from collections import Counter
from typing import NamedTuple

MOST_OF_STAFF = 2
REPEATER, ANSWERING, OWING = "repeater", "answering", "owing"


class Outcome(NamedTuple):
    """What came out: the finding, and in the words of a unit's reply whose fault it is."""

    conclusion: str
    responsibility: str
    liable: str
    blamed: str


BLAMED = Outcome("upheld", "main", "staff", "staff")
CLEARED = Outcome("not_upheld", "none", "other", "none")
CHANCES = [
    (BLAMED, 26),
    (Outcome("partly", "secondary", "staff", "staff"), 9),
    (Outcome("upheld", "main", "window", "unit"), 8),
    (Outcome("partly", "none", "unit", "unit"), 8),
    (CLEARED, 49),
]


class Outcomes:
    """Draws how each complaint comes out, and keeps repetitions as rare as they are.

    :param rng: the ``Dice`` of the plan

    >>> from .dice import Dice
    >>> from datetime import date
    >>> outcomes = Outcomes(Dice(1))
    >>> drawn = [outcomes.draw("A01", "KY001", date(2026, month, 5)) for month in range(1, 13)]
    >>> sum(one.liable == "staff" for one in drawn) <= MOST_OF_STAFF
    True
    """

    def __init__(self, rng):
        self.rng = rng
        self.of_staff = Counter()
        self.of_window = set()

    def draw(self, window, staff, day):
        """Return how a complaint comes out that was accepted on a day.

        :param staff: the badge number of who is complained about, or nothing
        """
        outcomes, weights = zip(*CHANCES, strict=True)
        outcome = self.rng.choices(outcomes, weights)[0]
        if outcome.liable == "staff" and not staff:
            outcome = outcome._replace(liable="window", blamed="unit")
        if outcome.liable in ("staff", "window") and not self._is_rare(window, staff, day):
            return CLEARED
        if outcome.liable in ("staff", "window"):
            self.note(window, staff, day)
        return outcome

    def note(self, window, staff, day):
        """Remember that someone was found at fault."""
        self.of_staff[staff, day.year] += bool(staff)
        self.of_window.add((window, _month(day)))

    def _is_rare(self, window, staff, day):
        near = {(window, _month(day) + shift) for shift in (-1, 1)}
        return self.of_staff[staff, day.year] < MOST_OF_STAFF and not near & self.of_window


def _month(day):
    return day.year * 12 + day.month


def set_pieces(cases):
    """Choose the complaints that show what repetition leads to: index -> the part it plays.

    Those of one part are about one person, or one window; the last month is still open.

    :param cases: pairs of an index and the day, in their order

    >>> from datetime import date
    >>> days = [date(2026, month, day) for month in range(2, 10) for day in (9, 19)]
    >>> [(days[index].month, part) for index, part in set_pieces(list(enumerate(days))).items()]
    ... # doctest: +ELLIPSIS
    [(8, 'owing'), (9, 'owing'), (6, 'answering'), (7, 'answering'), (2, 'repeater'), ...]
    """
    months = {}
    for index, day in cases:
        months.setdefault(_month(day), []).append(index)
    complete = sorted(months)[:-1]
    parts = {}
    for part, chosen, where in (
        (OWING, sorted(months)[-2:], 0.5),
        (ANSWERING, complete[-3:-1], 0.5),
        (REPEATER, _spread(complete), 0),
    ):
        parts |= {months[month][int(len(months[month]) * where)]: part for month in chosen}
    return parts


def _spread(months):
    """Choose three months of the last one's year, no two of them in a row, or none.

    >>> _spread([24299, 24300, 24301, 24302, 24303, 24304, 24305])
    [24301, 24303, 24305]
    """
    year = [month for month in months if (month - 1) // 12 == (months[-1] - 1) // 12]
    enough = len(year) > MOST_OF_STAFF * 2
    return [year[0], year[(len(year) - 1) // 2], year[-1]] if enough else []
