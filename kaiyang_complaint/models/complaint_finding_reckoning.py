from odoo import api, fields, models

from .complaint_judgement import UPHELD


class ComplaintFindingReckoning(models.AbstractModel):
    """In which months a finding belongs, where the centre stands, and whether it counts (七.1)."""

    _name = "complaint.finding.reckoning"
    _description = "Reckoning of a Finding"
    _inherit = ["complaint.process"]

    accepted_at = fields.Datetime(
        string="Complaint Accepted At", related="ticket_id.accepted_at", store=True
    )
    accepted_month = fields.Date(compute="_compute_accepted_month", store=True)
    confirmed_month = fields.Date(compute="_compute_confirmed_month", store=True)
    overturned_month = fields.Date(compute="_compute_overturned_month", store=True)
    is_counted = fields.Boolean(
        string="Counts",
        compute="_compute_is_counted",
        store=True,
        help="Confirmed, upheld, and the fault of window staff or a window (七.1).",
    )

    def _month_of(self, name):
        """Return the first day of the month of a moment, where the centre stands."""
        moment = self[name]
        return moment and self.company_id._complaint_local(moment).date().replace(day=1)

    @api.depends("accepted_at")
    def _compute_accepted_month(self):
        for finding in self:
            finding.accepted_month = finding._month_of("accepted_at")

    @api.depends("confirmed_at")
    def _compute_confirmed_month(self):
        for finding in self:
            finding.confirmed_month = finding._month_of("confirmed_at")

    @api.depends("overturned_at")
    def _compute_overturned_month(self):
        for finding in self:
            finding.overturned_month = finding._month_of("overturned_at")

    @api.depends("state", "conclusion", "liable", "responsibility")
    def _compute_is_counted(self):
        for finding in self:
            finding.is_counted = (
                finding.state == "confirmed"
                and finding.conclusion in UPHELD
                and finding.liable in ("staff", "window")
                and finding.responsibility in ("main", "secondary")
            )
