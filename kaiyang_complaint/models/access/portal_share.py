from odoo import api, models
from odoo.exceptions import UserError

from ...tools.codes import TICKET
from ...tools.pointers import is_of_desk


class PortalShare(models.TransientModel):
    """Nothing of the desk is shared by a link: who may see a case its rules decide (四.6)."""

    _inherit = "portal.share"

    @api.model
    def default_get(self, fields):
        """Refuse the dialog for what belongs to complaints.

        :raise UserError: saying how others get to see it
        """
        context = self.env.context
        self._assert_shareable(context.get("active_model"), context.get("active_id"))
        return super().default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to share what belongs to complaints.

        :raise UserError: saying how others get to see it
        """
        for vals in vals_list:
            self._assert_shareable(vals.get("res_model"), vals.get("res_id"))
        return super().create(vals_list)

    def _assert_shareable(self, model, res_id):
        ours = bool(model) and is_of_desk(model)
        if model == TICKET:
            # Tickets of other teams are shared as ever.
            ours = self.env[model].sudo().browse(res_id or []).is_complaint
        if ours:
            raise UserError(
                self.env._(
                    "Nothing of a complaint is shared by a link: forward it by a slip, or refer it."
                )
            )
