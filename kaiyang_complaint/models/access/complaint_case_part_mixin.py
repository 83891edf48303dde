from odoo import fields, models


class ComplaintCasePartMixin(models.AbstractModel):
    """A process that hangs on a complaint, in its centre, and ends with it."""

    _name = "complaint.case.part.mixin"
    _description = "Process of a Complaint"
    _inherit = ["complaint.lock.mixin", "complaint.procedure.mixin"]

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)

    def _withdraw_for_restriction(self):
        """Take back what people hold who may not read the process any more; models add to it."""
