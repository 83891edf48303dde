from odoo import fields, models
from odoo.exceptions import UserError

BASIS = ("reason", "told_at", "complainant_answer")


class ComplaintExtensionTerms(models.AbstractModel):
    """What the regulation demands of an extension, each with a refusal that says so (六.3)."""

    _name = "complaint.extension.terms"
    _description = "Terms of an Extension"

    def _assert_extensible(self):
        """Refuse what comes too late, and a second request beside one that is open."""
        ticket = self.ticket_id
        running = ticket._running("handling")
        name, longest = ticket.display_name, ticket.company_id.complaint_max_days
        if not running:
            raise UserError(self.env._("No limit of handling runs on %s.", name))
        if running.due_at < fields.Datetime.now():
            raise UserError(
                self.env._("The limit of %s has run out. An extension comes before that.", name)
            )
        if "requested" in ticket.extension_ids.mapped("state"):
            raise UserError(
                self.env._("An extension was asked for already; wait for the decision.")
            )
        if running.limit_days >= longest:
            raise UserError(
                self.env._("%s has the longest limit there is: no extension is left.", name)
            )

    def _assert_length(self):
        """Hold the new limit between the present one and the longest there is."""
        longest = self.company_id.complaint_max_days
        present = self.ticket_id._running("handling").limit_days
        if not present < self.limit_days <= longest:
            raise UserError(
                self.env._(
                    "The new limit is counted from acceptance: more than the present "
                    "%(present)s working days, and at most %(longest)s in all.",
                    present=present,
                    longest=longest,
                )
            )

    def _assert_told(self):
        """Demand the reason, and that the complainant was told, as far as they can be."""
        unreachable = self.told_how == "impossible"
        if unreachable and self.ticket_id.complainant_identity != "anonymous":
            raise UserError(self.env._("Only an anonymous complainant can't be told."))
        demanded = BASIS[:1] if unreachable else BASIS
        missing = [
            self._fields[name]._description_string(self.env)
            for name in demanded
            if not self[name] or (isinstance(self[name], str) and not self[name].strip())
        ]
        if missing:
            raise UserError(self.env._("The request lacks: %s.", "、".join(missing)))
        if self.told_at and self.told_at > fields.Datetime.now():
            raise UserError(
                self.env._("The complainant is told before the extension is asked for.")
            )
