from odoo import fields, models


class ComplaintMeeting(models.Model):
    """The meeting with the units' leaders on who answers for a complaint (五(二)5)."""

    _name = "complaint.meeting"
    _description = "Meeting"
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
            ("draft", "Planned"),
            ("requested", "Waiting for the Leader"),
            ("approved", "To Convene"),
            ("convened", "Convened"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    held_at = fields.Datetime(readonly=True, copy=False)

    def _narrow(self):
        """Take back what was said of the meetings to people who may no longer know of it."""
