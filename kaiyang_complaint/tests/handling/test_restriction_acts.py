"""Who restricts a complaint and who lifts that, and what is left of one's own words (七.5)."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .restriction_common import RestrictionCommon


@tagged("post_install", "-at_install")
class TestRestrictionActs(RestrictionCommon):
    def test_u7_5_form_of_who_loses_access_saves(self):
        theirs = self.ticket.with_user(self.colleague)
        self.assertEqual(theirs.web_save({"is_discipline_matter": True}, {"number": {}}), [])
        self.assertTrue(self.ticket.is_restricted)

    def test_u7_5_restricting_by_button(self):
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.archivist).action_restrict("x")
        ask = self.ticket.with_user(self.colleague).action_restrict()
        self.assertEqual(ask["res_model"], "complaint.reason.wizard")
        action = self.ticket.with_user(self.colleague).action_restrict("索要红包")
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assert_silent(self.colleague, self.ticket)
        self.assertIn("索要红包", "".join(self.ticket.message_ids.mapped("body")))

    def test_u7_5_leaders_restrict_too(self):
        self.ticket.with_user(self.leader).action_restrict("索要红包")
        self.assertTrue(self.ticket.is_restricted)

    def test_u7_5_lifting_takes_a_reason_and_stays_on_record(self):
        self.restrict(conduct_ids=[Command.link(self.bribery.id)])
        mine = self.ticket.with_user(self.clerk)
        with self.assertRaises(UserError) as refusal:
            mine.conduct_ids = [Command.unlink(self.bribery.id)]
        self.assertIn("Lift Restriction", str(refusal.exception))
        self.assertEqual(mine.action_lift_restriction()["res_model"], "complaint.reason.wizard")
        self.ticket.with_user(self.leader).action_lift_restriction("查无实据")
        self.assertFalse(self.ticket.is_restricted)
        self.assertTrue(self.ticket.with_user(self.colleague).has_access("read"))
        self.assertIn("查无实据", "".join(self.ticket.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "not restricted"):
            mine.action_lift_restriction("x")

    def test_u7_5_others_lift_nothing(self):
        self.restrict()
        for user in (self.colleague, self.manager, self.archivist, self.rep):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.ticket.with_user(user).action_lift_restriction("x")
        self.assertTrue(self.ticket.is_restricted)

    def test_p4_6_own_words_are_gone_with_the_case(self):
        """To have written a note gives no right to read it once the complaint is closed to one."""
        own = self.env["mail.message"].with_user(self.colleague)
        self.assertTrue(own.search([("id", "=", self.note.id)]))
        self.restrict()
        self.assertFalse(own.search([("id", "=", self.note.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.mail.models.mail_message"):
            self.note.with_user(self.colleague).read(["body"])

    def test_ordinary_tickets_keep_their_words(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "坏了", "team_id": team.id}
        )
        plain = new_test_user(self.env, "kc_plain", "base.group_user")
        note = ticket.sudo().message_post(body="x", author_id=plain.partner_id.id)
        self.assertEqual(note.with_user(plain).read(["author_id"])[0]["id"], note.id)
