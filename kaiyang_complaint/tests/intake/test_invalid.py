from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..access.paper_common import PHONE, PaperCommon
from ..common import ComplaintCommon

WIZARD = "complaint.reason.wizard"


@tagged("post_install", "-at_install")
class TestInvalid(PaperCommon, ComplaintCommon):
    """Refused as invalid: with a ground, without number and clock (四.3)."""

    def nameless(self):
        return self.new_complaint(window_id=False, service_item=False, respondent_ids=False)

    def dialog(self, ticket):
        action = ticket.action_mark_invalid()
        dialogs = self.env[action["res_model"]].with_user(self.clerk)
        return Form(dialogs.with_context(**action["context"]))

    def test_p4_3_the_ground_shows_from_what_is_missing(self):
        self.assertEqual(self.dialog(self.nameless()).ground, "no_object")
        self.assertEqual(self.dialog(self.new_complaint()).ground, "unreasonable")

    def test_p4_3_without_respondent_and_matter_the_ground_says_it_all(self):
        ticket = self.nameless()
        self.dialog(ticket).save().action_confirm()
        self.assertEqual((ticket.complaint_state, ticket.invalid_ground), ("invalid", "no_object"))
        self.assertEqual(ticket.number, "/")
        self.assertFalse(ticket.accepted_at or ticket.due_at or ticket.deadline_ids)
        self.assertIn("☑无效，理由：未提供投诉对象和投诉事项", self.text(PHONE, ticket))

    def test_p4_3_other_grounds_need_words(self):
        ticket = self.nameless()
        for ground in ("unreasonable", "other", None):
            self.assertIn("res_model", ticket.action_mark_invalid("  ", ground))
        self.assertEqual(ticket.complaint_state, "draft")
        ticket.action_mark_invalid("反复辱骂，三次劝导无效", "unreasonable")
        text = self.text(PHONE, ticket)
        self.assertIn("☑无效，理由：无理取闹：反复辱骂，三次劝导无效", text)

    def test_p4_3_the_ground_does_not_contradict_the_complaint(self):
        ticket = self.new_complaint()
        with self.assertRaisesRegex(UserError, "names whom"):
            ticket.action_mark_invalid("", "no_object")
        self.assertEqual(ticket.complaint_state, "draft")

    def test_p4_3_reconsidered_it_is_a_draft_again(self):
        ticket = self.new_complaint().with_context(tracking_disable=False, mail_notrack=False)
        ticket.action_mark_invalid("看错了", "other")
        self.env.flush_all()
        dialog = ticket.action_reconsider()
        self.assertEqual((dialog["res_model"], ticket.complaint_state), (WIZARD, "invalid"))
        wizard = self.env[WIZARD].with_user(self.clerk).with_context(**dialog["context"])
        wizard.create({"reason": "补充了被投诉人"}).action_confirm()
        self.assertIn("补充了被投诉人", "".join(ticket.message_ids.mapped("body")))
        self.assertEqual(ticket.complaint_state, "draft")
        self.assertFalse(ticket.invalid_ground or ticket.end_reason)
        ticket.action_accept()
        self.assertNotEqual(ticket.number, "/")

    def test_p4_3_only_drafts_are_invalid(self):
        with self.assertRaises(UserError):
            self.accepted().action_mark_invalid("无理取闹", "unreasonable")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_p4_3_clerks_refuse_others_do_not(self):
        ticket = self.new_complaint()
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ticket.with_user(user).action_mark_invalid("无理取闹", "other")

    def test_p4_3_the_ground_is_set_by_the_procedure(self):
        with self.assertRaisesRegex(UserError, "set by the procedure"):
            self.new_complaint().invalid_ground = "other"

    def test_p4_3_no_drag_takes_it_up_again(self):
        ticket = self.new_complaint()
        ticket.action_mark_invalid("看错了", "other")
        stages = self.env["helpdesk.ticket.stage"].search([("complaint_state", "=", "draft")])
        with self.assertRaisesRegex(UserError, "Reconsider"):
            ticket.stage_id = stages[:1]
        self.assertEqual(ticket.complaint_state, "invalid")
