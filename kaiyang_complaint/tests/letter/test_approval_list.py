from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..handling.meeting_common import MeetingCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestApprovalList(MeetingCommon):
    """Requests of every kind, asked from the complaint and worked through by the leader."""

    def asked(self, ticket=None, question="是否可由中心先行垫付复印费？", user=None):
        """Return a free request to the leader."""
        ticket = (ticket or self.accepted()).with_user(user or self.clerk)
        ticket.action_ask_leader(question)
        return ticket.approval_ids.sorted("id")[-1:]

    def decided_by_dialog(self, action, user, words):
        wizard = self.env[action["res_model"]].with_user(user).with_context(**action["context"])
        with Form(wizard) as form:
            form.reason = words
        form.record.action_confirm()

    def test_p4_6_leader_answers_a_question_of_the_desk_in_writing(self):
        approval = self.asked()
        self.assertEqual((approval.kind, approval.state), ("instruction", "pending"))
        self.assertEqual(approval.request, "是否可由中心先行垫付复印费？")
        self.assertIn(self.leader, approval.sudo().activity_ids.user_id)
        approval.with_user(self.leader).action_approve("同意，下不为例。")
        self.assertEqual(approval.instruction, "同意，下不为例。")
        todo = approval.ticket_id.activity_ids.filtered(lambda one: one.user_id == self.clerk)
        self.assertIn("同意，下不为例。", str(todo.note))

    def test_p4_6_the_question_is_asked_in_a_dialog(self):
        ticket = self.accepted()
        action = ticket.action_ask_leader()
        self.assertFalse(ticket.approval_ids)
        self.decided_by_dialog(action, self.clerk, "请示")
        self.assertEqual(ticket.approval_ids.request, "请示")

    def test_p4_6_no_question_about_a_case_that_ended(self):
        with self.assertRaisesRegex(UserError, "not under way"):
            self.asked(self.closed())
        with self.assertRaisesRegex(UserError, "not under way"):
            self.asked(self.new_complaint())

    @mute_logger(*QUIET)
    def test_p4_6_nobody_approves_their_own_request_whatever_its_kind(self):
        question = self.asked(user=self.both)
        ticket = self.of_two_units().with_user(self.both)
        meeting = self.proposed(ticket)
        meeting.action_request()
        for approval in (question, meeting.approval_id):
            for verb in ("action_approve", "action_reject", "action_instruct"):
                with self.subTest(kind=approval.kind), self.assertRaises(AccessError):
                    getattr(approval.with_user(self.both), verb)()
            both = question + self.asked()
            with self.assertRaises(AccessError):
                both.with_user(self.both).action_approve("同意。")
        self.assertEqual({question.state, meeting.state}, {"pending", "requested"})

    def test_p4_6_one_instruction_for_all_that_were_selected(self):
        approvals = self.asked() + self.asked() + self.asked()
        leader = approvals.with_user(self.leader)
        self.decided_by_dialog(leader.action_instruct(), self.leader, "同意，限两日内办结。")
        self.assertEqual(set(approvals.mapped("state")), {"approved"})
        self.assertEqual(set(approvals.mapped("instruction")), {"同意，限两日内办结。"})
        others = self.asked() + self.asked()
        self.decided_by_dialog(
            others.with_user(self.leader).action_reject(), self.leader, "先报书面材料。"
        )
        self.assertEqual(set(others.mapped("instruction")), {"先报书面材料。"})

    def test_p4_6_most_urgent_first(self):
        later, urgent = self.asked(), self.asked()
        later.ticket_id._procedure_write({"due_at": "2026-12-10 09:00:00"})
        urgent.ticket_id._procedure_write({"due_at": "2026-12-01 09:00:00"})
        view = self.env.ref("kaiyang_complaint.complaint_approval_view_list")
        self.assertIn('default_order="due_at, id"', view.arch)
        approvals = self.env["complaint.approval"].with_user(self.leader)
        mine = approvals.search([("id", "in", (later + urgent).ids)], order="due_at, id")
        self.assertEqual(mine, urgent + later)

    def test_p4_6_a_day_s_requests_are_decided_at_once_without_a_query_each(self):
        asked = [self.asked() for _ in range(15)]
        few, many = (self.env["complaint.approval"].union(*some) for some in (asked[:3], asked[4:]))

        def queries(approvals):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            approvals.with_user(self.leader).action_approve("同意。")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(asked[3])
        self.assertLessEqual(queries(many) - queries(few), 2)

    def test_p4_6_decisions_stand_on_the_registration_form(self):
        ticket = self.of_two_units()
        self.asked(ticket).with_user(self.leader).action_approve("先核实再会商。")
        self.held(ticket)
        sheets = self.env["report.kaiyang_complaint.report_registration_phone"]
        [sheet] = sheets.with_user(self.clerk)._get_report_values(ticket.ids)["sheets"]
        self.assertIn("【请示】先核实再会商。", sheet.instruction)
        self.assertIn("【会商】同意，两家负责人到会。", sheet.instruction)
