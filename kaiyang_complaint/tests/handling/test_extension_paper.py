from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..access.paper_common import PHONE, PaperCommon
from .extension_common import ExtensionCommon

NOTICE = "kaiyang_complaint.report_extension_notice"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestExtensionPaper(ExtensionCommon, PaperCommon):
    def test_t6_3_notice_tells_reason_old_and_new_date(self):
        self.room.company_id.complaint_phone = "0851-87253281"
        text = self.text(NOTICE, self.granted(limit_days=7, reason="因档案需向省局调取。"))
        for words in (
            "某县政务服务中心延期告知书",
            self.ticket.number,
            "王小明：",
            "关于“不动产转移登记”的投诉，我中心已于2026年5月11日受理",
            "原办理期限至2026年5月14日届满",
            "因档案需向省局调取，在上述期限内无法处理完毕",
            "延长至2026年5月20日（自受理之日起共7个工作日）",
            "0851-87253281",
            "2026年5月13日",
        ):
            self.assertIn(words, text)

    def test_t6_3_notice_names_no_anonymous_complainant(self):
        self.ticket.with_user(self.clerk).complainant_identity = "anonymous"
        text = self.text(NOTICE, self.granted())
        self.assertIn("投诉人：", text)
        self.assertNotIn("王小明", text)

    def test_t6_3_no_notice_of_what_was_not_granted(self):
        with self.assertRaises(UserError):
            self.text(NOTICE, self.requested())

    @mute_logger(*QUIET)
    def test_t6_3_notice_is_printed_by_the_desk_only(self):
        extension = self.granted()
        self.text(NOTICE, extension, self.leader)
        for user in (self.rep, self.outsider, self.archivist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.text(NOTICE, extension, user)

    def test_t6_3_registration_form_keeps_the_limit_and_shows_its_extensions(self):
        self.granted(limit_days=5, reason="等待档案")
        second = self.requested(limit_days=7, reason="档案仍未收到")
        second.approval_id.with_user(self.leader).action_approve("同意，不得再延。")
        text = self.text(PHONE, self.ticket)
        self.assertIn("办理期限至2026年5月14日", text)
        self.assertIn("延期理由档案仍未收到", text)
        self.assertIn("新期限2026年5月20日", text)
        answer = second.complainant_answer
        self.assertIn(f"2026年5月13日09:30电话告知。投诉人：{answer}", text)
        self.assertIn("批示同意，不得再延。签名：kc_leader", text)

    def test_t6_3_registration_form_shows_an_approval_without_words(self):
        self.granted()
        self.assertIn("同意。签名：", self.text(PHONE, self.ticket))

    def test_t6_3_registration_form_without_extension_leaves_room_for_the_pen(self):
        self.assertRegex(self.text(PHONE, self.ticket), "延期理由新期限年月日")
