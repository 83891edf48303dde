from odoo import api, models
from odoo.tools import plaintext2html

from .complaint_lock_mixin import ARCHIVED, case_models, frozen_message


class MailThread(models.AbstractModel):
    """Mails that answer an archived case are not taken in; those of the desk name the centre."""

    _inherit = "mail.thread"

    def _mail_values(self):
        """Return what replaces the values of a mail about the record: nothing, as a rule."""
        return {}

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Return mails about archived cases to their senders, saying why."""
        checked = super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )
        case = checked and _archived_case(self.env, checked[0], checked[1])
        if not case:
            return checked
        self._routing_create_bounce_email(
            message_dict["email_from"],
            plaintext2html(frozen_message(case)),
            message,
            references=message_dict["message_id"],
        )
        return False

    def _process_attachments_for_post(self, attachments, attachment_ids, message_values):
        """Keep the accepted files of a mail about a case; a note replaces each other file.

        The mail itself is never lost for what someone attached to it.
        """
        model = message_values.get("model") or self._name
        res_id = message_values.get("res_id") or self[:1].id
        files = self.env["ir.attachment"]
        if attachments and files._complaint_owners([(model, res_id)]):
            attachments = [
                _file_or_refusal_note(self.env, *attachment) for attachment in attachments
            ]
        return super()._process_attachments_for_post(attachments, attachment_ids, message_values)


def centre_mail_values(record):
    """Return sender and address for answers of a mail that leaves from the centre."""
    record.ensure_one()
    company = record.sudo()._mail_get_companies(default=record.env.company)[record.id]
    sender = company._complaint_sender()
    reply_to = record.sudo()._notify_get_reply_to(default=sender)[record.id]
    return {"email_from": sender, "reply_to": reply_to}


def _archived_case(env, model, res_id):
    """Return the archived complaint that a record is part of, or nothing."""
    if not res_id or model not in case_models(env):
        return None
    cases = env[model].browse(res_id)._cases()
    return cases.filtered(lambda case: case.complaint_state in ARCHIVED)[:1]


def _file_or_refusal_note(env, name, content, *info):
    """Return a file that came by mail, or a text that says why it was not kept."""
    plain = content.encode() if isinstance(content, str) else content
    # What is no bytes is a mail that was forwarded as one.
    refusal = isinstance(plain, bytes) and env["ir.attachment"]._refusal(name, plain)
    if not refusal:
        return (name, content, *info)
    return (f"{name}.txt", refusal.encode())
