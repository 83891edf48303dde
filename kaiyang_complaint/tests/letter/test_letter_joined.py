from odoo.exceptions import UserError
from odoo.tests import tagged

from ..access.paper_common import pages
from ..handling.referral_common import ReferralCommon
from .letter_common import LETTER, LetterCommon

REFERRAL = "kaiyang_complaint.report_referral"
REGISTER = "kaiyang_complaint.report_letter_register"
LONG_NAME = (
    "某省某市某县人民政府某街道办事处综合行政执法和城市精细化管理工作领导小组办公室"
    "暨市容环境卫生事务服务中心路灯管理所"
)


@tagged("post_install", "-at_install")
class TestReferralJoined(ReferralCommon):
    def test_h5_2_4_signed_off_referral_has_its_letter(self):
        ticket = self.outside_matter()
        self.conclude(ticket)
        file = self.enclosure(ticket)
        vals = {"enclosure_ids": self.linked(file), "answer_by": "2026-05-14"}
        referral = self.approved(ticket, **vals)
        letter = referral.letter_id
        self.assertEqual(
            (letter.kind, letter.state, letter.name), ("referral", "issued", referral.name)
        )
        self.assertEqual(letter.addressee, "县综合行政执法局")
        self.assertEqual((letter.ticket_id, letter.ticket_ids), (ticket, ticket))
        self.assertIn("现转送贵单位阅处", letter.body)
        self.assertNotIn("王小明", letter.body)
        kept = letter.pdf_id.raw
        self.assertNotEqual(letter.enclosure_ids, file)
        enclosed = file.raw
        file.raw = b"changed"
        self.assertEqual(letter.enclosure_ids.raw, enclosed)
        self.authority.name = "改名后的执法局"
        for report, record in ((REFERRAL, referral), (LETTER, letter)):
            reports = self.env["ir.actions.report"].with_user(self.clerk)
            self.assertEqual(reports._render_qweb_pdf(report, res_ids=record.ids)[0], kept)

    def test_h5_2_4_letter_follows_its_referral(self):
        referral = self.approved(answer_by="2026-05-14")
        letter = referral.letter_id
        for act in ("action_send", "action_cancel"):
            with self.subTest(act=act), self.assertRaisesRegex(UserError, "its own process"):
                getattr(letter, act)()
        with self.assertRaises(UserError):
            letter.action_withdraw()
        with self.assertRaises(UserError):
            letter.sent_how = "post"
        referral.write({"sent_how": "post", "sent_note": "XA1"})
        referral.action_send()
        self.assertEqual((letter.state, letter.sent_how, letter.sent_note), ("sent", "post", "XA1"))
        self.assertEqual(letter.activity_ids.user_id, self.clerk)
        with self.assertRaisesRegex(UserError, "its own process"):
            letter.action_record_answer(self.answer_values())
        referral.action_record_answer(self.answer_values(attachments=[("复函.pdf", "JVBERg==")]))
        self.assertEqual((letter.state, letter.answer), ("answered", "路灯已于5月11日修复。"))
        self.assertEqual(letter.answer_file_ids.mapped("name"), ["复函.pdf"])
        self.assertFalse(letter.activity_ids)
        self.assertEqual(letter.action_open_process()["res_id"], referral.id)

    def test_h5_2_4_letter_taken_back_is_cancelled_and_replaced_under_its_number(self):
        referral = self.approved()
        first = referral.letter_id
        referral.action_withdraw()
        self.assertEqual((first.state, referral.letter_id.id), ("cancelled", False))
        referral.summary = "补充核实。"
        referral.action_request()
        referral.approval_id.with_user(self.leader).action_approve()
        second = referral.letter_id
        self.assertEqual((second.name, second.state), (first.name, "issued"))
        self.assertIn("补充核实。", second.body)
        self.assertNotIn("补充核实。", first.body)


@tagged("post_install", "-at_install")
class TestLetterPages(LetterCommon):
    def sheets(self, letter):
        (content,) = self.streams(LETTER, letter).values()
        return pages(content["stream"])

    def test_e_long_text_and_long_names_stay_on_the_paper(self):
        body = "\n".join(
            ["慢" * 20000, "http://example.com/" + "x" * 400, "<b>粗</b>", "特此函告。"]
        )
        names = {"addressee": LONG_NAME, "copy_to": f"{LONG_NAME}，{LONG_NAME}"}
        letter = self.letter(subject=f"关于商请{LONG_NAME}协助的函", body=body, **names)
        sheets = self.sheets(letter)
        text = "".join(sheets)
        self.assertEqual(text.count("慢"), 20000)
        self.assertEqual(text.count("x"), 401)
        self.assertIn("<b>粗</b>", text)
        self.assertIn(f"{LONG_NAME}：", text)
        self.assertNotIn("—1—", sheets[0])
        for number, sheet in enumerate(sheets[1:], 2):
            self.assertIn(f"—{number}—", sheet)

    def test_e_signature_never_stands_alone(self):
        """Whatever the length, words of the letter stand above the signature."""
        for lines in range(11, 20):
            letter = self.letter(body="\n".join(["请予协助办理。"] * lines))
            last = self.sheets(letter)[-1]
            with self.subTest(lines=lines):
                self.assertIn("请予协助办理。", last)
                self.assertIn("某县政务服务中心", last)

    def test_e_draft_with_nothing_in_it_prints(self):
        letter = self.letter(body=False, subject=False, addressee=False)
        self.assertIn("草稿", self.sheets(letter)[0])
        with self.assertRaisesRegex(UserError, "lacks"):
            letter.action_request()

    def test_e_register_of_the_year(self):
        self.issued().action_cancel("写错主送单位")
        self.sent(self.letter("answer", ticket_id=self.upheld[0].id))
        self.letter(subject="关于未发的函")
        text = self.text(REGISTER, blank=True, year=2026)
        for words in (
            "某县政务服务中心发文登记簿2026年度",
            "投函〔2026〕1号",
            "作废：写错主送单位",
            "投复〔2026〕1号",
            "邮寄",
            "5月20日",
        ):
            self.assertIn(words, text)
        self.assertNotIn("关于未发的函", text)
        self.upheld[0].sudo().write({"is_discipline_matter": True})
        text = self.text(REGISTER, user=self.manager, blank=True, year=2026)
        self.assertNotIn("投复〔2026〕1号", text)
        self.assertIn("另有1件限制知悉", text)
        self.assertIn("没有发文", self.text(REGISTER, blank=True, year=2020))
        wizard = self.env["complaint.letter.register"].with_user(self.clerk).create({})
        action = wizard.action_print()
        self.assertEqual((action["data"]["year"], action["paper_engine"]), (2026, "weasyprint"))
