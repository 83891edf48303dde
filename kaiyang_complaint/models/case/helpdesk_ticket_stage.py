from odoo import fields, models

from ...tools.flow import STATES


class HelpdeskTicketStage(models.Model):
    """A stage may represent a state of complaints."""

    _inherit = "helpdesk.ticket.stage"

    complaint_state = fields.Selection(
        STATES,
        help="State of a complaint represented by this kanban column.",
    )
