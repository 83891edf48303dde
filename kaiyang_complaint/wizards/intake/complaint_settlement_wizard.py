from odoo import api, fields, models

ASKED = ("content", "result", "satisfaction", "suggestion", "no_suggestion")


class ComplaintSettlementWizard(models.TransientModel):
    """Takes down a settlement on the spot, and settles the complaint with it."""

    _name = "complaint.settlement.wizard"
    _description = "Settlement on the Spot"
    _inherit = ["complaint.dialog.mixin"]

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    call_ids = fields.One2many(related="ticket_id.call_ids", string="Called to the Room")
    content = fields.Text(string="Answer Given Face to Face", required=True)
    result = fields.Text(string="Result on the Spot", required=True)
    satisfaction = fields.Selection(
        lambda self: (
            self.env["complaint.feedback"]._fields["satisfaction"]._description_selection(self.env)
        ),
        required=True,
    )
    suggestion = fields.Text(string="Opinions and Suggestions")
    no_suggestion = fields.Boolean(string="Asked, Has No Suggestion")
    signature = fields.Binary(string="Complainant's Signature", attachment=False)
    scan = fields.Binary(string="Signed Record (scan)", attachment=False)
    scan_name = fields.Char()

    @api.model
    def _open(self, ticket):
        """Return the action that opens the dialog for a complaint."""
        return self._ask(self.env._("Settle on the Spot"), ticket_id=ticket.id)

    def action_confirm(self):
        """Settle the complaint. Its own checks and the user's own rights decide."""
        self.ensure_one()
        values = {name: self[name] for name in ASKED} | {
            "signature": self.signature and self.signature.decode(),
            "scans": [(self.scan_name, self.scan.decode())] if self.scan else [],
        }
        self.ticket_id.action_settle_on_spot(values)
        return {"type": "ir.actions.act_window_close"}
