from odoo import fields, models


class ComplaintBulkActLine(models.TransientModel):
    """What came of an act on one of several complaints."""

    _name = "complaint.bulk.act.line"
    _description = "Outcome for One Complaint"
    _inherit = ["complaint.dialog.mixin"]
    _order = "is_done, id"

    act_id = fields.Many2one("complaint.bulk.act", required=True, ondelete="cascade")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Complaint", required=True, ondelete="cascade"
    )
    is_done = fields.Boolean(string="Done")
    told = fields.Text(string="Outcome")
