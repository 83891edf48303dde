from odoo import fields, models


class HelpdeskTicketChannel(models.Model):
    """A channel may be one of the four by which complaints come in (一)."""

    _inherit = "helpdesk.ticket.channel"

    complaint_code = fields.Selection(
        [("onsite", "On-site"), ("phone", "Phone"), ("web", "Website"), ("letter", "Letter")],
        string="Complaint Channel",
        help="Which of the regulation's four channels this is (一); empty for other helpdesks.",
    )
