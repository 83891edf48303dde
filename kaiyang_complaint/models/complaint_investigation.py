from odoo import fields, models


class ComplaintInvestigation(models.Model):
    """What an inquiry found: both sides' facts, mediation, joint assessment (四.4, 五(一)1)."""

    _name = "complaint.investigation"
    _description = "Investigation"
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
            ("draft", "Under Way"),
            ("concluded", "Concluded"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    created_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    def _answer(self):
        """Say in the words of a slip how far the room's own inquiry is."""
        return "accepted" if self.state == "concluded" else "received"
