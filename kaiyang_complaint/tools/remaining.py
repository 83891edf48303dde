"""How long there is still to go, as people count it: in days of the calendar on the wall."""


def remaining(due, now):
    """Tell whether a limit is over, ends today or runs on, and the days between.

    :param datetime due: when the limit ends, in the centre's time
    :param datetime now: the moment it is asked, in the same zone

    >>> from datetime import datetime
    >>> noon = datetime(2026, 3, 5, 12)
    >>> remaining(datetime(2026, 3, 5, 17), noon), remaining(datetime(2026, 3, 7, 9), noon)
    (('today', 0), ('left', 2))
    >>> remaining(datetime(2026, 3, 4, 17), noon), remaining(datetime(2026, 3, 5, 11), noon)
    (('overdue', 1), ('overdue', 0))
    """
    days = (due.date() - now.date()).days
    if due < now:
        return "overdue", -days
    return ("left", days) if days else ("today", 0)
