from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import SIGNATURE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestIntake(ComplaintCommon):
    def test_c1_2_phone_has_its_own_form(self):
        """The action of a channel prepares its room and channel."""
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        defaults = tickets.with_context(complaint_channel="phone").default_get(
            ["team_id", "channel_id", "complaint_state", "complainant_identity"]
        )
        self.assertEqual(defaults["team_id"], self.room.id)
        self.assertEqual(defaults["channel_id"], self.env.ref("kaiyang_complaint.channel_phone").id)
        self.assertEqual(defaults["complaint_state"], "draft")

    def test_c1_1_onsite_needs_verification(self):
        ticket = self.new_complaint("onsite", complainant_signature=False)
        with self.assertRaisesRegex(UserError, "verify the record"):
            ticket.action_accept()
        ticket.complainant_signature = SIGNATURE
        ticket.action_accept()
        self.assertEqual(ticket.complaint_state, "accepted")

    def test_r5_1_2_signature_is_stamped(self):
        ticket = self.new_complaint("onsite", complainant_signature=False)
        self.assertFalse(ticket.complainant_signed_at)
        self.assertTrue(self.new_complaint("onsite").complainant_signed_at, "signed at intake")
        ticket.complainant_signature = SIGNATURE
        self.assertTrue(ticket.complainant_signed_at)

    def test_c2_missing_elements_are_named(self):
        ticket = self.new_complaint(
            window_id=False, service_datetime=False, service_item=False, respondent_ids=[]
        )
        self.assertEqual(ticket.missing_elements, "staff,window,time,matter")
        with self.assertRaisesRegex(UserError, "Staff member、Window、Time of service、Matter"):
            ticket.action_accept()
        self.assertEqual(ticket.number, "/")

    def test_c2_duty_identified_by_window_and_time(self):
        ticket = self.new_complaint(respondent_ids=[])
        self.assertEqual(ticket.missing_elements, "staff")
        ticket.staff_waiver = "duty"
        self.assertFalse(ticket.missing_elements)
        ticket.action_accept()
        self.assertEqual(ticket.respondent_ids.window_id, self.window)

    def test_r5_1_1_announcement_before_recording(self):
        ticket = self.new_complaint(no_recording_reason=False)
        self.assertEqual(
            ticket.announcement, "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
        )
        with self.assertRaisesRegex(UserError, "announcement"):
            ticket.action_accept()
        with self.assertRaisesRegex(UserError, "before recording"):
            ticket.recording_seconds = 60
        ticket.action_announce()
        first = ticket.announced_at
        with freeze_time(first + timedelta(minutes=5)):
            ticket.action_announce()
        self.assertEqual(ticket.announced_at, first)
        ticket.recording_seconds = 60
        ticket.action_accept()

    def test_p4_1_acceptance_is_stamped_and_numbered(self):
        first, second = self.accepted(), self.accepted()
        self.assertTrue(first.accepted_at)
        self.assertRegex(first.number, r"^TS\d{4}-\d{4}$")
        self.assertEqual(int(second.number[-4:]), int(first.number[-4:]) + 1)

    def test_p4_1_draft_older_than_a_working_day_is_found(self):
        """Received on Friday, it may wait until Monday's close of business."""
        fresh = self.new_complaint(received_at="2026-11-20 06:00:00")
        old = self.new_complaint(received_at="2026-11-19 06:00:00")
        late = [("complaint_state", "=", "draft"), ("accept_by", "<", "2026-11-23 08:00:00")]
        found = self.env["helpdesk.ticket"].search([*late, ("id", "in", (fresh + old).ids)])
        self.assertEqual(found, old)

    def test_p4_1_number_starts_anew_each_year(self):
        with freeze_time("2026-12-31 08:00:00"):
            self.assertIn("2026-", self.accepted().number)
        with freeze_time("2026-12-31 16:30:00"):
            self.assertEqual(self.accepted().number, "TS2027-0001")

    def test_p4_1_refused_acceptance_leaves_no_gap(self):
        first = self.accepted()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (self.new_complaint() + self.new_complaint(service_item=False)).action_accept()
        self.assertEqual(int(self.accepted().number[-4:]), int(first.number[-4:]) + 1)

    def test_p4_3_invalid_has_reason_but_no_number(self):
        ticket = self.new_complaint()
        dialog = ticket.action_mark_invalid()
        self.assertEqual(ticket.complaint_state, "draft")
        wizard = self.env["complaint.reason.wizard"].with_user(self.clerk)
        wizard.with_context(**dialog["context"]).create({"reason": "无理取闹"}).action_confirm()
        self.assertEqual(ticket.complaint_state, "invalid")
        self.assertEqual(ticket.end_reason, "无理取闹")
        self.assertEqual(ticket.number, "/")
        self.assertFalse(ticket.deadline_ids)
        ticket.action_reconsider()
        self.assertEqual(ticket.complaint_state, "draft")

    def test_c1_3_site_number_only_once(self):
        self.new_complaint("web", external_ref="GZ-1")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.new_complaint("web", external_ref="GZ-1")


@tagged("post_install", "-at_install")
class TestPath(ComplaintCommon):
    def test_h5_2_1_slip_leaves_on_acceptance(self):
        ticket = self.accepted()
        slip = ticket.slip_ids
        self.assertEqual(ticket.complaint_state, "handling")
        self.assertEqual(slip.state, "sent")
        self.assertEqual(slip.representative_id, self.representative)
        self.assertEqual(slip.room_opinion, self.env.company.complaint_default_opinion)

    def test_h5_2_1_slip_carries_no_complainant(self):
        slip = self.accepted().slip_ids.with_user(self.rep)
        names = [name for name in slip.fields_get() if not name.startswith("activity_")]
        seen = str(slip.read(names))
        self.assertNotIn("王小明", seen)
        self.assertNotIn("13812345678", seen)
        self.assertIn("王**", slip.summary)

    def test_h5_2_1_representative_hears_of_it(self):
        slip = self.accepted().slip_ids
        notice = (
            self.env["mail.message"]
            .search([("model", "=", "complaint.slip"), ("res_id", "=", slip.id)])
            .filtered(lambda message: self.rep.partner_id in message.notified_partner_ids)
        )
        self.assertEqual(len(notice), 1)
        self.assertIn(f"/my/complaints/{slip.id}", notice.body)
        self.assertNotIn("王小明", notice.body)

    def test_h5_2_1_reply_returned_and_mended(self):
        ticket = self.accepted()
        slip = ticket.slip_ids
        rep_slip = slip.with_user(self.rep)
        rep_slip.action_receive()
        rep_slip.action_reply(self.reply_values())
        slip.action_return_reply("请补充监控记录")
        self.assertEqual(slip.state, "received")
        self.assertEqual(slip.reply_ids.return_reason, "请补充监控记录")
        self.assertFalse(ticket.activity_ids, "the to-do was done by returning the reply")
        clocks = {clock.kind: clock.state for clock in ticket.deadline_ids}
        self.assertEqual(
            clocks, {"handling": "running", "reply": "running", "feedback": "cancelled"}
        )
        rep_slip.action_reply(self.reply_values(facts="已调取监控，情况属实。"))
        slip.action_accept_reply()
        self.assertEqual(ticket.complaint_state, "replied")
        self.assertEqual(slip.reply_ids.sorted("id").mapped("state"), ["returned", "accepted"])

    def test_h5_2_1_reply_lacking_measures_changes_nothing(self):
        slip = self.accepted().slip_ids.with_user(self.rep)
        slip.action_receive()
        with self.assertRaisesRegex(UserError, "Rectification Measures"):
            slip.action_reply(self.reply_values(measures=" "))
        self.assertEqual(slip.state, "received")
        self.assertFalse(slip.reply_ids)

    def test_h5_2_1_declined_slip_goes_back_to_the_room(self):
        ticket = self.accepted()
        ticket.slip_ids.with_user(self.rep).action_decline("该窗口不属我单位")
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertEqual(ticket.slip_ids.state, "declined")
        self.assertIn(ticket.slip_ids.name, ticket.activity_ids.summary)
        ticket.window_id = self.other_window
        ticket.respondent_ids = [(5, 0, 0), (0, 0, {"staff_id": self.other_staff.id})]
        ticket.action_forward()
        self.assertEqual(ticket.slip_ids.sorted("id")[-1].unit_id, self.other_unit)

    def test_p4_6_one_slip_to_each_unit(self):
        ticket = self.accepted(
            respondent_ids=[
                (0, 0, {"staff_id": self.staff.id}),
                (0, 0, {"staff_id": self.other_staff.id}),
            ]
        )
        lead = ticket.slip_ids.filtered("is_lead")
        self.assertEqual(ticket.slip_ids.unit_id, self.unit + self.other_unit)
        self.assertEqual(lead.unit_id, self.unit)
        self.assertEqual(len(set(ticket.slip_ids.mapped("name"))), 2)

    def test_p4_6_accused_representative_gets_no_slip(self):
        self.representative.staff_id = self.staff
        ticket = self.accepted()
        self.assertEqual(ticket.complaint_state, "accepted")
        with self.assertRaisesRegex(UserError, "in office"):
            ticket.action_forward()

    def test_f5_3_1_feedback_clock_starts_at_the_reply(self):
        ticket = self.accepted()
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        self.assertNotIn("feedback", ticket.deadline_ids.mapped("kind"))
        slip.action_reply(self.reply_values())
        clock = ticket.deadline_ids.filtered(lambda deadline: deadline.kind == "feedback")
        self.assertEqual((clock.state, clock.limit_days), ("running", 1))

    def test_f5_3_3_in_person_needs_signature_and_satisfaction(self):
        ticket = self.replied("onsite")
        feedback = self._feedback(ticket, mode="in_person", satisfaction=False)
        with self.assertRaisesRegex(UserError, "Signature、Satisfaction|Satisfaction、.*Signature"):
            feedback.action_confirm()
        feedback.write({"signature": SIGNATURE, "satisfaction": "5"})
        feedback.action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")

    def test_f5_3_4_by_phone_needs_the_call_record(self):
        ticket = self.replied()
        feedback = self._feedback(ticket, called_number=False, callee=False)
        with self.assertRaisesRegex(UserError, "Number Called、Who Answered"):
            feedback.action_confirm()
        self.assertEqual(ticket.complaint_state, "replied")

    def test_t6_4_suggestion_is_asked_for(self):
        ticket = self.replied()
        feedback = self._feedback(ticket, suggestion=False)
        with self.assertRaisesRegex(UserError, "Suggestions"):
            feedback.action_confirm()
        feedback.no_suggestion = True
        feedback.action_confirm()
        ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")
        self.assertTrue(ticket.closed_date)
        self.assertEqual(
            set(ticket.deadline_ids.mapped("state")), {"met"}, "every clock was stopped in time"
        )

    def test_t6_4_no_feedback_before_the_reply(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "after the unit's reply"):
            self._feedback(ticket).action_confirm()

    def test_t6_4_reopening_is_a_new_round(self):
        ticket = self.closed()
        with self.assertRaises(AccessError):
            ticket.action_reopen("新证据")
        with freeze_time(ticket.closed_date + timedelta(hours=1)):
            ticket.with_user(self.manager).action_reopen("新证据")
            self.assertEqual(ticket.complaint_state, "accepted")
            self.assertTrue(ticket.due_at)
            ticket.action_forward()
            self.assertEqual(ticket.complaint_state, "handling", "the old reply does not count")

    def _feedback(self, ticket, **vals):
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        return feedback.create(self.feedback_values(ticket, **vals))


@tagged("post_install", "-at_install")
class TestForbidden(ComplaintCommon):
    """Every door but the verbs is shut, and says what to do."""

    def test_t6_4_no_jump_by_drag(self):
        ticket = self.accepted()
        for state in ("draft", "replied", "fed_back", "closed", "archived", "invalid"):
            with self.subTest(state=state), self.assertRaisesRegex(UserError, "can't go from"):
                ticket.stage_id = self.env.ref(f"kaiyang_complaint.stage_{state}")
        self.assertEqual(ticket.complaint_state, "handling")
        self.assertEqual(ticket.stage_id.complaint_state, "handling")

    def test_t6_4_drag_stands_for_the_verb(self):
        ticket = self.new_complaint()
        ticket.stage_id = self.env.ref("kaiyang_complaint.stage_accepted")
        self.assertEqual(ticket.complaint_state, "handling", "accepted, and forwarded by itself")
        self.assertNotEqual(ticket.number, "/")

    def test_t6_4_foreign_stage_is_refused(self):
        ticket = self.accepted()
        with self.assertRaises(UserError):
            ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")

    def test_t6_4_procedural_facts_are_refused(self):
        ticket = self.accepted()
        forged = {
            "complaint_state": "closed",
            "number": "TS2026-9999",
            "accepted_at": "2020-01-01 00:00:00",
            "due_at": "2030-01-01 00:00:00",
            "is_restricted": True,
            "is_complaint": False,
        }
        for name, value in forged.items():
            with (
                self.subTest(field=name),
                self.assertRaisesRegex(UserError, "set by the procedure"),
            ):
                ticket.write({name: value})

    def test_t6_4_new_complaints_start_as_drafts(self):
        with self.assertRaisesRegex(UserError, "set by the procedure"):
            self.new_complaint(complaint_state="closed")
        sly = (
            self.env["helpdesk.ticket"]
            .with_user(self.clerk)
            .with_context(
                default_complaint_state="closed", default_number="X", complaint_guard=True
            )
        )
        ticket = sly.create(self.complaint_values())
        self.assertEqual((ticket.complaint_state, ticket.number), ("draft", "/"))

    def test_t6_4_ended_complaints_do_not_change(self):
        ticket = self.closed()
        with self.assertRaisesRegex(UserError, "has ended"):
            ticket.partner_name = "别人"
        with self.assertRaisesRegex(UserError, "has ended"):
            ticket.respondent_ids.stated_name = "别人"
        with self.assertRaisesRegex(UserError, "on record"):
            ticket.feedback_ids.satisfaction = "1"
        with self.assertRaisesRegex(UserError, "can't be changed"):
            ticket.slip_ids.reply_ids.facts = "别的"
        ticket.message_post(body="仍可备注")

    def test_t6_4_registered_complaints_stay_on_record(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "stays on record"):
            ticket.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            ticket.active = False

    def test_t6_4_on_hold_stops_no_clock(self):
        ticket = self.accepted()
        due_at = ticket.due_at
        ticket.action_hold()
        self.assertEqual(ticket.due_at, due_at)
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        ticket.slip_ids.action_accept_reply()
        self.assertEqual(ticket.complaint_state, "on_hold")
        ticket.action_resume()
        self.assertEqual(ticket.complaint_state, "replied")

    def test_u7_5_restricted_is_never_forwarded(self):
        ticket = self.new_complaint(conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids)
        ticket.action_accept()
        self.assertEqual(ticket.complaint_state, "accepted")
        with self.assertRaisesRegex(UserError, "never goes to the unit"):
            ticket.action_forward()

    def test_t6_4_other_teams_are_left_alone(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        values = {"name": "Printer", "description": "<p>x</p>", "team_id": team.id}
        ticket = self.env["helpdesk.ticket"].create(values)
        self.assertFalse(ticket.complaint_state or ticket.complaint_class or ticket.is_complaint)
        self.assertTrue(ticket.number.startswith("HT"))
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.unlink()

    def test_t6_4_a_ticket_never_becomes_a_complaint(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Printer", "description": "<p>x</p>", "team_id": team.id}
        )
        with self.assertRaisesRegex(UserError, "stays in its complaint room"):
            ticket.team_id = self.room
        with self.assertRaisesRegex(UserError, "stays in its complaint room"):
            self.new_complaint().team_id = team
