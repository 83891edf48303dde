from odoo import fields, models


class ComplaintProcess(models.AbstractModel):
    """A process that hangs on a complaint, in its centre, and ends with it."""

    _name = "complaint.process"
    _description = "Process of a Complaint"
    _inherit = ["complaint.frozen", "complaint.guarded"]

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)

    def _narrow(self):
        """Take back what people hold who may not read the process any more; models add to it."""
