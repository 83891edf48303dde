from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SIGNATURE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestPath(ComplaintCommon):
    def test_h5_2_1_slip_leaves_on_acceptance_once_looked_through(self):
        ticket = self.accepted()  # looks through its text first
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
        self.assertIn("自称〔姓名〕，", slip.summary)

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
        slip.action_return_reply("王小明说另有监控，请补充")
        self.assertEqual(slip.state, "received")
        self.assertEqual(slip.reply_ids.return_reason, "〔姓名〕说另有监控，请补充")
        self.assertFalse(ticket.activity_ids, "the to-do was done by returning the reply")
        clocks = {clock.kind: clock.state for clock in ticket.deadline_ids}
        self.assertEqual(
            clocks, {"handling": "running", "reply": "running", "feedback": "cancelled"}
        )
        rep_slip.action_reply(self.reply_values(facts="已调取监控，情况属实。"))
        slip.action_accept_reply(self.CONSIDERED)
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
        with self.assertRaisesRegex(UserError, "Number Called、Answered By"):
            feedback.action_confirm()
        self.assertEqual(ticket.complaint_state, "replied")

    def test_t6_4_suggestion_is_asked_for(self):
        ticket = self.replied()
        feedback = self._feedback(ticket, suggestion=False)
        with self.assertRaisesRegex(UserError, "Suggestions"):
            feedback.action_confirm()
        feedback.no_suggestion = True
        feedback.action_confirm()
        self.clear(ticket)
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
            self.look_through(ticket)
            ticket.action_forward()
            self.assertEqual(ticket.complaint_state, "handling", "the old reply does not count")

    def _feedback(self, ticket, **vals):
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        return feedback.create(self.feedback_values(ticket, **vals))
