from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import format_date, mute_logger

from ..common import GROUP
from ..handling.extension_common import ExtensionCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
TO_DECIDE = "kaiyang_complaint.activity_to_decide"


@tagged("post_install", "-at_install")
class TestApproval(ExtensionCommon):
    def test_t6_3_leader_gets_a_to_do_until_one_of_them_decides(self):
        approval = self.requested().approval_id
        todos = approval.sudo().activity_ids
        self.assertEqual(todos.activity_type_id, self.env.ref(TO_DECIDE))
        self.assertEqual(todos.user_id & (self.leader + self.both), self.leader + self.both)
        self.assertFalse(todos.user_id & (self.director + self.clerk + self.archivist))
        approval.with_user(self.leader).action_approve()
        self.assertFalse(approval.sudo().activity_ids)

    def test_t6_3_decision_is_on_record_with_name_and_time(self):
        approval = self.requested().approval_id
        self.assertEqual((approval.requested_by_id, approval.state), (self.clerk, "pending"))
        days = [format_date(self.env, f"2026-05-{day}", date_format="long") for day in (14, 18)]
        for words in (*days, "档案需向省局调取", "表示理解"):
            self.assertIn(words, approval.request)
        approval.with_user(self.leader).action_approve(" 同意，务必按时办结。 ")
        self.assertEqual(approval.instruction, "同意，务必按时办结。")
        self.assertEqual(approval.decided_by_id, self.leader)
        self.assertEqual(str(approval.decided_at), "2026-05-13 02:00:00")

    def test_t6_3_rejection_needs_words(self):
        approval = self.requested().approval_id.with_user(self.leader)
        action = approval.action_reject()
        self.assertEqual((action["target"], approval.state), ("new", "pending"))
        wizard = self.env[action["res_model"]].with_user(self.leader)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "不同意。"
        form.record.action_confirm()
        self.assertEqual((approval.state, approval.instruction), ("rejected", "不同意。"))

    def test_t6_3_instruction_is_asked_for_in_a_dialog(self):
        approval = self.requested().approval_id.with_user(self.leader)
        action = approval.action_instruct()
        wizard = self.env[action["res_model"]].with_user(self.leader)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "同意。"
        form.record.action_confirm()
        self.assertEqual((approval.state, approval.instruction), ("approved", "同意。"))

    @mute_logger(*QUIET)
    def test_t6_3_nobody_decides_a_request_of_their_own(self):
        approval = self.requested(user=self.both).approval_id.with_user(self.both)
        self.assertFalse(approval.can_decide)
        self.assertNotIn(self.both, approval.sudo().activity_ids.user_id)
        for verb in ("action_approve", "action_reject", "action_instruct"):
            with self.subTest(verb=verb), self.assertRaisesRegex(AccessError, "your own request"):
                getattr(approval, verb)()
        self.assertEqual(approval.state, "pending")
        approval.with_user(self.leader).action_approve()

    def test_t6_3_leader_who_is_also_clerk_decides_what_others_ask(self):
        approval = self.requested().approval_id.with_user(self.both)
        approval.action_approve()
        self.assertEqual(approval.decided_by_id, self.both)

    @mute_logger(*QUIET)
    def test_t6_3_only_leaders_of_the_role_decide(self):
        approval = self.requested().approval_id
        people = (self.clerk, self.manager, self.director, self.archivist, self.rep, self.outsider)
        for user in people:
            for verb in ("action_approve", "action_reject"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(approval.with_user(user), verb)("同意。")
        self.assertEqual(approval.state, "pending")

    def test_t6_3_request_to_the_main_leader(self):
        extension = self.new_extension()
        approvals = self.env["complaint.approval"].with_user(self.clerk)
        approval = approvals._ask(extension, "extension", "请示", role="director")
        self.assertEqual(approval.sudo().activity_ids.user_id & self.director, self.director)
        self.assertFalse(approval.with_user(self.leader).can_decide)
        self.assertTrue(approval.with_user(self.director).can_decide)

    def test_t6_3_list_holds_what_waits_for_the_user(self):
        mine = [("can_decide", "=", True)]
        own = self.requested(user=self.both).approval_id
        approvals = self.env["complaint.approval"]
        self.assertIn(own, approvals.with_user(self.leader).search(mine))
        for user in (self.both, self.director, self.clerk):
            self.assertNotIn(own, approvals.with_user(user).search(mine))

    def test_t6_3_several_are_approved_at_once_or_none(self):
        other = self.accepted()
        approvals = (self.requested() + self.requested(ticket=other)).approval_id
        approvals.with_user(self.leader).action_approve()
        self.assertEqual(set(approvals.mapped("state")), {"approved"})

    def test_t6_3_decided_once(self):
        approval = self.granted().approval_id
        for verb in ("action_approve", "action_reject"):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "settled before"):
                getattr(approval.with_user(self.leader), verb)("另议。")
        with self.assertRaisesRegex(UserError, "settled before"):
            approval.with_user(self.clerk).action_withdraw()

    @mute_logger(*QUIET)
    def test_t6_3_withdrawn_by_the_desk(self):
        extension = self.requested()
        approval = extension.approval_id
        with self.assertRaises(AccessError):
            approval.with_user(self.leader).action_withdraw()
        approval.with_user(self.clerk).action_withdraw()
        self.assertEqual((approval.state, extension.state), ("withdrawn", "draft"))
        self.assertFalse(approval.sudo().activity_ids)
        self.assertFalse(approval.decided_by_id)
        extension.action_request()
        self.assertNotEqual(extension.approval_id, approval)

    def test_t6_3_refused_where_nobody_could_decide(self):
        group = self.env.ref(f"{GROUP}leader")
        group.user_ids = self.both
        extension = self.new_extension(user=self.both)
        with self.assertRaisesRegex(UserError, "No user can decide"):
            extension.action_request()

    @mute_logger(*QUIET)
    def test_t6_3_nobody_writes_a_request_or_a_decision_over_rpc(self):
        approval = self.requested().approval_id
        facts = {"state": "approved", "instruction": "同意", "request": "伪造", "role": "director"}
        for user in (self.clerk, self.manager, self.leader, self.director):
            model = self.env["complaint.approval"].with_user(user)
            for context in ({}, {"complaint_guard": True}):
                kwargs = {"context": context}
                for name, value in facts.items():
                    with self.subTest(user=user.login, name=name), self.assertRaises(UserError):
                        call_kw(model, "write", [approval.ids, {name: value}], kwargs)
                values = {
                    "ticket_id": self.ticket.id,
                    "kind": "extension",
                    "request": "伪造",
                    "requested_by_id": self.clerk.id,
                    "requested_at": "2026-05-13 02:00:00",
                    "role": "leader",
                }
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call_kw(model, "create", [[values]], kwargs)
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call_kw(model, "unlink", [approval.ids], kwargs)
        self.assertEqual(approval.state, "pending")
