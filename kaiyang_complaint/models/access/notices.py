from odoo import fields
from odoo.tools import SQL
from odoo.tools.mail import email_normalize

from .complaint_confidential_mixin import as_notice

QUEUE = "mail.ir_cron_mail_scheduler_action"
# Cancelled is what somebody put aside in Odoo's list of failures: it reached nobody either.
FAILED = frozenset({"exception", "bounce", "canceled"})
NOTICE_STATES = [
    ("nobody", "Nobody to Notify"),
    ("no_address", "No E-Mail Address"),
    ("failed", "Not Delivered"),
]


def in_language_of(records, user):
    """Return records as a person reads what is written about them, whoever causes it."""
    return records.with_context(lang=user.sudo().lang or records.env.lang)


class Notices:
    """What the desk writes to a person outside it about a record, and whether it arrived."""

    def __init__(self, records):
        self.records, self.env = records, records.env

    def send(self, user, subject, template, **values):
        """Write to somebody about the record; the mail leaves once the transaction is committed.

        The record carries the language of the reader: see ``in_language_of``.

        :param template: external id of what the body is rendered from, with ``values``
        """
        record = as_notice(self.records.sudo())
        record.ensure_one()
        record.message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=record.env["ir.qweb"]._render(template, values),
            email_layout_xmlid="mail.mail_notification_light",
            # A mail server that is slow, or down, holds up nobody at the desk.
            force_send=False,
        )
        # By itself Odoo's queue runs once an hour.
        self.env.ref(QUEUE).sudo()._trigger()

    def states(self, people):
        """Return, for each record, why a person may not know of it: a key of ``NOTICE_STATES``.

        :param people: ``{record: (user, told_at)}``, when they were told by telephone
        """
        last = self._last({user.partner_id.id for user, _told_at in people.values() if user})
        states = {}
        for record, (user, told_at) in people.items():
            sent_at, status = last.get((record.id, user.partner_id.id), (None, None))
            if told_at and (not sent_at or told_at >= sent_at):
                states[record] = False
            elif not user.active:
                states[record] = "nobody"
            elif not email_normalize(user.email):
                states[record] = "no_address"
            else:
                states[record] = "failed" if status in FAILED else False
        return states

    def _last(self, partner_ids):
        """Return the last notice of each record to each person: when it was, what became of it."""
        ids = self.records._origin.ids
        if not (ids and partner_ids):
            return {}
        self.env["mail.message"].flush_model(["model", "res_id", "message_type", "date"])
        self.env["mail.notification"].flush_model()
        query = SQL(
            """SELECT DISTINCT ON (message.res_id, sent.res_partner_id)
                message.res_id, sent.res_partner_id, message.date, sent.notification_status
            FROM mail_message AS message
            JOIN mail_notification AS sent ON sent.mail_message_id = message.id
            WHERE message.model = %s AND message.res_id IN %s
            AND message.message_type = 'user_notification' AND sent.res_partner_id IN %s
            ORDER BY message.res_id, sent.res_partner_id, message.id DESC""",
            self.records._name,
            tuple(ids),
            tuple(partner_ids),
        )
        return {(record, partner): rest for record, partner, *rest in self.env.execute_query(query)}

    def search(self, operator, value):
        """Return the domain of the records in a state of ``notice_state``, as ``search`` wants it.

        The records are all that still wait for somebody: their number bounds the cost.
        """
        if operator != "in":
            return NotImplemented
        found = {state: [] for state, _label in NOTICE_STATES}
        for record in self.records:
            if record.notice_state:
                found[record.notice_state].append(record.id)
        ids = [one for state in value if state for one in found[state]]
        if False not in value:
            return [("id", "in", ids)]
        troubled = [one for state, held in found.items() if state not in value for one in held]
        return [("id", "not in", troubled)]


def now_told(env):
    """Return what is written where somebody was told by telephone."""
    return {"told_at": fields.Datetime.now(), "told_by_id": env.uid}
