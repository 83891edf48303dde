"""Written reports of chief representatives: which months they are about, who has them (七.3)."""

from datetime import date

# States in which the representative has something to do with a report.
WAITING = ("asked", "returned")
# What the representative writes.
WRITTEN = ("causes", "measures", "measures_by", "to_unit", "unit_addressee", "to_unit_on")
MONTHS = 12


def shifted(month, count):
    """Return the first day of a month some months later, or earlier.

    >>> shifted(date(2026, 12, 1), 1), shifted(date(2026, 1, 1), -1)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1))
    """
    year, number = divmod(month.year * MONTHS + month.month - 1 + count, MONTHS)
    return date(year, number + 1, 1)


def pairs_of(month):
    """Return the two pairs of months running that a month is part of.

    >>> pairs_of(date(2026, 1, 1))[0]
    (datetime.date(2025, 12, 1), datetime.date(2026, 1, 1))
    >>> pairs_of(date(2026, 1, 1))[1]
    (datetime.date(2026, 1, 1), datetime.date(2026, 2, 1))
    """
    return [(first, shifted(first, 1)) for first in (shifted(month, -1), month)]


def months_around(months):
    """Return some months and those beside them, in order.

    >>> [str(month) for month in months_around({date(2026, 1, 1), date(2026, 2, 1)})]
    ['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01']
    """
    return sorted({shifted(month, count) for month in months for count in (-1, 0, 1)})
