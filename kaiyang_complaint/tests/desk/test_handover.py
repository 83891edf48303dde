"""No complaint is without somebody at the desk: leave, archived accounts, lost roles."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import GROUP, ComplaintCommon
from ..handling.escalation_common import EscalationCommon


class HandoverCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_clerk = new_test_user(
            cls.env, "kc_second_clerk", GROUP + "clerk", lang="en_US", email="second@example.com"
        )
        cls.room.user_ids += cls.second_clerk

    def hand_over(self, user, clerk, successor):
        form = Form(self.env["complaint.clerk.handover"].with_user(user))
        form.clerk_id, form.successor_id = clerk, successor
        dialog = form.save()
        dialog.action_confirm()
        return dialog

    def on_leave(self, user):
        user.out_of_office_from = "2020-01-01 00:00:00"

    def tile(self, user):
        tiles = self.env["helpdesk.ticket.team"].with_user(user).complaint_tiles()["tiles"]
        return {tile["key"]: tile["count"] for tile in tiles}.get("no_clerk")


@tagged("post_install", "-at_install")
class TestHandover(HandoverCommon):
    # --- leaving ----------------------------------------------------------------------------------

    def test_p4_6_who_is_in_charge_cannot_be_archived(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "Hand Over a Clerk's Work"):
            self.clerk.active = False
        self.hand_over(self.manager, self.clerk, self.second_clerk)
        self.assertEqual(ticket.user_id, self.second_clerk)
        self.clerk.active = False
        self.assertFalse(self.clerk.active)

    def test_p4_6_who_is_in_charge_cannot_lose_the_role(self):
        self.accepted()
        plain = [Command.set(self.env.ref("base.group_user").ids)]
        with self.assertRaisesRegex(UserError, "Hand Over a Clerk's Work"):
            self.clerk.group_ids = plain

    def test_p4_6_ended_complaints_keep_nobody_from_leaving(self):
        self.closed()
        self.clerk.active = False
        self.assertFalse(self.clerk.active)

    # --- one act ----------------------------------------------------------------------------------

    def test_p4_6_one_act_hands_over_complaints_and_todos(self):
        one, other = self.accepted(), self.new_complaint()
        slip = one.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        todos = one.activity_ids.filtered(lambda todo: todo.user_id == self.clerk)
        self.assertTrue(todos)
        dialog = self.hand_over(self.manager, self.clerk, self.second_clerk)
        self.assertEqual((one | other).user_id, self.second_clerk)
        self.assertEqual(todos.user_id, self.second_clerk)
        self.assertEqual(dialog.ticket_count, 0, "nothing is left")
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.second_clerk.partner_id.id)]
        )
        subjects = told.mail_message_id.mapped("subject")
        self.assertEqual(subjects.count("Work was handed over to you"), 1)
        with self.assertRaisesRegex(UserError, "nothing open"):
            self.hand_over(self.manager, self.clerk, self.second_clerk)

    def test_p4_6_who_hands_over_and_to_whom(self):
        self.accepted()
        for user in (self.clerk, self.archivist, self.outsider):
            with self.assertRaises(AccessError):
                self.env["complaint.clerk.handover"].with_user(user).create(
                    {"clerk_id": self.clerk.id, "successor_id": self.second_clerk.id}
                )
        for successor in (self.clerk, self.outsider):
            with self.assertRaisesRegex(UserError, "can't be in charge"):
                self.hand_over(self.manager, self.clerk, successor)

    def test_u7_5_restricted_complaint_is_handed_over_by_a_leader_alone(self):
        ticket = self.accepted()
        ticket.is_discipline_matter = True
        with self.assertRaisesRegex(UserError, "nothing open"):
            self.hand_over(self.manager, self.clerk, self.second_clerk)
        self.assertEqual(ticket.user_id, self.clerk)
        self.hand_over(self.leader, self.clerk, self.second_clerk)
        self.assertEqual(ticket.user_id, self.second_clerk)
        self.assertFalse(ticket.with_user(self.clerk).has_access("read"))

    # --- the manager's day ------------------------------------------------------------------------

    def test_p4_6_cases_without_a_clerk_who_is_here_are_on_the_managers_day(self):
        self.accepted()
        before = self.tile(self.manager)
        self.assertIsNone(self.tile(self.clerk))
        self.on_leave(self.clerk)
        self.assertEqual(self.tile(self.manager), before + 1)
        self.hand_over(self.manager, self.clerk, self.second_clerk)
        self.assertEqual(self.tile(self.manager), before)


@tagged("post_install", "-at_install")
class TestStandIn(HandoverCommon, EscalationCommon):
    def archive(self, user):
        """Archive an account as an update of the database might, past every check."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET active = false WHERE id = %s", [user.id])
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def reminded(self, ticket):
        notes = ticket.sudo().escalation_ids
        return notes.filtered(lambda one: one.effect == "reminder").user_ids

    def test_h5_2_6_reminder_of_an_archived_clerk_reaches_the_manager(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.archive(self.clerk)
        self.run_job("2026-03-05 01:00:00")
        self.assertIn(self.manager, self.reminded(ticket))
        self.assertNotIn(self.clerk, self.reminded(ticket))
        self.assertIn(self.manager, self.todos(ticket).user_id)

    def test_h5_2_6_reminder_of_a_restricted_case_reaches_a_leader(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        ticket.is_discipline_matter = True
        self.archive(self.clerk)
        self.run_job("2026-03-05 01:00:00")
        self.assertIn(self.leader, self.reminded(ticket))
        self.assertNotIn(self.manager, self.reminded(ticket))

    def test_h5_2_6_somebody_stands_in_during_a_leave(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.on_leave(self.clerk)
        self.run_job("2026-03-05 01:00:00")
        self.assertLessEqual(self.clerk + self.manager, self.reminded(ticket))
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        self.assertIn("The unit replied", self.manager_todos(ticket))

    def manager_todos(self, ticket):
        mine = ticket.sudo().activity_ids.filtered(lambda todo: todo.user_id == self.manager)
        return "".join(summary or "" for summary in mine.mapped("summary"))

    def test_p4_6_todo_meant_for_an_archived_account_goes_to_who_stands_in(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.archive(self.clerk)
        todo = ticket.sudo().activity_schedule(
            "kaiyang_complaint.activity_unit_answered", user_id=self.clerk.id, summary="x"
        )
        self.assertEqual(todo.user_id, self.manager)
