from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ...models.desk.helpdesk_ticket import Progress
from ...tools import flow_chart
from ..common import ComplaintCommon
from .extension_common import ExtensionCommon
from .meeting_common import MeetingCommon
from .referral_common import ReferralCommon


def boxes(ticket, status=None):
    """Return the keys of the boxes of the desk's chart, of one status where given."""
    bands = ticket.flow_path["bands"]
    lanes = [lane for band in bands for segment in band["segments"] for lane in segment]
    found = [box for lane in lanes for box in lane["boxes"]]
    return [box["key"] for box in found if status in (None, box["status"])]


@tagged("post_install", "-at_install")
class TestLifting(ReferralCommon):
    """A restriction is lifted after a leader signed the transfer (七.5)."""

    def transfer(self, how="sent", **vals):
        ticket = self.discipline_matter(**vals)
        self.conclude(ticket, is_transfer_due=True, responsibility="staff")
        referral = getattr(self, how)(ticket)
        return ticket, referral

    def test_u7_5_after_the_transfer_a_leader_lifts(self):
        bribery = self.env.ref("kaiyang_complaint.conduct_04")
        ticket, referral = self.transfer(conduct_ids=[Command.set(bribery.ids)])
        with self.assertRaises(AccessError):
            ticket.with_user(self.clerk).action_lift_restriction("误标")
        self.assertTrue(ticket.is_restricted)
        ticket.with_user(self.leader).action_lift_restriction("纪委同意公开办理")
        self.assertFalse(ticket.is_restricted)
        self.assertTrue(ticket.is_discipline_matter)
        self.assertEqual(ticket.conduct_ids, bribery, "what is alleged stays")
        self.assertEqual(referral.state, "sent", "so does the transfer")
        for key in ("inquire", "sign_off", "transfer", "lift"):
            self.assertIn(key, boxes(ticket, "done"))

    def test_u7_5_put_before_a_leader_is_enough(self):
        ticket, _referral = self.transfer("requested")
        with self.assertRaisesRegex(AccessError, "no transfer was put before them"):
            ticket.with_user(self.clerk).action_lift_restriction("误标")

    def test_u7_5_signed_it_leaves_after_the_lifting(self):
        ticket, referral = self.transfer("approved")
        ticket.with_user(self.leader).action_lift_restriction("可以公开")
        referral.sent_how = "post"
        referral.action_send()
        self.assertEqual(referral.state, "sent")

    def test_u7_5_alleged_again_it_is_restricted_again(self):
        ticket = self.discipline_matter()
        ticket.with_user(self.clerk).action_lift_restriction("误标")
        self.assertFalse(ticket.is_restricted)
        ticket.conduct_ids = self.env.ref("kaiyang_complaint.conduct_08")
        self.assertFalse(ticket.is_restricted)
        ticket.with_user(self.clerk).conduct_ids += self.env.ref("kaiyang_complaint.conduct_04")
        self.assertTrue(ticket.is_restricted)

    def test_x2_the_complainant_reads_nothing_of_it(self):
        ticket, _referral = self.transfer()
        ticket.with_user(self.leader).action_lift_restriction("可以公开")
        picture = Progress(ticket.sudo()).for_public()
        keys = {box["key"] for box in Progress(ticket)._boxes(picture)}
        self.assertFalse(keys & {"inquire", "sign_off", "transfer", "lift"})


@tagged("post_install", "-at_install")
class TestPartyOfOneUnit(ComplaintCommon):
    """Whom it is about, and the window they sat at, are of one unit (二)."""

    def test_c2_window_follows_the_person(self):
        ticket = self.new_complaint(respondent_ids=[Command.create({"stated_name": "姓张"})])
        person = ticket.respondent_ids
        self.assertEqual(person.window_id, self.window)
        person.staff_id = self.other_staff
        self.assertEqual(person.window_id, self.other_window)
        self.assertEqual(person.unit_id, self.other_unit)
        self.assertEqual(person.display_name, "T20 张大山")

    def test_c2_who_serves_at_no_window_takes_none_of_another_unit(self):
        back = self.env["complaint.window.staff"].create(
            {"name": "赵后台", "unit_id": self.other_unit.id}
        )
        ticket = self.new_complaint(respondent_ids=[Command.create({"staff_id": back.id})])
        self.assertFalse(ticket.respondent_ids.window_id)
        self.assertEqual(ticket.respondent_ids.unit_id, self.other_unit)

    def test_c2_window_of_another_unit_does_not_save(self):
        person = self.new_complaint().respondent_ids
        with self.assertRaisesRegex(ValidationError, "one of that unit"):
            person.window_id = self.other_window
        with self.assertRaisesRegex(ValidationError, "one of that unit"):
            self.new_complaint(
                respondent_ids=[
                    Command.create({"staff_id": self.staff.id, "window_id": self.other_window.id})
                ]
            )


@tagged("post_install", "-at_install")
class TestDeclined(MeetingCommon):
    """A unit that a meeting named declines: who answers instead is chosen (五(二)5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.third = cls.env["complaint.window.unit"].create({"name": "税务局", "code": "T3"})
        third_rep = new_test_user(cls.env, "kc_third_rep", "base.group_portal", lang="en_US")
        people = cls.env["complaint.representative"]
        people.create({"user_id": third_rep.id, "unit_id": cls.third.id})

    def declined(self, both=True):
        """Return a complaint of which one unit, or both, declined, and the first such slip."""
        ticket = self.held().ticket_id
        first = ticket.slip_ids.filtered(lambda one: one.unit_id == self.unit)
        other = ticket.slip_ids - first
        first.with_user(self.rep).action_decline("不属本单位职责")
        if both:
            other.with_user(self.other_rep).action_decline("也不属本单位职责")
        return ticket.with_user(self.clerk), first.with_user(self.clerk)

    def test_h5_2_5_the_same_units_are_not_asked_again(self):
        ticket, slip = self.declined()
        self.assertEqual((ticket.complaint_state, ticket.is_forwardable), ("accepted", False))
        with self.assertRaisesRegex(UserError, "another unit, a new meeting, or the room itself"):
            ticket.action_forward()
        self.assertEqual(boxes(ticket, "current"), ["choose", "choose"])
        dialog = slip.action_choose()
        self.assertEqual(dialog["res_model"], "complaint.decline.wizard")
        with self.assertRaisesRegex(UserError, "declined already"):
            slip.action_choose("unit", self.other_unit.id)

    def test_h5_2_5_another_unit_is_asked(self):
        ticket, slip = self.declined(both=False)
        dialog = self.env["complaint.decline.wizard"].with_user(self.clerk)
        dialog = dialog.create({"slip_id": slip.id, "choice": "unit", "unit_id": self.third.id})
        self.assertEqual(dialog.asked_ids, self.unit + self.other_unit)
        dialog.action_confirm()
        sent = ticket.slip_ids.filtered(lambda one: one.unit_id == self.third)
        self.assertEqual((sent.state, sent.is_lead), ("sent", True), "in the other's place")
        self.assertEqual(sent.room_opinion, f"{self.unit.name}查明情况", "with its task")
        self.assertIn("税务局", "".join(ticket.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "Nothing is to be chosen"):
            slip.action_choose("room")

    def test_h5_2_5_a_new_meeting_decides(self):
        ticket, slip = self.declined()
        slip.action_choose("meeting")
        (ticket.slip_ids - slip).action_choose("meeting")
        with self.assertRaisesRegex(UserError, "A new meeting decides"):
            ticket.action_forward()
        again = ticket.open_meeting_id
        self.assertEqual(again.state, "draft")
        again.write({"analysis": "两家均称不属其职责。"})
        again.line_ids.filtered(lambda one: one.unit_id == self.unit).unlink()
        self.env["complaint.meeting.line"].with_user(self.clerk).create(
            {"meeting_id": again.id, "unit_id": self.third.id}
        )
        again.action_request()
        again.approval_id.with_user(self.leader).action_approve()
        again.write({"starts_at": self.tonight(), "place": "三楼会议室"})
        self.decided(again, main=self.third).action_hold()
        asked = ticket.slip_ids.filtered(lambda one: one.state == "sent").unit_id
        self.assertEqual(asked, self.third + self.other_unit)

    def test_h5_2_5_the_room_inquires_itself(self):
        ticket, slip = self.declined(both=False)
        action = slip.action_choose("room")
        self.assertEqual(action["res_model"], "complaint.investigation")
        other = ticket.slip_ids.filtered(lambda one: one.state == "sent")
        other.with_user(self.other_rep).action_receive()
        other.with_user(self.other_rep).action_reply(self.reply_values())
        other.action_accept_reply()
        self.assertEqual(ticket.complaint_state, "handling", "the room has yet to inquire")
        self.assertIn("inquire", boxes(ticket, "current"))
        inquiry = ticket.investigation_ids
        inquiry.write(
            {
                "respondent_facts": "经查属实。",
                "mediation": "not_tried",
                "mediation_note": "无需调解。",
                "conclusion": "not_upheld",
                "responsibility": "other",
            }
        )
        inquiry.action_conclude()
        self.assertEqual(ticket.complaint_state, "replied")

    def test_h5_2_5_an_open_choice_holds_the_reply_up(self):
        ticket, slip = self.declined(both=False)
        other = ticket.slip_ids.filtered(lambda one: one.state == "sent")
        other.with_user(self.other_rep).action_receive()
        other.with_user(self.other_rep).action_reply(self.reply_values())
        other.action_accept_reply()
        self.assertEqual(ticket.complaint_state, "handling")
        counters = {tile["key"]: tile["count"] for tile in self.tiles()}
        self.assertEqual(counters["declined"], 1)
        slip.action_choose("unit", self.other_unit.id)
        self.assertEqual(ticket.complaint_state, "replied", "that unit answered already")

    def tiles(self):
        return self.env["helpdesk.ticket.team"].with_user(self.clerk).complaint_tiles()["tiles"]

    def test_x2_others_choose_nothing(self):
        _ticket, slip = self.declined()
        for user in (self.rep, self.archivist):
            with self.assertRaises(AccessError):
                slip.with_user(user).action_choose("room")
        with self.assertRaises(UserError):
            slip.write({"decline_choice": "room"})

    def test_h5_2_5_no_meeting_no_choice(self):
        ticket = self.accepted()
        ticket.slip_ids.with_user(self.rep).action_decline("不属本单位职责")
        self.assertFalse(ticket.slip_ids.decline_choice)
        ticket.action_forward()
        self.assertEqual(ticket.complaint_state, "handling")


@tagged("post_install", "-at_install")
class TestMeetingHeld(MeetingCommon):
    """When a meeting was held, and who could not be invited by mail (五(二)5)."""

    def test_h5_2_5_the_time_held_is_the_time_held(self):
        earlier = fields.Datetime.now() - timedelta(hours=2)
        meeting = self.approved()
        meeting.write({"starts_at": earlier, "place": "三楼会议室"})
        self.decided(meeting).action_hold()
        self.assertEqual(meeting.held_at, earlier)
        self.assertGreater(meeting.recorded_at, earlier)
        self.assertEqual(meeting.ticket_id.complaint_state, "handling", "it counts all the same")

    def test_h5_2_5_who_has_no_address_is_named(self):
        self.boss.write({"email": False, "phone": "0851-1"})
        meeting = self.convened()
        self.assertIn("单位甲局长 0851-1", meeting.to_telephone)
        self.assertNotIn("单位乙局长", meeting.to_telephone)
        self.assertIn("单位甲局长", str(meeting.ticket_id.message_ids[0].body))

    def test_h5_2_5_sign_in_sheet_prints_before_the_meeting(self):
        report = self.env.ref("kaiyang_complaint.report_meeting_sign_in")
        meeting = self.convened()
        self.assertTrue(report.get_valid_action_reports(meeting._name, meeting.ids))
        html, _kind = report.with_user(self.clerk)._render_qweb_html(report, meeting.ids)
        for words in ("会商签到表", "单位甲局长", "三楼会议室", "签名"):
            self.assertIn(words, html.decode())
        with self.assertRaisesRegex(UserError, "once the leader approved"):
            report.with_user(self.clerk)._render_qweb_html(report, self.proposed().ids)


@tagged("post_install", "-at_install")
class TestSlipWithinCase(ExtensionCommon):
    """A slip is never due after its case; an extension moves both (六)."""

    def test_t6_1_a_late_slip_is_due_with_its_case(self):
        with freeze_time("2026-05-11 01:00:00"):
            ticket = self.accepted("onsite", complaint_class="general")
        with freeze_time("2026-05-15 01:00:00"):
            ticket.action_forward()
            case = ticket._running("handling")
            self.assertEqual(ticket.slip_ids.due_at, case.due_at)
            self.assertEqual(ticket.slip_ids.deadline_ids.limit_days, 1)
        with freeze_time("2026-05-25 01:00:00"):
            ticket.slip_ids.with_user(self.rep).action_decline("不属本单位")
            ticket.action_forward()
            late = ticket.slip_ids.filtered(lambda one: one.state == "sent")
            self.assertEqual(f"{late.due_at:%Y-%m-%d}", "2026-05-25", "overdue: today")

    def test_t6_3_an_extension_moves_the_slip_and_tells_the_representative(self):
        slip = self.ticket.slip_ids
        before = slip.due_at
        extension = self.granted(limit_days=7)
        added = extension.deadline_id.limit_days - extension.old_deadline_id.limit_days
        self.assertEqual(slip.deadline_ids.limit_days, 2 + added)
        self.assertGreater(slip.due_at, before)
        self.assertLessEqual(slip.due_at, self.ticket.due_at)
        told = self.env["mail.message"].search(
            [("partner_ids", "in", self.rep.partner_id.ids)], order="id desc", limit=1
        )
        self.assertIn("was extended", str(told.body))

    def test_t6_2_a_shorter_limit_shortens_the_slip(self):
        self.ticket.complaint_class = "complex"
        slip = self.ticket.slip_ids
        self.assertEqual(slip.deadline_ids.limit_days, 5)
        self.ticket.complaint_class = "general"
        self.assertEqual(slip.deadline_ids.limit_days, 2)
        self.assertLessEqual(slip.due_at, self.ticket.due_at)


@tagged("post_install", "-at_install")
class TestOutside(ReferralCommon):
    """What is not about window staff asks for no window, hour, other side, mediation (五(二)4)."""

    def test_h5_2_4_no_window_no_time_no_other_side(self):
        ticket = self.outside_matter(service_datetime=False)
        self.assertFalse(ticket.missing_elements)
        inquiry = self.inquire(
            ticket,
            respondent_facts=False,
            mediation=False,
            mediation_note=False,
            conclusion=False,
            responsibility=False,
        )
        with self.assertRaisesRegex(UserError, "Evidence"):
            inquiry.action_conclude()
        inquiry.evidence = "现场照片：路灯损坏。"
        inquiry.action_conclude()
        self.assertEqual(inquiry.state, "concluded")
        self.assertEqual(ticket.referral_due, "outside")


@tagged("post_install", "-at_install")
class TestBoxes(ComplaintCommon):
    """Every box of the chart has a name."""

    def test_x2_every_box_has_a_name(self):
        labels = Progress(self.new_complaint()).step_labels()
        self.assertEqual(labels.keys(), flow_chart.STEPS.keys())
