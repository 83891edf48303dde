import base64

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import Form, tagged

from .import_common import HEADER, ImportCommon, a_row

moment = Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestImport(ImportCommon):
    # --- what is taken ------------------------------------------------------------------------

    def test_c1_3_the_sites_own_export_becomes_web_drafts(self):
        record = self.take_in(self.csv_file([a_row("K1"), a_row("K2")]))
        self.assertEqual((record.state, *self.counts(record)), ("done", 2, 0, 0))
        ticket = self.registered("K1")
        self.assertTrue(ticket.is_complaint)
        self.assertEqual(ticket.complaint_state, "draft")
        self.assertEqual(ticket.number, "/")
        self.assertEqual(ticket.channel_id, self.env.ref("kaiyang_complaint.channel_web"))
        self.assertEqual(ticket.team_id, self.room)
        self.assertEqual((ticket.name, ticket.partner_name), ("窗口无人 K1", "A0001"))
        self.assertEqual(str(ticket.description), "<p>取号后等了两个小时。<br>窗口无人。</p>")
        self.assertEqual(ticket.missing_elements, "staff,window,time,matter")
        self.assertEqual(ticket.receptionist_id, self.clerk)
        self.assertEqual(self.line(record, 2).ticket_id, ticket)

    def test_c1_3_time_of_the_site_is_wall_time_of_the_centre(self):
        self.take_in(self.csv_file([a_row("K1")]))
        self.assertEqual(self.registered("K1").received_at, moment("2026-03-02 01:32:09"))
        self.env.company.complaint_tz = "Asia/Urumqi"
        self.take_in(self.csv_file([a_row("K2")]))
        self.assertEqual(self.registered("K2").received_at, moment("2026-03-02 03:32:09"))

    def test_c1_3_files_as_chinese_programs_write_them(self):
        for place, encoding in enumerate(("utf-8", "utf-8-sig", "gb18030", "utf-16")):
            with self.subTest(encoding):
                text = f"㐀龘窗口{place}😀"
                self.take_in(self.csv_file([a_row(f"K{place}", text)], encoding=encoding))
                self.assertIn(text, self.registered(f"K{place}").description)

    def test_c1_3_xlsx_with_dates_and_numbers(self):
        rows = [a_row(990001, moment=moment("2026-03-02 09:32:09")), a_row(990002.0)]
        record = self.take_in(self.xlsx_file(rows))
        self.assertEqual(self.counts(record), (2, 0, 0))
        received = self.registered("990001", "990002").mapped("received_at")
        self.assertEqual(received, [moment("2026-03-02 01:32:09")] * 2)

    def test_c1_3_all_that_the_site_may_tell(self):
        header = [
            "工单号",
            "投诉人",
            "联系电话",
            "地址",
            "窗口号",
            "被投诉人",
            "办理事项",
            "办事时间",
            "投诉内容",
        ]
        row = ["K1", "王小明", "13812345678", "城关镇", "T12号窗口", "李晓梅", "转移登记"]
        record = self.take_in(self.csv_file([[*row, "2026-3-2 10:30", "态度差"]], header))
        self.assertEqual(self.counts(record), (1, 0, 0))
        ticket = self.registered("K1")
        self.assertEqual(ticket.window_id, self.window)
        self.assertEqual(ticket.window_unit_id, self.unit)
        self.assertEqual(ticket.complainant_phone, "13812345678")
        self.assertEqual(ticket.complainant_address, "城关镇")
        self.assertEqual(ticket.respondent_ids.stated_name, "李晓梅")
        self.assertEqual(ticket.service_datetime, moment("2026-03-02 02:30:00"))
        self.assertFalse(ticket.missing_elements)
        self.assertEqual(ticket.name, "态度差")

    def test_c1_3_an_unknown_window_is_told_and_the_row_taken(self):
        header = ["编号", "内容", "窗口"]
        record = self.take_in(self.csv_file([["K1", "排队", "99号窗口"]], header))
        self.assertFalse(self.registered("K1").window_id)
        self.assertEqual(self.line(record, 2).result, "taken")
        self.assertIn("99号窗口", self.line(record, 2).reason)

    def test_c1_3_nobodys_name_is_anonymous(self):
        header = ["编号", "姓名", "内容"]
        self.take_in(self.csv_file([["K1", "匿名", "排队"], ["K2", "王小明", "排队"]], header))
        identities = self.registered("K1", "K2").mapped("complainant_identity")
        self.assertEqual(identities, ["anonymous", "named"])

    def test_c1_3_text_stays_text(self):
        text = '<script>alert(1)</script>\n=HYPERLINK("http://x")<img src=x onerror=y>'
        record = self.take_in(self.csv_file([["=1+1", "u", "=cmd|'/c'!A1", "", text, "", ""]]))
        ticket = self.registered("=1+1")
        self.assertNotIn("<script", ticket.description)
        self.assertNotIn("<img", ticket.description)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;<br>", ticket.description)
        self.assertEqual(ticket.name, "=cmd|'/c'!A1")
        self.assertIn("2,'=1+1,", record._report_csv())

    # --- what is not --------------------------------------------------------------------------

    def test_c1_3_a_second_import_adds_none(self):
        content = self.csv_file([a_row("K1"), a_row("K2")])
        self.take_in(content)
        again = self.take_in(content)
        self.assertEqual(self.counts(again), (0, 2, 0))
        self.assertEqual(set(again.line_ids.mapped("reason")), {"Already registered"})
        self.assertEqual(len(self.registered("K1", "K2")), 2)

    def test_c1_3_a_number_hidden_from_the_clerk_is_not_registered_twice(self):
        first = self.take_in(self.csv_file([a_row("K1")]))
        hidden = self.registered("K1")
        hidden.sudo().write({"is_discipline_matter": True, "user_id": self.manager.id})
        self.assertFalse(self.registered("K1"))
        again = self.take_in(self.csv_file([a_row("K1"), a_row("K2")]))
        self.assertEqual(self.counts(again), (1, 1, 0))
        self.assertEqual(first.taken_count, 1)
        self.assertFalse(first.line_ids, "the row shows a hidden complaint")

    def test_c1_3_twice_in_one_file_is_taken_once(self):
        record = self.take_in(self.csv_file([a_row("K1"), a_row("K2"), a_row("K1", "另文")]))
        self.assertEqual(self.counts(record), (2, 1, 0))
        self.assertIn("row 2", self.line(record, 4).reason)
        self.assertNotIn("另文", self.registered("K1").description)

    def test_c1_3_wrong_rows_are_reported_and_the_others_taken(self):
        rows = [
            a_row("K1"),
            a_row("K2", moment="昨天"),
            a_row(""),
            [],
            a_row("K3", ""),
            a_row("K4", moment="2026/2/30"),
            a_row("K5"),
        ]
        record = self.take_in(self.csv_file(rows))
        self.assertEqual(self.counts(record), (2, 0, 4))
        self.assertEqual(
            self.registered("K1", "K2", "K3", "K4", "K5").mapped("external_ref"), ["K1", "K5"]
        )
        wrong = record.line_ids.filtered(lambda line: line.result == "wrong")
        self.assertEqual(wrong.mapped("row"), [3, 4, 6, 7])
        self.assertIn("昨天", self.line(record, 3).reason)
        self.assertIn("number", self.line(record, 4).reason)
        self.assertIn("text", self.line(record, 6).reason)

    def test_c1_3_wrong_rows_can_be_mended_and_imported_again(self):
        self.take_in(self.csv_file([a_row("K1"), a_row("K2", moment="昨天")]))
        again = self.take_in(self.csv_file([a_row("K1"), a_row("K2")]))
        self.assertEqual(self.counts(again), (1, 1, 0))

    def test_c1_3_a_file_that_is_none_is_refused(self):
        for content in (b"%PDF-1.7 x", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old"):
            with self.subTest(content), self.assertRaises(UserError):
                self.upload(content)

    def test_c1_3_without_number_or_text_nothing_starts(self):
        record = self.upload(self.csv_file([["x", "y"]], ["甲", "乙"]))
        with self.assertRaisesRegex(UserError, "Number on the Website"):
            record.action_import()
        self.assertEqual(record.state, "draft")

    # --- the mapping and the preview ------------------------------------------------------------

    def test_c1_3_the_preview_says_what_will_happen(self):
        self.take_in(self.csv_file([a_row("K1")]))
        rows = [a_row("K1"), a_row("K2"), a_row("K2"), a_row("K3", moment="昨天")]
        record = self.upload(self.csv_file(rows))
        self.assertEqual(record.analysis["results"], {"taken": 1, "skipped": 2, "wrong": 1})
        self.assertEqual(
            record.analysis["missing"], dict.fromkeys(["staff", "window", "time", "matter"], 1)
        )
        self.assertEqual([shown["external_ref"] for shown in record.analysis["shown"]], ["K2"])
        self.assertIn("昨天", record.preview)
        self.assertEqual(len(self.registered("K1", "K2", "K3")), 1)

    def test_c1_3_the_preview_shows_markup_as_text(self):
        record = self.upload(self.csv_file([a_row("K1", "<script>x</script>")]))
        self.assertNotIn("<script", record.preview)

    def test_c1_3_the_clerk_corrects_the_mapping(self):
        header = ["工单号", "反映的事", "答复", "时间"]
        rows = [["K1", "没有一次性告知", "已处理", "昨天"]]
        record = self.take_in(self.csv_file(rows, header), 反映的事="description", 时间=False)
        self.assertEqual(self.counts(record), (1, 0, 0))
        self.assertIn("没有一次性告知", self.registered("K1").description)

    def test_c1_3_the_preview_follows_the_mapping(self):
        record = self.upload(self.csv_file([["K1", "排队", "昨天"]], ["编号", "内容", "时间"]))
        self.assertEqual(record.analysis["results"], {"wrong": 1})
        record.column_ids.filtered(lambda column: column.header == "时间").field_name = False
        self.assertEqual(record.analysis["results"], {"taken": 1})

    def test_c1_3_the_form_takes_the_same_rows_as_its_preview_shows(self):
        """The form sends the columns along with the file: the header stays no row."""
        content = self.csv_file([a_row("K1")])
        with Form(self.env["complaint.import"].with_user(self.clerk)) as form:
            form.file = base64.b64encode(content)
            self.assertEqual(form.row_count, 1)
        record = form.record
        self.assertEqual(record.row_count, 1)
        record.action_import()
        self.run_job()
        self.assertEqual(self.counts(record), (1, 0, 0))

    def test_c1_3_two_columns_for_one_field_are_refused(self):
        record = self.upload(self.csv_file([a_row("K1")]))
        record.column_ids.filtered(lambda column: column.header == "答复意见").field_name = "name"
        with self.assertRaisesRegex(UserError, "Title"):
            record.action_import()

    def test_c1_3_a_title_above_the_header_is_passed_over(self):
        rows = [["政务服务投诉导出"], [], HEADER, a_row("K1")]
        record = self.take_in(self.csv_file(rows[1:], rows[0]))
        self.assertEqual(self.counts(record), (1, 0, 0))
        self.assertEqual(self.line(record, 4).external_ref, "K1")
