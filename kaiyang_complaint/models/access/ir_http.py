from odoo import models
from odoo.http import request
from werkzeug.exceptions import Forbidden

REGISTER = "/json/2/helpdesk.ticket/register_complaint"


class IrHttp(models.AbstractModel):
    """The key of the website's interface opens one door."""

    _inherit = "ir.http"

    @classmethod
    def _auth_method_bearer(cls):
        """Let the user of the interface register complaints, and call nothing else."""
        result = super()._auth_method_bearer()
        interface = request.env.user._is_complaint_interface()
        if interface and request.httprequest.path != REGISTER:
            raise Forbidden("This key registers complaints and does nothing else.")
        return result
