from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access.paper_common import PHONE, pages
from .referral_common import ReferralCommon

LETTER = "kaiyang_complaint.report_referral"
SHEET = "kaiyang_complaint.report_referral_sheet"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
LONG = "大厅北门外至停车场一段路灯陆续损坏，夜间通行十分不便，请有关单位尽快修复。\n" * 20
LONG_NAME = (
    "某省某市某县人民政府某街道办事处综合行政执法和城市精细化管理工作领导小组办公室"
    "暨市容环境卫生事务服务中心路灯管理所"
)


@tagged("post_install", "-at_install")
class TestReferralPaper(ReferralCommon):
    def test_h5_2_4_letter_to_the_unit_concerned(self):
        self.room.company_id.complaint_phone = "0851-87253281"
        self.room.company_id.complaint_regulation = "某县投诉受理工作制度"
        ticket = self.outside_matter()
        self.conclude(ticket)
        file = self.enclosure(ticket)
        referral = self.approved(ticket, enclosure_ids=self.linked(file), answer_by="2026-05-14")
        text = self.text(LETTER, referral)
        for words in (
            "某县政务服务中心投转〔2026〕1号关于转请阅处“大厅外路灯损坏”有关事项的函",
            "县综合行政执法局：",
            f"于2026年5月11日收到群众来信反映的事项（投诉编号：{ticket.number}）",
            "第五条第（二）款第4项",
            "经中心分管领导阅批",
            "与窗口工作人员无关",
            "于2026年5月14日前将办理结果函告我中心",
            "《某县投诉受理工作制度》（以下简称《制度》）第五条第（二）款第4项",
            "请研究办理并函复。",
            "附件：来信扫描件",
            "某县政务服务中心2026年5月12日",
            "0851-87253281",
        ):
            self.assertIn(words, text)
        for words in ("王小明", "13812345678", "同意转办", "三、投诉人情况"):
            self.assertNotIn(words, text)

    def test_h5_2_4_letter_names_who_agreed_to_it(self):
        consent = {"names_complainant": True, "consent": "电话中同意", "unit_answers_itself": True}
        text = self.text(LETTER, self.approved(**consent))
        for words in ("投诉人：王小明，联系电话：13812345678", "直接答复投诉人", "投诉人已同意"):
            self.assertIn(words, text)
        self.assertNotIn("电话中同意", text)

    def test_t6_4_answer_tells_the_cause_among_the_facts(self):
        ticket = self.outside_matter()
        self.conclude(ticket, cause="缺少巡查。", measures="已更换灯具。")
        letter = self.env["complaint.letter"].with_user(self.clerk)
        body = letter.create({"kind": "answer", "ticket_id": ticket.id}).body
        facts, done = body.split("二、处理结果和整改措施")
        self.assertIn("缺少巡查。", facts)
        self.assertNotIn("缺少巡查", done)
        self.assertIn("已更换灯具。", done)

    def test_h5_2_4_letter_names_nobody_twice(self):
        """Who called is not masked in one place and named in another."""
        ticket = self.outside_matter(description="<p>王小明来电：我看见路灯坏了。</p>")
        self.conclude(ticket)
        consent = {"names_complainant": True, "consent": "电话中同意", "unit_answers_itself": True}
        text = self.text(LETTER, self.approved(ticket, **consent))
        self.assertIn("一、反映的主要内容群众来电反映：其看见路灯坏了。", text)
        self.assertNotIn("〔姓名〕", text)

    def test_h5_2_4_letter_over_pages_with_a_long_addressee(self):
        self.authority.name = LONG_NAME
        referral = self.approved(matter=LONG, summary=LONG)
        (content,) = self.streams(LETTER, referral).values()
        sheets = pages(content["stream"])
        self.assertIn(f"{LONG_NAME}：", sheets[0])
        self.assertNotIn("—1—", sheets[0])
        for number, sheet in enumerate(sheets[1:], 2):
            self.assertIn(f"—{number}—", sheet)
        self.assertIn("请研究办理并函复。", sheets[-1], "no signature alone on its page")

    def test_h5_2_4_letter_only_once_signed_off(self):
        for referral in (self.referral(), self.requested()):
            with self.assertRaisesRegex(UserError, "signed"):
                self.text(LETTER, referral)

    def test_h5_2_4_sheet_shows_what_the_leader_wrote(self):
        referral = self.requested()
        self.assertIn("中心分管领导阅批签名：年月日", self.text(SHEET, referral))
        referral.approval_id.with_user(self.leader).action_approve("请执法局尽快修复。")
        text = self.text(SHEET, referral)
        for words in (
            "☑无关",
            "拟转请县综合行政执法局阅处",
            "☑不随件提供",
            "请执法局尽快修复。签名：kc_leader",
        ):
            self.assertIn(words, text)

    def test_h5_2_4_registration_form_says_so(self):
        self.assertIn("与中心窗口工作人员无关", self.text(PHONE, self.outside_matter("phone")))

    def test_u7_5_transfer_letter(self):
        ticket = self.discipline_matter()
        self.conclude(ticket, is_transfer_due=True)
        text = self.text(LETTER, self.approved(ticket))
        for words in (
            "投移〔2026〕1号关于移送群众投诉件的函",
            "县纪委监委：",
            "查证属实",
            "第七条第5项",
            "T12号窗口李晓梅",
            "投诉人：王小明",
            "本件涉及问题线索和投诉人信息，请注意保密",
            "特此函告。",
        ):
            self.assertIn(words, text)
        self.assertIn("☑有关", self.text(SHEET, ticket.referral_ids))

    @mute_logger(*QUIET)
    def test_u7_5_transfer_letter_is_printed_by_those_who_may_read_it(self):
        ticket = self.discipline_matter()
        self.conclude(ticket, is_transfer_due=True)
        referral = self.approved(ticket)
        self.text(LETTER, referral, self.leader)
        for user in (self.manager, self.archivist, self.rep, self.outsider):
            for report in (LETTER, SHEET):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.text(report, referral, user)
