from odoo import api, fields, models

from .outcome import UPHELD, Outcome

SENT = ("sent", "answered")


class HelpdeskTicket(models.Model):
    """The findings of a complaint, and what they lead to (七)."""

    _inherit = "helpdesk.ticket"

    finding_ids = fields.One2many("complaint.finding", "ticket_id", string="Findings")
    can_confirm_findings = fields.Boolean(compute="_compute_can_confirm_findings")
    written_report_ids = fields.Many2many(
        "complaint.written.report",
        string="Written Reports",
        compute="_compute_written_report_ids",
        groups="kaiyang_complaint.group_complaint_user",
    )

    # --- findings ---------------------------------------------------------------------------------

    @api.depends("finding_ids.state")
    def _compute_can_confirm_findings(self):
        for ticket in self:
            ticket.can_confirm_findings = "draft" in ticket.finding_ids.mapped("state")

    def action_confirm_findings(self):
        """Confirm all findings that wait for it.

        :raise UserError: naming what one of them lacks; nothing changes
        """
        self.check_access("write")
        drafts = self.finding_ids.filtered(lambda finding: finding.state == "draft")
        return drafts.action_confirm()

    def _what_keeps_open(self):
        """Ask for the findings to be confirmed: section seven follows from them (七)."""
        lacking = super()._what_keeps_open()
        drafts = self.sudo().finding_ids.filtered(lambda finding: finding.state == "draft")
        if drafts:
            lacking.append(
                self.env._(
                    "Findings not confirmed yet: %s. Confirm them first.",
                    "、".join(drafts.respondent_id.mapped("display_name")),
                )
            )
        return lacking

    def _after_result(self, state):
        """Propose findings once a complaint was looked into, or settled on the spot."""
        result = super()._after_result(state)
        if state in ("replied", "fed_back"):
            self.env["complaint.finding"]._propose(self)
        return result

    # --- what came out ----------------------------------------------------------------------

    def _outcome(self):
        """Return what came out of the complaint."""
        return Outcome(self)

    def _owes_transfer(self):
        """Return whether a breach was found that nobody transferred yet (七.5)."""
        breaches = self.sudo().finding_ids.filtered(
            lambda one: one.state == "confirmed" and one.is_breach and one.conclusion in UPHELD
        )
        sent = self.sudo().referral_ids.filtered(
            lambda one: one.kind == "discipline" and one.state in SENT
        )
        return bool(breaches and not sent)

    # --- written reports --------------------------------------------------------------------------

    def _compute_written_report_ids(self):
        reports = self.env["complaint.written.report"]
        reports = reports.search([("finding_ids.ticket_id", "in", self.ids)])
        for ticket in self:
            ticket.written_report_ids = reports.filtered(
                lambda one, ticket=ticket: ticket._origin in one.finding_ids.ticket_id
            )
