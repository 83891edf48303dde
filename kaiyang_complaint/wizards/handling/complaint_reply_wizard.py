from odoo import fields, models


class ComplaintReplyWizard(models.TransientModel):
    """Takes down a reply that a unit gave on paper, and answers the slip with it."""

    _name = "complaint.reply.wizard"
    _description = "Reply on Paper"
    _inherit = ["complaint.dialog.mixin"]

    slip_id = fields.Many2one("complaint.slip", required=True, readonly=True)
    facts = fields.Text(string="Facts Established", required=True)
    result = fields.Text(string="Result of Handling")
    responsibility = fields.Selection(
        lambda self: (
            self.env["complaint.slip.reply"]
            ._fields["responsibility"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    measures = fields.Text(string="Rectification Measures", required=True)
    measures_owner = fields.Char(string="Who Rectifies")
    measures_by = fields.Date(string="Rectified By")
    scan = fields.Binary(string="Scan of the Reply")
    scan_name = fields.Char()

    def action_confirm(self):
        """Answer the slip. Its own checks and the user's own rights decide."""
        self.ensure_one()
        attachments = [(self.scan_name, self.scan.decode())] if self.scan else []
        self.slip_id.action_reply(
            {
                "facts": self.facts,
                "result": self.result,
                "responsibility": self.responsibility,
                "measures": self.measures,
                "measures_owner": self.measures_owner,
                "measures_by": self.measures_by,
                "attachments": attachments,
            }
        )
        return {"type": "ir.actions.act_window_close"}
