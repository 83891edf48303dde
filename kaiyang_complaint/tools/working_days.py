"""Count limits as the law does (六; civil code 201, 203).

The day on which something starts stays out of the count; day 1 is the next working day. Working
days are the plain week, less the days off and plus the make-up days that the State Council
announces for a year. Days are the centre's own; this module knows no clock and no time zone.
"""

import re
from bisect import bisect_right
from datetime import date
from typing import NamedTuple

OFF, MAKEUP = "off", "makeup"
SATURDAY, WEEK = 5, 7  # ordinal 1 is a Monday


class Day(NamedTuple):
    """One day of a trace: counted as the n-th, or skipped (``number`` 0) for a reason.

    ``reason`` is ``workday``, ``makeup``, ``weekend`` or ``off``; ``name`` that of a day announced.
    """

    date: date
    number: int
    reason: str
    name: str


class WorkingDays:
    """The working days of a range of years, in order, so that counting is a bisection.

    :param first_year: first year of the range
    :param last_year: last year of the range
    :param announced: days that differ from the plain week: ``{date: (OFF or MAKEUP, name)}``
    :param published: the years whose schedule is known; others count as plain weeks, provisionally

    >>> spring = {date(2026, 2, 14): (MAKEUP, "春节调休")} | {
    ...     date(2026, 2, day): (OFF, "春节") for day in range(15, 24)
    ... } | {date(2026, 2, 28): (MAKEUP, "春节调休")}
    >>> days = WorkingDays(2026, 2027, spring, {2026})
    >>> [str(days.add(date(2026, 2, 13), n)) for n in (1, 3, 5, 7)]
    ['2026-02-14', '2026-02-25', '2026-02-27', '2026-03-02']
    """

    def __init__(self, first_year, last_year, announced, published=()):
        self.first, self.last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.announced = dict(announced)
        self.published = frozenset(published)
        span = range(self.first.toordinal(), self.last.toordinal() + 1)
        # By arithmetic instead of by `is_working`: ninety years are 33,000 days.
        working = {day for day in span if (day - 1) % WEEK < SATURDAY}
        for day, (kind, _name) in self.announced.items():
            working.discard(day.toordinal())
            if kind == MAKEUP and day.toordinal() in span:
                working.add(day.toordinal())
        self._ordinals = sorted(working)

    def is_working(self, day):
        """Return whether a day is worked.

        >>> days = WorkingDays(2026, 2026, {date(2026, 10, 1): (OFF, "国庆节")})
        >>> days.is_working(date(2026, 10, 1)), days.is_working(date(2026, 10, 2))
        (False, True)
        """
        kind = self.announced.get(day)
        return kind[0] == MAKEUP if kind else day.weekday() < SATURDAY

    def add(self, start, days):
        """Return the last day of a limit that starts on ``start``.

        :param start: the day the limit starts; it does not count
        :param days: length in working days, at least 1
        :raise ValueError: where the limit leaves the range of years

        >>> WorkingDays(2026, 2026, {}).add(date(2026, 11, 20), 3)
        datetime.date(2026, 11, 25)
        >>> WorkingDays(2026, 2026, {}).add(date(2026, 12, 30), 3)
        Traceback (most recent call last):
        ...
        ValueError: the limit leaves the years 2026 to 2026
        """
        # The first working day after ``start`` has the number 1.
        index = bisect_right(self._ordinals, start.toordinal()) + days - 1
        if days < 1 or index >= len(self._ordinals) or start < self.first:
            raise ValueError(f"the limit leaves the years {self.first.year} to {self.last.year}")
        return date.fromordinal(self._ordinals[index])

    def count(self, start, end):
        """Return how many working days lie after ``start``, up to and with ``end``.

        Negative where ``end`` lies before ``start``: so many working days ago.

        >>> days = WorkingDays(2026, 2026, {})
        >>> days.count(date(2026, 11, 20), date(2026, 11, 25))
        3
        >>> days.count(date(2026, 11, 25), date(2026, 11, 20))
        -3
        """
        return self._rank(end) - self._rank(start)

    def shift(self, day, days):
        """Return the working day so many working days after, or before, a working day.

        >>> days = WorkingDays(2026, 2026, {})
        >>> str(days.shift(date(2026, 11, 23), -1)), str(days.shift(date(2026, 11, 23), 0))
        ('2026-11-20', '2026-11-23')
        """
        index = self._rank(day) - 1 + days
        # Beyond the range the nearest day of it has to do.
        return date.fromordinal(self._ordinals[max(0, min(index, len(self._ordinals) - 1))])

    def trace(self, start, days):
        """List every day of a limit, counted or skipped, as a person would check it on a wall.

        >>> days = WorkingDays(2026, 2026, {date(2026, 10, 1): (OFF, "国庆节")})
        >>> for day in days.trace(date(2026, 9, 30), 2):
        ...     print(day.date, day.number, day.reason, day.name or "-")
        2026-10-01 0 off 国庆节
        2026-10-02 1 workday -
        2026-10-03 0 weekend -
        2026-10-04 0 weekend -
        2026-10-05 2 workday -
        """
        last, number, steps = self.add(start, days), 0, []
        for ordinal in range(start.toordinal() + 1, last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            working = self.is_working(day)
            number += working
            kind, name = self.announced.get(day, ("workday" if working else "weekend", ""))
            steps.append(Day(day, number if working else 0, kind, name))
        return steps

    def is_provisional(self, start, end):
        """Return whether a limit runs through a year whose schedule is not published.

        >>> WorkingDays(2026, 2027, {}, {2026}).is_provisional(date(2026, 12, 30), date(2027, 1, 4))
        True
        """
        return any(year not in self.published for year in range(start.year, end.year + 1))

    def _rank(self, day):
        return bisect_right(self._ordinals, day.toordinal())


# What a schedule calls a day off and a make-up day, in files from offices and from elsewhere.
KINDS = dict.fromkeys(("休", "放假", "放假调休", "休息", "off", "holiday"), OFF) | dict.fromkeys(
    ("班", "上班", "调休上班", "补班", "makeup", "work"), MAKEUP
)
_UNTIL = re.compile("至|到|~|～|—|–")
_LONGEST = 31


def parse_schedule(rows):
    """Read the announced days of a year from the rows of a file: date or range, kind, name.

    :param rows: cells, texts or dates
    :raise ValueError: with the number of the row (from 1) that can't be read, or that gives a day
        another kind than a row before

    >>> list(parse_schedule([["2026/10/1", "休", "国庆节"], ["2026-10-10", "班", ""]]).values())
    [('off', '国庆节'), ('makeup', '')]
    >>> [str(day) for day in parse_schedule([["2027年2月5日至7日", "放假", "春节"]])]
    ['2027-02-05', '2027-02-06', '2027-02-07']
    >>> parse_schedule([["2026-10-01", "休"], ["2026-10-01", "班"]])
    Traceback (most recent call last):
    ValueError: 2
    """
    days = {}
    for number, row in enumerate(rows, 1):
        try:
            for day, entry in _entries_of(row):
                if days.setdefault(day, entry)[0] != entry[0]:
                    raise ValueError(day)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(number) from error
    return days


def _entries_of(row):
    text, kind, name = ([str(cell or "").strip() for cell in row] + ["", "", ""])[:3]
    return [(day, (KINDS[kind.lower()], name)) for day in _days_of(text)]


def _days_of(text):
    """Return the days of a text: of a date, or from one until another that may be shortened.

    >>> [str(day) for day in _days_of("2027-02-28 至 03-01")], _days_of("2027-02-05 00:00:00")
    (['2027-02-28', '2027-03-01'], [datetime.date(2027, 2, 5)])
    """
    numbers = [[int(n) for n in re.findall(r"\d+", part)[:3]] for part in _UNTIL.split(text)]
    first, last = numbers[0], numbers[-1]
    # “2月5日至7日” leaves out what both days share: year and month are taken from the first.
    last = first[: 3 - len(last)] + last
    begin, end = date(*first), date(*last)
    if numbers[2:] or not 0 <= (end - begin).days < _LONGEST:
        raise ValueError(text)
    return [date.fromordinal(day) for day in range(begin.toordinal(), end.toordinal() + 1)]
