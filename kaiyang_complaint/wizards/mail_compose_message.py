from odoo import models


class MailComposeMessage(models.TransientModel):
    """Mails about records of the desk are written by those who may post there."""

    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Send mails; Odoo leaves each in the thread of its record, and checks nothing by itself.

        :raise AccessError: where the user may not post to one of the records
        """
        if not self.env.su:
            self._assert_allowed({self.model: res_ids}, "post")
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
