from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintDueMixin(models.AbstractModel):
    """Something with a ``due_at`` and a ``company_id``: how much time is left, in working days."""

    _name = "complaint.due.mixin"
    _description = "Time-limited Record"

    remaining_days = fields.Integer(
        string="Working Days Left",
        compute="_compute_remaining",
        help="Working days until the last day of the limit; negative when it is over.",
    )
    due_status = fields.Selection(
        [("overdue", "Overdue"), ("today", "Due Today"), ("risk", "At Risk"), ("fine", "In Time")],
        compute="_compute_remaining",
        search="_search_due_status",
    )

    @api.depends("due_at")
    def _compute_remaining(self):
        now = fields.Datetime.now()
        known = {
            company: (company._complaint_calendar(), company._complaint_today())
            for company in self.company_id
        }
        for record in self:
            if not record.due_at:
                record.remaining_days, record.due_status = 0, False
                continue
            calendar, today = known[record.company_id]
            left = calendar.count(today, record._due_date())
            record.remaining_days = left
            record.due_status = record._status(left, now)

    @api.model
    def _search_due_status(self, operator, value):
        """Find by status: the moments between which ``due_at`` then lies, from an index."""
        if operator != "in":
            return NotImplemented
        company, now = self.env.company, fields.Datetime.now()
        today = company._complaint_today()
        calendar = company._complaint_calendar()
        tonight = company._complaint_midnight(today)
        tomorrow = company._complaint_midnight(calendar.shift(today, 1))
        bounds = {
            "overdue": [("due_at", "<", now)],
            "today": [("due_at", ">=", now), ("due_at", "<", tonight)],
            "risk": [("due_at", ">=", tonight), ("due_at", "<", tomorrow)],
            "fine": [("due_at", ">=", tomorrow)],
            False: [("due_at", "=", False)],
        }
        return Domain.OR(Domain(bounds[status]) for status in value)

    def _due_date(self):
        """Return the last day of the limit, in the time zone of the centre."""
        self.ensure_one()
        return self.company_id._complaint_local(self.due_at).date()

    def _status(self, left, now):
        if self.due_at < now:
            return "overdue"
        return {0: "today", 1: "risk"}.get(left, "fine")
