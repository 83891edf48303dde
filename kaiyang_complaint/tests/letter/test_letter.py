from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .letter_common import LETTER, LetterCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestLetter(LetterCommon):
    def test_u7_3c_return_letter_tells_the_cases_and_not_who_complained(self):
        letter = self.of_return()
        self.assertEqual(letter.ticket_ids, self.upheld)
        self.assertEqual((letter.addressee, letter.unit_id), (self.unit.name, self.unit))
        self.assertEqual(letter.subject, "关于退回窗口工作人员李晓梅的函")
        for words in (
            "李晓梅（工号：T012），一年中被群众投诉3次",
            *self.upheld.mapped("number"),
            "2026年3月9日受理",
            "。经查，情况属实。投诉成立，属窗口工作人员责任。",
            "第七条第3项",
            "退回贵单位处理",
            "另行选派",
            "《投诉受理工作制度》（以下简称《制度》）第七条第3项“一年中",
            "请予函复。",
        ):
            self.assertIn(words, letter.body)
        for name in ("王小明", "刘家英", "13812345678", "王家湾"):
            self.assertNotIn(name, letter.body)
        self.approved(letter, "同意退回。")
        text = self.text(LETTER, letter)
        self.assertIn("草稿", text)
        letter.action_issue()
        text = self.text(LETTER, letter)
        self.assertNotIn("草稿", text)
        for words in ("投退〔2026〕1号", f"{self.unit.name}：", "2026年5月20日", "0851-87253281"):
            self.assertIn(words, text)

    def test_u7_3c_return_letter_takes_three_upheld_cases_of_one_year(self):
        letter = self.of_return()
        letter.ticket_ids -= self.upheld[0]
        with self.assertRaisesRegex(UserError, "after 3 upheld"):
            letter.action_request()
        with freeze_time("2026-05-18 01:00:00"):
            open_case = self.accepted()
        letter.ticket_ids |= open_case
        with self.assertRaisesRegex(UserError, "no valid upheld finding"):
            letter.action_request()
        self.assertEqual(letter.state, "draft")

    def test_u7_3c_return_letter_that_names_a_complainant_is_not_issued(self):
        self.upheld[0].sudo().partner_email = "wxm@example.com"
        for words in (
            "经王小 明反映",
            "经王·小*明反映",
            "经王\u200b小明反映",
            "电话138-1234-5678",
            "电话１３８．１２３４．５６７８",
            "电话一三八一二三四五六七八",
            "邮箱WXM@example.com",
            "住刘家湾九号",
        ):
            letter = self.of_return(body=f"{words}。")
            with self.subTest(words=words), self.assertRaisesRegex(UserError, "Remove"):
                letter.action_request()
        letter = self.approved(self.of_return(body="现将当事人退回你单位。"))
        self.upheld[0].sudo()._procedure_write({"partner_name": "当事人"})
        with self.assertRaisesRegex(UserError, "当事人"):
            letter.action_issue()
        self.assertEqual((letter.state, letter.name), ("approved", False))

    def test_u7_3c_return_letter_encloses_no_file_of_a_complaint(self):
        file = self.file(self.upheld[0])
        letter = self.of_return(enclosure_ids=self.linked(file))
        with self.assertRaisesRegex(UserError, "may tell who complained"):
            letter.action_request()

    def test_u7_3b_report_is_asked_for_after_two_months_running(self):
        letter = self.of_report()
        self.assertEqual(letter.addressee, f"{self.unit.name}首席代表")
        self.assertEqual(letter.copy_to, self.unit.name)
        for words in ("T12号窗口", "连续二个月", "于2026年5月27日前", self.upheld[0].number):
            self.assertIn(words, letter.body)
        letter.ticket_ids -= self.upheld[1]
        with self.assertRaisesRegex(UserError, "two months|2 months"):
            letter.action_request()
        letter.ticket_ids |= self.upheld[1]
        self.assertIn("连续三个月", letter.body)
        self.assertIn("抄送：", self.text(LETTER, self.issued(letter)))

    def test_u7_3b_report_is_asked_for_about_the_months_that_run(self):
        """The other upheld complaints of the year are none of it; December is, in January."""
        with freeze_time("2026-07-06 01:00:00"):
            later = self.replied(user_id=self.clerk.id)
            self.find_upheld(later)
        self.assertEqual(self.of_report().ticket_ids, self.upheld)
        unknown = self.letter("report_request", window_id=self.other_window.id)
        self.assertFalse(unknown.ticket_ids, "nothing was found against this window")
        letter = self.of_report(ticket_id=later.id)
        self.assertEqual(letter.ticket_ids, later)
        letter.ticket_ids |= self.upheld
        with self.assertRaisesRegex(UserError, "2 months"):
            letter.action_request()
        with freeze_time("2027-01-04 01:00:00"):
            self.upheld[1:].finding_ids.sudo()._procedure_write({"accepted_month": "2026-12-01"})
            later.finding_ids.sudo()._procedure_write({"accepted_month": "2027-01-01"})
            letter = self.of_report(ticket_id=later.id)
        self.assertEqual(letter.ticket_ids, self.upheld[1:] | later)

    def test_u7_6_report_to_the_county_takes_the_main_leaders_consent(self):
        letter = self.letter("county", ticket_id=self.upheld[0].id)
        self.assertEqual(letter.addressee, "县直有关部门")
        self.assertIn("第七条第6项", letter.body)
        self.assertIn("引以为戒", letter.body)
        self.assertIn("有关问题。经查，情况属实。", letter.body, "it is said once")
        self.assertNotIn("王小明", letter.body)
        with self.assertRaisesRegex(UserError, "can't be done now"):
            letter.action_issue()
        approval = self.requested(letter).approval_id
        self.assertEqual((approval.role, approval.kind), ("director", "letter"))
        self.assertIn(self.upheld[0].number, approval.request)
        self.assertNotIn("整改措施", approval.request, "a leader scans a list of requests")
        self.assertLess(len(approval.request), 400)
        self.assertEqual(approval.with_user(self.director).letter_text, letter.body)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            approval.with_user(self.leader).action_approve()
        approval.with_user(self.director).action_approve("同意通报。")
        letter.action_issue()
        self.assertEqual(letter.name, "投通〔2026〕1号")
        self.assertEqual(letter.instruction, "同意通报。")

    def test_p4_3_notice_of_refusal_to_the_complainant(self):
        ticket = self.new_complaint(complainant_address="冯三镇")
        ticket.action_mark_invalid("反复纠缠，无事实依据。", "unreasonable")
        letter = self.letter("refusal", ticket_id=ticket.id)
        self.assertEqual((letter.addressee, letter.address), ("王小明", "冯三镇"))
        for words in ("经审查，反复纠缠，无事实依据，该投诉属", "第四条第3项", "不动产转移登记"):
            self.assertIn(words, letter.body)
        for words in ("无理取闹", "补充被投诉对象"):
            self.assertNotIn(words, letter.body)
        bare = self.new_complaint(window_id=False, service_item=False, respondent_ids=False)
        bare.action_mark_invalid("来电人不愿说明窗口。", "no_object")
        body = self.letter("refusal", ticket_id=bare.id).body
        for words in (
            "经审查，您未提供明确的被投诉对象和投诉事项，该投诉属",
            "具体情况：来电人不愿说明窗口。",
            "如您能够补充被投诉对象",
        ):
            self.assertIn(words, body)
        self.assertEqual(self.issued(letter).name, "投告〔2026〕1号")
        with self.assertRaisesRegex(UserError, "Only an invalid complaint"):
            self.letter("refusal", ticket_id=self.upheld[0].id).action_issue()

    def test_t6_3_notice_of_extension_tells_the_new_date(self):
        ticket = self.accepted(user_id=self.clerk.id)
        letter = self.letter("extension", ticket_id=ticket.id)
        with self.assertRaisesRegex(UserError, "extension granted"):
            letter.action_issue()
        extension = self.env["complaint.extension"].with_user(self.clerk)
        extension = extension.create(
            {
                "ticket_id": ticket.id,
                "limit_days": 7,
                "reason": "因需向省局调取档案。",
                "told_at": "2026-05-20 01:30:00",
                "complainant_answer": "理解。",
            }
        )
        extension.action_request()
        extension.approval_id.with_user(self.leader).action_approve()
        letter.action_compose()
        self.assertIn("因需向省局调取档案，在上述期限内", letter.body)
        self.assertIn("共7个工作日", letter.body)
        self.assertEqual(self.issued(letter).name, "投延〔2026〕1号")

    def test_t6_4_written_answer_from_the_accepted_reply(self):
        ticket = self.upheld[0]
        letter = self.letter("answer", ticket_id=ticket.id)
        self.assertEqual((letter.addressee, letter.subject), ("王小明", "投诉事项答复书"))
        for words in (
            "一、调查核实情况\n经查，情况属实。",
            "二、处理结果和整改措施\n批评教育，重新培训。",
            "意见建议",
            ticket.number,
        ):
            self.assertIn(words, letter.body)
        self.assertEqual(self.issued(letter).name, "投复〔2026〕1号")
        ticket.sudo()._procedure_write({"complainant_identity": "anonymous"})
        self.assertEqual(self.letter("answer", ticket_id=ticket.id).addressee, "投诉人")

    def test_e_text_follows_the_facts_until_somebody_words_it(self):
        with Form(self.env["complaint.letter"].with_user(self.clerk)) as form:
            form.kind = "return"
            form.staff_id = self.staff
            self.assertIn("投诉3次", form.body)
            form.ticket_ids.remove(self.upheld[0].id)
            self.assertIn("投诉2次", form.body)
            form.body = "自行起草。"
            form.ticket_ids.add(self.upheld[0])
            self.assertEqual(form.body, "自行起草。")
        form.record.action_compose()
        self.assertIn("投诉3次", form.record.body)

    def test_u7_3c_nothing_of_the_complainant_is_left_from_another_kind(self):
        letters = self.env["complaint.letter"].with_user(self.clerk)
        context = {"default_ticket_id": self.upheld[0].id, "default_kind": "answer"}
        with Form(letters.with_context(**context)) as form:
            self.assertEqual((form.addressee, form.address), ("王小明", "王家湾九号"))
            form.kind = "other"
            self.assertFalse(form.addressee or form.address or form.subject)
            form.kind = "answer"
            form.kind = "return"
            form.staff_id = self.staff
            self.assertEqual((form.addressee, form.address), (self.unit.name, False))
            form.kind = "answer"
            form.kind = "return"
            form.staff_id = self.staff
        self.requested(form.record)

    def test_e_ticket_offers_the_kinds_that_fit(self):
        expected = {"answer", "county", "report_request", "return", "other"}
        ticket = self.upheld[0]
        self.assertTrue(ticket.can_write_letter)
        context = ticket.action_write_letter()["context"]
        letters = self.env["complaint.letter"].with_user(self.clerk).with_context(**context)
        with Form(letters) as form:
            self.assertEqual(form.kind, "answer")
            self.assertEqual(set(form.kinds_offered), expected)
        self.assertIn(form.record, ticket.resting_letter_ids)
        draft = self.new_complaint()
        self.assertFalse(draft.can_write_letter)
        with self.assertRaisesRegex(UserError, "No letter applies"):
            draft.action_write_letter()
