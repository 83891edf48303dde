from odoo import models
from odoo.exceptions import UserError

REQUIRED = ("authority_id", "subject", "matter", "summary", "basis")
# What is still open once the leader signed off: how it goes out.
ON_SENDING = frozenset({"sent_how", "sent_note"})


class ComplaintReferralTerms(models.AbstractModel):
    """What the regulation demands of a referral, with refusals that say so (五(二)4, 七.5)."""

    _name = "complaint.referral.terms"
    _description = "Terms of a Referral"

    def _assert_changeable(self, vals):
        """Hold the text still from the request on: what was signed off is what leaves."""
        for referral in self:
            referral.ticket_id._assert_open_for_change()
            moved = vals.get("ticket_id", referral.ticket_id.id) != referral.ticket_id.id
            if moved or "created_at" in vals:
                raise UserError(self.env._("A referral stays with its complaint."))
            sending = referral.state == "approved" and not vals.keys() - ON_SENDING
            if referral.state != "draft" and not sending:
                raise UserError(
                    self.env._(
                        "What was put before the leader can't be changed. Take it back first, "
                        "as long as it has not left."
                    )
                )

    def _assert_under_way(self):
        """Refuse referrals before acceptance, and once the complaint has its answer."""
        ticket = self.ticket_id
        if ticket.complaint_state not in ("accepted", "handling"):
            raise UserError(ticket._illegal_move("handling"))

    def _assert_may_leave(self):
        """Demand the room's own inquiry, and a complaint of the kind that is handed on."""
        self._assert_under_way()
        if not self.ticket_id._inquiries_concluded():
            raise UserError(
                self.env._("The room inquires first: conclude its own investigation, then refer.")
            )
        getattr(self, f"_assert_{self.kind}")()

    def _assert_outside(self):
        if not self.ticket_id.is_outside_matter:
            raise UserError(
                self.env._(
                    "Only what is not about window staff is referred: tick it on the complaint, "
                    "or forward the complaint to the unit by a slip."
                )
            )
        if self.ticket_id.is_restricted and self.authority_id:
            self._assert_discipline_body()

    def _assert_discipline(self):
        if not self.ticket_id.is_restricted:
            raise UserError(
                self.env._("Only a restricted complaint is transferred to discipline inspection.")
            )
        if not self.ticket_id._is_transfer_due():
            raise UserError(
                self.env._(
                    "It is transferred once the investigation has verified a breach of "
                    "discipline: conclude it with that finding first."
                )
            )
        if self.authority_id:
            self._assert_discipline_body()

    def _assert_discipline_body(self):
        if not self.authority_id.is_discipline_body:
            raise UserError(
                self.env._(
                    "A restricted complaint goes to a discipline inspection body only; %s is none.",
                    self.authority_id.name,
                )
            )

    def _assert_complete(self):
        """Demand what the letter needs, and the complainant's word before they are named."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in (*REQUIRED, *(["consent"] if self._needs_consent() else []))
            if not self[name] or (isinstance(self[name], str) and not self[name].strip())
        ]
        if missing:
            raise UserError(self.env._("The referral lacks: %s.", "、".join(missing)))
        named = self.ticket_id.complainant_identity == "named"
        if self.names_complainant and not named:
            raise UserError(self.env._("The complaint is anonymous: there is no name to give."))
        alone = self.kind == "outside" and self.unit_answers_itself
        if alone and named and not self.names_complainant:
            raise UserError(
                self.env._(
                    "A unit that answers the complainant itself has to know who they are: "
                    "the name goes along, if the complainant agreed."
                )
            )

    def _needs_consent(self):
        """Tell whether the complainant is asked before their name goes along.

        Discipline inspection gets the complaint as it came (七.5), unless its author asked for
        confidentiality.
        """
        kept = self.kind == "outside" or self.ticket_id.is_confidential
        return self.names_complainant and kept

    def _scrubbed_texts(self):
        """Return the texts of the letter without the complainant, whoever wrote them in."""
        if self.names_complainant:
            return {}
        names = ("subject", "matter", "summary")
        return {name: self.ticket_id._scrubbed(self[name]) for name in names}
