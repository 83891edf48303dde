from odoo import fields, models

from ..report.letter_sheet import paragraphs_of
from ..report.referral_letter import ReferralSheet

LETTERS = {"outside": "referral", "discipline": "transfer"}
BODIES = {
    "outside": "kaiyang_complaint.referral_outside",
    "discipline": "kaiyang_complaint.referral_discipline",
}


class ComplaintReferralLetter(models.AbstractModel):
    """The letter of a referral: issued when it is signed off, and driven by it ever after."""

    _name = "complaint.referral.letter"
    _description = "Letter of a Referral"

    letter_id = fields.Many2one(
        "complaint.letter", string="Letter as Issued", readonly=True, copy=False
    )

    def _issue_letter(self, **facts):
        """Issue the letter under the referral's number, or under the next one of its series."""
        self.ensure_one()
        letter = self.env["complaint.letter"].sudo()._guarded().create(self._letter_values())
        letter._issue(number=self.name, **facts)
        self._guarded_write({"letter_id": letter.id, "name": letter.name})

    def _letter_values(self):
        values = {"sheet": ReferralSheet(self), "record": self, "ticket": self.ticket_id}
        body = self.env["ir.qweb"]._render(BODIES[self.kind], values)
        return {
            "kind": LETTERS[self.kind],
            "ticket_id": self.ticket_id.id,
            "addressee_kind": "authority",
            "authority_id": self.authority_id.id,
            "addressee": self.authority_id.name,
            "address": self.authority_id.address,
            "subject": self.subject,
            "body": "\n".join(paragraphs_of(body)),
            "enclosure_ids": [(6, 0, self.enclosure_ids.ids)],
            "answer_by": not self.unit_answers_itself and self.answer_by,
            "approval_id": self.approval_id.id,
        }

    def _cancel_letter(self):
        """Cancel the letter of a referral that was taken back; its number waits for the next."""
        self.letter_id.sudo()._mark_cancelled(self.env._("Taken back before it was sent."))
        self._guarded_write({"letter_id": False})

    def _send_letter(self):
        """Put on record of the letter how, when and by whom it was sent."""
        self.letter_id.sudo()._mark_sent(
            sent_how=self.sent_how,
            sent_note=self.sent_note,
            sent_at=self.sent_at,
            sent_by_id=self.sent_by_id.id,
        )

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering anew."""
        letter = self.env.ref("kaiyang_complaint.report_referral")
        return self.letter_id.pdf_id if report == letter else self.letter_id.pdf_id.browse()

    def _note_printed(self):
        self.letter_id._note_printed()
