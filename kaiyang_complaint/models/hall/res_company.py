from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models, tools

from ...tools.clauses import quoted

ANNOUNCEMENT = "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
OPINION = "请首席代表调查核实，提出处理意见和整改措施，并在期限内书面回复投诉室。"
CLOSING_HOUR = 17.0
LAST_SECOND = 24 * 3600 - 1
SATURDAY = 5


class ResCompany(models.Model):
    """A company is a service centre: its name on paper, its words, its clock."""

    _name = "res.company"
    _inherit = ["res.company"]

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

    # --- clauses of the regulation ----------------------------------------------------------------

    def _complaint_clause(self, code):
        """Return the clause that applies in the centre: its own one, else the shared one; or none.

        The regulation is public: whoever may have a paper may read what it cites.
        """
        ids = self._complaint_clause_ids()
        clauses = self.env["complaint.clause"].sudo()
        return clauses.browse(ids.get(code)).with_prefetch(tuple(ids.values()))

    @tools.ormcache("self.id")
    def _complaint_clause_ids(self):
        """Return the records of the clauses that apply in the centre, by code."""
        clauses = self.env["complaint.clause"].sudo()
        found = clauses.search([("company_id", "in", (self.id, False))])
        return {one.code: one.id for one in found.sorted(lambda one: bool(one.company_id))}

    def _complaint_citation(self, code):
        """Return how papers and messages name a clause; its code where it has no record."""
        return self._complaint_clause(code).citation or code

    def _complaint_quotation(self, code, sentence=None):
        """Return the name of a clause with its words, or those of one of its sentences, from 1."""
        return self._complaint_citation(code) + quoted(self._complaint_clause(code).text, sentence)
