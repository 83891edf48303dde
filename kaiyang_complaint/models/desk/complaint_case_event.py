from odoo import api, models

from ...tools.codes import STAFF_ONLY

CHANGED = "kaiyang_complaint.day"


class ComplaintCaseEvent(models.Model):
    """Steps of complaints make the pages of the day ask anew."""

    _inherit = "complaint.case.event"

    @api.model_create_multi
    def create(self, vals_list):
        """Tell the open pages that something changed: neither what, nor of which complaint.

        Of a restricted complaint its clerk alone is told: who may not know of it would notice that
        something happens and nothing shows (七.5).
        """
        events = super().create(vals_list)
        tickets = events.sudo().ticket_id
        hidden = tickets.filtered("is_restricted")
        hidden.user_id.partner_id._bus_send(CHANGED, {})
        if tickets - hidden:
            self.env.ref(STAFF_ONLY).sudo()._bus_send(CHANGED, {})
        return events
