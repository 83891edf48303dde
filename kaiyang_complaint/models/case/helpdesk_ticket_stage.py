from odoo import fields, models

from ...tools.flow import STATES


class HelpdeskTicketStage(models.Model):
    """A stage may stand for a state of complaints."""

    _inherit = "helpdesk.ticket.stage"

    complaint_state = fields.Selection(
        STATES,
        help="The state of a complaint that this column of the board stands for.",
    )
