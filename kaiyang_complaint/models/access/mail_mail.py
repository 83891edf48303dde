from odoo import api, models
from odoo.exceptions import MissingError


class MailMail(models.Model):
    """Mails about records of the desk leave from the centre, whichever door they come by."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        """Determine sender and subject of a mail from its record."""
        return super().create([{**vals, **self._values_of_record(vals)} for vals in vals_list])

    def _values_of_record(self, vals):
        message = self.env["mail.message"].sudo().browse(vals.get("mail_message_id") or [])
        model, res_id = (vals.get(name) or message[name] for name in ("model", "res_id"))
        threads = self.env.registry.descendants(["mail.thread"], "_inherit")
        if not res_id or model not in threads:
            return {}
        try:
            return self.env[model].browse(res_id)._mail_values()
        except MissingError:
            return {}
