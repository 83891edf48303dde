from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models, tools
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, formataddr

ANNOUNCEMENT = "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
OPINION = "请首席代表调查核实，提出处理意见和整改措施，并在期限内书面回复投诉室。"
CLOSING_HOUR = 17.0
LAST_SECOND = 24 * 3600 - 1
SATURDAY = 5


class ResCompany(models.Model):
    """A company is a service centre: its name on paper, its words, its clock."""

    _name = "res.company"
    _inherit = [
        "res.company",
        "complaint.archive.centre",
        "complaint.board.centre",
        "complaint.common.issue.centre",
        "complaint.written.report.centre",
        "complaint.results.centre",
    ]

    complaint_center_name = fields.Char(
        string="Service Centre",
        help="Name of the centre on forms and letters; the company's name where empty.",
    )
    complaint_phone = fields.Char(string="Complaint Hotline")
    complaint_announcement = fields.Char(
        string="Recording Announcement",
        required=True,
        default=ANNOUNCEMENT,
        help="What a caller is told, word for word, before a recording starts (五(一)1).",
    )
    complaint_default_opinion = fields.Text(
        string="Default Opinion of the Room",
        default=OPINION,
        help="Goes onto a slip where the clerk wrote no opinion of their own.",
    )
    complaint_tz = fields.Selection(
        lambda self: self.env["res.partner"]._fields["tz"]._description_selection(self.env),
        string="Centre's Time Zone",
        required=True,
        default="Asia/Shanghai",
    )
    complaint_day_end = fields.Selection(
        [("business", "At close of business"), ("midnight", "At midnight")],
        string="A Day Ends",
        required=True,
        default="business",
        help="When the last day of a limit ends (civil code, article 203).",
    )

    complaint_max_days = fields.Integer(
        string="Longest Limit",
        required=True,
        default=7,
        help="Working days from acceptance that no extension may exceed (六.3).",
    )

    complaint_repeat_days = fields.Integer(
        string="Repeats Within",
        required=True,
        default=90,
        help="Days in which complaints about one window or person, or by one, are repetitions.",
    )
    complaint_similar_percent = fields.Integer(
        string="Similar Words From",
        required=True,
        default=20,
        help="Share of their groups of three characters that two complaints have in common.",
    )
    complaint_issue_days = fields.Integer(
        string="Common Issues Within",
        required=True,
        default=90,
        help="Days whose complaints are searched for common issues (五(三)).",
    )
    complaint_issue_count = fields.Integer(
        string="Common Issue From",
        required=True,
        default=5,
        help="Complaints under one conduct item about one unit that make a common issue.",
    )

    _complaint_max_days_positive = models.Constraint(
        "CHECK (complaint_max_days > 0)", "A limit is at least one working day."
    )
    _complaint_repeats_sane = models.Constraint(
        "CHECK (complaint_repeat_days > 0 AND complaint_issue_days > 0)",
        "Repetitions and common issues are looked for in at least one day.",
    )
    _complaint_issue_count_sane = models.Constraint(
        "CHECK (complaint_issue_count > 1)", "A common issue takes at least two complaints."
    )
    _complaint_similar_sane = models.Constraint(
        "CHECK (complaint_similar_percent BETWEEN 5 AND 100)",
        "Similarity is given in percent, from 5 to 100.",
    )

    def _complaint_title(self):
        """Return the name of the centre as it stands on paper."""
        return self.complaint_center_name or self.name

    def _complaint_sender(self):
        """Return from whom mails of the desk come: the centre, by its name and its address.

        Without an address of the company, the one Odoo sends notifications from.
        """
        company = self.sudo()
        known = (company.email, company.default_from_email, company.catchall_email)
        address = next(filter(None, map(email_normalize, known)), None)
        return formataddr(
            (self._complaint_title(), address or self.env.ref("base.partner_root").sudo().email)
        )

    def _complaint_local(self, moment):
        """Turn a UTC moment of the database into the centre's wall time."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.complaint_tz))

    def _complaint_today(self):
        """Return today's date where the centre stands."""
        return self._complaint_local(fields.Datetime.now()).date()

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

    def _complaint_calendar(self):
        """Return the working days of the centre: those of all, and its own."""
        return self.env["complaint.calendar.year"]._working_days(self)

    def _complaint_too_far(self, start_date):
        return UserError(self.env._("%s is too far away to count working days from.", start_date))

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

        A make-up day has no hours of its own: it closes with the latest weekday (design §4).
        """
        hours = {}
        for slot in self.sudo().resource_calendar_id.attendance_ids:
            day = int(slot.dayofweek)
            if day < SATURDAY:
                hours[day] = max(hours.get(day, 0.0), slot.hour_to)
        return hours

    def write(self, vals):
        """Recount what runs when the clock of a centre changes."""
        result = super().write(vals)
        if {"resource_calendar_id", "complaint_tz", "complaint_day_end"} & vals.keys():
            self.env["complaint.calendar.year"]._schedule_changed(self)
        return result
