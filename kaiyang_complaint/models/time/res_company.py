from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models, tools
from odoo.exceptions import UserError

CLOSING_HOUR = 17.0
LAST_SECOND = 24 * 3600 - 1
SATURDAY = 5


class ResCompany(models.Model):
    """How a centre counts working days (六)."""

    _inherit = "res.company"

    complaint_day_end = fields.Selection(
        [("business", "At close of business"), ("midnight", "At midnight")],
        string="A Day Ends",
        required=True,
        default="business",
        help="When the last day of a limit ends (civil code, article 203).",
    )

    def _complaint_count(self, start_date, limit_days):
        """Count a limit as the law does: when it ends, how it was counted, how sure that is.

        :param start_date: the day the limit starts; it does not count
        :param limit_days: length in working days
        :return: values of a ``complaint.deadline``: ``due_at`` (UTC), ``trace``, ``is_provisional``
        :raise UserError: where the limit leaves the years that can be counted
        """
        self.ensure_one()
        calendar = self._complaint_calendar()
        try:
            trace = calendar.trace(start_date, limit_days)
        except ValueError as error:
            raise self._complaint_too_far(start_date) from error
        last_day = trace[-1].date
        return {
            "due_at": self._complaint_day_end(last_day),
            "trace": [[str(step.date), *step[1:]] for step in trace],
            "is_provisional": calendar.is_provisional(start_date, last_day),
        }

    def _complaint_due_at(self, start_date, limit_days):
        """Return the UTC moment at which a limit of working days ends.

        :raise UserError: where the limit leaves the years that can be counted
        """
        calendar = self._complaint_calendar()
        try:
            return self._complaint_day_end(calendar.add(start_date, limit_days))
        except ValueError as error:
            raise self._complaint_too_far(start_date) from error

    def _complaint_too_far(self, start_date):
        return UserError(self.env._("%s is too far away to count working days from.", start_date))

    def write(self, vals):
        """Recount what runs when the clock of a centre changes."""
        result = super().write(vals)
        calendars = self.env["complaint.calendar.year"]
        if {"resource_calendar_id", "complaint_tz", "complaint_day_end"} & vals.keys():
            calendars._schedule_changed(self)
        elif "complaint_accept_days" in vals:
            calendars._recount_drafts(self)
        return result

    def _complaint_calendar(self):
        """Return the working days of the centre: those of all, and its own."""
        return self.env["complaint.calendar.year"]._working_days(self)

    def _complaint_day_end(self, day):
        """Return the UTC moment at which a day ends: at close of business, or at midnight."""
        hours = self._complaint_closing_hours()
        hour = hours.get(day.weekday(), max(hours.values(), default=CLOSING_HOUR))
        # Whoever closes at 24:00 closes on that day and not on the next.
        seconds = min(hour * 3600, LAST_SECOND)
        if self.complaint_day_end == "midnight":
            seconds = LAST_SECOND
        wall = datetime.combine(day, time(), ZoneInfo(self.complaint_tz))
        return (wall + timedelta(seconds=seconds)).astimezone(UTC).replace(tzinfo=None)

    def _complaint_midnight(self, day):
        """Return the UTC moment at which a day is over on the wall."""
        wall = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.complaint_tz))
        return wall.astimezone(UTC).replace(tzinfo=None)

    @tools.ormcache("self.id")
    def _complaint_closing_hours(self):
        """Return when business closes, by weekday (0 is Monday).

        A make-up day has no hours of its own: it closes with the latest weekday.
        """
        hours = {}
        for slot in self.sudo().resource_calendar_id.attendance_ids:
            day = int(slot.dayofweek)
            if day < SATURDAY:
                hours[day] = max(hours.get(day, 0.0), slot.hour_to)
        return hours
