from odoo.tools import html2plaintext

from ...tools import look_through, masking
from ...tools.reported_speech import reported
from ..access.clean_input import clean_text
from ..intake.known_identifiers import known_identifiers

# What the text for the unit is made from, what is masked in it, and what the room asks.
SOURCES = (
    "description",
    "service_item",
    "room_opinion",
    "partner_id",
    "partner_name",
    "partner_email",
    "complainant_phone",
    "complainant_address",
    "complainant_id_number",
)
# What was not looked through yet.
UNSEEN = {"reviewed_at": False, "reviewed_by_id": False}


class TextReview:
    """The text of a complaint that leaves on slips, and what a person makes of it (五(二)1).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env

    # --- what leaves ------------------------------------------------------------------------------

    def opinion(self):
        """Return what the room asks of the unit, for a person to check."""
        ticket = self.ticket
        drafted = ticket.slip_ids.filtered(lambda slip: slip.state == "draft")[:1].room_opinion
        opinion = ticket.room_opinion or drafted or ticket.company_id.complaint_default_opinion
        return ticket._scrubbed(opinion)

    def stretches(self):
        """Return the text for the unit stretch by stretch: as prepared, or as masking proposes."""
        proposed = self._proposed()
        prepared = self.ticket.sudo().slip_summary
        if not prepared:
            return proposed
        taken = look_through.taken_up(proposed, prepared)
        if taken is not None:
            return taken
        # What a person changed by hand stays so: what still tells something is marked, not masked.
        return [{**one, "masked": False} for one in self._masked(prepared)]

    def proposed_text(self):
        """Return what leaves where no person prepared a text: masked, in the third person."""
        return look_through.compose(self._proposed())

    def _proposed(self):
        return reported(self._masked(html2plaintext(self.ticket.description or "")))

    def _masked(self, text):
        return look_through.stretches(masking.segments(text, known_identifiers(self.ticket)))

    def exposed(self, text):
        """List what a text still gives away of people."""
        return masking.exposed(text, known_identifiers(self.ticket))

    def prepare(self, summary, opinion):
        """Keep the draft text for the unit: it is not reviewed yet."""
        ticket = self.ticket
        standard = ticket.company_id.complaint_default_opinion
        # Only opinions that nobody wrote for a unit are replaced; a unit's own task stays.
        replaced = {ticket.room_opinion, standard, False}
        opinion = clean_text(ticket.env, opinion) or standard
        ticket._procedure_write(
            {"slip_summary": clean_text(ticket.env, summary), "room_opinion": opinion, **UNSEEN}
        )
        drafts = ticket.slip_ids.filtered(
            lambda slip: slip.state == "draft" and slip.room_opinion in replaced
        )
        drafts.write({"room_opinion": opinion})

    # --- what makes it out of date ----------------------------------------------------------------

    @staticmethod
    def sources_of(tickets):
        """Return what the texts of some complaints were made from, as far as there are any."""
        prepared = tickets.sudo().filtered(lambda one: one.reviewed_at or one.slip_summary)
        return {ticket: [ticket[name] for name in SOURCES] for ticket in prepared}

    def forget(self, before):
        """Take back what was looked through, where it was made from something else than is there.

        A text that was prepared from another reason is of no use any more.

        :param before: what ``sources_of`` said before a change
        """
        pairs = zip(SOURCES, before, strict=True)
        changed = {name for name, value in pairs if self.ticket[name] != value}
        if changed:
            # Particulars only change what is masked: the text that was written stays as a proposal.
            stale = {"slip_summary": False} if "description" in changed else {}
            self.ticket._procedure_write({**UNSEEN, **stale})
