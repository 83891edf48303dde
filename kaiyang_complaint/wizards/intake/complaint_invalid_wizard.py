from odoo import Command, api, fields, models


class ComplaintInvalidWizard(models.TransientModel):
    """Asks on what ground a draft is invalid, and refuses it (四.3)."""

    _name = "complaint.invalid.wizard"
    _description = "Refusal of an Invalid Complaint"
    _inherit = ["complaint.dialog.mixin"]

    ticket_ids = fields.Many2many("helpdesk.ticket", required=True, readonly=True)
    ground = fields.Selection(
        lambda self: (
            self.env["helpdesk.ticket"]._fields["invalid_ground"]._description_selection(self.env)
        ),
        required=True,
        compute="_compute_ground",
        store=True,
        readonly=False,
        precompute=True,
    )
    reason = fields.Text(string="Reason Given")

    @api.depends("ticket_ids")
    def _compute_ground(self):
        """Propose the ground that shows from what the drafts hold."""
        for wizard in self:
            named = wizard.ticket_ids.filtered(
                lambda ticket: ticket.respondent_ids or ticket.window_id or ticket.service_item
            )
            wizard.ground = "unreasonable" if named else "no_object"

    @api.model
    def _open(self, tickets):
        """Return the action that opens the dialog for some drafts."""
        title = self.env._("Mark as Invalid")
        return self._ask(title, ticket_ids=[Command.set(tickets.ids)])

    def action_confirm(self):
        """Mark the drafts as invalid. Their own checks and the user's own rights decide."""
        self.ensure_one()
        self.ticket_ids.action_mark_invalid(self.reason, self.ground)
        return {"type": "ir.actions.act_window_close"}
