"""Each way of the regulation from a complaint to the archive: nobody gets stuck on it (八)."""

from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.tests import tagged

from ...models.archive.archive_gaps import ArchiveGaps
from ..common import ALONE
from ..handling.referral_common import ReferralCommon
from ..intake.spot_common import SpotCommon
from .dossier_common import PDF


@tagged("post_install", "-at_install")
class TestDossierWays(ReferralCommon, SpotCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.room.company_id or cls.env.company
        cls.centre.complaint_fonds_code = "X043"

    def archive(self, ticket, user=None):
        """Check that a closed case lacks nothing, and goes into the archive."""
        self.assertEqual(ticket.complaint_state, "closed")
        self.clear(ticket)
        self.assertEqual(ArchiveGaps(ticket.sudo()).sentences(), [])
        dossiers = type(self.env["complaint.dossier"])
        with patch.object(dossiers, "_paper_pdf", return_value=PDF):
            ticket.with_user(user or self.archivist).action_archive_dossier(ALONE)
        self.assertEqual(ticket.complaint_state, "archived")
        self.assertEqual(ticket.sudo().dossier_id.attachment_id.raw, PDF)

    def tell(self, ticket, **vals):
        """Tell the complainant the result, and close the case."""
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket, **vals)).action_confirm()
        self.clear(ticket)
        ticket.with_user(self.clerk).action_close()
        return ticket

    def answer(self, ticket):
        """Let the unit of a new slip answer, and accept it."""
        if ticket.complaint_state == "accepted":
            self.look_through(ticket)
            ticket.action_forward()
        slip = ticket.slip_ids.filtered(lambda one: one.state == "sent").with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        slip.with_user(self.clerk).action_accept_reply(self.CONSIDERED)
        return ticket

    def scanned(self, ticket):
        """Let the scan of a letter lie with its complaint."""
        ticket.letter_scan_ids = self.enclosure(ticket)
        return ticket

    def test_a8_by_every_channel(self):
        for channel in ("phone", "onsite", "web"):
            with self.subTest(channel):
                self.archive(self.tell(self.replied(channel)))

    def test_h5_2_4_an_anonymous_letter_that_nobody_can_be_told_about(self):
        nobody = {"complainant_identity": "anonymous", "partner_name": False}
        ticket = self.scanned(self.replied("letter", **nobody, complainant_phone=False))
        told = {"mode": "impossible", "callee": False, "satisfaction": False}
        self.archive(self.tell(ticket, **told, content="匿名来信，未留联系方式。"))

    def test_r5_1_2_settled_on_the_spot(self):
        ticket = self.arrived()
        ticket.action_settle_on_spot(self.settlement())
        self.clear(ticket)
        ticket.action_close()
        self.archive(ticket)

    def test_f5_3_2_told_by_the_room_though_a_unit_was_asked_to(self):
        ticket = self.replied()
        slip = ticket.slip_ids.with_user(self.clerk)
        consent = {"consent_at": fields.Datetime.now(), "consent_how": "phone"}
        slip.action_delegate_feedback({**consent, "release_contact": True})
        self.tell(ticket)
        self.assertFalse(slip.contact_released_at)
        self.archive(ticket)

    def test_u7_5_referred_to_another_unit_that_answers_itself(self):
        named = {"names_complainant": True, "consent": "5月12日电话中同意"}
        referral = self.sent(unit_answers_itself=True, **named)
        self.archive(self.tell(self.scanned(referral.ticket_id)))

    def test_u7_5_transferred_to_discipline_inspection(self):
        ticket = self.discipline_matter()
        self.conclude(ticket, is_transfer_due=True)
        self.sent(ticket).action_record_answer(self.answer_values())
        self.tell(ticket)
        self.archive(ticket, self.leader)

    def test_p4_3_invalid_and_then_reconsidered(self):
        ticket = self.new_complaint()
        ticket.action_mark_invalid("看错了", "other")
        ticket.action_reconsider("补充了被投诉人")
        ticket.action_accept()
        self.archive(self.tell(self.answer(ticket)))

    def test_a8_reopened_twice(self):
        ticket = self.tell(self.replied())
        self.archive(ticket)
        for volume, day in ((2, "2026-05-13 02:00:00"), (3, "2026-05-14 02:00:00")):
            with freeze_time(day):
                ticket.with_user(self.manager).action_reopen("复查")
                self.archive(self.tell(self.answer(ticket)))
            self.assertEqual(ticket.dossier_id.volume, volume)
