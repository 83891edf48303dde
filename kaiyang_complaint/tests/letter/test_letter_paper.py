from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..access.file_contents import scan as a_scan
from ..access.paper_common import ONSITE, PHONE, PaperCommon, pages
from ..handling.referral_common import ReferralCommon

LETTER = "kaiyang_complaint.report_registration_letter"

WEB = {"external_ref": "GZ-1", "room_opinion": "请首席代表查明排队原因。"}
CONTACTS = [
    Command.create({"note": "无人接听。", "is_reached": False}),
    Command.create({"note": "说明了叫号情况。"}),
]


@tagged("post_install", "-at_install")
class TestLetterPaper(PaperCommon):
    def test_h5_2_3_sheet_holds_the_original_and_the_opinion(self):
        ticket = self.new_complaint("web", contact_ids=CONTACTS, **WEB)
        self.look_through(ticket)
        ticket.action_accept()
        self.assertTrue(ticket.slip_ids.sent_at)
        text = self.text(LETTER, ticket)
        for expected in (
            "某县政务服务中心信函／网上投诉处理单",
            f"来件编号：{ticket.number}",
            "☑政务服务网，工单号：GZ-1",
            "☑实名",
            "排队两小时后被告知材料不齐",
            "电话，未联系上",
            "无人接听。",
            "电话，已联系上",
            "☑有关",
            "请首席代表查明排队原因。",
            f"（{ticket.slip_ids.name}）",
        ):
            self.assertIn(expected, text)

    def test_r5_1_3_sheet_of_a_letter_says_who_opened_it(self):
        self.clerk.name, self.manager.name = "周文静", "彭小红"
        letter = self.new_complaint(
            "letter", complainant_identity="anonymous", partner_name=False, page_count=7
        )
        attachments = self.env["ir.attachment"].with_user(self.clerk)
        scan = attachments.create({"name": "来信第1页.png", "raw": a_scan()})
        letter.letter_scan_ids = scan
        text = self.text(LETTER, letter)
        for expected in (
            "☑大厅意见箱",
            "2026年3月2日09:00",
            "页数7",
            "☑匿名",
            "来信第1页.png",
            "□有关□无关",
        ):
            self.assertIn(expected, text)
        for opener in ("周文静", "彭小红"):
            self.assertIn(opener, text)

    def test_h5_2_4_sheet_says_what_is_not_about_window_staff(self):
        ticket = self.new_complaint("web", is_outside_matter=True)
        ticket.action_accept()
        self.assertIn("□有关☑无关", self.text(LETTER, ticket))

    def test_x2_blank_sheet_for_the_pen_fits_one_page(self):
        self.new_complaint("letter")
        for data in ({}, {"blank": True}):
            (content,) = self.streams(LETTER, **data).values()
            (text,) = pages(content["stream"])
            self.assertIn("原文（粘贴或打印）", text)
            self.assertNotIn("☑", text)

    def test_x2_longest_letter_stays_on_the_paper(self):
        letter = self.new_complaint("letter", description=f"<p>{'慢' * 20000}</p>")
        self.assertEqual(self.text(LETTER, letter).count("慢"), 20000)

    def test_x2_several_sheets_are_several_documents(self):
        tickets = self.new_complaint("web") + self.new_complaint("letter")
        self.assertEqual(list(self.streams(LETTER, tickets)), tickets.ids)

    def test_x2_of_many_complaints_each_is_on_its_own_form(self):
        call, visit = self.new_complaint(), self.new_complaint("onsite")
        both = call + visit
        self.assertEqual(list(self.streams(PHONE, both)), call.ids)
        self.assertEqual(list(self.streams(ONSITE, both)), visit.ids)
        with self.assertRaisesRegex(UserError, "came in another way"):
            self.streams(LETTER, both)

    def test_x2_print_menu_offers_the_sheet_for_letters_and_the_website(self):
        reports = self.env.ref(PHONE) + self.env.ref(ONSITE) + self.env.ref(LETTER)
        for channel, report in (("letter", LETTER), ("web", LETTER), ("phone", PHONE)):
            ticket = self.new_complaint(channel)
            valid = reports.with_user(self.clerk).get_valid_action_reports(ticket._name, ticket.ids)
            self.assertEqual(valid, self.env.ref(report).ids)


@tagged("post_install", "-at_install")
class TestReferredLetterPaper(ReferralCommon):
    def test_h5_2_4_sheet_says_where_the_matter_was_referred(self):
        referral = self.sent()
        text = self.text(LETTER, referral.ticket_id)
        for expected in ("☑无关", "同意转办。", f"县综合行政执法局（{referral.name}）"):
            self.assertIn(expected, text)
