"""Letters in a dossier: what left the house is in it as it left, once (八, forms.md G)."""

from odoo.tests import tagged

from ...models.archive.archive_gaps import ArchiveGaps
from ..handling.referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestDossierLetters(ReferralCommon):
    def referred(self):
        """Return a closed case that was referred to another unit, which answered."""
        referral = self.sent()
        files = [("复函.pdf", "JVBERi0xLjc=")]
        referral.action_record_answer(self.answer_values(attachments=files))
        ticket = referral.ticket_id
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        ticket.action_close()
        return ticket, referral

    def test_a8_a_referral_is_there_as_it_left_with_its_answer(self):
        ticket, referral = self.referred()
        items = ticket.with_user(self.archivist)._compile_dossier().item_ids.sorted("sequence")
        letter = items.filtered(lambda item: item.doc_number == referral.name)[:1]
        self.assertEqual(letter.section, "result")
        self.assertEqual(letter.attachment_id, referral.letter_id.pdf_id)
        self.assertEqual(len(items.filtered(lambda item: "复函" in item.title)), 1)
        self.assertIn("投诉件转送阅批单", items.mapped("title"))
        self.assertIn("调查报告", items.mapped("title"))
        self.assertEqual(items[-1].title, "信函投诉处理单")

    def test_a8_a_referral_left_without_answer_is_a_gap(self):
        ticket, referral = self.referred()
        referral.sudo()._procedure_write({"state": "sent"})
        self.assertIn("referrals", ticket.archive_gap_codes)
        self.assertIn(referral.name, "".join(ArchiveGaps(ticket.sudo()).sentences()))

    def test_a8_a_letter_issued_but_not_sent_is_a_gap(self):
        ticket, referral = self.referred()
        referral.letter_id.sudo()._procedure_write({"state": "issued"})
        self.assertIn("letters", ticket.archive_gap_codes)
