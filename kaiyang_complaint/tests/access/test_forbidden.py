from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


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
        self.look_through(ticket)
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
        with self.assertRaisesRegex(UserError, "can.t be changed"):
            ticket.feedback_ids.satisfaction = "1"
        with self.assertRaisesRegex(UserError, "can't be changed"):
            ticket.slip_ids.reply_ids.facts = "别的"
        ticket.message_post(body="仍可备注")

    def test_t6_4_registered_complaints_stay_on_record(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "stays on record"):
            ticket.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "not hidden"):
            ticket.active = False

    def test_t6_4_refusal_says_what_can_be_done(self):
        ticket = self.accepted()
        for verb in ("accept", "resume", "close", "reconsider"):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "Put on Hold"):
                getattr(ticket, f"action_{verb}")()

    def test_t6_4_on_hold_stops_no_clock(self):
        ticket = self.accepted()
        due_at = ticket.due_at
        ticket.action_hold()
        self.assertEqual(ticket.due_at, due_at)
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        ticket.slip_ids.action_accept_reply(self.CONSIDERED)
        self.assertEqual(ticket.complaint_state, "on_hold")
        ticket.action_resume()
        self.assertEqual(ticket.complaint_state, "replied")

    def test_u7_5_restricted_is_never_forwarded(self):
        ticket = self.new_complaint(conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids)
        ticket.action_accept()
        self.assertEqual(ticket.complaint_state, "accepted")
        with self.assertRaisesRegex(UserError, "never goes to the unit"):
            ticket.action_forward()

    def test_u7_5_unit_loses_the_slip_of_a_case_that_becomes_restricted(self):
        ticket = self.accepted()
        slips = self.env["complaint.slip"].with_user(self.rep)
        own = [("id", "=", ticket.slip_ids.id)]
        self.assertTrue(slips.search(own))
        ticket.is_discipline_matter = True
        self.assertFalse(slips.search(own))

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
