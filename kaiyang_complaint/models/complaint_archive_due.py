from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

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
        companies = self.env["res.company"].sudo().search([])
        overdue = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("closed_date", "<", company._complaint_archive_since())
            for company in companies
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


class ResCompany(models.Model):
    """Until when a centre archives what is closed."""

    _inherit = "res.company"

    complaint_archive_days = fields.Integer(
        string="Archived Within",
        required=True,
        default=30,
        help="Days after closing within which a case is archived.",
    )

    _complaint_archive_days_positive = models.Constraint(
        "CHECK (complaint_archive_days > 0)", "A case is archived within at least one day."
    )

    def _complaint_archive_due(self, closed_date):
        """Return the last day on which a case may be archived that was closed at some moment."""
        closed_on = self._complaint_local(closed_date).date()
        return closed_on + timedelta(days=self.complaint_archive_days)

    def _complaint_archive_since(self):
        """Return the UTC moment before which nothing that is closed should still wait."""
        day = self._complaint_today() - timedelta(days=self.complaint_archive_days)
        wall = datetime.combine(day, time(), ZoneInfo(self.complaint_tz))
        return wall.astimezone(UTC).replace(tzinfo=None)
