"""Who is called to the room, and what is settled there (五(一)2, 五(二)2)."""

import base64
import re
from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..access.file_contents import scan
from ..access.paper_common import ONSITE, PaperCommon
from .spot_common import SpotCommon

ARRIVED = r"\d+月\d+日\d\d:\d\d到场"


@tagged("post_install", "-at_install")
class TestCalls(SpotCommon):
    def test_r5_1_2_called_at_once_on_acceptance(self):
        ticket = self.called(visit_place="A区咨询台")
        representative, staff = ticket.call_ids.sorted("role")
        self.assertEqual(representative.representative_id, self.representative)
        self.assertEqual((staff.staff_id, staff.name), (self.staff, self.staff.display_name))
        for call in ticket.call_ids:
            self.assertEqual((call.state, call.place), ("called", "A区咨询台"))
            self.assertEqual(call.called_by_id, self.clerk)
            self.assertLessEqual(abs(call.called_at - ticket.accepted_at), timedelta(seconds=5))
        self.assertEqual(ticket.complaint_state, "accepted", "it may be settled on the spot")

    def test_r5_1_2_representative_is_told_without_the_complainant(self):
        ticket = self.called(visit_place="王小明家窗口旁")
        call = ticket.call_ids.filtered("representative_id")
        message = self.env["mail.message"].search(
            [("model", "=", "complaint.call"), ("res_id", "=", call.id)]
        )
        self.assertEqual(message.notified_partner_ids, self.rep.partner_id)
        self.assertIn("/my/complaints", message.body)
        for secret in ("王小明", "13812345678", ticket.number):
            self.assertNotIn(secret, f"{message.subject} {message.body} {message.record_name}")

    def test_r5_1_2_automation_can_be_switched_off(self):
        self.env.ref("kaiyang_complaint.automation_call_on_acceptance").active = False
        ticket = self.called()
        self.assertFalse(ticket.call_ids)
        ticket.action_call_to_room()
        self.assertEqual(len(ticket.call_ids), 2)
        notice = ticket.action_call_to_room()
        self.assertEqual(notice["tag"], "display_notification")
        self.assertEqual(len(ticket.call_ids), 2, "nobody is called twice")

    def test_r5_1_2_other_channels_call_nobody(self):
        ticket = self.accepted("phone")
        self.assertFalse(ticket.call_ids)
        with self.assertRaisesRegex(UserError, "on-site"):
            ticket.action_call_to_room()

    def test_h5_2_2_restricted_calls_nobody(self):
        ticket = self.called(is_discipline_matter=True)
        self.assertFalse(ticket.call_ids)
        with self.assertRaisesRegex(UserError, "restricted"):
            ticket.action_call_to_room()

    def test_h5_2_2_restricted_later_hides_the_call(self):
        ticket = self.called()
        call = ticket.call_ids.filtered("representative_id").with_user(self.rep)
        self.assertTrue(call.has_access("read"))
        ticket.is_discipline_matter = True
        self.assertFalse(call.has_access("read"))

    def test_h5_2_2_who_is_complained_about_is_not_called_as_representative(self):
        self.representative.staff_id = self.staff
        second = self.env["complaint.representative"].create(
            {"user_id": self.other_rep.id, "unit_id": self.unit.id, "sequence": 2}
        )
        ticket = self.called()
        self.assertEqual(ticket.call_ids.representative_id, second)
        self.assertFalse(ticket.call_ids.with_user(self.rep)._filtered_access("read"))

    def test_h5_2_2_complained_about_later_hides_the_call(self):
        ticket = self.called()
        call = ticket.call_ids.filtered("representative_id").with_user(self.rep)
        self.representative.staff_id = self.other_staff
        ticket.respondent_ids = [(0, 0, {"staff_id": self.other_staff.id})]
        self.assertFalse(call.has_access("read"))

    def test_h5_2_2_each_unit_is_called(self):
        ticket = self.called(
            respondent_ids=[
                (0, 0, {"staff_id": self.staff.id}),
                (0, 0, {"staff_id": self.other_staff.id}),
            ]
        )
        representatives = ticket.call_ids.representative_id
        self.assertEqual(representatives, self.representative + self.other_representative)
        self.assertEqual(len(ticket.call_ids), 4)

    def test_h5_2_2_arrival_is_recorded_and_corrected(self):
        ticket = self.called()
        call = ticket.call_ids.filtered("representative_id")
        call.action_arrive()
        self.assertEqual((call.state, call.is_standing), ("arrived", False))
        with self.assertRaisesRegex(UserError, "is recorded"):
            call.action_arrive()
        call.arrived_at = call.called_at
        with self.assertRaisesRegex(ValidationError, "not in the future"):
            call.arrived_at = fields.Datetime.now() + timedelta(hours=1)
        with self.assertRaisesRegex(ValidationError, "either attended or absent"):
            call.absence_reason = "外出"
        call.write({"arrived_at": False, "absence_reason": "外出开会"})
        self.assertEqual(call.state, "absent")

    def test_h5_2_2_calls_are_written_by_the_act_alone(self):
        call = self.called().call_ids[0]
        with self.assertRaisesRegex(UserError, "set by the procedure"):
            call.called_at = "2026-01-01 00:00:00"
        with self.assertRaises(AccessError):
            call.unlink()
        with self.assertRaises(UserError):
            call.create({"ticket_id": call.ticket_id.id, "name": "某人", "role": "staff"})

    def test_h5_2_2_called_again_after_reopening(self):
        ticket = self.closed("onsite")
        with freeze_time(ticket.closed_date + timedelta(hours=1)):
            ticket.with_user(self.manager).action_reopen("新证据")
            ticket.action_call_to_room()
            self.assertEqual(len(ticket.call_ids), 4)

    def test_h5_2_2_only_the_desk_sees_who_was_called(self):
        call = self.called().call_ids.filtered("representative_id")
        for user in (self.clerk, self.manager, self.leader, self.director, self.rep):
            self.assertTrue(call.with_user(user).has_access("read"), user.login)
        for user in (self.archivist, self.outsider, self.other_rep):
            self.assertFalse(call.with_user(user).has_access("read"), user.login)
        seen = call.with_user(self.rep)
        with self.assertRaises(AccessError):
            seen.read(["ticket_id"])
        with self.assertRaises(AccessError):
            seen.search([("ticket_id.partner_name", "=", "王小明")])
        with self.assertRaises(AccessError):
            seen.write({"arrived_at": fields.Datetime.now()})
        with self.assertRaises(AccessError):
            seen.action_arrive()


@tagged("post_install", "-at_install")
class TestSettlement(SpotCommon):
    def test_h5_2_2_settled_and_closed_in_one_visit(self):
        ticket = self.arrived()
        self.assertEqual(ticket.policy_id.limit_days, 5)
        self.assertTrue(ticket.is_settleable)
        ticket.action_settle_on_spot(self.settlement())
        self.assertEqual((ticket.complaint_state, ticket.settled_on_spot), ("fed_back", True))
        self.clear(ticket)
        ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")
        feedback = ticket.feedback_ids
        self.assertEqual((feedback.mode, feedback.state), ("in_person", "confirmed"))
        self.assertTrue(feedback.on_the_spot)
        self.assertEqual(feedback.result, "当场收件受理。")
        self.assertEqual(feedback.satisfaction, "5")
        self.assertEqual(ticket.deadline_ids.mapped("state"), ["met"])
        self.assertEqual(ticket.policy_id, self.env.ref("kaiyang_complaint.policy_general"))
        self.assertFalse(ticket.slip_ids)

    def test_h5_2_2_scan_instead_of_the_screen(self):
        ticket = self.arrived()
        scans = [("../签字.pdf", base64.b64encode(scan()).decode())]
        ticket.action_settle_on_spot(self.settlement(signature=False, scans=scans))
        file = ticket.feedback_ids.signed_scan_ids
        self.assertEqual((file.name, file.raw), ("签字.png", scan()))

    def test_h5_2_2_dialog_asks(self):
        ticket = self.arrived()
        action = ticket.action_settle_on_spot()
        wizards = self.env[action["res_model"]].with_user(self.clerk)
        values = self.settlement(scan=False)
        wizard = wizards.with_context(**action["context"]).create(values)
        self.assertEqual(wizard.call_ids, ticket.call_ids)
        wizard.action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")
        self.assertTrue(ticket.feedback_ids.signature)

    def test_h5_2_2_nobody_arrived(self):
        ticket = self.called()
        for values in (None, self.settlement()):
            with self.assertRaisesRegex(UserError, "Record arrivals"):
                ticket.action_settle_on_spot(values)
        ticket.call_ids.filtered("staff_id").absence_reason = "轮休"
        with self.assertRaisesRegex(UserError, "Record arrivals"):
            ticket.action_settle_on_spot(self.settlement())
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertFalse(ticket.feedback_ids)

    def test_h5_2_2_nobody_called(self):
        self.env.ref("kaiyang_complaint.automation_call_on_acceptance").active = False
        with self.assertRaisesRegex(UserError, "Call them"):
            self.called().action_settle_on_spot(self.settlement())

    def test_h5_2_2_incomplete_settlement_changes_nothing(self):
        ticket = self.arrived()
        for missing, words in (
            ({"content": " "}, "Feedback Text"),
            ({"result": False}, "Result"),
            ({"satisfaction": False}, "Satisfaction"),
            ({"satisfaction": "9"}, "Satisfaction"),
            ({"no_suggestion": False}, "Suggestions"),
            ({"signature": False}, "Signature"),
        ):
            with self.subTest(missing=missing), self.assertRaisesRegex(UserError, words):
                ticket.action_settle_on_spot(self.settlement(**missing))
        with self.assertRaisesRegex(UserError, "lacks"):
            ticket.action_settle_on_spot({})
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertFalse(ticket.feedback_ids or ticket.settled_on_spot)
        self.assertEqual(ticket.deadline_ids.mapped("state"), ["running"])

    def test_h5_2_2_what_is_never_settled_on_the_spot(self):
        outside = self.arrived()
        outside.is_outside_matter = True
        major = self.arrived()
        major.complaint_class = "major"
        restricted = self.arrived()
        restricted.is_discipline_matter = True
        several = self.arrived()
        several.respondent_ids = [(0, 0, {"staff_id": self.other_staff.id})]
        for ticket, words in (
            (self.accepted("phone", is_discipline_matter=True), "on site"),
            (outside, "referred"),
            (major, "meeting"),
            (restricted, "restricted"),
            (several, "meeting"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                ticket.action_settle_on_spot(self.settlement())
            self.assertFalse(ticket.is_settleable)
            self.assertFalse(ticket.settled_on_spot)

    def test_h5_2_2_not_after_a_slip_has_gone_out(self):
        ticket = self.arrived()
        ticket.action_forward()
        self.assertFalse(ticket.is_settleable)
        with self.assertRaises(UserError):
            ticket.action_settle_on_spot(self.settlement())
        ticket.slip_ids.with_user(self.rep).action_decline("非本单位")
        self.assertEqual(ticket.complaint_state, "accepted")
        with self.assertRaisesRegex(UserError, "slip went"):
            ticket.action_settle_on_spot(self.settlement())

    def test_h5_2_2_not_before_acceptance_nor_by_others(self):
        draft = self.new_complaint("onsite")
        with self.assertRaises(UserError):
            draft.action_settle_on_spot(self.settlement())
        ticket = self.arrived()
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with self.assertRaises(AccessError):
                ticket.with_user(user).action_settle_on_spot(self.settlement())

    def test_h5_2_2_otherwise_five_days_run(self):
        ticket = self.called()
        ticket.action_forward()
        self.assertEqual(ticket.complaint_state, "handling")
        self.assertEqual(ticket.policy_id, self.env.ref("kaiyang_complaint.policy_onsite"))
        handling = ticket.deadline_ids.filtered(lambda deadline: deadline.kind == "handling")
        self.assertEqual((handling.state, handling.limit_days), ("running", 5))
        self.assertFalse(any(ticket.call_ids.mapped("is_standing")), "no need to come")

    def test_h5_2_2_settled_is_on_record_for_good(self):
        ticket = self.arrived()
        ticket.action_settle_on_spot(self.settlement())
        self.clear(ticket)
        ticket.action_close()
        with self.assertRaisesRegex(UserError, "has ended"):
            ticket.call_ids[0].arrived_at = fields.Datetime.now()
        with freeze_time(ticket.closed_date + timedelta(hours=1)):
            ticket.with_user(self.manager).action_reopen("新情况")
            self.assertFalse(ticket.settled_on_spot)
            self.assertEqual(ticket.policy_id.limit_days, 5)

    def test_h5_2_2_nobody_marks_feedback_as_given_on_the_spot(self):
        ticket = self.arrived()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        values = self.feedback_values(ticket, mode="in_person")
        with self.assertRaisesRegex(UserError, "set by the procedure"):
            feedback.create({**values, "on_the_spot": True})


@tagged("post_install", "-at_install")
class TestSpotPaper(SpotCommon, PaperCommon):
    def test_h5_2_2_form_b_says_who_came_and_what_was_settled(self):
        ticket = self.arrived()
        ticket.call_ids.filtered("staff_id").action_arrive()
        ticket.action_settle_on_spot(self.settlement())
        text = self.text(ONSITE, ticket)
        self.assertEqual(len(re.findall(ARRIVED, text)), 2)
        self.assertIn("☑当面答复", text)
        self.assertIn("□未能当场处理", text)
        self.assertIn("首席代表当面致歉", text)
        self.assertIn("当场处理结果：当场收件受理。", text)

    def test_h5_2_2_form_b_says_that_five_days_run(self):
        ticket = self.called()
        text = self.text(ONSITE, ticket)
        self.assertIn("☑未能当场处理，五个工作日内处理完毕，至20", text)
        self.assertNotRegex(text, ARRIVED)
