from contextlib import contextmanager
from datetime import UTC, date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

# Whatever Odoo holds for the present moment, it reads here.
PRESENT = "odoo.orm.fields_temporal"


class StoryClock:
    """The present moment of a story that is told: acts of the past bear the dates of the past.

    Only this process is deceived, and only while the story is told.
    """

    def __init__(self, cr, zone):
        self.cr, self.zone, self.now = cr, ZoneInfo(zone), datetime.now(UTC).replace(tzinfo=None)

    @contextmanager
    def running(self):
        """Let Odoo take the moments of this clock for the present."""
        with (
            patch(f"{PRESENT}.datetime", _Told(datetime, self)),
            patch(f"{PRESENT}.date", _Told(date, self)),
        ):
            yield

    def set(self, wall):
        """Go to a wall time of the hall."""
        self.now = self.utc(wall)
        self.cr._now = self.now

    def today(self):
        """Return the day of the story where the hall stands."""
        return self.now.replace(tzinfo=UTC).astimezone(self.zone).date()

    def utc(self, wall):
        """Return the moment of the database for a wall time of the hall."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC).replace(tzinfo=None)


class _Told:
    """A class of dates, but for what it says of the present."""

    def __init__(self, real, clock):
        self.real, self.clock = real, clock

    def __instancecheck__(self, value):
        return isinstance(value, self.real)

    def __call__(self, *args, **kwargs):
        return self.real(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.real, name)

    def now(self):
        """Return the moment of the story."""
        return self.clock.now

    def today(self):
        """Return the day of the story."""
        return self.clock.now.date()
