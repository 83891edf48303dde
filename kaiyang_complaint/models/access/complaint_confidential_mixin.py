from markupsafe import Markup, escape
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, formataddr

from .complaint_procedure_mixin import GUARD
from .mail_thread import centre_mail_values
from .readers import Readers


def as_notice(records):
    """Return records as a notice of our own is sent, whose subject holds no title."""
    return records.with_context(complaint_notice=GUARD)


def is_notice(env):
    """Return whether what is sent is a notice of our own."""
    return env.context.get("complaint_notice") is GUARD


class ComplaintConfidentialMixin(models.AbstractModel):
    """Messages about a complaint or slip reach only people who may read it (四.6).

    It stands before the helpdesk's own class, so that nothing is added after it.
    """

    _name = "complaint.confidential.mixin"
    _description = "Confidentiality of Complaints"
    _inherit = ["mail.thread"]

    # Way to the number that names a record of the model wherever its title may not be read.
    _reference_path = None

    # --- who may be told --------------------------------------------------------------------

    def _confidential(self):
        """Return those of the records that are kept among the people who may read them."""
        return self

    # --- followers ---------------------------------------------------------------------------

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let people follow; ``mail.followers`` leaves out whom nobody named.

        :raise UserError: naming those who may not read a complaint
        """
        Readers(self).assert_all(partner_ids or [])
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def message_update(self, msg_dict, update_vals=None):
        """Take a mail in; of a complaint its other recipients learn nothing by it."""
        if self._confidential():
            # helpdesk_mgmt lets whoever stood beside the desk in a mail follow the ticket.
            msg_dict = {**msg_dict, "to": "", "cc": ""}
        return super().message_update(msg_dict, update_vals=update_vals)

    # --- how records are named outside ---------------------------------------------------------

    def _reference(self):
        """Return kind and number of a record: what subjects and notices say, never its title."""
        self.ensure_one()
        record = self.sudo()
        number = self._reference_path and record.mapped(self._reference_path)[:1]
        known = number and number[0] not in (False, "/")
        return f"{self._kind()} {number[0] if known else f'#{self.id}'}"

    def _kind(self):
        """Return the word for what a record is."""
        return self.env["ir.model"]._get(self._name).name

    def _message_compute_subject(self):
        """Name kind and number; to who may not read the record, as in a composer, the kind only."""
        self.ensure_one()
        if not self._confidential():
            return super()._message_compute_subject()
        return self._reference() if self.sudo(False).has_access("read") else self._kind()

    def message_notify(self, *, body="", subject=False, **kwargs):
        """Notify people; the record is named by its number instead of its title."""
        named = self._confidential() if not is_notice(self.env) else ()
        for record in named:
            title, reference = record.sudo().display_name, record._reference()
            subject = subject and subject.replace(title, reference)
            if isinstance(body, Markup):
                body = body.replace(escape(title), escape(reference))
        return super().message_notify(body=body, subject=subject, **kwargs)

    def _mail_values(self):
        """Send mails from the centre's address, with number and kind as the subject.

        :return: what replaces the values of a mail about the record
        """
        self.ensure_one()
        if not self._confidential():
            return super()._mail_values()
        values = centre_mail_values(self)
        if not is_notice(self.env):
            values["subject"] = self._reference()
        return values

    def _notify_get_reply_to(self, default=None, author_id=False):
        """Return an address of the centre for each record: its alias, or where mails come from."""
        discreet = self._confidential()
        others = self - discreet
        replies = {}
        if others or not self:
            replies = super(ComplaintConfidentialMixin, others)._notify_get_reply_to(
                default=default, author_id=author_id
            )
        if discreet:
            found = super(ComplaintConfidentialMixin, discreet)._notify_get_reply_to()
            companies = discreet.sudo()._mail_get_companies(default=self.env.company)
            for res_id, reply_to in found.items():
                company = companies[res_id]
                address = email_normalize(reply_to)
                replies[res_id] = (
                    formataddr((company._complaint_title(), address))
                    if address
                    else company._complaint_sender()
                )
        return replies

    def _notify_by_web_push_prepare_payload(self, message, msg_vals=False, force_record_name=False):
        payload = super()._notify_by_web_push_prepare_payload(
            message, msg_vals=msg_vals, force_record_name=force_record_name
        )
        if self._confidential():
            payload["title"] = self._reference()
            payload["options"]["body"] = self.env._("Open the complaint desk to read the message.")
        return payload

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        """Answer nothing by itself: an absence note quotes the message it answers."""
        if self._confidential():
            return self.env["mail.message"]
        return super()._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    # --- messages ----------------------------------------------------------------------------

    def message_post(self, *, partner_ids=None, outgoing_email_to=False, **kwargs):
        """Post a message; one about a complaint stays among those who may read it.

        :raise UserError: where it is addressed to others
        """
        # Mails that come in name their recipients themselves: those are left out, not refused, or
        # the mail would bounce.
        if self._confidential() and kwargs.get("message_type") != "email":
            Readers(self).assert_all(partner_ids or [])
            if outgoing_email_to:
                raise UserError(
                    self.env._("A message about a complaint can't be sent to a mail address.")
                )
        return super().message_post(
            partner_ids=partner_ids, outgoing_email_to=outgoing_email_to, **kwargs
        )

    def _message_create(self, values_list):
        """Exclude recipients without access: recipients of a message may read it."""
        if self._confidential():
            values_list = [
                {**values, "partner_ids": Readers(self).of_all(values.get("partner_ids") or [])}
                for values in values_list
            ]
        return super()._message_create(values_list)

    def _message_update_content(self, message, /, *, body, partner_ids=None, **kwargs):
        if partner_ids:
            Readers(self).assert_all([int(pid) for pid in partner_ids])
        return super()._message_update_content(
            message, body=body, partner_ids=partner_ids, **kwargs
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not self._confidential():
            return recipients
        allowed = Readers(self).of_all([data["id"] for data in recipients if data["id"]])
        told = [data for data in recipients if data["id"] in allowed]
        message_type = (msg_vals or {}).get("message_type") or message.message_type
        if message_type != "email":
            return told
        # A mail that came in bears the words and the address of its sender: it is not sent on.
        return [{**data, "notif": "inbox"} for data in told if not data["share"]]

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Notify the new owner of a record, although the previous one lost access to it.

        In their language: Odoo writes in that of who hands it over.
        """
        # The one who hands a case over may have lost it by doing so.
        records = self.sudo() if self._confidential() else self
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        result = None
        for lang, people in partners.grouped("lang").items():
            told = records.with_context(lang=lang or self.env.lang)
            result = super(ComplaintConfidentialMixin, told)._message_auto_subscribe_notify(
                people.ids, template
            )
        return result

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """Suggest neither the complainant nor those who once stood in a Cc."""
        suggested = super()._message_add_suggested_recipients(
            force_primary_email=force_primary_email
        )
        for record in self._confidential():
            suggested[record.id].update(partners=self.env["res.partner"], email_to_lst=[])
        return suggested

    def _track_template(self, tracking):
        """Send no mail of a stage: complainants are informed by feedback, in person or by phone."""
        return {} if self._confidential() else super()._track_template(tracking)

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """Open the messages of a complaint to those who may read it, not to a token."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        if thread._confidential() and not thread.sudo(False).has_access("read"):
            return self.browse()
        return thread
