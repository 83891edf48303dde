"""Acts on several complaints at once: each stands by itself, and what came of it is told."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestBulk(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.new_complaint()
        cls.gap = cls.new_complaint(service_datetime=False)
        cls.done = cls.accepted()
        cls.hidden = cls.new_complaint(is_discipline_matter=True)
        cls.hidden.sudo().user_id = cls.leader
        cls.env.flush_all()

    def run_act(self, act, tickets, user=None, **values):
        """Do an act from the list, over the door that the client uses; return the outcomes."""
        dialogs = self.env["complaint.bulk.act"].with_user(user or self.clerk)
        values = {"act": act, "ticket_ids": [Command.set(tickets.ids)], **values}
        dialog = dialogs.browse(call_kw(dialogs, "create", [[values]], {}))
        action = call_kw(dialog, "action_run", [dialog.ids], {})
        self.assertEqual((action["res_id"], action["target"]), (dialog.id, "new"))
        return {line.ticket_id: (line.is_done, line.told) for line in dialog.line_ids}

    def test_p4_1_what_can_be_accepted_is_and_the_rest_says_why_not(self):
        told = self.run_act("accept", self.whole + self.gap + self.done)
        self.assertEqual([told[one][0] for one in self.whole + self.gap + self.done], [1, 0, 0])
        self.assertIn(self.whole.number, told[self.whole][1])
        self.assertIn("Still missing", told[self.gap][1])
        self.assertEqual(self.gap.complaint_state, "draft")
        self.assertNotEqual(self.whole.complaint_state, "draft")

    def test_p4_1_a_clerk_is_put_in_charge(self):
        told = self.run_act("assign", self.whole + self.done, user_id=self.manager.id)
        self.assertEqual([one[0] for one in told.values()], [True, True])
        self.assertEqual((self.whole + self.done).user_id, self.manager)
        told = self.run_act("assign", self.whole, user_id=self.manager.id)
        self.assertFalse(told[self.whole][0])
        with self.assertRaises(UserError):
            self.run_act("assign", self.whole, user_id=self.outsider.id)

    def test_p4_3_one_reason_refuses_several(self):
        with self.assertRaises(UserError):
            self.run_act("refuse", self.whole, reason=" 无 ")
        told = self.run_act("refuse", self.whole + self.done, reason="无理取闹，多次劝导无效")
        self.assertEqual((told[self.whole][0], told[self.done][0]), (True, False))
        self.assertEqual(self.whole.complaint_state, "invalid")
        self.assertEqual(self.whole.end_reason, "无理取闹，多次劝导无效")

    def test_c2_what_is_missing_is_asked_for(self):
        told = self.run_act("ask", self.whole + self.gap, how="message")
        self.assertEqual((told[self.whole][0], told[self.gap][0]), (False, True))
        self.assertTrue(self.gap.contact_ids.is_waiting)
        self.assertFalse(self.whole.contact_ids)

    def test_u7_5_what_one_may_not_read_is_left_out(self):
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.run_act("accept", self.whole + self.hidden)
        # Nor what was hidden while the dialog was open.
        dialog = self.env["complaint.bulk.act"].with_user(self.clerk)
        dialog = dialog.create({"ticket_ids": [Command.set((self.whole + self.gap).ids)]})
        self.gap.sudo().write({"is_discipline_matter": True, "user_id": self.leader.id})
        self.env.flush_all()
        call_kw(dialog, "action_run", [dialog.ids], {})
        self.assertEqual(dialog.line_ids.ticket_id, self.whole)
        self.assertEqual(self.gap.sudo().complaint_state, "draft")
        lines = self.env["complaint.bulk.act.line"].with_user(self.clerk)
        dialog = self.env["complaint.bulk.act"].with_user(self.clerk).create({})
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            values = {"act_id": dialog.id, "ticket_id": self.hidden.id}
            call_kw(lines, "create", [[values]], {})

    def test_p4_6_only_clerks_act(self):
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with (
                self.subTest(user=user.login),
                self.assertRaises(AccessError),
                mute_logger("odoo.models", "odoo.addons.base.models.ir_model"),
            ):
                self.run_act("accept", self.whole, user)

    def test_p4_1_the_dialog_takes_what_is_selected(self):
        ordinary = self.env["helpdesk.ticket"].create({"name": "别的", "description": "别的"})
        selected = (self.whole + self.gap + self.hidden + ordinary).ids
        dialogs = self.env["complaint.bulk.act"].with_user(self.clerk)
        context = {"active_model": "helpdesk.ticket", "active_ids": selected}
        with Form(dialogs.with_context(default_act="accept", **context)) as form:
            self.assertEqual(form.ticket_count, 2)
        self.assertEqual(form.record.ticket_ids, self.whole + self.gap)
