from odoo.tests import new_test_user, tagged

from ..common import GROUP, ComplaintCommon

CALL_BACK = "kaiyang_complaint.activity_call_back"


@tagged("post_install", "-at_install")
class TestCallBack(ComplaintCommon):
    def told(self, satisfaction, **vals):
        """Return a complaint whose complainant was told, and how satisfied they are."""
        ticket = self.replied(**vals)
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        values = self.feedback_values(ticket, satisfaction=satisfaction)
        feedback.create(values).action_confirm()
        return ticket

    def tasks(self, ticket):
        kind = self.env.ref(CALL_BACK)
        return ticket.sudo().activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def test_f5_3_4_the_last_two_steps_open_a_call_back(self):
        for step, wanted in (("1", 1), ("2", 1), ("3", 0), ("5", 0)):
            with self.subTest(step=step):
                task = self.tasks(self.told(step))
                self.assertEqual(len(task), wanted)
                if task:
                    self.assertIn("希望增加叫号窗口", str(task.note))
                    self.assertTrue(task.user_id.has_group(GROUP + "manager"))

    def test_f5_3_4_unconfirmed_feedback_opens_nothing(self):
        ticket = self.replied()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket, satisfaction="1"))
        self.assertFalse(self.tasks(ticket))

    def test_f5_3_4_the_manager_of_the_room_calls_and_finds_it_on_their_day(self):
        new_test_user(self.env, "kc_a_manager", GROUP + "manager", lang="en_US")
        managers = self.env.ref(GROUP + "manager").all_user_ids
        self.room.user_ids -= managers - self.manager
        before = self.call_backs(self.manager)
        ticket = self.told("2")
        self.assertEqual(self.tasks(ticket).user_id, self.manager)
        self.assertEqual(self.call_backs(self.manager), before + 1)
        self.assertIsNone(self.call_backs(self.clerk))
        self.tasks(ticket).with_user(self.manager).action_feedback("已回访，问题解决。")
        self.assertEqual(self.call_backs(self.manager), before)

    def call_backs(self, user):
        tiles = self.env["helpdesk.ticket.team"].with_user(user).complaint_tiles()["tiles"]
        return next((tile["count"] for tile in tiles if tile["key"] == "call_back"), None)

    def test_f5_3_4_of_a_restricted_case_a_leader_calls(self):
        ticket = self.replied()
        ticket.is_discipline_matter = True
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket, satisfaction="1")).action_confirm()
        user = self.tasks(ticket).user_id
        self.assertTrue(user.has_group(GROUP + "leader"))
        self.assertTrue(ticket.with_user(user).has_access("read"))
