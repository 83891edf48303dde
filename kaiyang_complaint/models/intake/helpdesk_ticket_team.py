from odoo import models


class HelpdeskTicketTeam(models.Model):
    """What a complaint room has refused before (四.2)."""

    _inherit = "helpdesk.ticket.team"

    def _was_refused(self, external_ref):
        """Return whether the room refused what a site has under this number as out of scope (四.2).

        It is asked before a program registers the number: the refused stays unregistered.
        """
        self.ensure_one()
        return bool(self.env["complaint.guidance.log"]._refused_refs(self, [external_ref]))
