from odoo import models


class MailComposeMessage(models.TransientModel):
    """Who answers a message about a case may read the case."""

    _inherit = "mail.compose.message"

    def _update_cache(self, values, validate=True):
        """Take the message in that is answered: Odoo shows its subject as superuser.

        :raise AccessError: where the user may not read it
        """
        result = super()._update_cache(values, validate=validate)
        if values.get("parent_id") and not self.env.su:
            self.parent_id._origin.check_access("read")
        return result
