from odoo import models

from ...tools.codes import STAFF_ONLY


class IrHttp(models.AbstractModel):
    """What the web client knows from its start."""

    _inherit = "ir.http"

    def session_info(self):
        """Say whether the user works at the complaint desk: nobody else's pages ask for it."""
        result = super().session_info()
        result.setdefault("groups", {})[STAFF_ONLY] = self.env.user.has_group(STAFF_ONLY)
        return result
