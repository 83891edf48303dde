"""Working time as a line of minutes, so that a plan can say “two hours later” (demonstration)."""

from datetime import datetime, time, timedelta

MORNING, AFTERNOON = time(8, 30), time(13)
BEFORE_NOON, WHOLE_DAY = 210, 450
MONDAY_TO_SUNDAY = (150, 115, 100, 95, 90, 60, 60)
HOLIDAY = timedelta(days=4)
IN_THE_MORNING = 0.65


class Hours:
    """The hours in which a hall works, on the working days of its calendar.

    :param days: the ``WorkingDays``

    >>> from datetime import date
    >>> from odoo.addons.kaiyang_complaint.tools.working_days import WorkingDays
    >>> hours = Hours(WorkingDays(2026, 2026, {}))
    >>> morning = hours.at(date(2026, 3, 6), 200)
    >>> [f"{hours.later(morning, minutes):%d %H:%M}" for minutes in (0, 9, 10, 249, 250)]
    ['06 11:50', '06 11:59', '06 13:00', '06 16:59', '09 08:30']
    >>> f"{hours.days_later(morning, 2, 0):%d %H:%M}"
    '10 08:30'
    """

    def __init__(self, days):
        self.days = days

    def at(self, day, minute):
        """Return the wall time of a minute of a working day, counted from its first."""
        if minute < BEFORE_NOON:
            return datetime.combine(day, MORNING) + timedelta(minutes=minute)
        return datetime.combine(day, AFTERNOON) + timedelta(minutes=minute - BEFORE_NOON)

    def later(self, moment, minutes):
        """Return the wall time so many working minutes after another."""
        days, minute = divmod(self._minute(moment) + minutes, WHOLE_DAY)
        return self.days_later(moment, days, minute)

    def days_later(self, moment, days, minute):
        """Return the wall time of a minute so many working days after a moment."""
        return self.at(self.days.shift(moment.date(), days), minute)

    def before(self, moment, days):
        """Return a wall time so many working days before a moment, and earlier in the day."""
        return self.days_later(moment, -days, self._minute(moment) // 2)

    def _minute(self, moment):
        if moment.time() < AFTERNOON:
            return int((moment - datetime.combine(moment, MORNING)).total_seconds() // 60)
        since = moment - datetime.combine(moment, AFTERNOON)
        return BEFORE_NOON + int(since.total_seconds() // 60)

    def rush(self, day):
        """Return how many come on a working day, against 100: all who waited through a holiday.

        >>> from datetime import date
        >>> from odoo.addons.kaiyang_complaint.tools.working_days import OFF, WorkingDays
        >>> off = {date(2026, 10, day): (OFF, "国庆节") for day in range(1, 8)}
        >>> hours = Hours(WorkingDays(2026, 2026, off))
        >>> [hours.rush(date(2026, 10, day)) for day in (8, 9, 12)]
        [190, 90, 150]
        """
        waited = self.days.count(day - HOLIDAY, day) == 1
        return MONDAY_TO_SUNDAY[day.weekday()] * (1 + waited)

    def draw_minute(self, rng):
        """Draw the minute of the day at which someone comes: most of them in the morning."""
        if rng.happens(IN_THE_MORNING):
            return int(rng.triangular(0, BEFORE_NOON, BEFORE_NOON / 3))
        return int(rng.triangular(BEFORE_NOON, WHOLE_DAY - 5, BEFORE_NOON + 60))
