"""Which complaints fall into one year: the calendar year, or any twelve months (七.3)."""

from datetime import date


def _twelve_months_on(day):
    """Return the same day of the next year; 29 February has the first of March.

    >>> _twelve_months_on(date(2024, 2, 29)), _twelve_months_on(date(2025, 3, 1))
    (datetime.date(2025, 3, 1), datetime.date(2026, 3, 1))
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def in_one_year(dated, rolling=False):
    """Return the groups of what fell into one year each, in the order of time.

    :param dated: ``{key: day}``
    :param rolling: whether any twelve months make a year, or the calendar does
    :return: a list of lists of keys; twelve months begin with each of them

    >>> days = {1: date(2025, 12, 31), 2: date(2026, 1, 1), 3: date(2026, 12, 31)}
    >>> in_one_year(days)
    [[1], [2, 3]]
    >>> in_one_year(days, rolling=True)
    [[1, 2], [2, 3], [3]]
    """
    keys = sorted(dated, key=lambda key: (dated[key], key))
    if rolling:
        return [
            [other for other in keys if dated[key] <= dated[other] < _twelve_months_on(dated[key])]
            for key in keys
        ]
    years = sorted({day.year for day in dated.values()})
    return [[key for key in keys if dated[key].year == year] for year in years]
