from odoo import fields, models


class HelpdeskTicketCategory(models.Model):
    """A category may be one of the kinds of conduct one can complain of (三)."""

    _inherit = "helpdesk.ticket.category"

    conduct_number = fields.Integer(
        help="Number of the conduct item in the regulation (三); 0 for other categories.",
    )
    conduct_text = fields.Text(
        string="Words of the Regulation", help="The item word for word; the name is its short form."
    )
    conduct_aspect = fields.Selection(
        [
            ("attitude", "Attitude"),
            ("quality", "Service Quality"),
            ("efficiency", "Efficiency"),
            ("competence", "Competence"),
            ("style", "Style of Work"),
            ("integrity", "Integrity"),
        ],
        string="Aspect",
    )
    is_discipline_matter = fields.Boolean(
        string="Discipline Matter",
        help="A complaint under this item is restricted: it never goes to the unit concerned.",
    )
