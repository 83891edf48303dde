from collections import defaultdict

from odoo.tools import SQL

from ...tools.codes import TICKET
from .readers import Readers

# Models that take something back by ``_withdraw_for_restriction()``, in this order: the feedback
# that a unit was asked to give goes first, because withdrawing its slip would end it for another
# reason.
NARROWED = ("complaint.feedback", "complaint.slip", "complaint.meeting", "complaint.finding")


class AccessRevocation:
    """Takes from people who may no longer read a complaint what they hold of it (七.5).

    It can be called at any time and any number of times: who may still read loses nothing.
    """

    def __init__(self, env):
        self.env = env

    def revoke(self, tickets):
        """Revoke access to restricted complaints and their records for everyone else.

        Who may no longer read a case loses what they hold of it, archived or not.
        """
        if tickets:
            tickets = tickets._unlocked()
            AccessRevocation(tickets.env)._revoke(tickets.sudo())

    def _revoke(self, tickets):
        parts = self.parts(tickets)
        for model in NARROWED:
            parts[model]._withdraw_for_restriction()
        for records in parts.values():
            if "message_ids" in records._fields:
                self.close_thread(records)
        self._close_files(parts)
        tickets.filtered("access_token")._procedure_write({"access_token": False})

    def parts(self, tickets):
        """Return, by model, the complaints and the records of every process that hang on them."""
        parts = {TICKET: tickets}
        for name, model in self.env.registry.items():
            link = model._fields.get("ticket_id")
            ours = name.startswith("complaint.") and model._auto and not model._transient
            # Every process of a case is found by its link, so that a new one need not be named
            # here.
            if ours and link and link.store and link.comodel_name == TICKET:
                parts[name] = self._linked_records(name, "ticket_id", tickets)
        # A letter rests on several cases, and its requests hang on it alone; replies hang on slips.
        letters = self._linked_records("complaint.letter", "ticket_ids", tickets)
        parts["complaint.letter"] = letters
        parts["complaint.approval"] |= self._linked_records(
            "complaint.approval", "letter_id", letters
        )
        slips = parts["complaint.slip"]
        parts["complaint.slip.reply"] = self._linked_records(
            "complaint.slip.reply", "slip_id", slips
        )
        return parts

    def _linked_records(self, model, link, records):
        hanging = self.env[model].sudo().with_context(active_test=False)
        return hanging.search([(link, "in", records.ids)])

    # --- followers, messages, mails, to-dos -------------------------------------------------------

    def close_thread(self, records):
        """Keep the threads of some records of one model among those who may read them."""
        records = records.sudo()
        if not records:
            return
        held = self._held(records)
        partners = self._people(held) | self._successors(records).partner_id
        allowed = Readers(records).allowed(partners.ids)
        self._drop_followers(held["followers"], allowed)
        self._drop_messages(held["messages"], allowed)
        self._drop_mails(held["mails"], allowed)
        self._drop_scheduled(held["scheduled"], allowed)
        self._reassign(held["activities"], records, allowed)

    def _held(self, records):
        """Return, by kind, what people hold of the threads of some records of one model."""

        def find(model, name, value="res_id", **context):
            found = self.env[model].sudo().with_context(**context)
            return found.search([(name, "=", records._name), (value, "in", records.ids)])

        messages = find("mail.message", "model")
        # What was sent has left; what waits, or failed, is tried again and can still be stopped.
        unsent = [
            ("mail_message_id", "in", messages.ids),
            ("state", "in", ("outgoing", "exception")),
        ]
        return {
            "followers": find("mail.followers", "res_model"),
            "messages": messages,
            "mails": self.env["mail.mail"].sudo().search(unsent),
            "scheduled": find("mail.scheduled.message", "model"),
            "activities": find("mail.activity", "res_model", active_test=False),
        }

    def _people(self, held):
        messages, scheduled = held["messages"], held["scheduled"]
        return (
            held["followers"].partner_id
            | messages.partner_ids
            | messages.notification_ids.res_partner_id
            | messages.starred_partner_ids
            | held["mails"].recipient_ids
            | scheduled.author_id
            | scheduled.partner_ids
            | held["activities"].user_id.partner_id
        )

    def _drop_followers(self, followers, allowed):
        followers.filtered(lambda one: one.partner_id.id not in allowed[one.res_id]).unlink()

    def _drop_messages(self, messages, allowed):
        """Remove messages from inboxes, and people without access from their recipients."""
        strangers = messages.notification_ids.filtered(
            lambda one: one.res_partner_id.id not in allowed[one.mail_message_id.res_id]
        )
        shown = defaultdict(messages.browse)
        for notification in strangers:
            shown[notification.res_partner_id] |= notification.mail_message_id
        for partner, hidden in shown.items():
            # Open pages show what they once loaded: they are told to drop it.
            partner._bus_send("mail.message/delete", {"message_ids": hidden.ids})
        strangers.unlink()
        for name in ("partner_ids", "starred_partner_ids"):
            self._cut(messages, name, allowed)

    def _cut(self, messages, name, allowed):
        """Remove people without access from recipients of messages, in one query."""
        pairs = tuple(
            (message.id, partner.id)
            for message in messages
            for partner in message[name]
            if partner.id not in allowed[message.res_id]
        )
        if not pairs:
            return
        field = messages._fields[name]
        messages.flush_model([name])
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE (%s, %s) IN %s",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(field.column2),
                pairs,
            )
        )
        messages.invalidate_recordset([name])

    def _drop_mails(self, mails, allowed):
        """Drop recipients without access from pending mails; a bare address may be anyone's."""
        for mail in mails:
            known = mail.recipient_ids.filtered(
                lambda one, mail=mail: one.id in allowed[mail.res_id]
            )
            if known and known != mail.recipient_ids:
                mail.recipient_ids = known
        mails.filtered(
            lambda mail: (
                mail.email_to
                or mail.email_cc
                or not any(one.id in allowed[mail.res_id] for one in mail.recipient_ids)
            )
        ).unlink()

    def _drop_scheduled(self, scheduled, allowed):
        """Remove people without access from scheduled messages."""
        gone = scheduled.filtered(lambda one: one.author_id.id not in allowed[one.res_id])
        gone.unlink()
        for message in scheduled - gone:
            strangers = message.partner_ids.filtered(
                lambda one, message=message: one.id not in allowed[message.res_id]
            )
            message.partner_ids -= strangers

    def _successors(self, records):
        """Return the clerks who are in charge of the complaints of some records."""
        tickets = records if records._name == TICKET else records.ticket_id
        return tickets.user_id

    def _reassign(self, activities, records, allowed):
        """Reassign activities of users without access to the clerk in charge, or delete them."""
        strangers = activities.filtered(
            lambda one: one.user_id.partner_id.id not in allowed[one.res_id]
        )
        successor = {record.id: self._successors(record) for record in records}
        # Done ones are not passed on: like those without a successor they are deleted.
        kept = strangers.filtered(
            lambda one: one.active and successor[one.res_id].partner_id.id in allowed[one.res_id]
        )
        (strangers - kept).unlink()
        quietly = kept.with_context(mail_activity_quick_update=True)
        for user, passed in quietly.grouped(lambda one: successor[one.res_id]).items():
            passed.user_id = user

    # --- files ------------------------------------------------------------------------------------

    def _close_files(self, parts):
        """Grant files by the rights to the complaint alone, not by token or ownership.

        A file that hangs on nothing belongs to who uploaded it: it is hung on its record.
        """
        files = self.env["ir.attachment"].sudo()
        for name, records in parts.items():
            for owner, loose in self._loose_files(records):
                loose.write({"res_model": owner._name, "res_id": owner.id})
            files |= files.with_context(skip_res_field_check=True).search(
                [("res_model", "=", name), ("res_id", "in", records.ids)]
            )
        files.filtered(lambda file: file.access_token or file.public).write(
            {"access_token": False, "public": False}
        )

    def _loose_files(self, records):
        """Yield records with files they name but that hang on nothing."""
        names = [
            field.name
            for field in records._fields.values()
            if field.type == "many2many" and field.comodel_name == "ir.attachment" and field.store
        ]
        if "message_ids" in records._fields:
            names.append("message_ids.attachment_ids")
        for name in names:
            for record in records.filtered(name):
                loose = record.mapped(name).filtered(lambda file: not file.res_id)
                if loose:
                    yield record, loose
