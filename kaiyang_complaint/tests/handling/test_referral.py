import base64

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .referral_common import NOW, RECEIVED, ReferralCommon


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    # --- the matter --------------------------------------------------------------------------

    def test_h5_2_4_neither_window_nor_staff_is_asked_for(self):
        for channel in ("letter", "phone", "web"):
            with self.subTest(channel=channel):
                ticket = self.outside_matter(channel)
                self.assertEqual(ticket.complaint_state, "accepted")
                self.assertFalse(ticket.missing_elements)
                self.assertFalse(ticket.respondent_ids)
                self.assertFalse(ticket.slip_ids)
        with self.assertRaisesRegex(UserError, "Reason"):
            self.outside_matter(description=False)

    def test_h5_2_4_form_of_a_letter_asks_for_no_window(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        form = Form(
            tickets.with_context(complaint_channel="letter"),
            view="kaiyang_complaint.complaint_view_form",
        )
        self.assertIn("window", form.missing_elements)
        form.is_outside_matter = True
        self.assertEqual(form.missing_elements, "matter,reason")

    def test_h5_2_4_no_slip_goes_to_a_window_unit(self):
        ticket = self.outside_matter(window_id=self.window.id)
        self.assertEqual(ticket.complaint_state, "accepted")
        with self.assertRaisesRegex(UserError, "referred, not forwarded"):
            ticket.action_forward()

    def test_h5_2_4_settled_once_a_slip_is_out(self):
        with freeze_time(RECEIVED):
            ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "slip"):
            ticket.is_outside_matter = True
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_decline("与窗口无关")
        ticket.is_outside_matter = True
        self.assertEqual(ticket.complaint_state, "accepted")

    def test_h5_2_4_settled_while_a_referral_is_under_way(self):
        referral = self.requested()
        ticket = referral.ticket_id
        with self.assertRaisesRegex(UserError, "take it back"):
            ticket.is_outside_matter = False
        ticket.is_outside_matter = True
        referral.action_withdraw()
        ticket.is_outside_matter = False

    # --- the way -----------------------------------------------------------------------------

    def test_h5_2_4_from_the_letter_to_the_feedback(self):
        ticket = self.outside_matter()
        self.assertFalse(ticket.referral_due)
        self.conclude(ticket)
        self.assertEqual((ticket.complaint_state, ticket.referral_due), ("handling", "outside"))
        referral = self.referral(ticket)
        referral.action_request()
        self.assertFalse(ticket.referral_due)
        self.assertEqual((referral.state, ticket.complaint_state), ("requested", "handling"))
        referral.approval_id.with_user(self.leader).action_approve("请执法局尽快修复。")
        self.assertEqual((referral.state, referral.name), ("approved", "投转〔2026〕1号"))
        self.assertEqual(referral.instruction, "请执法局尽快修复。")
        referral.sent_how = "handed_over"
        referral.action_send()
        self.assertEqual((referral.state, referral.sent_by_id), ("sent", self.clerk))
        self.assertEqual(ticket.complaint_state, "handling")
        file = ("../复函.pdf", base64.b64encode(b"%PDF-").decode())
        referral.action_record_answer(self.answer_values(attachments=[file]))
        self.assertEqual(referral.answer_file_ids.mapped("name"), ["复函.pdf"])
        self.assertEqual((referral.state, ticket.complaint_state), ("answered", "replied"))
        self.assertTrue(ticket._running("feedback"))
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")

    def test_h5_2_4_the_room_inquires_first(self):
        ticket = self.outside_matter()
        with self.assertRaisesRegex(UserError, "inquir"):
            ticket.action_refer()
        referral = self.referral(ticket)
        with self.assertRaisesRegex(UserError, "investigation"):
            referral.action_request()
        inquiry = self.inquire(ticket)
        with self.assertRaisesRegex(UserError, "investigation"):
            referral.action_request()
        inquiry.action_conclude()
        referral.action_request()

    def test_h5_2_4_only_what_is_not_about_window_staff(self):
        with freeze_time(RECEIVED):
            ticket = self.accepted("onsite")
        referral = self.referral(ticket)
        self.conclude(ticket)
        with self.assertRaisesRegex(UserError, "not about window staff"):
            referral.action_request()

    def test_h5_2_4_nothing_before_acceptance_and_after_the_end(self):
        with self.assertRaises(UserError):
            self.referral(self.new_complaint("letter"))
        with freeze_time(RECEIVED):
            closed = self.closed()
        with self.assertRaises(UserError):
            self.referral(closed)

    def test_h5_2_4_what_a_letter_needs(self):
        for name in ("authority_id", "subject", "matter", "summary", "basis"):
            with self.subTest(missing=name):
                referral = self.referral(**{name: False})
                label = referral._fields[name]._description_string(self.env)
                with self.assertRaisesRegex(UserError, label):
                    referral.action_request()
                self.assertEqual(referral.state, "draft")
        with self.assertRaises(UserError):
            self.referral(summary="  ").action_request()

    def test_h5_2_4_unit_answers_itself(self):
        named = {"names_complainant": True, "consent": "5月12日电话中同意"}
        with self.assertRaisesRegex(UserError, "know who they are"):
            self.referral(unit_answers_itself=True).action_request()
        referral = self.sent(unit_answers_itself=True, **named)
        self.assertEqual((referral.state, referral.ticket_id.complaint_state), ("sent", "replied"))
        self.assertTrue(referral.ticket_id._running("feedback"))
        referral.action_record_answer(self.answer_values())
        self.assertEqual(referral.ticket_id.complaint_state, "replied")

    def test_h5_2_4_answer_needs_words_and_a_possible_moment(self):
        referral = self.sent()
        for vals in (
            {"answer": " "},
            {"answered_at": False},
            {"answered_at": "2026-05-12 02:00:01"},
            {"answered_at": "2026-05-12 01:59:59"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                referral.action_record_answer(self.answer_values(**vals))
        self.assertEqual(referral.state, "sent")

    def test_h5_2_4_answer_is_taken_down_in_a_dialog(self):
        referral = self.sent()
        dialog = self.env["complaint.answer.wizard"].with_user(self.clerk)
        with Form(dialog.with_context(default_referral_id=referral.id)) as form:
            form.answer = "已修复。"
        form.record.action_confirm()
        self.assertEqual((referral.answer, str(referral.answered_at)), ("已修复。", NOW))
