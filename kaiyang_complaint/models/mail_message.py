from odoo import api, models

from ..tools.flow import ENDS

# Whether somebody starred or read a message.
PERSONAL = frozenset({"starred_partner_ids", "notification_ids"})
# What a message gets when it goes out as a mail.
BY_MAIL = frozenset({"mail_server_id", "references", "reply_to", "subject"})


class MailMessage(models.Model):
    """Words about a complaint are read by those who may read the complaint, and nobody else."""

    _name = "mail.message"
    _inherit = ["complaint.beside", "mail.message"]
    _points_by = ("model", "res_id")
    _sealed_in = ENDS

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Find no message about a complaint one may not read, not even one's own."""
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.is_superuser() or bypass_access:
            return query
        found = self.browse(query)
        hidden = found._about_hidden_complaints()
        return (found - hidden)._as_query(order) if hidden else query

    def _is_beside_the_case(self, vals):
        return vals.keys() <= (PERSONAL | BY_MAIL if self.env.su else PERSONAL)

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation in ("read", "write"):
            forbidden |= (self - forbidden)._about_hidden_complaints()
        return forbidden

    def _about_hidden_complaints(self):
        """Return the messages about complaints, or what hangs on them, that the user can't read.

        To have written one, or to have been told once, gives no right to what is closed by now.
        """
        hidden = self.browse()
        discreet = self.env.registry.descendants(["complaint.discretion"], "_inherit")
        about = self.sudo().filtered(lambda one: one.res_id and one.model in discreet)
        for model, messages in about.grouped("model").items():
            records = self.env[model].browse(messages.mapped("res_id")).exists()
            guarded = records.sudo()._confidential().sudo(False)
            unread = set((guarded - guarded._filtered_access("read")).ids)
            hidden |= messages.filtered(lambda one, unread=unread: one.res_id in unread)
        return hidden.sudo(False)
