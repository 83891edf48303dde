from odoo import api, fields, models

from ...models.handling.declined_unit import CHOICES


class ComplaintDeclineWizard(models.TransientModel):
    """Asks who answers instead of a unit that a meeting had named and that declined (五(二)5)."""

    _name = "complaint.decline.wizard"
    _description = "Choice After a Unit Declined"
    _inherit = ["complaint.dialog.mixin"]

    slip_id = fields.Many2one("complaint.slip", required=True, readonly=True)
    company_id = fields.Many2one(related="slip_id.company_id")
    declined_by_id = fields.Many2one(related="slip_id.unit_id", string="Declined By")
    decline_reason = fields.Text(related="slip_id.decline_reason")
    choice = fields.Selection(CHOICES, string="Answered Instead By", required=True, default="unit")
    asked_ids = fields.Many2many("complaint.window.unit", compute="_compute_asked_ids")
    unit_id = fields.Many2one(
        "complaint.window.unit",
        domain="[('company_id', '=', company_id), ('id', 'not in', asked_ids)]",
    )

    @api.depends("slip_id")
    def _compute_asked_ids(self):
        """Return the units that are asked, or were, in the present round."""
        for dialog in self:
            slips = dialog.slip_id.ticket_id.slip_ids
            dialog.asked_ids = slips.filtered("sent_at").unit_id

    def action_confirm(self):
        """Go on with the choice. The slip's own checks and the user's own rights decide."""
        self.ensure_one()
        result = self.slip_id.action_choose(self.choice, self.unit_id.id)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
