from odoo import api, models

from .desk_overview import DeskOverview
from .first_steps import FirstSteps

MOST_FOUND = 40


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

    @api.model
    @api.readonly
    def open_complaint_list(self, name):
        """Return the action that lists one's own complaints, or the room's."""
        return DeskOverview(self.env).open_list(name)

    @api.model
    @api.readonly
    def find_complaints(self, text, limit=8):
        """Return what a text leads to: see ``DeskOverview.find``.

        :raise AccessError: for anyone who is not of the desk
        """
        return DeskOverview(self.env).find(text, min(int(limit), MOST_FOUND))

    @api.model
    @api.readonly
    def open_found_complaints(self, text):
        """Return the action that shows what a text leads to: see ``DeskOverview.open_found``.

        :raise AccessError: for anyone who is not of the desk
        """
        return DeskOverview(self.env).open_found(text)
