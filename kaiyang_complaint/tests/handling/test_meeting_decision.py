from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .meeting_common import MeetingCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestMeetingDecision(MeetingCommon):
    # --- deciding -------------------------------------------------------------------------------

    def test_p4_6_one_slip_to_each_unit(self):
        meeting = self.held(main=self.other_unit)
        slips = meeting.ticket_id.slip_ids
        self.assertEqual(slips.unit_id, self.unit + self.other_unit)
        self.assertEqual(slips.filtered("is_lead").unit_id, self.other_unit)
        self.assertEqual(set(slips.mapped("state")), {"sent"})
        self.assertEqual(len(set(slips.mapped("name"))), 2)
        for slip in slips:
            self.assertEqual(slip.room_opinion, f"{slip.unit_id.name}查明情况")
        self.assertEqual(meeting.ticket_id.complaint_state, "handling")

    def test_h5_2_5_unit_without_responsibility_gets_no_slip(self):
        meeting = self.decided(self.convened())
        meeting.line_ids.filtered(
            lambda line: line.unit_id == self.other_unit
        ).responsibility = "none"
        meeting.action_hold()
        ticket = meeting.ticket_id
        self.assertEqual(ticket.slip_ids.unit_id, self.unit)
        slip = self.env["complaint.slip"].with_user(self.clerk)
        slip = slip.create({"ticket_id": ticket.id, "unit_id": self.other_unit.id})
        slip.representative_id = self.other_representative
        with self.assertRaisesRegex(UserError, "did not hold"):
            slip.action_send()

    def test_p4_6_one_slip_a_unit_and_one_lead_by_hand_too(self):
        ticket = self.held().ticket_id
        values = {"ticket_id": ticket.id, "unit_id": self.other_unit.id, "is_lead": True}
        slip = self.env["complaint.slip"].with_user(self.clerk).create(values)
        slip.representative_id = self.other_representative
        with self.assertRaisesRegex(UserError, "has its slip already"):
            slip.action_send()
        sent = ticket.slip_ids.filtered(lambda one: one.unit_id == self.other_unit and one.sent_at)
        sent.with_user(self.other_rep).action_decline("不属我单位")
        with self.assertRaisesRegex(UserError, "Choose on that slip who answers"):
            slip.action_send()
        live = ticket.slip_ids.filtered(lambda one: one.state == "sent")
        self.assertEqual(live.filtered("is_lead").unit_id, self.unit, "the decision says who leads")

    def test_p4_6_second_unit_by_hand_takes_a_meeting(self):
        ticket = self.accepted()
        slip = self.env["complaint.slip"].with_user(self.clerk)
        slip = slip.create({"ticket_id": ticket.id, "unit_id": self.other_unit.id})
        slip.representative_id = self.other_representative
        with self.assertRaisesRegex(UserError, "decided by a meeting"):
            slip.action_send()

    def test_h5_2_5_decision_says_what_it_lacks(self):
        meeting = self.convened()
        with self.assertRaisesRegex(UserError, "Minutes.*exactly one unit.*whether they came"):
            meeting.action_hold()
        self.decided(meeting)
        meeting.line_ids.responsibility = "main"
        with self.assertRaisesRegex(UserError, "exactly one unit"):
            meeting.action_hold()
        meeting.line_ids.responsibility = "secondary"
        with self.assertRaisesRegex(UserError, "exactly one unit"):
            meeting.action_hold()
        meeting.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "Units"):
            meeting.action_hold()
        self.assertEqual(meeting.state, "convened")
        self.assertFalse(meeting.ticket_id.slip_ids)

    @mute_logger(*QUIET)
    def test_h5_2_5_no_unit_stands_in_a_decision_twice(self):
        meeting = self.proposed()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            meeting.line_ids = [Command.create({"unit_id": self.unit.id})]

    def test_h5_2_5_no_decision_before_the_day(self):
        later = fields.Datetime.add(fields.Datetime.now(), days=3)
        meeting = self.decided(self.convened(starts_at=later))
        with self.assertRaisesRegex(UserError, "in the future"):
            meeting.action_hold()

    def test_h5_2_5_called_on_the_spot_needs_no_invitation(self):
        meeting = self.approved(starts_at=fields.Datetime.now(), place="投诉室")
        self.decided(meeting).action_hold()
        self.assertFalse(meeting.event_id)
        self.assertEqual(meeting.ticket_id.complaint_state, "handling")

    def test_h5_2_5_what_was_decided_stays(self):
        meeting = self.held()
        for change in (
            lambda: meeting.write({"minutes": "改写"}),
            lambda: meeting.line_ids[0].write({"responsibility": "none"}),
            meeting.line_ids[0].unlink,
            lambda: meeting.invitee_ids[0].write({"attendance": "absent"}),
            meeting.invitee_ids[0].unlink,
            meeting.unlink,
            lambda: meeting.action_cancel("不开了"),
        ):
            with self.assertRaises(UserError):
                change()

    def test_h5_2_5_slips_wait_where_nobody_could_take_one(self):
        self.other_representative.active = False
        ticket = self.held().ticket_id
        self.assertEqual((ticket.complaint_state, len(ticket.slip_ids)), ("accepted", 0))
        self.other_representative.active = True
        ticket.action_forward()
        self.assertEqual(len(ticket.slip_ids), 2)

    def test_h5_2_5_a_case_under_way_gets_the_slips_it_lacks(self):
        ticket = self.accepted()
        ticket.complaint_class = "major"
        meeting = self.proposed(ticket, starts_at=fields.Datetime.now(), place="投诉室")
        meeting.line_ids = [Command.create({"unit_id": self.other_unit.id})]
        meeting.action_request()
        meeting.approval_id.with_user(self.leader).action_approve()
        self.decided(meeting, main=self.other_unit).action_hold()
        self.assertEqual(ticket.slip_ids.unit_id, self.unit + self.other_unit)
        self.assertEqual(ticket.slip_ids.filtered("is_lead").unit_id, self.other_unit)

    def test_h5_2_5_drafted_slip_is_taken(self):
        ticket = self.of_two_units()
        draft = self.env["complaint.slip"].with_user(self.clerk)
        draft = draft.create({"ticket_id": ticket.id, "unit_id": self.unit.id})
        draft.representative_id = self.representative
        self.held(ticket)
        self.assertEqual(len(ticket.slip_ids), 2)
        self.assertEqual((draft.state, draft.room_opinion), ("sent", f"{self.unit.name}查明情况"))

    # --- after ----------------------------------------------------------------------------------

    def test_h5_2_5_replied_once_every_unit_answered(self):
        meeting = self.held()
        ticket = meeting.ticket_id
        for slip, user in zip(
            ticket.slip_ids.sorted("id"), (self.rep, self.other_rep), strict=True
        ):
            self.assertEqual(ticket.complaint_state, "handling")
            slip.with_user(user).action_receive()
            slip.with_user(user).action_reply(self.reply_values(facts=f"{slip.unit_id.name}已查"))
            slip.action_accept_reply(self.CONSIDERED)
        self.assertEqual(ticket.complaint_state, "replied")
        shown = {line.unit_id: (line.slip_state, line.reply) for line in ticket.decision_ids}
        self.assertEqual(shown[self.unit][0], "accepted")
        self.assertIn("公安局已查", shown[self.other_unit][1])

    def test_p4_6_each_unit_learns_who_leads_and_nothing_more(self):
        ticket = self.held().ticket_id
        lead = ticket.slip_ids.filtered("is_lead").with_user(self.rep)
        other = (ticket.slip_ids - lead).with_user(self.other_rep)
        self.assertEqual(lead.read(["fellow_units"])[0]["fellow_units"], self.other_unit.name)
        self.assertEqual(other.read(["fellow_units"])[0]["fellow_units"], self.unit.name)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            lead.ticket_id.meeting_ids.with_user(self.rep).read(["minutes"])

    def test_h5_2_5_a_new_round_takes_a_new_meeting(self):
        ticket = self.held().ticket_id
        for slip, user in zip(
            ticket.slip_ids.sorted("id"), (self.rep, self.other_rep), strict=True
        ):
            slip.with_user(user).action_receive()
            slip.with_user(user).action_reply(self.reply_values())
            slip.action_accept_reply(self.CONSIDERED)
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.clear(ticket)
        ticket.action_close()
        ticket.meeting_ids._procedure_write({"recorded_at": "2026-03-03 01:00:00"})
        ticket.with_user(self.manager).action_reopen("新证据")
        self.assertFalse(ticket.is_forwardable)
        with self.assertRaisesRegex(UserError, "No slip leaves before"):
            ticket.action_forward()
        self.assertEqual(ticket.open_meeting_id.id, False)
        self.assertTrue(ticket.action_propose_meeting()["res_id"])
