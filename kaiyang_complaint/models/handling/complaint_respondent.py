from odoo import models


class ComplaintRespondent(models.Model):
    """Who is complained about gets no slip on it."""

    _inherit = "complaint.respondent"

    def _parties_changed(self):
        """Pass slips on where the representative is complained about by now."""
        result = super()._parties_changed()
        self.ticket_id.slip_ids._readdress()
        return result
