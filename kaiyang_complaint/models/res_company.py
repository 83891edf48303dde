from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools.date_utils import float_to_time

from ..tools.working_days import add_working_days

ANNOUNCEMENT = "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
OPINION = "请首席代表调查核实，提出处理意见和整改措施，并在期限内书面回复投诉室。"
CLOSING_HOUR = 17.0


class ResCompany(models.Model):
    """A company is a service centre: its name on paper, its words, its clock."""

    _inherit = "res.company"

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

    def _complaint_title(self):
        """Return the name of the centre as it stands on paper."""
        return self.complaint_center_name or self.name

    def _complaint_local(self, moment):
        """Turn a UTC moment of the database into the centre's wall time."""
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(self.complaint_tz))

    def _complaint_today(self):
        """Return today's date where the centre stands."""
        return self._complaint_local(fields.Datetime.now()).date()

    def _complaint_due_at(self, start_date, limit_days):
        """Return the UTC moment at which a limit of working days ends: at close of business."""
        last_day = add_working_days(start_date, limit_days)
        closing = datetime.combine(
            last_day, self._complaint_closing_time(last_day), ZoneInfo(self.complaint_tz)
        )
        return closing.astimezone(UTC).replace(tzinfo=None)

    def _complaint_closing_time(self, day):
        """Return when business closes on a weekday, by the company's working hours."""
        hours = self.resource_calendar_id.attendance_ids.filtered(
            lambda slot: slot.dayofweek == str(day.weekday())
        ).mapped("hour_to")
        return float_to_time(max(hours, default=CLOSING_HOUR))
