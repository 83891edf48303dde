from datetime import date, timedelta

from ..common import ComplaintCommon


def days_between(first, last):
    """Return the days from one until another, both given as texts."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class CalendarCommon(ComplaintCommon):
    """The calendars of 2025 and 2026 as published; 2027 as nobody knows it yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.years = cls.env["complaint.calendar.year"]
        cls.days = cls.env["complaint.calendar.day"]
        cls.years.search([("year", "=", 2027)]).unlink()
        cls.years._ensure([2025, 2026]).action_load()
        cls.company = cls.room.company_id or cls.env.company

    def local(self, moment):
        """Return a moment of the database as the clock on the wall shows it."""
        return str(self.company._complaint_local(moment))[:16]

    def day(self, text):
        """Return the announced day of a date."""
        return self.days.search([("date", "=", text)])
