"""Count limits as the law does (六; civil code 201, 203): the first day stays out of the count."""

from datetime import timedelta

SATURDAY = 5


def is_weekday(day):
    """Tell Monday to Friday: the plain week, where no calendar of the year says otherwise.

    >>> from datetime import date
    >>> is_weekday(date(2026, 11, 20)), is_weekday(date(2026, 11, 21))
    (True, False)
    """
    return day.weekday() < SATURDAY


def add_working_days(start, days, is_working=is_weekday):
    """Return the last day of a limit of working days that begins on ``start``.

    :param start: the day on which the limit starts; it does not count
    :param days: length of the limit in working days, at least 1
    :param is_working: tells whether a day is worked

    >>> from datetime import date
    >>> add_working_days(date(2026, 11, 19), 1), add_working_days(date(2026, 11, 20), 3)
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 25))
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working(day)
    return day
