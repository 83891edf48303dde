"""A unit is represented by who can be reached today: within the term, not away, with a login."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestInOffice(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env, "kc_second", "base.group_portal", lang="en_US", email="second@example.com"
        )
        cls.second = cls.env["complaint.representative"].create(
            {"user_id": user.id, "unit_id": cls.unit.id, "sequence": 2}
        )
        cls.offices = cls.second + cls.representative
        cls.today = cls.unit.company_id._complaint_today()

    def day(self, days):
        return self.today + timedelta(days=days)

    def slip(self):
        return self.accepted().slip_ids

    def pass_days(self):
        """Do what the night does; a computed field of today is computed anew each day."""
        self.offices.invalidate_recordset(["is_in_office"])
        self.env["complaint.representative"]._cron_end_terms()

    def test_p4_6_successor_of_next_week_gets_no_slip_before(self):
        self.second.write({"sequence": 0, "date_from": self.day(7)})
        self.assertEqual(self.slip().representative_id, self.representative)
        self.second.date_from = self.day(0)
        self.assertEqual(self.slip().representative_id, self.second)

    def test_p4_6_the_next_stands_in_during_a_leave(self):
        held = self.slip()
        self.representative.write({"away_from": self.day(-1), "away_to": self.day(3)})
        self.assertEqual(held.representative_id, self.second, "what was held is passed on")
        notices = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.second.partner_id.id)]
        )
        self.assertIn("is yours now", notices.mail_message_id[:1].subject)
        self.assertEqual(self.slip().representative_id, self.second)
        self.representative.write({"away_from": self.day(-5), "away_to": self.day(-1)})
        self.assertEqual(self.slip().representative_id, self.representative)
        self.assertEqual(held.representative_id, self.second, "what was passed on stays there")

    def test_p4_6_a_leave_begins_by_itself(self):
        held = self.slip()
        self.env.cr.execute(
            "UPDATE complaint_representative SET away_from = %s WHERE id = %s",
            [self.day(0), self.representative.id],
        )
        self.representative.invalidate_recordset()
        self.pass_days()
        self.assertEqual(held.representative_id, self.second)

    def test_p4_6_who_cannot_log_in_holds_no_slip(self):
        held = self.slip()
        self.rep.active = False
        self.assertEqual(held.representative_id, self.second)
        self.second.user_id.active = False
        self.assertFalse(held.representative_id)
        self.assertEqual(held.state, "sent", "it waits")
        todo = held.ticket_id.activity_ids.filtered(lambda one: "waits until" in one.summary)
        self.assertEqual(todo.user_id, self.clerk)
        self.pass_days()
        self.assertEqual(len(held.ticket_id.activity_ids & todo), 1, "the desk is told once")
        self.rep.active = True
        self.assertEqual(held.representative_id, self.representative)

    def test_p4_6_no_slip_is_addressed_to_who_is_away(self):
        self.offices.write({"away_from": self.day(0)})
        ticket = self.new_complaint()
        self.look_through(ticket)
        ticket.action_accept()
        self.assertNotIn("sent", ticket.slip_ids.mapped("state"))
        draft = self.env["complaint.slip"].create(
            {
                "ticket_id": ticket.id,
                "unit_id": self.unit.id,
                "representative_id": self.representative.id,
            }
        )
        with self.assertRaisesRegex(UserError, "in office"):
            draft.action_send()

    def hand_over(self, successor, **answers):
        dialogs = self.env["complaint.slip.handover"].with_user(self.manager)
        action = self.representative.with_user(self.manager).action_hand_over()
        form = Form(dialogs.with_context(**action["context"]))
        self.assertEqual(form.successor_id, self.second)
        form.successor_id = successor
        for name, value in answers.items():
            setattr(form, name, value)
        form.save().action_confirm()

    def test_p4_6_who_leaves_hands_over_open_slips_by_one_act(self):
        slips = self.slip() + self.slip()
        self.hand_over(self.second, ends_office=True)
        self.assertEqual(slips.representative_id, self.second)
        self.assertFalse(self.representative.active)
        for user, words in ((self.second.user_id, "is yours now"), (self.clerk, "another rep")):
            told = self.env["mail.notification"].search(
                [
                    ("res_partner_id", "=", user.partner_id.id),
                    ("mail_message_id.model", "=", "complaint.slip"),
                ]
            )
            subjects = [one for one in told.mail_message_id.mapped("subject") if words in one]
            self.assertEqual(len(subjects), 2, words)

    def test_p4_6_slips_go_to_nobody_who_is_away(self):
        self.slip()
        dialogs = self.env["complaint.slip.handover"]
        self.second.away_from = self.day(0)
        dialog = dialogs.with_user(self.manager).create(
            {"representative_id": self.representative.id, "successor_id": self.second.id}
        )
        with self.assertRaisesRegex(UserError, "in office"):
            dialog.action_confirm()
        with self.assertRaises(AccessError):
            dialogs.with_user(self.clerk).create({"representative_id": self.representative.id})

    def test_p4_6_a_leave_begins_before_it_ends(self):
        for first in (self.day(2), False):
            with self.assertRaisesRegex(ValidationError, "begins before it ends"):
                self.second.write({"away_from": first, "away_to": self.day(1)})
