from odoo import fields, models

from ...tools.codes import CONSENT_WAYS


class ComplaintDelegateWizard(models.TransientModel):
    """Takes down the complainant's consent that a unit answers them, and asks the unit to."""

    _name = "complaint.delegate.wizard"
    _description = "Delegation of Feedback"
    _inherit = ["complaint.dialog.mixin"]

    slip_id = fields.Many2one("complaint.slip", required=True, readonly=True)
    unit_id = fields.Many2one(related="slip_id.unit_id")
    consent_at = fields.Datetime(
        string="Complainant Agreed At", required=True, default=fields.Datetime.now
    )
    consent_how = fields.Selection(CONSENT_WAYS, string="Agreed", required=True, default="phone")
    release_contact = fields.Boolean(
        default=True,
        help="The unit sees name and telephone where it says what for; each time is on record.",
    )

    def action_confirm(self):
        """Ask the unit to answer. The slip's own checks and the user's own rights decide."""
        self.ensure_one()
        self.slip_id.action_delegate_feedback(
            {
                "consent_at": self.consent_at,
                "consent_how": self.consent_how,
                "release_contact": self.release_contact,
            }
        )
        return {"type": "ir.actions.act_window_close"}
