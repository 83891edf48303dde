import re

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .meeting_common import MeetingCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCommon):
    # --- asking ---------------------------------------------------------------------------------

    def test_h5_2_5_units_and_their_people_are_put_to_the_table(self):
        meeting = self.proposed()
        self.assertEqual(meeting.line_ids.unit_id, self.unit + self.other_unit)
        self.assertEqual(meeting.why, "units")
        people = meeting.invitee_ids.partner_id
        for person in (self.boss, self.other_boss, self.rep.partner_id, self.leader.partner_id):
            self.assertIn(person, people)

    def test_h5_2_5_accused_representative_is_not_invited(self):
        self.representative.staff_id = self.staff
        meeting = self.proposed()
        self.assertNotIn(self.rep.partner_id, meeting.invitee_ids.partner_id)
        with self.assertRaisesRegex(UserError, re.escape(self.rep.name)):
            meeting.invitee_ids = [Command.create({"partner_id": self.rep.partner_id.id})]

    def test_h5_2_5_a_unit_that_joins_brings_its_people(self):
        meeting = self.proposed(self.accepted(complaint_class="major"))
        self.assertEqual((meeting.why, meeting.line_ids.unit_id), ("major", self.unit))
        meeting.line_ids = [Command.create({"unit_id": self.other_unit.id})]
        self.assertIn(self.other_boss, meeting.invitee_ids.partner_id)
        meeting.line_ids.filtered(lambda line: line.unit_id == self.other_unit).unlink()
        self.assertNotIn(self.other_boss, meeting.invitee_ids.partner_id)

    def test_h5_2_5_proposed_once(self):
        ticket = self.of_two_units()
        first = ticket.action_propose_meeting()["res_id"]
        self.assertEqual(ticket.action_propose_meeting()["res_id"], first)

    def test_h5_2_5_no_meeting_where_none_is_due(self):
        with self.assertRaisesRegex(UserError, "no meeting is due"):
            self.accepted("onsite").action_propose_meeting()
        with self.assertRaisesRegex(UserError, "not being handled"):
            self.new_complaint(complaint_class="major").action_propose_meeting()

    def test_h5_2_5_request_needs_the_analysis(self):
        meeting = self.proposed(analysis=" ")
        with self.assertRaisesRegex(UserError, "Analysis"):
            meeting.action_request()
        self.assertEqual(meeting.state, "draft")

    def test_h5_2_5_leader_reads_why_and_about_whom(self):
        meeting = self.proposed()
        meeting.action_request()
        self.assertEqual(meeting.approval_id.kind, "meeting")
        for words in (self.unit.name, self.other_unit.name, "互相推诿", "Several Units"):
            self.assertIn(words, meeting.approval_id.request)
        with self.assertRaisesRegex(UserError, "pending approval"):
            meeting.place = "另一间"

    def test_h5_2_5_rejected_goes_back_to_the_desk_with_the_leaders_words(self):
        meeting = self.proposed()
        meeting.action_request()
        meeting.approval_id.with_user(self.leader).action_reject("先补充调查。")
        self.assertEqual((meeting.state, meeting.instruction), ("draft", "先补充调查。"))
        todo = meeting.ticket_id.activity_ids
        self.assertEqual(
            (todo.user_id, todo.summary), (self.clerk, "The leader rejected the meeting.")
        )
        meeting.analysis = "已补充调查，仍须会商。"
        meeting.action_request()
        self.assertEqual(meeting.approval_id.state, "pending")
        self.assertFalse(meeting.ticket_id.activity_ids)

    def test_h5_2_5_what_was_approved_is_not_rewritten(self):
        meeting = self.approved()
        self.assertEqual(meeting.chair_id, self.leader)
        with self.assertRaisesRegex(UserError, "Approved content can't be changed"):
            meeting.analysis = "另一套说法"

    # --- no slip before -------------------------------------------------------------------------

    def test_h5_2_5_no_slip_leaves_before_by_any_door(self):
        ticket = self.of_two_units()
        by_hand = self.env["complaint.slip"].with_user(self.clerk)
        slip = by_hand.create({"ticket_id": ticket.id, "unit_id": self.unit.id})
        slip.representative_id = self.representative
        handling = self.env.ref("kaiyang_complaint.stage_handling")
        self.proposed(ticket)
        for door in (
            ticket.action_forward,
            slip.action_send,
            lambda: ticket.write({"stage_id": handling.id}),
        ):
            with self.assertRaisesRegex(UserError, "No slip leaves before"):
                door()
        self.assertEqual((ticket.complaint_state, slip.state), ("accepted", "draft"))

    def test_h5_2_5_unclear_responsibility_waits_as_well(self):
        ticket = self.accepted(complaint_class="major")
        self.assertFalse(ticket.slip_ids)
        self.assertTrue(ticket.needs_meeting)

    # --- who may ----------------------------------------------------------------------------------

    @mute_logger(*QUIET)
    def test_h5_2_5_others_than_clerks_only_read(self):
        meeting = self.convened()
        for user in (self.leader, self.director, self.archivist, self.rep, self.outsider):
            for verb in ("action_convene", "action_hold", "action_cancel", "action_all_present"):
                with self.subTest(user=user.login, verb=verb), self.assertRaises(AccessError):
                    getattr(meeting.with_user(user), verb)()

    def test_h5_2_5_nobody_forges_a_step(self):
        meeting = self.proposed()
        for vals in (
            {"state": "held"},
            {"held_at": "2026-01-01"},
            {"approval_id": False},
            {"event_id": 1},
            {"ticket_id": self.of_two_units().id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                meeting.write(vals)
        with self.assertRaises(UserError):
            self.env["complaint.meeting"].with_user(self.clerk).create(
                {"ticket_id": self.of_two_units().id, "state": "held"}
            )
