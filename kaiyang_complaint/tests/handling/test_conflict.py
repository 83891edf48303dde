"""No representative holds a slip that complains about them, or beyond their term (四.6)."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestConflict(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief_staff = cls.env["complaint.window.staff"].create(
            {"name": "王首席", "employee_no": "T099", "window_id": cls.window.id}
        )
        cls.representative.staff_id = cls.chief_staff
        cls.ticket = cls.accepted()
        cls.slip = cls.ticket.slip_ids

    def second(self):
        user = new_test_user(
            self.env, "kc_second", "base.group_portal", lang="en_US", email="s@example.com"
        )
        return self.env["complaint.representative"].create(
            {"user_id": user.id, "unit_id": self.unit.id, "sequence": 2}
        )

    def accuse(self):
        """Name the chief representative as respondent, once the slip is out."""
        person = {"staff_id": self.chief_staff.id}
        self.ticket.with_user(self.clerk).respondent_ids = [Command.create(person)]
        self.env.flush_all()

    def assert_lost(self, user):
        slips = self.env["complaint.slip"].with_user(user)
        self.assertFalse(slips.search([("id", "=", self.slip.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.slip.with_user(user).action_receive()
        self.assertNotIn(user.partner_id, self.slip.message_partner_ids)
        self.assertNotIn(user.partner_id, self.slip.message_ids.notification_ids.res_partner_id)

    def told(self, user):
        messages = self.env["mail.message"].search(
            [("model", "=", "complaint.slip"), ("res_id", "=", self.slip.id)]
        )
        return messages.filtered(lambda one: user.partner_id in one.notification_ids.res_partner_id)

    def test_p4_6_accused_representative_loses_the_slip_to_the_second(self):
        second = self.second()
        self.slip.with_user(self.rep).action_receive()
        self.accuse()
        self.assertEqual(self.slip.representative_id, second)
        self.assertEqual(self.slip.state, "received")
        self.assert_lost(self.rep)
        self.assertIn("is yours now", self.told(second.user_id)[:1].subject)
        self.slip.with_user(second.user_id).action_reply(self.reply_values())

    def test_p4_6_without_another_the_slip_goes_back(self):
        self.accuse()
        self.assertEqual(self.slip.state, "declined")
        self.assertIn("complained about", self.slip.decline_reason)
        self.assertEqual(self.ticket.complaint_state, "accepted")
        self.assertEqual(set(self.slip.deadline_ids.mapped("state")), {"cancelled"})
        todo = self.ticket.activity_ids
        self.assertEqual(todo.user_id, self.clerk)
        self.assertIn("was returned", todo.summary)
        self.assert_lost(self.rep)

    def test_p4_6_respondent_changed_into_the_representative(self):
        second = self.second()
        self.ticket.respondent_ids.with_user(self.clerk).staff_id = self.chief_staff
        self.assertEqual(self.slip.representative_id, second)

    def test_p4_6_representative_known_as_staff_later(self):
        second = self.second()
        self.representative.with_user(self.manager).staff_id = self.staff
        self.assertEqual(self.slip.representative_id, second)
        self.assert_lost(self.rep)

    def test_p4_6_reply_of_the_accused_goes_back_too(self):
        self.slip.with_user(self.rep).action_receive()
        self.slip.with_user(self.rep).action_reply(self.reply_values())
        self.accuse()
        self.assertEqual(self.slip.state, "declined")
        self.assertTrue(self.slip.reply_ids)

    def test_p4_6_term_ends_the_successor_gets_the_slips(self):
        second = self.second()
        self.representative.date_to = "2020-01-01"
        self.env["complaint.representative"]._cron_end_terms()
        self.assertEqual(self.slip.representative_id, second)
        self.assert_lost(self.rep)
        self.assertTrue(self.told(second.user_id))

    def test_p4_6_nobody_in_office_the_slip_waits_for_who_comes(self):
        self.representative.active = False
        self.assertEqual(self.slip.state, "sent")
        self.assert_lost(self.rep)
        second = self.second()
        self.assertEqual(self.slip.representative_id, second)
        self.assertTrue(self.told(second.user_id))

    def test_p4_6_another_takes_the_same_office(self):
        user = new_test_user(self.env, "kc_third", "base.group_portal", lang="en_US")
        self.representative.with_user(self.manager).user_id = user
        self.assert_lost(self.rep)
        self.slip.with_user(user).action_receive()

    def test_p4_6_deleted_representative_is_succeeded(self):
        second = self.second()
        self.representative.with_user(self.manager).unlink()
        self.assertEqual(self.slip.representative_id, second)

    def test_p4_6_finished_slips_stay_as_they_were(self):
        ticket = self.replied()
        second = self.second()
        self.representative.active = False
        self.assertEqual(ticket.slip_ids.representative_id, self.representative)
        self.assertEqual(self.slip.representative_id, second)
