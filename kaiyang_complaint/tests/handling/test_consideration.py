from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access.paper_common import PaperCommon

PHONE = "kaiyang_complaint.report_registration_phone"


@tagged("post_install", "-at_install")
class TestConsideration(PaperCommon):
    """Room and chief representative consider a telephone complaint together (五(一)1)."""

    def answered(self, channel="phone", **vals):
        ticket = self.accepted(channel, **vals)
        if ticket.complaint_state == "accepted":
            ticket.action_forward()
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        return ticket.slip_ids.with_user(self.clerk)

    def dialog(self, slip, **vals):
        action = slip.action_accept_reply()
        self.assertEqual(action["res_model"], "complaint.consideration.wizard")
        self.assertEqual(slip.state, "replied")
        wizards = self.env[action["res_model"]].with_user(self.clerk)
        return wizards.with_context(**action["context"]).create(vals)

    def test_r5_1_1_accepting_the_reply_asks_for_it(self):
        slip = self.answered()
        dialog = self.dialog(slip, consideration="责任在窗口，张贴清单。")
        self.assertEqual(dialog.considered_with, self.rep.name)
        self.assertEqual(dialog.measures, slip.reply_ids.measures)
        dialog.action_confirm()
        reply = slip.reply_ids
        self.assertEqual((slip.state, reply.state), ("accepted", "accepted"))
        self.assertEqual(reply.consideration, "责任在窗口，张贴清单。")
        self.assertEqual(reply.considered_by_id, self.clerk)
        self.assertTrue(reply.considered_at)
        text = self.text(PHONE, slip.ticket_id)
        self.assertIn("责任在窗口，张贴清单。", text)

    def test_r5_1_1_none_takes_a_reason_that_is_printed(self):
        slip = self.answered()
        dialog = self.dialog(slip, took_place="no", no_consideration_reason="无")
        with self.assertRaisesRegex(UserError, "say why"):
            dialog.action_confirm()
        dialog.no_consideration_reason = "首席代表出差，已电话确认"
        dialog.action_confirm()
        self.assertEqual(slip.state, "accepted")
        self.assertFalse(slip.reply_ids.consideration)
        text = self.text(PHONE, slip.ticket_id)
        self.assertIn("未会商，原因：首席代表出差，已电话确认", text)

    def test_r5_1_1_it_is_not_forged_nor_in_the_future(self):
        slip = self.answered()
        later = {**self.CONSIDERED, "considered_at": "2099-01-01 00:00:00"}
        for values, words in (({}, "lacks"), (later, "future")):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                slip.action_accept_reply(values)
        with self.assertRaises(UserError):
            slip.reply_ids.write({"consideration": "x"})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            slip.with_user(self.rep).action_accept_reply(self.CONSIDERED)
        self.assertEqual(slip.state, "replied")

    def test_r5_1_1_other_channels_are_not_asked(self):
        slip = self.answered("onsite")
        slip.action_accept_reply()
        self.assertEqual(slip.state, "accepted")

    def test_r5_1_1_a_joint_assessment_that_was_made_is_one(self):
        slip = self.answered()
        inquiry = self.env["complaint.investigation"].with_user(self.clerk)
        inquiry = inquiry.create({"ticket_id": slip.ticket_id.id})
        opinion = {"investigation_id": inquiry.id, "level": "unit", "given_by": "某代表"}
        self.env["complaint.investigation.opinion"].create({**opinion, "opinion": "属实"})
        slip.action_accept_reply()
        self.assertEqual(slip.state, "accepted")
