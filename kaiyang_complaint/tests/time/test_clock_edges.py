from freezegun import freeze_time
from odoo.tests import new_test_user, tagged

from ..handling.extension_common import ExtensionCommon
from ..handling.meeting_common import MeetingCommon


@tagged("post_install", "-at_install")
class TestClockEdges(ExtensionCommon, MeetingCommon):
    """Clocks where several units, a hold or an extension come together."""

    def two_units(self):
        """Return a complaint with two units, and the slips of each as its representative."""
        ticket = self.held().ticket_id
        slips = {slip.unit_id: slip for slip in ticket.slip_ids}
        first = slips[self.unit].with_user(self.rep)
        second = slips[self.other_unit].with_user(self.other_rep)
        first.action_receive()
        second.action_receive()
        return ticket, first, second

    def feedback_starts(self, ticket):
        clocks = ticket._running("feedback")
        return [str(day) for day in clocks.mapped("start_date")]

    def test_f5_3_1_feedback_runs_from_the_last_reply(self):
        ticket, first, second = self.two_units()
        first.action_reply(self.reply_values())
        self.assertFalse(self.feedback_starts(ticket), "another unit has yet to reply")
        with freeze_time("2026-05-14 02:00:00"):
            second.action_reply(self.reply_values())
            self.assertEqual(self.feedback_starts(ticket), ["2026-05-14"])

    def test_f5_3_1_feedback_runs_once_the_other_unit_declined(self):
        ticket, first, second = self.two_units()
        first.action_reply(self.reply_values())
        with freeze_time("2026-05-14 02:00:00"):
            second.action_decline("不属于本单位职责")
            self.assertFalse(self.feedback_starts(ticket), "who answers instead is open")
            ticket.slip_ids.filtered(lambda one: one.state == "declined").action_choose("room")
            self.assertFalse(self.feedback_starts(ticket), "the room has yet to inquire")
            ticket.investigation_ids.write(
                {
                    "respondent_facts": "经查，系统故障。",
                    "mediation": "not_tried",
                    "mediation_note": "无需调解。",
                    "conclusion": "not_upheld",
                    "responsibility": "other",
                }
            )
            ticket.investigation_ids.action_conclude()
            self.assertEqual(self.feedback_starts(ticket), ["2026-05-14"])

    def test_f5_3_1_feedback_waits_for_a_unit_that_is_asked_again(self):
        ticket, first, second = self.two_units()
        first.action_reply(self.reply_values())
        second.action_decline("不属于本单位职责")
        self.assertFalse(self.feedback_starts(ticket))
        third = self.env["complaint.window.unit"].create({"name": "税务局", "code": "T3"})
        third_rep = new_test_user(self.env, "kc_third_rep", "base.group_portal")
        people = self.env["complaint.representative"]
        people.create({"user_id": third_rep.id, "unit_id": third.id})
        ticket.slip_ids.filtered(lambda one: one.state == "declined").action_choose(
            "unit", third.id
        )
        self.assertEqual(ticket.slip_ids.filtered(lambda one: one.state == "sent").unit_id, third)
        self.assertFalse(self.feedback_starts(ticket))

    def test_t6_2_limit_stops_though_reclassified_on_hold(self):
        ticket = self.replied()
        ticket.action_hold()
        ticket.complaint_class = "complex"
        ticket.action_resume()
        self.assertEqual(ticket.complaint_state, "replied")
        self.assertFalse(ticket._running("handling"), "settled by the unit: nothing runs on")

    def test_t6_1_nothing_runs_once_fed_back(self):
        ticket = self.replied()
        ticket.policy_id.sudo().stops_at = "replied"
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assertFalse(ticket.deadline_ids.filtered(lambda one: one.state == "running"))

    def test_t6_3_extension_never_shortens_the_limit_of_a_class(self):
        extension = self.granted(limit_days=4)
        self.ticket.complaint_class = "complex"
        self.assertEqual(extension.deadline_id.limit_days, 5)

    def test_t6_2_returned_reply_has_the_limit_of_its_class(self):
        slip = self.ticket.slip_ids
        rep_slip = slip.with_user(self.rep)
        rep_slip.action_receive()
        rep_slip.action_reply(self.reply_values())
        self.ticket.complaint_class = "complex"
        slip.action_return_reply("请补充")
        self.assertEqual(slip.deadline_ids.limit_days, 5)
