from odoo import api, models

from .desk_overview import DeskOverview
from .first_steps import FirstSteps


class HelpdeskTicketTeam(models.Model):
    """The page on which the day of the complaint room begins."""

    _inherit = "helpdesk.ticket.team"

    @api.model
    @api.readonly
    def complaint_tiles(self):
        """Return what waits for the user: see ``DeskOverview.tiles``."""
        return DeskOverview(self.env).tiles()

    @api.model
    @api.readonly
    def open_complaint_tile(self, key):
        """Return the action that opens one tile: see ``DeskOverview.open_counter``."""
        return DeskOverview(self.env).open_counter(key)

    @api.model
    @api.readonly
    def complaint_first_steps(self):
        """Return what a new centre still needs: see ``FirstSteps.steps``."""
        return FirstSteps(self.env).steps()
