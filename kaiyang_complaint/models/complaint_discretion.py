from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError


class ComplaintDiscretion(models.AbstractModel):
    """What is said about a complaint, or a slip, reaches nobody who may not read it (design §5).

    It stands before the helpdesk's own class, so that nothing is added after it.
    """

    _name = "complaint.discretion"
    _description = "Discretion about Complaints"
    _inherit = ["mail.thread"]

    # --- who may be told --------------------------------------------------------------------

    def _confidential(self):
        """Return those of the records that are kept among the people who may read them."""
        return self

    def _any_confidential(self):
        return bool(self._confidential())

    def _confidants(self, partner_ids):
        """Return, for the id of each record, those of some partners who may be told about it."""
        allowed = defaultdict(set, {record.id: set(partner_ids) for record in self})
        guarded = self._confidential()
        if not guarded or not partner_ids:
            return allowed
        allowed.update({record.id: set() for record in guarded})
        users = self.env["res.users"].sudo().search([("partner_id", "in", list(partner_ids))])
        for user in users:
            for record in guarded._as_seen_by(user)._filtered_access("read"):
                allowed[record.id].add(user.partner_id.id)
        return allowed

    def _as_seen_by(self, user):
        """Return the records with the rights, and in the companies, of another user."""
        return self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def _only_confidants(self, partner_ids):
        """Return those of some partners who may be told about every record of ``self``."""
        allowed = self._confidants(partner_ids)
        return [pid for pid in partner_ids if all(pid in allowed[record.id] for record in self)]

    def _assert_confidants(self, partner_ids):
        """Refuse people whom somebody addresses by name, instead of leaving them out in silence.

        Who may not read the records themselves is refused elsewhere, and learns nothing here.

        :raise UserError: naming them
        """
        if not self.has_access("read"):
            return
        strangers = set(partner_ids) - set(self._only_confidants(partner_ids))
        if strangers:
            names = self.env["res.partner"].sudo().browse(sorted(strangers)).mapped("display_name")
            raise UserError(
                self.env._(
                    "Nothing about a complaint goes to people who may not read it: %s.",
                    "、".join(names),
                )
            )

    # --- followers ---------------------------------------------------------------------------

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let people follow; ``mail.followers`` leaves out whom nobody named.

        :raise UserError: naming those who may not read a complaint
        """
        self._assert_confidants(partner_ids or [])
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def message_update(self, msg_dict, update_vals=None):
        """Take a mail in; of a complaint its other recipients learn nothing by it."""
        if self._any_confidential():
            msg_dict = {**msg_dict, "to": "", "cc": ""}
        return super().message_update(msg_dict, update_vals=update_vals)

    # --- messages ----------------------------------------------------------------------------

    def message_post(self, *, partner_ids=None, outgoing_email_to=False, **kwargs):
        """Post a message; one about a complaint stays among those who may read it.

        :raise UserError: where it is addressed to others
        """
        if self._any_confidential() and kwargs.get("message_type") != "email":
            self._assert_confidants(partner_ids or [])
            if outgoing_email_to:
                raise UserError(
                    self.env._("A message about a complaint can't be sent to a mail address.")
                )
        return super().message_post(
            partner_ids=partner_ids, outgoing_email_to=outgoing_email_to, **kwargs
        )

    def _message_create(self, values_list):
        """Name no stranger as recipient: the recipients of a message may read it."""
        if self._any_confidential():
            values_list = [
                {**values, "partner_ids": self._only_confidants(values.get("partner_ids") or [])}
                for values in values_list
            ]
        return super()._message_create(values_list)

    def _message_update_content(self, message, /, *, body, partner_ids=None, **kwargs):
        if partner_ids:
            self._assert_confidants([int(pid) for pid in partner_ids])
        return super()._message_update_content(
            message, body=body, partner_ids=partner_ids, **kwargs
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not self._any_confidential():
            return recipients
        allowed = self._only_confidants([data["id"] for data in recipients if data["id"]])
        return [data for data in recipients if data["id"] in allowed]

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """Suggest neither the complainant nor those who once stood in a Cc."""
        suggested = super()._message_add_suggested_recipients(
            force_primary_email=force_primary_email
        )
        for record in self._confidential():
            suggested[record.id].update(partners=self.env["res.partner"], email_to_lst=[])
        return suggested

    def _track_template(self, tracking):
        """Send no mail of a stage: complainants are told by feedback, in person or by phone."""
        return {} if self._any_confidential() else super()._track_template(tracking)

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """Open the messages of a complaint to those who may read it, not to a token."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        if thread._any_confidential() and not thread.sudo(False).has_access("read"):
            return self.browse()
        return thread
