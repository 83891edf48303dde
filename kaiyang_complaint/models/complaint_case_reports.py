from odoo import fields, models


class ComplaintCaseReports(models.AbstractModel):
    """The written reports that rest on a complaint (七.3)."""

    _name = "complaint.case.reports"
    _description = "Written Reports on a Complaint"

    written_report_ids = fields.Many2many(
        "complaint.written.report",
        string="Written Reports",
        compute="_compute_written_report_ids",
        groups="kaiyang_complaint.group_complaint_user",
    )

    def _compute_written_report_ids(self):
        reports = self.env["complaint.written.report"]
        reports = reports.search([("finding_ids.ticket_id", "in", self.ids)])
        for ticket in self:
            ticket.written_report_ids = reports.filtered(
                lambda one, ticket=ticket: ticket._origin in one.finding_ids.ticket_id
            )
