"""Written reports of chief representatives: which months they are about, who has them (七.3)."""

from datetime import date

from .file_names import are_files
from .wording import storable

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


def runs_of(month, count):
    """Return each run of so many months that a month is part of.

    >>> [[str(one) for one in run] for run in runs_of(date(2026, 1, 1), 2)]
    [['2025-12-01', '2026-01-01'], ['2026-01-01', '2026-02-01']]
    >>> [(str(run[0]), len(run)) for run in runs_of(date(2026, 1, 1), 3)]
    [('2025-11-01', 3), ('2025-12-01', 3), ('2026-01-01', 3)]
    """
    firsts = (shifted(month, back) for back in range(1 - count, 1))
    return [tuple(shifted(first, number) for number in range(count)) for first in firsts]


def months_from(first, last):
    """Return the months from one to another, both included.

    >>> [str(month) for month in months_from(date(2025, 12, 1), date(2026, 2, 1))]
    ['2025-12-01', '2026-01-01', '2026-02-01']
    """
    count = (last.year - first.year) * MONTHS + last.month - first.month
    return [shifted(first, number) for number in range(count + 1)]


def months_running(months, month):
    """Return those of some months that run without a gap to one of them, and from it.

    >>> months = {date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 1)}
    >>> [str(month) for month in months_running(months, date(2026, 1, 1))]
    ['2025-12-01', '2026-01-01']
    >>> months_running(months, date(2026, 2, 1)), months_running([], False)
    ([], [])
    """
    if month not in months:
        return []
    running = {month}
    for step in (-1, 1):
        beside = shifted(month, step)
        while beside in months:
            running.add(beside)
            beside = shifted(beside, step)
    return sorted(running)


def months_around(months, count):
    """Return all months that runs of so many may have in common with some, in order.

    >>> [str(month) for month in months_around({date(2026, 1, 1), date(2026, 2, 1)}, 2)]
    ['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01']
    """
    return sorted({shifted(month, step) for month in months for step in range(1 - count, count)})


def is_readable(values):
    """Return whether what a caller sent has the shape of a report: texts, days, pairs for files.

    >>> is_readable({"causes": "忙", "measures_by": None, "attachments": [("a.jpg", "YQ==")]})
    True
    >>> is_readable(None), is_readable({"causes": 5}), is_readable({"causes": chr(0)})
    (False, False, False)
    >>> is_readable({"attachments": [5]}), is_readable({"removed": 5})
    (False, False)
    """
    if not isinstance(values, dict):
        return False
    typed = [values.get(name) for name in WRITTEN if name != "to_unit"]
    removed = values.get("removed") or []
    files = are_files(values.get("attachments")) and isinstance(removed, list)
    return files and all(map(_is_typed, typed))


def _is_typed(value):
    return not value or isinstance(value, date) or (isinstance(value, str) and storable(value))
