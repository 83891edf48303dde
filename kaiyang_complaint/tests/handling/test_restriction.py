"""The moment a complaint is restricted it is silent towards everybody else (七.5)."""

import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.access.access_revocation import AccessRevocation
from ..access.file_contents import recording
from .restriction_common import TODO, RestrictionCommon


@tagged("post_install", "-at_install")
class TestRestriction(RestrictionCommon):
    def test_u7_5_marked_case_is_silent_for_colleagues(self):
        self.restrict()
        self.assert_silent(self.colleague, self.ticket)
        self.assertFalse(self.scheduled.exists())

        self.assertEqual(self.mail.recipient_ids, self.leader.partner_id)
        self.assertIn(self.leader.partner_id, self.told.notification_ids.res_partner_id)

    def test_u7_5_conduct_item_narrows(self):
        self.restrict(conduct_ids=[Command.link(self.bribery.id)])
        self.assert_silent(self.colleague, self.ticket)

    def test_u7_5_flag_of_an_item_narrows_all_under_it(self):
        item = self.env.ref("kaiyang_complaint.conduct_08")
        self.ticket.conduct_ids = item
        item.with_user(self.manager).is_discipline_matter = True
        self.assert_silent(self.colleague, self.ticket)
        self.assert_silent(self.manager, self.ticket)
        with self.assertRaises(UserError) as refusal:
            item.with_user(self.manager).is_discipline_matter = False
        self.assertIn("Lift the restriction of each", str(refusal.exception))
        item.active = False
        more = [Command.link(self.env.ref("kaiyang_complaint.conduct_09").id)]
        self.ticket.sudo().conduct_ids = more
        self.assertTrue(self.ticket.sudo().is_restricted)

    def test_u7_5_narrows_over_an_import(self):
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "narrowed",
                "model": self.ticket._name,
                "res_id": self.ticket.id,
            }
        )
        fields = ["id", "is_discipline_matter"]
        result = self.ticket.with_user(self.clerk).load(fields, [["__test__.narrowed", "1"]])
        self.assertFalse(result["messages"])
        self.assert_silent(self.colleague, self.ticket)

    def test_u7_5_todos_pass_to_the_clerk_in_charge(self):
        self.restrict()
        todos = self.ticket.activity_ids
        self.assertEqual(todos.user_id, self.clerk + self.leader)
        self.assertEqual(todos.filtered(lambda todo: todo.summary == "回访").user_id, self.clerk)

    def test_u7_5_todos_end_where_nobody_is_in_charge(self):
        self.ticket.with_user(self.clerk).user_id = False
        item = self.env.ref("kaiyang_complaint.conduct_08")
        self.ticket.conduct_ids = item
        item.sudo().is_discipline_matter = True
        self.assertEqual(self.ticket.sudo().activity_ids.user_id, self.leader)

    def test_u7_5_who_restricts_an_orphan_takes_charge(self):
        self.ticket.user_id = False
        self.ticket.with_user(self.colleague).is_discipline_matter = True
        self.assertEqual(self.ticket.sudo().user_id, self.colleague)
        self.assertTrue(self.ticket.with_user(self.colleague).has_access("read"))

    def test_u7_5_slips_are_recalled(self):
        self.slip.with_user(self.rep).action_receive()
        self.restrict()
        self.assertEqual(self.slip.state, "declined")
        self.assertIn("Recalled", self.slip.decline_reason)
        self.assertEqual(set(self.slip.deadline_ids.mapped("state")), {"cancelled"})
        self.assertEqual(self.ticket.complaint_state, "accepted")
        self.assert_unknown_to_unit()

    def assert_unknown_to_unit(self):
        """The representative finds neither the slip nor a word or file of it."""
        slips = self.env["complaint.slip"].with_user(self.rep)
        self.assertFalse(slips.search([("id", "in", self.slip.ids)]))
        said = [("model", "=", "complaint.slip"), ("res_id", "in", self.slip.ids)]
        self.assertFalse(self.env["mail.message"].with_user(self.rep).search(said))
        messages = self.env["mail.message"].search(said)
        self.assertFalse(messages.notification_ids.filtered("res_partner_id.user_ids.share"))
        self.assertFalse(messages.mail_ids.filtered(lambda mail: mail.state == "outgoing"))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.slip.with_user(self.rep)._files_for_unit()

    def test_u7_5_replied_slips_stay_on_record_unseen(self):
        self.slip.with_user(self.rep).action_receive()
        self.slip.with_user(self.rep).action_reply(
            self.reply_values(attachments=[("报告.txt", base64.b64encode(b"x"))])
        )
        file = self.slip.reply_ids.attachment_ids
        self.restrict()
        self.assertEqual(self.slip.state, "declined")
        self.assertTrue(self.slip.reply_ids)
        self.assert_unknown_to_unit()
        with self.assertRaises(AccessError):
            file.with_user(self.rep).read(["datas"])

    def test_u7_5_files_open_by_the_case_alone(self):
        files = self.env["ir.attachment"]
        loose = files.with_user(self.colleague).create({"name": "录音.wav", "raw": recording()})
        recordings = {"recording_ids": [Command.link(loose.id)]}
        self.ticket.with_user(self.colleague)._procedure_write(recordings)
        hangs = {"res_model": self.ticket._name, "res_id": self.ticket.id}
        linked = files.create({"name": "照片.jpg", "raw": b"x", "public": True, **hangs})
        linked.generate_access_token()
        self.ticket.sudo().access_token = "0123456789abcdef"
        self.restrict()
        self.assertFalse(linked.access_token or linked.public or self.ticket.access_token)
        for file in loose + linked:
            with self.assertRaises(AccessError):
                file.with_user(self.colleague).read(["datas"])
            self.assertTrue(file.with_user(self.clerk).has_access("read"))

    def test_u7_5_former_clerk_in_charge_hears_no_more(self):
        self.restrict()
        self.ticket.with_user(self.clerk).activity_schedule(TODO, user_id=self.clerk.id)
        self.ticket.with_user(self.clerk).user_id = self.manager
        self.env.flush_all()
        self.assert_silent(self.clerk, self.ticket)
        self.assertTrue(self.ticket.with_user(self.manager).has_access("read"))
        todos = self.ticket.sudo().activity_ids
        self.assertEqual(todos.user_id, self.manager + self.leader)

    def test_u7_5_nothing_new_reaches_others(self):
        self.restrict()
        self.ticket.with_user(self.clerk).message_post(
            body="x", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assert_silent(self.colleague, self.ticket)
        with self.assertRaises(UserError):
            self.ticket.with_user(self.clerk).message_post(
                body="x", partner_ids=self.colleague.partner_id.ids
            )

    def test_u7_5_narrowing_twice_changes_nothing(self):
        self.restrict()
        before = self.ticket.message_ids, self.ticket.activity_ids.user_id
        AccessRevocation(self.env).revoke(self.ticket)
        self.assertEqual((self.ticket.message_ids, self.ticket.activity_ids.user_id), before)

    def test_u7_5_many_are_narrowed_with_the_queries_of_one(self):
        item = self.env.ref("kaiyang_complaint.conduct_08")
        tickets = [self.accepted(conduct_ids=item.ids) for _number in range(6)]
        few, many = tickets[0], self.ticket.union(*tickets[1:])
        for ticket in tickets:
            self.involve_colleague(ticket)
        counts = []
        for group in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            group.slip_ids._procedure_write({"state": "accepted"})
            group._with_procedure().sudo().write({"conduct_ids": [Command.link(self.bribery.id)]})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            AccessRevocation(self.env).revoke(group)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 15, counts)
