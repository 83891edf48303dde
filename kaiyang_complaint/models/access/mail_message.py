from collections import defaultdict

from odoo import api, models
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import MissingError
from odoo.tools import SQL

from ...tools.flow import ENDS
from ...tools.pointers import is_of_desk
from .readers import Readers

# Whether somebody starred or read a message.
PERSONAL = frozenset({"starred_partner_ids", "notification_ids"})
# What a message gets when it goes out as a mail.
BY_MAIL = frozenset({"email_from", "mail_server_id", "references", "reply_to", "subject"})


class MailMessage(models.Model):
    """Messages about a complaint are read only by those who may read the complaint."""

    _name = "mail.message"
    _inherit = ["complaint.attached.mixin", "mail.message"]
    _points_by = ("model", "res_id")
    _sealed_in = ENDS

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Exclude messages about complaints the user may not read, their own included."""
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if self.env.is_superuser() or bypass_access:
            return query
        # Filtered after the search: Odoo finds messages by authorship and notification, whatever
        # the rules say of the record that they are about.
        found = self.browse(query)
        hidden = found._about_hidden_complaints()
        return (found - hidden)._as_query(order) if hidden else query

    # --- number and kind, never the title ------------------------------------------------------

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Name a message only to who finds it: links show names beyond the user's rights.

        The name is the subject, and a reply in the portal may answer a note of the desk.
        """
        super()._compute_display_name()
        if self.env.user._is_superuser():
            return
        ours = self.filtered(lambda one: one.id and is_of_desk(one.sudo().model))
        if ours:
            found = ours.sudo(False).search([("id", "in", ours.ids)])
            (ours - found.with_env(self.env)).display_name = False

    @api.depends("model", "res_id")
    def _compute_record_name(self):
        result = super()._compute_record_name()
        for message, record in self._confidential_records().items():
            message.record_name = record._reference()
        return result

    def _confidential_records(self):
        """Return, for each message about a record that is kept confidential, that record."""
        discreet = self.env.registry.descendants(["complaint.confidential.mixin"], "_inherit")
        about = self.filtered(lambda one: one.res_id and one.model in discreet)
        return {
            message: record
            for message, record in about._record_by_message().items()
            if message._is_confidential(record)
        }

    def _is_confidential(self, record):
        try:
            return bool(record.sudo()._confidential())
        except MissingError:
            return False

    def _notify_message_notification_update(self):
        """Notify failed mails only to users who may read the related record."""
        records = self._confidential_records()
        ours = self.browse([message.id for message in records])
        result = super(MailMessage, self - ours)._notify_message_notification_update()
        for message, record in records.items():
            people = self.env.user.partner_id | message.author_id
            allowed = Readers(record).allowed(people.ids)[record.id]
            users = people.filtered(lambda one, ids=allowed: one.id in ids).main_user_id
            # The portal shows no failures, and its users may not read whom a mail missed.
            for user in users.filtered(lambda one: not one.share):
                store = Store(bus_channel=user)
                message.with_user(user)._message_notifications_to_store(store)
                store.bus_send()
        return result

    def _message_notifications_to_store(self, store):
        result = super()._message_notifications_to_store(store)
        self._references_to_store(store)
        return result

    def _to_store(self, store, fields, **kwargs):
        result = super()._to_store(store, fields, **kwargs)
        # Whoever opens a thread reads its title there; what is pushed goes to any screen.
        if store.target.channel is not None:
            self._references_to_store(store)
        return result

    def _references_to_store(self, store):
        for record in self._confidential_records().values():
            store.add(record, {"display_name": record._reference()}, as_thread=True)

    # --- who may read ----------------------------------------------------------------------------

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
        Like the base this asks the database: what is read as superuser would stay in the cache.
        """
        if not any(self._ids):
            return self.browse()
        self.flush_recordset(["model", "res_id"])
        about = defaultdict(dict)
        query = SQL("SELECT id, model, res_id FROM mail_message WHERE id IN %s", tuple(self.ids))
        for message_id, model, res_id in self.env.execute_query(query):
            if res_id and is_of_desk(model):
                about[model].setdefault(res_id, []).append(message_id)
        hidden = self._hidden_of_desk(about)
        return self.browse(
            message_id
            for records, _needed in hidden
            for record in records
            for message_id in about[records._name][record.id]
        )
