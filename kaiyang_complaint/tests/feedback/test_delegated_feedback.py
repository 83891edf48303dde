"""The unit answers the complainant itself, with their consent, and reports it (五(三))."""

import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access.file_contents import scan
from ..common import ComplaintCommon
from ..handling.test_portal import PortalCase

SCAN = ("签字 记录.png", base64.b64encode(scan()))


class DelegationCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.replied()
        cls.slip = cls.ticket.slip_ids.with_user(cls.clerk)
        cls.theirs = cls.slip.with_user(cls.rep)

    def delegate(self, **vals):
        consent = {"consent_at": fields.Datetime.now(), "consent_how": "phone"}
        self.slip.action_delegate_feedback({**consent, **vals})
        return self.slip.feedback_ids[:1]

    @staticmethod
    def report_values(**vals):
        return {
            "mode": "phone",
            "content": "已当面致歉并说明整改情况",
            "callee": "本人",
            "satisfaction": "4",
            "no_suggestion": True,
            **vals,
        }


@tagged("post_install", "-at_install")
class TestDelegatedFeedback(DelegationCommon):
    def test_f5_3_2_from_consent_to_confirmation(self):
        feedback = self.delegate(release_contact=True)
        self.assertEqual((feedback.state, feedback.consent_noted_by_id), ("asked", self.clerk))
        self.assertTrue(self.slip.awaits_feedback)
        self.assertIn("第五条第（三）款", self.slip.contact_release_reason)
        self.assertEqual(self.theirs.action_show_contact("答复")["phone"], "13812345678")
        self.theirs.action_report_feedback(self.report_values())
        self.assertEqual((feedback.state, feedback.given_by_id), ("reported", self.rep))
        self.assertFalse(self.slip.awaits_feedback)
        self.assertEqual(self.ticket.complaint_state, "replied")
        self.assertEqual(self.ticket._running("feedback").state, "running")
        self.assertIn("answered the complainant", self.ticket.activity_ids[:1].summary)
        feedback.action_confirm()
        self.assertEqual(self.ticket.complaint_state, "fed_back")
        self.assertFalse(self.ticket._running("feedback"))
        self.assertFalse(self.slip.contact_released_at, "the need for the contact has ended")
        self.assertFalse(self.ticket.activity_ids)

    def test_f5_3_2_dialog_asks_for_the_consent(self):
        dialog = self.slip.action_delegate_feedback()
        wizard = self.env[dialog["res_model"]].with_user(self.clerk)
        wizard.with_context(**dialog["context"]).create({"consent_how": "letter"}).action_confirm()
        self.assertEqual(self.slip.feedback_ids.consent_how, "letter")
        self.assertTrue(self.slip.contact_released_at)

    def test_f5_3_2_no_consent_no_delegation(self):
        later = fields.Datetime.add(fields.Datetime.now(), days=1)
        for vals in ({"consent_at": False}, {"consent_how": "x"}, {"consent_at": later}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.delegate(**vals)
        self.assertFalse(self.slip.feedback_ids)

    def test_f5_3_2_only_after_the_reply_and_once(self):
        early = self.accepted().slip_ids.with_user(self.clerk)
        with self.assertRaises(UserError):
            early.action_delegate_feedback()
        self.delegate()
        with self.assertRaisesRegex(UserError, "already"):
            self.delegate()
        for user in (self.rep, self.leader, self.archivist, self.outsider):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.slip.with_user(user).action_delegate_feedback({})

    def test_f5_3_2_who_must_not_be_known_is_not_answered_by_the_unit(self):
        self.ticket.is_confidential = True
        with self.assertRaisesRegex(UserError, "kept from the unit"):
            self.delegate()

    def test_f5_3_3_in_person_takes_the_signed_record(self):
        feedback = self.delegate()
        in_person = self.report_values(mode="in_person", callee="")
        with self.assertRaises(UserError) as refusal:
            self.theirs.action_report_feedback(in_person)
        self.assertIn("Signed Record", str(refusal.exception))
        self.assertEqual(feedback.state, "asked")
        self.theirs.action_report_feedback({**in_person, "attachments": [SCAN]})
        self.assertEqual(feedback.signed_scan_ids.name, "签字 记录.png")
        feedback.action_confirm()
        self.assertEqual(self.ticket.complaint_state, "fed_back")

    def test_f5_3_4_report_lacks(self):
        self.delegate()
        ahead = fields.Datetime.add(fields.Datetime.now(), days=1)
        for vals in (
            {"mode": "impossible"},
            {"mode": ""},
            {"content": " "},
            {"callee": ""},
            {"satisfaction": ""},
            {"satisfaction": "9"},
            {"no_suggestion": False},
            {"given_at": ahead},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.theirs.action_report_feedback(self.report_values(**vals))
        self.assertEqual(self.slip.feedback_ids.state, "asked")

    def test_f5_3_2_returned_and_reported_again(self):
        feedback = self.delegate()
        self.theirs.action_report_feedback(self.report_values())
        feedback.action_return_report("请写明王小明的意见")
        self.assertEqual(feedback.state, "asked")
        self.assertNotIn("王小明", feedback.return_reason)
        self.assertFalse(self.ticket.activity_ids)
        self.theirs.action_report_feedback(self.report_values(suggestion="多开窗口"))
        self.assertEqual(feedback.suggestion, "多开窗口")

    def test_f5_3_2_withdrawn_by_the_clerk(self):
        feedback = self.delegate(release_contact=True)
        feedback.action_withdraw_delegation("室内直接答复")
        self.assertEqual(feedback.state, "withdrawn")
        self.assertFalse(self.slip.contact_released_at)
        with self.assertRaises(UserError):
            self.theirs.action_report_feedback(self.report_values())
        own = self.env["complaint.feedback"].with_user(self.clerk)
        own.create(self.feedback_values(self.ticket)).action_confirm()
        self.assertEqual(self.ticket.complaint_state, "fed_back")

    def test_f5_3_2_nothing_is_forged(self):
        feedback = self.delegate()
        for vals in ({"state": "confirmed"}, {"content": "x"}, {"consent_how": "letter"}):
            with self.assertRaises(UserError):
                feedback.write(vals)
        with self.assertRaises(UserError):
            feedback.action_confirm()
        with self.assertRaises(AccessError):
            feedback.with_user(self.rep).read(["content"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.slip.with_user(self.other_rep).action_report_feedback(self.report_values())

    def test_u7_5_restriction_withdraws(self):
        feedback = self.delegate(release_contact=True)
        self.ticket.is_discipline_matter = True
        self.assertEqual(feedback.sudo().state, "withdrawn")
        self.assertFalse(self.slip.sudo().contact_released_at)
        self.assertEqual(self.slip.sudo().state, "accepted")

    def test_f5_3_2_successor_takes_the_answer_over(self):
        second = self.other_rep.copy({"login": "kc_second"})
        self.env["complaint.representative"].create(
            {"user_id": second.id, "unit_id": self.unit.id, "sequence": 2}
        )
        self.delegate(release_contact=True)
        self.representative.active = False
        self.assertEqual(self.slip.representative_id.user_id, second)
        self.assertFalse(self.slip.contact_released_at)
        self.slip.with_user(second).action_report_feedback(self.report_values())


@tagged("post_install", "-at_install")
class TestDelegatedFeedbackPage(PortalCase, DelegationCommon):
    def setUp(self):
        super().setUp()
        self.login(self.rep)

    def test_f5_3_2_page_asks_and_reports(self):
        self.assertNotIn("Answer the complainant", self.url_open("/my/complaints").text)
        self.delegate()
        self.assertIn("Answer the complainant", self.url_open("/my/complaints").text)
        page = self.url_open(f"/my/complaints/{self.slip.id}").text
        self.assertIn('name="satisfaction"', page)
        self.assertNotIn("13812345678", page)
        values = self.report_values(
            mode="in_person", no_suggestion="1", given_at="2026-03-02T10:30"
        )
        files = {"attachments": ("签字.png", scan(), "image/png")}
        answer = self.act(self.slip, "feedback", files=files, **values)
        self.assertIn("notice=reported", answer.url)
        feedback = self.slip.feedback_ids
        self.assertEqual(feedback.state, "reported")
        self.assertEqual(fields.Datetime.to_string(feedback.given_at), "2026-03-02 02:30:00")
        self.assertIn("Reported. The complaint room checks it.", answer.text)

    def test_f5_3_2_nothing_typed_is_lost(self):
        self.delegate()
        values = self.report_values(no_suggestion="", satisfaction="2")
        answer = self.act(self.slip, "feedback", **values)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("The report lacks", answer.text)
        self.assertIn("已当面致歉并说明整改情况", answer.text)
        self.assertRegex(
            answer.text, r'id="satisfaction_2"[^>]*checked|checked[^>]*id="satisfaction_2"'
        )
        bad = self.act(self.slip, "feedback", **{**values, "given_at": "昨天"})
        self.assertIn("Invalid time", bad.text)

    def test_f5_3_2_page_of_a_foreign_slip_takes_nothing(self):
        self.delegate()
        self.login(self.other_rep)
        answer = self.act(self.slip, "feedback", **self.report_values(no_suggestion="1"))
        self.assertIn("notice=unknown", answer.url)
        self.assertEqual(self.slip.feedback_ids.state, "asked")
