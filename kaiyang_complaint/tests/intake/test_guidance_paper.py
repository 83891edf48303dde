from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..access.paper_common import PaperCommon

NOTE = "kaiyang_complaint.report_guidance_note"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestGuidancePaper(PaperCommon):
    """不予受理告知书: where to go, and nobody's name (四.2)."""

    def setUp(self):
        super().setUp()
        self.authority = self.env["complaint.authority"].create(
            {
                "name": "某县住房和城乡建设局",
                "phone": "0851-87254077",
                "address": "开州大道88号",
                "opening_hours": "工作日9:00—17:00",
            }
        )

    def entry(self, authority=None, hint=None):
        action = self.new_complaint().action_refuse_out_of_scope(
            authority.id if authority else False, hint
        )
        entries = self.env["complaint.guidance.log"].with_user(self.clerk)
        return entries.with_context(**action["context"]).browse(action["res_id"])

    def test_p4_2_note_names_the_authority_and_nobody_else(self):
        text = self.text(NOTE, self.entry(self.authority))
        for words in (
            "某县政务服务中心不予受理告知书来访（来电）群众：",
            "不属于本中心投诉受理范围",
            "某县住房和城乡建设局",
            "0851-87254077",
            "开州大道88号",
            "工作日9:00—17:00",
        ):
            self.assertIn(words, text)
        for secret in ("王小明", "13812345678", "不动产转移登记", "排队两小时"):
            self.assertNotIn(secret, text)

    def test_p4_2_note_printed_at_once_holds_the_hint(self):
        entry = self.entry(hint="请携带购房合同")
        self.assertEqual(entry.hint, "请携带购房合同")
        action = entry.action_print_note()
        self.assertEqual(action["paper_engine"], "weasyprint")
        context = action["context"]
        reports = self.env["ir.actions.report"].with_user(self.clerk).with_context(**context)
        html = reports._render_qweb_html(NOTE, context["active_ids"], data=action["data"])[0]
        self.assertIn("请携带购房合同", html.decode())
        self.assertNotIn("请携带购房合同", self.text(NOTE, entry), "not stored")

    def test_p4_2_note_for_the_pen(self):
        text = self.text(NOTE)
        for label in ("受理部门", "联系电话", "地址", "办公时间"):
            self.assertIn(label, text)

    @mute_logger(*QUIET)
    def test_p4_2_note_is_printed_by_the_desk_only(self):
        entry = self.entry(self.authority)
        self.text(NOTE, entry, self.leader)
        for user in (self.rep, self.outsider, self.archivist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.text(NOTE, entry, user)
