from odoo import Command, api, fields, models


class ComplaintRefusalWizard(models.TransientModel):
    """Asks where a complainant is to go whom the room can't help, and refuses the draft (四.2)."""

    _name = "complaint.refusal.wizard"
    _description = "Refusal of a Complaint out of Scope"
    _inherit = ["complaint.dialog.mixin"]

    ticket_ids = fields.Many2many("helpdesk.ticket", readonly=True)
    submission_ids = fields.Many2many("complaint.submission", readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    authority_id = fields.Many2one(
        "complaint.authority", string="Authority in Charge", check_company=True
    )
    responsibilities = fields.Text(related="authority_id.responsibilities")
    phone = fields.Char(related="authority_id.phone")
    address = fields.Char(related="authority_id.address")
    opening_hours = fields.Char(related="authority_id.opening_hours")
    hint = fields.Char(
        string="Further Hint",
        help="Printed on the note and not stored; still, do not enter any names.",
    )

    @api.depends("ticket_ids", "submission_ids")
    def _compute_company_id(self):
        for wizard in self:
            refused = wizard.submission_ids or wizard.ticket_ids
            wizard.company_id = refused.company_id[:1]

    @api.model
    def _open(self, tickets):
        """Return the action that opens the dialog for some drafts."""
        title = self.env._("Refuse: Out of Scope")
        return self._ask(title, ticket_ids=[Command.set(tickets.ids)])

    @api.model
    def _open_for(self, submissions):
        """Return the action that opens the dialog for what came in by the online form."""
        title = self.env._("Refuse: Out of Scope")
        return self._ask(title, submission_ids=[Command.set(submissions.ids)])

    def action_confirm(self):
        """Refuse the drafts. Their own checks and the user's own rights decide."""
        self.ensure_one()
        authority_id = self.authority_id.id
        return (self.submission_ids or self.ticket_ids).action_refuse_out_of_scope(
            authority_id, self.hint
        )
