from odoo import api, models
from odoo.tools import plaintext2html


class MailThread(models.AbstractModel):
    """Mails that answer an archived case are not taken in; those of the desk name the centre."""

    _inherit = "mail.thread"

    def _mail_values(self):
        """Return what replaces the values of a mail about the record: nothing, as a rule."""
        return {}

    def _centre_mail_values(self):
        """Return sender and address for answers of a mail that leaves from the centre."""
        self.ensure_one()
        company = self.sudo()._mail_get_companies(default=self.env.company)[self.id]
        sender = company._complaint_sender()
        reply_to = self.sudo()._notify_get_reply_to(default=sender)[self.id]
        return {"email_from": sender, "reply_to": reply_to}

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Return mails about archived cases to their senders, saying why."""
        checked = super()._routing_check_route(
            message, message_dict, route, raise_exception=raise_exception
        )
        case = checked and self._archived_case(checked[0], checked[1])
        if not case:
            return checked
        self._routing_create_bounce_email(
            message_dict["email_from"],
            plaintext2html(case._frozen_message(case)),
            message,
            references=message_dict["message_id"],
        )
        return False

    @api.model
    def _archived_case(self, model, res_id):
        """Return the archived complaint that a record is part of, or nothing."""
        if not res_id or model not in self.env["complaint.frozen"]._case_models():
            return None
        cases = self.env[model].browse(res_id)._cases()
        return cases.filtered(lambda case: case.complaint_state == "archived")[:1]
