from odoo import fields
from odoo.exceptions import UserError

from ...tools.wording import says_nothing

OPENERS = 2
# What the arrival of a letter has to tell, beside who opened and who signed it.
LETTER_FACTS = ("letter_source", "opened_at", "page_count")


class IntakeChecks:
    """What has to be on record before a complaint is accepted (三, 五(一)).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env

    def run(self):
        """Refuse acceptance while something is missing.

        :raise UserError: naming all of it
        """
        lacking = self.lacking()
        if lacking:
            raise UserError("\n".join(lacking))

    def lacking(self):
        """Return what is missing, in sentences that say what to do."""
        # What is checked follows from the channel's traits, so that a fifth channel needs no code.
        asked = {
            "asks_for_recording": self._recording,
            "asks_for_signature": self._signature,
            "is_letter": self._letter,
            "asks_for_contact": self._contact,
        }
        checks = [check for trait, check in asked.items() if self.ticket[trait]]
        sentences = []
        for check in (self._assert_past, *checks, self._conduct, self._numbers):
            try:
                check()
            except UserError as refusal:
                sentences.append(str(refusal))
        return sentences

    def _assert_past(self):
        served = self.ticket.service_datetime
        if served and served > fields.Datetime.now():
            raise UserError(self.env._("The time of service lies in the future: correct it."))

    def _conduct(self):
        """Ask for the kind of conduct, or why there is none (三)."""
        ticket = self.ticket
        # What is not about window staff is no conduct of theirs.
        if ticket.is_outside_matter or ticket.conduct_ids:
            return
        if says_nothing(ticket.no_conduct_reason):
            raise UserError(
                self.env._(
                    "Choose the kind of conduct that %s is about, or say in “No Conduct Item "
                    "Because” why none fits.",
                    ticket.display_name,
                )
            )

    def _numbers(self):
        """Ask for numbers that can be true, or why they are kept as they are."""
        ticket = self.ticket
        if says_nothing(ticket.number_reason) and ticket.number_fault:
            raise UserError(
                self.env._(
                    "As written, this can't be right: %s. Correct it, or say in “Number Kept "
                    "Because” why it is kept, such as that the complainant says so.",
                    ticket.number_fault,
                )
            )

    def _recording(self):
        if not self.ticket.announced_at and says_nothing(self.ticket.no_recording_reason):
            raise UserError(
                self.env._(
                    "Read the announcement to the caller and confirm it, or say why the call "
                    "is not recorded."
                )
            )

    def _signature(self):
        if not (self.ticket.complainant_signature or self.ticket.signed_form_ids):
            raise UserError(
                self.env._(
                    "The complainant has to verify the record: let them sign on the screen, or "
                    "attach the scan of the signed form."
                )
            )

    def _letter(self):
        """Refuse a letter whose arrival was not recorded (五(一)3)."""
        ticket = self.ticket
        lacking = [
            ticket._fields[name]._description_string(self.env)
            for name in LETTER_FACTS
            if not ticket[name]
        ]
        if len(ticket.opened_by_ids) < OPENERS:
            lacking.append(self.env._("the two people who opened it"))
        if ticket.complainant_identity == "named" and not (ticket.partner_name or "").strip():
            lacking.append(self.env._("who signed it, unless it is anonymous"))
        if lacking:
            raise UserError(self.env._("The record of the letter lacks: %s.", "、".join(lacking)))
        if ticket.opened_at > fields.Datetime.now():
            raise UserError(self.env._("The letter can't have been opened in the future."))

    def _contact(self):
        """Refuse a website's complaint before anybody tried to reach the complainant (五(一)4)."""
        if not self.ticket.contact_ids:
            raise UserError(
                self.env._(
                    "Contact the complainant first and note it: a complaint of the website is "
                    "accepted after that. An attempt that failed counts where it is noted."
                )
            )
