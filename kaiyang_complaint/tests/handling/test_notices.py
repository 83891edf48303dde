"""Notices leave at once, in the reader's language, and one that does not arrive is seen."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon

QUEUE = "mail.ir_cron_mail_scheduler_action"


@tagged("post_install", "-at_install")
class TestNotices(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.email = "rep@example.com"
        cls.company = cls.room.company_id or cls.env.company
        cls.env["res.lang"]._activate_lang("zh_CN")

    def notices(self, user, record):
        """Return what was written to somebody about a record, the last first."""
        return self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("partner_ids", "in", user.partner_id.ids),
                ("message_type", "=", "user_notification"),
            ],
            order="id desc",
        )

    def sent(self, record, user=None):
        """Return the notification of the last notice of a record."""
        return self.notices(user or self.rep, record)[:1].notification_ids

    def tile(self, user, key):
        tiles = self.env["helpdesk.ticket.team"].with_user(user).complaint_tiles()["tiles"]
        return {tile["key"]: tile["count"] for tile in tiles}[key]

    def triggers(self):
        queue = self.env.ref(QUEUE)
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", queue.id)])

    def fresh(self, record):
        record.invalidate_recordset(["notice_state"])
        return record.notice_state

    # --- at once ----------------------------------------------------------------------------------

    def test_p4_6_slip_and_call_wake_the_mail_queue(self):
        self.env.ref(QUEUE).active = True
        before = self.triggers()
        self.accepted()
        self.assertGreater(self.triggers(), before, "a slip does not wait for the hour")
        before = self.triggers()
        ticket = self.accepted("onsite")
        self.assertTrue(ticket.call_ids)
        self.assertGreater(self.triggers(), before, "nor does who is to come at once")

    # --- that do not arrive -----------------------------------------------------------------------

    def test_p4_6_mail_that_failed_is_seen_until_another_arrives(self):
        slip = self.accepted().slip_ids.with_user(self.clerk)
        self.assertFalse(slip.notice_state)
        before = self.tile(self.clerk, "unreached")
        self.sent(slip).notification_status = "bounce"
        self.assertEqual(self.fresh(slip), "failed")
        self.assertEqual(self.tile(self.clerk, "unreached"), before + 1)
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        domain = day.open_complaint_tile("unreached")["domain"]
        self.assertIn(slip, slip.search(domain))
        self.assertNotIn(slip, slip.search([("notice_state", "=", False)]))
        slip.action_notify_again()
        self.sent(slip).notification_status = "sent"
        self.assertFalse(self.fresh(slip))
        self.assertEqual(self.tile(self.clerk, "unreached"), before)

    def test_p4_6_call_by_telephone_settles_it_until_the_next_notice(self):
        slip = self.accepted().slip_ids.with_user(self.clerk)
        self.sent(slip).notification_status = "exception"
        self.assertEqual(self.fresh(slip), "failed")
        dialog = slip.action_note_call()
        reasons = self.env["complaint.reason.wizard"].with_user(self.clerk)
        form = Form(reasons.with_context(**dialog["context"]))
        form.reason = "已电话告知首席代表，13900000000"
        form.save().action_confirm()
        self.assertFalse(self.fresh(slip))
        self.assertEqual((slip.told_by_id, slip.told_note[:5]), (self.clerk, "已电话告知"))
        self.env["mail.message"].browse(self.notices(self.rep, slip).ids).date = "2020-01-01"
        slip.action_urge("请答复。")
        self.notices(self.rep, slip)[:1].date = "2999-01-01"
        self.sent(slip).notification_status = "exception"
        self.assertEqual(self.fresh(slip), "failed", "of this one they do not know")

    def test_p4_6_no_address_and_nobody_are_seen(self):
        slip = self.accepted().slip_ids.with_user(self.manager)
        self.rep.partner_id.email = "nobody at all"
        self.assertEqual(self.fresh(slip), "no_address")
        self.assertTrue(self.representative.lacks_address)
        self.assertIn(self.rep.name, self.unit.without_address)
        self.rep.active = False
        self.assertEqual(self.fresh(slip), "nobody")
        self.assertTrue(self.unit.nobody_in_office)
        self.assertEqual(self.tile(self.manager, "unreached"), 1)
        slip.action_note_call("已电话告知该单位办公室")
        self.assertFalse(self.fresh(slip))

    def test_p4_6_call_to_the_room_that_does_not_arrive_is_seen(self):
        ticket = self.accepted("onsite")
        call = ticket.call_ids.filtered("told_user_id").with_user(self.clerk)
        self.assertFalse(call.notice_state)
        self.sent(call).notification_status = "exception"
        self.assertEqual(self.fresh(call), "failed")
        self.assertEqual(self.tile(self.clerk, "calls_unreached"), 1)
        call.action_note_call()
        self.assertFalse(self.fresh(call))
        self.assertEqual(self.tile(self.clerk, "calls_unreached"), 0)

    def test_p4_6_the_unit_records_nothing_of_it(self):
        slip = self.accepted().slip_ids
        self.sent(slip).notification_status = "exception"
        with self.assertRaises(AccessError):
            slip.with_user(self.rep).action_notify_again()
        with self.assertRaises(AccessError):
            slip.with_user(self.rep).action_note_call("x")
        with self.assertRaises(UserError):
            slip.with_user(self.clerk).told_at = "2026-03-02 01:00:00"

    # --- languages and sender ---------------------------------------------------------------------

    def test_p4_6_notice_speaks_the_language_of_its_reader(self):
        """Whoever causes it works in another one."""
        self.rep.lang = "zh_CN"
        ticket = self.accepted()
        slip = ticket.slip_ids
        notice = self.notices(self.rep, slip)[:1]
        self.assertNotIn("New complaint slip", notice.subject)
        self.assertIn(slip.name, notice.subject)
        self.assertNotIn("Please sign", notice.body)
        self.assertEqual(
            notice.sudo().mail_ids.email_from or self.company._complaint_sender(),
            self.company._complaint_sender(),
        )
        slip.with_user(self.rep).with_context(lang="zh_CN").action_receive()
        slip.with_user(self.rep).with_context(lang="zh_CN").action_reply(self.reply_values())
        todo = ticket.activity_ids.filtered(lambda one: one.user_id == self.clerk)[-1:]
        self.assertIn("The unit replied", todo.summary, "the clerk reads English")
        slip.with_user(self.clerk).action_return_reply("请补充。")
        self.assertNotIn("returned", self.notices(self.rep, slip)[:1].subject)
        slip.with_user(self.clerk).with_context(lang="en_US").action_urge("请答复。")
        self.assertNotIn("Urging", self.notices(self.rep, slip)[:1].subject)

    def test_p4_6_todos_speak_the_language_of_who_has_them(self):
        self.clerk.lang = "zh_CN"
        ticket = self.accepted()
        slip = ticket.slip_ids.with_user(self.rep).with_context(lang="en_US")
        slip.action_receive()
        slip.action_reply(self.reply_values())
        todo = ticket.activity_ids.filtered(lambda one: one.user_id == self.clerk)[-1:]
        self.assertNotIn("The unit replied", todo.summary)
        written = self.notices(self.clerk, ticket)
        self.assertTrue(written)
        self.assertNotIn("assigned to you", "".join(written.mapped("subject")))

    def test_p4_6_call_and_reassignment_speak_the_language_of_their_reader(self):
        self.rep.lang = "zh_CN"
        ticket = self.accepted("onsite")
        call = ticket.call_ids.filtered("told_user_id")
        self.assertNotIn("called", self.notices(self.rep, call)[:1].subject)
        self.manager.lang = "zh_CN"
        ticket.with_user(self.clerk).with_context(tracking_disable=False).user_id = self.manager
        told = self.notices(self.manager, ticket)[:1]
        self.assertTrue(told)
        self.assertNotIn("assigned", told.subject)
