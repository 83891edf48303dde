from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..access.paper_common import PaperCommon
from ..access.paper_records import PaperRecords
from ..common import SIGNATURE

FEEDBACK = "kaiyang_complaint.report_feedback_record"
REFUSAL = "kaiyang_complaint.report_refusal_notice"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestFeedbackPaper(PaperCommon):
    """Form F: what the complainant was told, and what they said (五(三))."""

    def assert_says(self, text, *words):
        for word in words:
            with self.subTest(word):
                self.assertIn(word, text)

    def test_f5_3_4_record_of_a_call(self):
        text = self.text(FEEDBACK, self.fed_back().feedback_ids)
        self.assert_says(
            text,
            "某县政务服务中心投诉举报电话回复记录",
            "投诉人王小明",
            "去电号码13812345678",
            "身份核验本人，已核对姓名",
            "☑中心投诉室",
            "告知内容已告知处理结果。",
            "希望增加叫号窗口。",
            "☑满意",
            "☑未录音",
            "经办人签名：kc_clerk",
        )

    def test_f5_3_3_record_of_an_answer_in_person_is_printed_to_be_signed(self):
        ticket = self.replied()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        values = self.feedback_values(ticket, mode="in_person", signature=SIGNATURE)
        draft = feedback.create(values)
        text = self.text(FEEDBACK, draft)
        self.assert_says(text, "当面回复记录", "投诉人签字", "以上内容已当面告知")
        self.assertNotIn("录音", text)

    def test_f5_3_2_record_names_the_unit_that_answered(self):
        feedback = self.fed_back().feedback_ids.sudo()
        feedback._procedure_write(
            {
                "slip_id": feedback.ticket_id.slip_ids.id,
                "consent_at": "2026-03-04 02:00:00",
                "consent_how": "phone",
            }
        )
        text = self.text(FEEDBACK, feedback)
        self.assert_says(text, "☑受托答复单位：不动产登记中心", "2026年3月4日10:00", "方式：电话")
        self.assertIn("核收签名：kc_clerk", text)

    def test_f5_3_2_an_answer_that_a_unit_owes_is_no_record(self):
        feedback = self.fed_back().feedback_ids.sudo()
        feedback._procedure_write({"state": "asked"})
        with self.assertRaisesRegex(UserError, "not answered yet"):
            self.text(FEEDBACK, feedback)
        report = self.env.ref(FEEDBACK)
        self.assertFalse(report.get_valid_action_reports(feedback._name, feedback.ids))

    def test_f5_3_3_blank_records_for_the_pen(self):
        self.assertIn("去电号码", self.text(FEEDBACK, blank=True))
        in_person = self.text(FEEDBACK, blank=True, mode="in_person")
        self.assert_says(in_person, "当面回复记录", "投诉人签字")
        self.assertIn("电话回复记录", self.text(FEEDBACK, blank=True, mode="nonsense"))


@tagged("post_install", "-at_install")
class TestRefusalPaper(PaperCommon):
    """不予受理告知书 for an invalid complaint (四.3)."""

    def test_p4_3_notice_tells_the_ground_and_the_reason(self):
        ticket = self.new_complaint()
        ticket.action_mark_invalid("该事项已三次答复，未提出新的事实。", "unreasonable")
        text = self.text(REFUSAL, ticket)
        for words in (
            "某县政务服务中心不予受理告知书",
            "王小明：",
            "来电向我中心投诉室反映的“不动产转移登记”事项",
            "经审查，该事项已三次答复，未提出新的事实，该投诉属《投诉受理工作制度》",
            "（以下简称《制度》）第四条第3项规定的无效投诉",
        ):
            with self.subTest(words):
                self.assertIn(words, text)
        for words in ("无理取闹", "☑", "□", "如您能够补充"):
            self.assertNotIn(words, text)

    def test_p4_3_notice_asks_for_what_is_missing_where_that_is_the_ground(self):
        ticket = self.new_complaint(window_id=False, service_item=False, respondent_ids=False)
        ticket.action_mark_invalid("来电人不愿说明窗口。", "no_object")
        text = self.text(REFUSAL, ticket)
        for words in (
            "您未提供明确的被投诉对象和投诉事项，该投诉属",
            "具体情况：来电人不愿说明窗口。",
            "如您能够补充被投诉对象、窗口号",
        ):
            self.assertIn(words, text)

    def test_p4_3_notice_is_of_invalid_complaints_only(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "Mark the complaint as invalid first"):
            self.text(REFUSAL, ticket)
        report = self.env.ref(REFUSAL).with_user(self.clerk)
        self.assertFalse(report.get_valid_action_reports(ticket._name, ticket.ids))

    def test_p4_3_blank_notice_for_the_pen(self):
        text = self.text(REFUSAL, blank=True)
        self.assertIn("规定的无效投诉", text)
        self.assertNotIn("☑", text)


@tagged("post_install", "-at_install")
class TestProcessPapers(PaperRecords):
    """调查处理报告 and 请示批示单, and who prints what hangs on a complaint."""

    def test_p4_4_report_holds_both_sides_mediation_and_the_assessment(self):
        text = self.text("kaiyang_complaint.report_investigation", self.normal["investigation"])
        for words in (
            "某县政务服务中心投诉举报调查处理报告",
            "排队两小时后被告知材料不齐",
            "窗口人员称已口头告知。",
            "监控显示未出具一次性告知单。",
            "☑经调解，双方达成一致",
            "窗口单位属实。（科长",
            "☑成立",
            "☑人员",
            "批评教育，重新培训。",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_p4_4_no_report_before_the_conclusion(self):
        inquiry = self.normal["investigation"]
        inquiry._procedure_write({"state": "draft"})
        with self.assertRaisesRegex(UserError, "once the investigation is concluded"):
            self.text("kaiyang_complaint.report_investigation", inquiry)

    def test_h5_2_5_sheet_holds_request_and_instruction(self):
        approval = self.normal["approval"]
        text = self.text("kaiyang_complaint.report_approval", approval)
        for words in (
            "投诉举报请示批示单",
            "请示类别会商",
            "妥否，请批示。请示人：kc_clerk",
            "中心分管领导批示☑同意",
            "同意，两家负责人到会。",
            "签名：kc_leader",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_h5_2_5_a_pending_request_prints_with_room_for_the_decision(self):
        approval = self.normal["approval"]
        waiting = {"state": "pending", "instruction": False, "decided_by_id": False}
        approval._procedure_write(waiting)
        text = self.text("kaiyang_complaint.report_approval", approval)
        self.assertIn("中心分管领导批示□同意", text)
        self.assertNotIn("kc_leader", text)
        report = self.env.ref("kaiyang_complaint.report_approval")
        self.assertTrue(report.get_valid_action_reports(approval._name, approval.ids))
        approval._procedure_write({"state": "withdrawn"})
        with self.assertRaisesRegex(UserError, "was withdrawn"):
            self.text("kaiyang_complaint.report_approval", approval)

    def test_u7_2_sheet_without_a_complaint_has_no_rows_for_one(self):
        approval = self.env["complaint.approval"].create(
            {
                "kind": "board",
                "subject": "2026年3月红黑榜",
                "request": "请审定。",
                "role": "leader",
                "requested_by_id": self.clerk.id,
                "requested_at": "2026-04-02 02:00:00",
            }
        )
        approval._procedure_write({"state": "approved"})
        text = self.text("kaiyang_complaint.report_approval", approval, self.env.user)
        self.assertIn("请示事项2026年3月红黑榜请示类别", text)
        for words in ("投诉编号", "受理时间", "办理期限"):
            self.assertNotIn(words, text)

    def test_h5_2_5_referrals_have_their_own_sheet(self):
        approval = self.normal["approval"]
        report = self.env.ref("kaiyang_complaint.report_approval")
        self.assertTrue(report.get_valid_action_reports(approval._name, approval.ids))
        approval._procedure_write({"kind": "referral"})
        self.assertFalse(report.get_valid_action_reports(approval._name, approval.ids))

    @mute_logger(*QUIET)
    def test_x2_papers_are_printed_by_the_desk_only(self):
        for name, record in self.normal.items():
            report = f"kaiyang_complaint.report_{name}"
            for user in (self.rep, self.outsider):
                with self.subTest(name, user=user.login), self.assertRaises(AccessError):
                    self.text(report, record, user)

    def test_x2_blank_forms_hang_in_one_menu(self):
        menus = self.env["ir.ui.menu"].with_user(self.clerk)
        parent = self.env.ref("kaiyang_complaint.complaint_menu_blanks")
        visible = menus.browse(menus._visible_menu_ids())
        forms = visible.filtered(lambda menu: menu.parent_id == parent)
        self.assertEqual(len(forms), 16)
