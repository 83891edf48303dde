"""Both sides' facts, mediation, and the joint assessment (四.4, 五(一)1, 五(二)4)."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..access.paper_common import PHONE, PaperCommon
from ..intake.spot_common import SpotCommon


@tagged("post_install", "-at_install")
class TestInvestigation(SpotCommon):
    def opine(self, inquiry, level="unit", **vals):
        return (
            self.env["complaint.investigation.opinion"]
            .with_user(self.clerk)
            .create(
                {
                    "investigation_id": inquiry.id,
                    "level": level,
                    "opinion": "同意窗口意见。",
                    "given_by": "唐学勤 首席代表",
                    **vals,
                }
            )
        )

    def test_p4_4_begins_with_what_both_sides_said(self):
        ticket = self.replied()
        action = ticket.action_investigate()
        self.assertFalse(action["res_id"])
        inquiries = self.env["complaint.investigation"].with_user(self.clerk)
        form = Form(inquiries.with_context(**action["context"]))
        self.assertIn("没有一次性告知", form.complainant_facts)
        self.assertEqual(form.respondent_facts, "不动产登记中心：经查，情况属实。")
        inquiry = form.save()
        self.assertEqual(ticket.action_investigate()["res_id"], inquiry.id)

    def test_p4_4_concluded_with_both_sides_and_mediation(self):
        ticket = self.replied()
        inquiry = self.investigate(ticket)
        self.assertTrue(ticket.lacks_investigation)
        inquiry.action_conclude()
        self.assertEqual(inquiry.state, "concluded")
        self.assertEqual(inquiry.concluded_by_id, self.clerk)
        self.assertFalse(ticket.lacks_investigation)
        self.assertEqual(ticket.complaint_state, "replied", "beside slips it moves nothing")

    def test_p4_4_says_what_is_missing(self):
        ticket = self.replied()
        inquiry = self.investigate(ticket)
        for missing, words in (
            ({"complainant_facts": "  "}, "Complainant's Side"),
            ({"respondent_facts": False}, "Respondents' Side"),
            ({"mediation": False}, "Mediation"),
            ({"mediation": "not_tried", "mediation_note": False}, "Mediation Details"),
            ({"conclusion": False}, "Conclusion"),
            ({"responsibility": False}, "Responsibility"),
            ({"measures": False}, "Rectification Measures"),
        ):
            before = {name: inquiry[name] for name in missing}
            inquiry.write(missing)
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                inquiry.action_conclude()
            self.assertEqual(inquiry.state, "draft")
            inquiry.write(before)
        inquiry.write({"conclusion": "not_upheld", "responsibility": "none", "measures": False})
        inquiry.action_conclude()

    def test_p4_4_feedback_does_not_wait_for_it(self):
        ticket = self.replied()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.clear(ticket)
        ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")
        self.assertFalse(ticket.lacks_investigation)

    def test_p4_4_concluded_is_fixed_until_a_manager_takes_it_up(self):
        inquiry = self.investigate(self.replied())
        opinion = self.opine(inquiry)
        inquiry.action_conclude()
        with self.assertRaisesRegex(UserError, "concluded"):
            inquiry.measures = "改"
        with self.assertRaisesRegex(UserError, "concluded"):
            opinion.opinion = "改"
        with self.assertRaisesRegex(UserError, "concluded"):
            self.opine(inquiry)
        with self.assertRaisesRegex(UserError, "concluded"):
            opinion.unlink()
        with self.assertRaisesRegex(UserError, "concluded"):
            inquiry.unlink()
        with self.assertRaises(AccessError):
            inquiry.action_reopen("新证据")
        managed = inquiry.with_user(self.manager)
        self.assertEqual(managed.action_reopen()["res_model"], "complaint.reason.wizard")
        managed.action_reopen("新证据")
        self.assertEqual((inquiry.state, inquiry.reopen_reason), ("draft", "新证据"))
        inquiry.measures = "改"

    def test_p4_4_one_at_a_time_and_only_while_it_runs(self):
        ticket = self.replied()
        self.investigate(ticket)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.investigate(ticket)
        for other in (self.new_complaint(), self.closed()):
            with self.assertRaisesRegex(UserError, "can't be investigated now"):
                other.action_investigate()
            with self.assertRaises(UserError):
                self.investigate(other)

    def test_p4_4_procedure_is_not_forged(self):
        ticket = self.replied()
        inquiry = self.investigate(ticket)
        for facts in ({"state": "concluded"}, {"concluded_at": ticket.accepted_at}):
            with self.assertRaisesRegex(UserError, "set by the procedure"):
                inquiry.write(facts)
            with self.assertRaisesRegex(UserError, "set by the procedure"):
                self.investigate(self.replied(), **facts)
        with self.assertRaisesRegex(UserError, "stays with"):
            inquiry.ticket_id = self.replied()

    def test_p4_4_representatives_see_nothing_of_it(self):
        inquiry = self.investigate(self.replied())
        opinion = self.opine(inquiry)
        for record in (inquiry, opinion):
            for user in (self.rep, self.outsider, self.archivist):
                self.assertFalse(record.with_user(user).has_access("read"), user.login)
            for user in (self.leader, self.director):
                self.assertTrue(record.with_user(user).has_access("read"), user.login)
                self.assertFalse(record.with_user(user).has_access("write"), user.login)

    def test_p4_4_archivists_read_those_of_closed_cases(self):
        ticket = self.replied()
        inquiry = self.investigate(ticket)
        inquiry.action_conclude()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.clear(ticket)
        ticket.action_close()
        self.assertTrue(inquiry.with_user(self.archivist).has_access("read"))

    def test_r5_1_1_three_levels_with_who_and_when(self):
        inquiry = self.investigate(self.replied())
        for level in ("window", "unit", "centre"):
            self.opine(inquiry, level)
        inquiry.action_conclude()
        self.assertEqual(set(inquiry.opinion_ids.mapped("level")), {"window", "unit", "centre"})
        self.assertTrue(all(inquiry.opinion_ids.mapped("given_on")))


@tagged("post_install", "-at_install")
class TestOwnInquiry(SpotCommon):
    """Where no slip may go, the room's own inquiry is the handling."""

    def restricted(self, **vals):
        return self.accepted(conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids, **vals)

    def later(self, ticket):
        moment = freeze_time(ticket.accepted_at + timedelta(minutes=5))
        moment.start()
        self.addCleanup(moment.stop)

    def test_h5_2_4_inquiry_takes_a_restricted_case_to_the_reply(self):
        ticket = self.restricted()
        inquiry = self.investigate(ticket)
        self.assertEqual(ticket.complaint_state, "handling")
        inquiry.action_conclude()
        self.assertEqual(ticket.complaint_state, "replied")
        clocks = {clock.kind: clock.state for clock in ticket.deadline_ids}
        self.assertEqual(clocks, {"handling": "running", "feedback": "running"})
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")

    def test_h5_2_4_begun_by_mistake_and_deleted(self):
        ticket = self.restricted()
        self.investigate(ticket).unlink()
        self.assertEqual(ticket.complaint_state, "accepted")

    def test_h5_2_4_marked_by_mistake_goes_back(self):
        ticket = self.restricted()
        self.investigate(ticket)
        ticket.action_lift_restriction("误标")
        self.assertEqual(ticket.complaint_state, "accepted")
        self.look_through(ticket)
        ticket.action_forward()
        self.assertEqual(ticket.complaint_state, "handling")

    def test_h5_2_4_outside_matter_waits_for_its_referral(self):
        ticket = self.accepted("letter", is_outside_matter=True)
        inquiry = self.investigate(ticket, conclusion=False, responsibility=False)
        inquiry.action_conclude()
        self.assertEqual(ticket.complaint_state, "handling", "nobody was referred to yet")
        self.assertEqual(inquiry._slip_state(), "received")
        referral = self.env["complaint.referral"].create({"ticket_id": ticket.id})
        self.assertEqual(inquiry._slip_state(), "received")
        referral._procedure_write({"state": "answered"})
        ticket._advance()
        self.assertEqual(inquiry._slip_state(), "accepted")
        self.assertEqual(ticket.complaint_state, "replied")

    def test_u7_5_verified_breach_waits_for_the_transfer(self):
        ticket = self.restricted()
        inquiry = self.investigate(ticket, is_transfer_due=True)
        inquiry.action_conclude()
        self.assertEqual(ticket.complaint_state, "handling")

    def test_p4_4_taken_up_again_the_case_is_in_handling(self):
        ticket = self.restricted(complaint_class="complex")
        inquiry = self.investigate(ticket)
        inquiry.action_conclude()
        handling = ticket.deadline_ids.filtered(lambda deadline: deadline.kind == "handling")
        self.assertEqual((ticket.complaint_state, handling.state), ("replied", "met"))
        ticket.user_id = self.manager
        inquiry.with_user(self.manager).action_reopen("补充取证")
        self.assertEqual((ticket.complaint_state, handling.state), ("handling", "running"))
        self.assertFalse(ticket._running("feedback"))
        inquiry.with_user(self.manager).action_conclude()
        self.assertEqual((ticket.complaint_state, handling.state), ("replied", "met"))
        self.assertTrue(ticket._running("feedback"))

    def test_h5_2_1_beside_slips_it_moves_nothing(self):
        ticket = self.accepted()
        inquiry = self.investigate(ticket)
        self.assertEqual(ticket.complaint_state, "handling")
        inquiry.action_conclude()
        self.assertEqual(ticket.complaint_state, "handling")
        ticket.slip_ids.with_user(self.rep).action_decline("非本单位")
        self.assertEqual(ticket.complaint_state, "accepted", "somebody else is to be asked")

    def test_p4_4_restricted_inquiry_is_for_the_clerk_in_charge(self):
        inquiry = self.investigate(self.restricted())
        self.assertFalse(inquiry.with_user(self.manager).has_access("read"))
        self.assertTrue(inquiry.with_user(self.leader).has_access("read"))


@tagged("post_install", "-at_install")
class TestInvestigationPaper(SpotCommon, PaperCommon):
    def assess(self, inquiry):
        """Let each of the three levels give its opinion."""
        opinion = {"given_by": "某主任", "given_on": "2026-03-05", "investigation_id": inquiry.id}
        self.env["complaint.investigation.opinion"].create(
            [
                {**opinion, "level": level, "opinion": f"{level}意见"}
                for level in ("window", "unit", "centre")
            ]
        )

    def test_r5_1_1_form_a_prints_the_joint_assessment(self):
        ticket = self.replied()
        inquiry = self.investigate(ticket)
        self.assess(inquiry)
        before = self.text(PHONE, ticket)
        self.assertNotIn("某主任", before)
        self.assertIn("□成立", before)
        inquiry.action_conclude()
        text = self.text(PHONE, ticket)
        for expected in (
            "window意见（某主任，2026年3月5日）",
            "centre意见",
            "☑成立",
            "□不成立",
            "整改措施：窗口张贴材料清单",
            "原因分析：业务不熟。",
            "被投诉方陈述：窗口人员称",
            "调解情况：经调解，双方达成一致。当事人接受道歉。",
        ):
            self.assertIn(expected, text)
