from odoo import api, models
from odoo.tools import SQL


class MailNotification(models.Model):
    """Notifications of a complaint, with their addresses, are read by who may read the complaint.

    Odoo lets every internal user read all notifications, and by them the subjects of messages.
    """

    _inherit = "mail.notification"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Find no notification about a complaint that the user may not read."""
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.su or bypass_access:
            return query
        found = self.browse(query)
        hidden = found._about_hidden_complaints()
        return (found - hidden)._as_query(order) if hidden else query

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if self.env.su:
            return refused
        forbidden = refused[0] if refused else self.browse()
        hidden = (self - forbidden)._about_hidden_complaints()
        if not hidden:
            return refused
        forbidden |= hidden
        rules = self.env["ir.rule"]
        return forbidden, lambda: rules._make_access_error(operation, forbidden)

    def _about_hidden_complaints(self):
        """Return the notifications of messages about complaints that the user can't read.

        This asks the database: what was read as superuser would stay in the cache.
        """
        if not any(self._ids):
            return self.browse()
        self.flush_recordset(["mail_message_id"])
        query = SQL(
            "SELECT id, mail_message_id FROM mail_notification WHERE id IN %s", tuple(self.ids)
        )
        message_of = dict(self.env.execute_query(query))
        messages = self.env["mail.message"].browse(dict.fromkeys(message_of.values()))
        hidden = set(messages._about_hidden_complaints().ids)
        return self.browse(one for one, message in message_of.items() if message in hidden)
