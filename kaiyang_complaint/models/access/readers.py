from collections import defaultdict

from odoo.exceptions import UserError


class Readers:
    """Who may be told about confidential records of one model: those who may read them.

    :param records: of a model that inherits ``complaint.confidential.mixin``
    """

    def __init__(self, records):
        self.records, self.env = records, records.env

    def allowed(self, partner_ids):
        """Return, for the id of each record, those of some partners who may be told about it."""
        allowed = defaultdict(set, {record.id: set(partner_ids) for record in self.records})
        guarded = self.records._confidential()
        if not guarded or not partner_ids:
            return allowed
        allowed.update({record.id: set() for record in guarded})
        # A partner without a user can log in nowhere, and is told nothing.
        users = self.env["res.users"].sudo().search([("partner_id", "in", list(partner_ids))])
        for user in users:
            for record in as_seen_by(guarded, user)._filtered_access("read"):
                allowed[record.id].add(user.partner_id.id)
        return allowed

    def of_all(self, partner_ids):
        """Return those of some partners who may be told about every record."""
        allowed = self.allowed(partner_ids)
        return [pid for pid in partner_ids if all(pid in allowed[one.id] for one in self.records)]

    def assert_all(self, partner_ids):
        """Refuse explicit recipients without access instead of dropping them silently.

        Who may not read the records themselves is refused elsewhere, and learns nothing here.

        :raise UserError: naming them
        """
        if not self.records.has_access("read"):
            return
        strangers = set(partner_ids) - set(self.of_all(partner_ids))
        if strangers:
            names = self.env["res.partner"].sudo().browse(sorted(strangers)).mapped("display_name")
            raise UserError(
                self.env._(
                    "Messages about a complaint can't be sent to people who are not allowed to "
                    "read it: %s.",
                    "、".join(names),
                )
            )


def as_seen_by(records, user):
    """Return records with the rights, and in the companies, of another user."""
    # Without their companies the record rules would go by those of who asks.
    return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
