from odoo import models


class ResUsers(models.Model):
    """Whoever can't log in represents no unit."""

    _inherit = "res.users"

    def write(self, vals):
        """Pass on the slips of representatives whose account is archived, or given back."""
        result = super().write(vals)
        if "active" in vals:
            offices = self.env["complaint.representative"].sudo()
            offices.search([("user_id", "in", self.ids)]).unit_id._readdress_slips()
        return result
