from odoo import fields, models


class ComplaintReferral(models.Model):
    """What the centre hands to an outside unit once the leader signed it off (五(二)4, 七.5)."""

    _name = "complaint.referral"
    _description = "Referral"
    _inherit = ["complaint.guarded"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {"state": "draft"}

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("requested", "Waiting for Sign-off"),
            ("approved", "To Send"),
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    created_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    def _answer(self):
        """Say in the words of a slip how far the referral is."""
        return {"answered": "accepted", "refused": "declined"}.get(self.state, "received")
