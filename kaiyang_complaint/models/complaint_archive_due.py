from odoo import api, fields, models
from odoo.fields import Domain

from .complaint_retention_rule import RETENTIONS


class ComplaintArchiveDue(models.AbstractModel):
    """What an archivist wants to know of a closed case before it is a dossier (八)."""

    _name = "complaint.archive.due"
    _description = "Closed Case to Archive"

    archive_due_on = fields.Date(string="Archive By", compute="_compute_archive_due")
    archive_is_overdue = fields.Boolean(
        string="Overdue for the Archive",
        compute="_compute_archive_due",
        search="_search_archive_is_overdue",
    )
    archive_gaps = fields.Text(
        string="Missing", compute="_compute_archive_gaps", help="A line for each gap."
    )
    expected_retention = fields.Selection(
        RETENTIONS, compute="_compute_expected_retention", help="As the rules say today."
    )

    _to_archive = models.Index("(closed_date) WHERE complaint_state = 'closed'")

    @api.depends("complaint_state", "closed_date", "company_id.complaint_archive_days")
    def _compute_archive_due(self):
        for ticket in self:
            waits = ticket.complaint_state == "closed" and ticket.closed_date
            due = waits and ticket.company_id._complaint_archive_due(ticket.closed_date)
            ticket.archive_due_on = due
            ticket.archive_is_overdue = bool(due) and due < ticket.company_id._complaint_today()

    @api.model
    def _search_archive_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        overdue = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("closed_date", "<", company._complaint_archive_since())
            for company in self.env.companies
        )
        return Domain("complaint_state", "=", "closed") & overdue

    @api.depends("archive_gap_codes")
    @api.depends_context("lang")
    def _compute_archive_gaps(self):
        for ticket in self:
            closed = ticket.complaint_state == "closed"
            ticket.archive_gaps = closed and "\n".join(ticket._archive_gaps())

    @api.depends("complaint_state")
    def _compute_expected_retention(self):
        """Ask each rule once for all the cases, in the order of the rules."""
        self.expected_retention = False
        for company, tickets in self.filtered("is_complaint").grouped("company_id").items():
            left = tickets
            for rule in self.env["complaint.retention.rule"]._rules_of(company):
                matched = rule._of(left).with_env(self.env)
                matched.expected_retention = rule.retention
                left -= matched
