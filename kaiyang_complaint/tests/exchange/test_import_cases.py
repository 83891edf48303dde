"""Files as offices export them: each gives what its sheet shows, or says why it does not."""

import base64
import io
import zipfile

import openpyxl
from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .import_common import ImportCommon

HEADER = [
    "投诉编号",
    "姓名",
    "联系电话",
    "投诉标题",
    "投诉时间",
    "投诉内容",
    "窗口号",
    "办事时间",
    "办理事项",
]
TEXT = "取号后等了两个小时，前台没有人解释。"
MORNING, AFTERNOON = "2022-05-09 09:05:00", "2022-05-09 15:05:00"
# One moment in the writings of exports, and what it is read as; nothing where it is refused.
MOMENTS = {
    "2022年5月9日 上午9:05": MORNING,
    "2022年5月9日 下午3:05": AFTERNOON,
    "2022-05-09 下午 3:05:00": AFTERNOON,
    "2022/5/9 9:05:00 AM": MORNING,
    "2022/5/9 3:05 PM": AFTERNOON,
    "2022-05-09T09:05:00+08:00": MORNING,
    "2022-05-09T01:05:00Z": MORNING,
    "2022年5月9日9时5分": MORNING,
    "２０２２年５月９日　９：０５": MORNING,
    "20220509 09:05": MORNING,
    "20220509090500": MORNING,
    "2022-05-09 09:05:00.0": MORNING,
    "5/9/2022 9:05": None,
    "2022年05月09日 星期一 09:05": MORNING,
    "09-5月-22": "2022-05-09 00:00:00",
    "2022-5-9 24:00": "2022-05-10 00:00:00",
    "二〇二二年五月九日上午九点": "2022-05-09 09:00:00",
    "2022.5.9 9点05分": MORNING,
    "2022-05-09 9：05": MORNING,
    "1652058300": MORNING,
    "1652058300000": MORNING,
}
# Headers of public platforms, and the fields that their columns are.
PLATFORMS = {
    "工单编号,诉求标题,市民诉求,诉求人,联系电话,受理时间": (
        "external_ref name description partner_name complainant_phone received_at"
    ),
    "工单编号,工单标题,诉求内容,诉求类型,来电人,来电号码,来电时间": (
        "external_ref name description - partner_name complainant_phone received_at"
    ),
    "ID,Subject,Description,Created": "external_ref name description received_at",
    "信访编号,信访人,信访日期,联系电话,信访内容": (
        "external_ref partner_name received_at complainant_phone description"
    ),
    "序号,投诉件编号,投诉人姓名,投诉人电话,投诉内容,被投诉部门,投诉日期": (
        "- external_ref partner_name complainant_phone description - received_at"
    ),
    "评价编号,评价人,评价时间,评价内容,窗口名称,办件编号": (
        "external_ref partner_name received_at description window service_ref"
    ),
    "受理编号,所属小区,诉求类型,诉求内容,受理时间,状态": (
        "external_ref - - description received_at -"
    ),
    "留言ID,昵称,留言内容,发布时间": "external_ref partner_name description received_at",
    "序号,诉求编码,姓名,联系方式,诉求描述,事项名称,登记时间": (
        "- external_ref partner_name complainant_phone description service_item received_at"
    ),
    "诉求件编号,诉求件标题,诉求件内容,提交人,提交日期": (
        "external_ref name description partner_name received_at"
    ),
}


def a_line(ref="KY0001", text=TEXT, moment="2026/5/9 9:05", name="测试甲"):
    return [
        ref,
        name,
        "13900000001",
        "窗口服务慢",
        moment,
        text,
        "A03",
        "2026/5/8 10:00",
        "抵押登记",
    ]


class CasesCommon(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.window"].create(
            {"number": "A03", "name": "抵押登记", "unit_id": cls.unit.id}
        )

    def sheet(self, *rows, change=None):
        """Return a workbook with the usual header, changed by a function before it is saved."""
        book = openpyxl.Workbook()
        for row in [HEADER, *rows]:
            book.active.append(row)
        if change:
            change(book)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def shown(self, content, name, **chosen):
        """Upload a file and return what its rows would be taken as, for one field."""
        record = self.upload(content)
        record.write(chosen)
        return [row.get(name) for row in record.analysis["shown"]]

    def results(self, content):
        return self.upload(content).analysis["results"]


@tagged("post_install", "-at_install")
class TestImportBooks(CasesCommon):
    """Workbooks: what a cell shows is what is taken."""

    def test_c1_3_zeros_that_a_format_shows_are_kept(self):
        def change(book):
            book.active["A2"].number_format = "000000"
            book.active["C2"].number_format = "000000000000"

        row = [123, "测试甲", 85187251234, *a_line()[3:]]
        content = self.sheet(row, change=change)
        self.assertEqual(self.shown(content, "external_ref"), ["000123"])
        self.assertEqual(self.shown(content, "complainant_phone"), ["085187251234"])

    def test_c1_3_a_book_counted_from_1904_is_not_four_years_off(self):
        def change(book):
            book.epoch = CALENDAR_MAC_1904

        content = self.sheet(
            a_line(moment=Datetime.to_datetime("2026-05-09 09:05:00")), change=change
        )
        self.assertEqual(self.shown(content, "received_at"), ["2026-05-09 09:05:00"])

    def test_c1_3_bare_serial_numbers_are_moments(self):
        content = self.sheet(a_line(moment=46151.378472))
        self.assertEqual(self.shown(content, "received_at"), ["2026-05-09 09:05:00"])

    def test_c1_3_hidden_rows_are_told_and_the_clerk_chooses(self):
        def change(book):
            book.active.row_dimensions[3].hidden = True

        content = self.sheet(a_line("KY0001"), a_line("KY0002"), a_line("KY0003"), change=change)
        record = self.upload(content)
        self.assertEqual(record.hidden_count, 1)
        self.assertIn("1 rows are hidden", " ".join(str(record.preview).split()))
        self.assertEqual(record.analysis["results"], {"taken": 2, "left": 1})
        record.take_hidden = True
        self.assertEqual(record.analysis["results"], {"taken": 3})
        record.take_hidden = False
        record.action_import()
        self.run_job()
        self.assertEqual(self.line(record, 3).reason, "Hidden in the sheet")

    def test_c1_3_merged_cells_count_in_each_of_their_rows(self):
        def change(book):
            book.active.merge_cells("B2:B3")
            book.active.merge_cells("G2:G3")

        content = self.sheet(a_line("KY0001", name="测试乙"), a_line("KY0002"), change=change)
        record = self.upload(content)
        shown = record.analysis["shown"]
        self.assertEqual([row["partner_name"] for row in shown], ["测试乙", "测试乙"])
        self.assertEqual([row["window"] for row in shown], ["A03", "A03"])
        self.assertIn("2 cells are merged", " ".join(str(record.preview).split()))

    def test_c1_3_the_sheet_with_the_list_is_found_and_can_be_chosen(self):
        def change(book):
            book.create_sheet("说明", 0)["A1"] = "本表为五月份投诉"
            book["Sheet"].title = "投诉清单"

        record = self.upload(self.sheet(a_line(), change=change))
        self.assertEqual((record.sheets, record.sheet), (["说明", "投诉清单"], "投诉清单"))
        self.assertEqual(record.analysis["results"], {"taken": 1})
        record.sheet = "说明"
        self.assertEqual(record.column_ids.mapped("header"), ["本表为五月份投诉"])
        record.sheet = "投诉清单"
        self.assertEqual(record.analysis["results"], {"taken": 1})

    def test_c1_3_formulas_without_a_result_are_told(self):
        record = self.upload(self.sheet(a_line('="KY"&"0001"', moment="=DATE(2026,5,9)")))
        self.assertEqual(record.analysis["results"], {"wrong": 1})
        [[_row, reason]] = record.analysis["wrong"]
        self.assertIn("formula without a result", reason)

    def test_c1_3_titles_group_headers_and_totals_are_no_complaints(self):
        def change(book):
            book.active.insert_rows(1, 2)
            book.active["A1"] = "2026年5月投诉清单"
            book.active["A2"], book.active["D2"] = "基本信息", "投诉"

        total = ["合计", *[""] * 7, "1件"]
        record = self.upload(self.sheet(a_line(), total, change=change))
        self.assertEqual(record.header_row, 3)
        self.assertEqual(record.analysis["results"], {"taken": 1, "skipped": 1})
        record.action_import()
        self.run_job()
        self.assertEqual(self.line(record, 5).reason, "A total, not a complaint")

    def test_c1_3_the_header_row_can_be_chosen(self):
        rows = [["编号", "内容"], ["说明", "如下"], ["A", "B"], ["K1", "排队"]]
        record = self.upload(self.csv_file(rows[1:], rows[0]))
        self.assertEqual(record.header_row, 1)
        record.header_row = 3
        self.assertEqual(record.column_ids.mapped("header"), ["A", "B"])
        self.assertEqual(record.column_ids.mapped("sample"), ["K1", "排队"])

    def test_c1_3_strict_open_xml_is_read(self):
        content = self.strict(self.sheet(a_line("KY0001"), a_line("KY0002")))
        self.assertEqual(self.shown(content, "external_ref"), ["KY0001", "KY0002"])

    def strict(self, content):
        """Return a workbook as Excel saves “Strict Open XML”."""
        known, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as book:
            for entry in source.infolist():
                part = source.read(entry)
                for name in (b"spreadsheetml", b"officeDocument", b"drawingml"):
                    part = part.replace(known + name + b"/2006/", strict + name + b"/")
                book.writestr(entry.filename, part)
        return target.getvalue()

    def test_c1_3_a_number_that_a_spreadsheet_changed_is_refused(self):
        def change(book):
            book.active["A4"].number_format = "0"

        rows = [
            a_line(123456789012345678.0),
            a_line(123456789099999999.0),
            a_line(123456789012345000),
            a_line(Datetime.to_datetime("2026-05-09")),
            a_line("2026050900012345"),
        ]
        record = self.upload(self.sheet(*rows, change=change))
        self.assertEqual(record.analysis["results"], {"wrong": 4, "taken": 1})
        reasons = dict(record.analysis["wrong"])
        for number, culprit in {
            2: "1.23457E+17",
            3: "1.23457E+17",
            4: "123456789012345000",
            5: "2026-05-09",
        }.items():
            with self.subTest(number):
                self.assertIn(f"Number on the Website “{culprit}”", reasons[number])
                self.assertIn("format its column as text", reasons[number])

    def test_c1_3_a_number_typed_as_text_is_taken_whatever_it_ends_with(self):
        def change(book):
            book.active["A2"].number_format = "@"

        content = self.sheet(a_line("123456789012345000"), change=change)
        self.assertEqual(self.shown(content, "external_ref"), ["123456789012345000"])


@tagged("post_install", "-at_install")
class TestImportTexts(CasesCommon):
    """Texts with delimiters: each row as it was meant."""

    def lines(self, count=5, text='一楼，A03窗口；等了两小时，都说"不归我管"。'):
        return [a_line(f"KY000{place}", text) for place in range(1, count + 1)]

    def refs(self, content):
        return self.shown(content, "external_ref")

    def test_c1_3_each_writing_of_a_moment(self):
        rows = [a_line(f"KY{place}", moment=text) for place, text in enumerate(MOMENTS)]
        record = self.take_in(self.csv_file(rows, HEADER))
        for row, (text, told) in enumerate(MOMENTS.items(), 2):
            with self.subTest(text):
                ticket = self.line(record, row).ticket_id
                local = ticket.received_at and self.env.company._complaint_local(ticket.received_at)
                self.assertEqual(local and str(local.replace(tzinfo=None)), told or False)
        refused = record.line_ids.filtered(lambda line: line.result == "wrong")
        self.assertEqual(refused.mapped("row"), [14])
        self.assertIn("Day and month can't be told apart", refused.reason)

    def test_c1_3_delimiters_are_found_and_can_be_chosen(self):
        plain = self.csv_file(
            self.lines(text='Waited 2 hours, "not mine", again, thanks, '), HEADER
        )
        text = plain.decode()
        for delimiter, code in ((";", "semicolon"), ("\t", "tab"), ("|", "bar")):
            rows = [HEADER, *self.lines(text="Waited, asked, " * 8)]
            content = "\r\n".join(delimiter.join(row) for row in rows).encode()
            with self.subTest(code):
                record = self.upload(content)
                self.assertEqual((record.delimiter, record.row_count), (code, 5))
                self.assertEqual(record.analysis["results"], {"taken": 5})
        declared = self.upload(f"sep=,\r\n{text}".encode())
        self.assertEqual(declared.analysis["results"], {"taken": 5})
        self.assertEqual(declared.header_row, 2)
        declared.delimiter = "tab"
        self.assertEqual(len(declared.column_ids), 1)
        declared.delimiter = "comma"
        self.assertEqual(declared.analysis["results"], {"taken": 5})

    def test_c1_3_encodings_with_and_without_a_mark(self):
        text = "\r\n".join("\t".join(row) for row in [HEADER, *self.lines()])
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            with self.subTest(encoding):
                self.assertEqual(len(self.refs(text.encode(encoding))), 5)
        rare = [a_line("KY0001", name="𠮷㛃·买买提"), a_line("KY0002", name="㼆䶮")]
        content = self.csv_file(rare, HEADER, encoding="gb18030")
        self.assertEqual(self.shown(content, "partner_name"), ["𠮷㛃·买买提", "㼆䶮"])

    def test_c1_3_one_broken_byte_costs_one_character(self):
        rows = [a_line(f"KY{place:04}", "很久没有人来。" * 40) for place in range(199)]
        content = self.csv_file(rows, HEADER)
        content = content.replace(
            "来。很".encode(), "来".encode() + b"\xe3\x80\xe3" + "很".encode(), 1
        )
        record = self.upload(content)
        self.assertEqual(record.analysis["results"], {"taken": 199})
        self.assertIn("来�很", record.analysis["shown"][0]["description"])
        self.assertEqual([rows for rows, *_rest in record.analysis["noted"]], [[2]])
        mangled = self.csv_file([a_line("KY0001")], HEADER).replace(b"KY0001", b"KY\xff001")
        self.assertEqual(self.results(mangled), {"wrong": 1})

    def test_c1_3_a_file_of_another_script_is_told(self):
        text = "編號,姓名,電話,標題,時間,內容\r\nKY0001,王大明,13900000001,慢,2026/5/9,排隊。"
        record = self.upload(text.encode("big5"))
        self.assertIn("No column is taken for", str(record.preview))
        with self.assertRaises(UserError):
            record.action_import()

    def test_c1_3_lines_within_quotes_and_of_old_macs(self):
        quoted = self.csv_file(
            [a_line("KY0001", '第一行\n第二行\n"引号"。'), a_line("KY0002")], HEADER
        )
        self.assertEqual(self.refs(quoted), ["KY0001", "KY0002"])
        self.assertEqual(self.shown(quoted, "description")[0], '第一行\n第二行\n"引号"。')
        lines = [HEADER, a_line("KY0001"), a_line("KY0002")]
        macs = "\r".join(",".join(line) for line in lines).encode()
        self.assertEqual(self.refs(macs), ["KY0001", "KY0002"])

    def test_c1_3_a_row_whose_cells_are_shifted_is_refused(self):
        rows = [",".join(a_line("KY0001", "等了,没人")), ",".join(a_line("KY0002"))]
        record = self.upload("\n".join([",".join(HEADER), *rows]).encode())
        self.assertEqual(record.analysis["results"], {"wrong": 1, "taken": 1})
        self.assertIn("More cells than columns", record.analysis["wrong"][0][1])

    def test_c1_3_a_quotation_mark_left_open_swallows_no_row_silently(self):
        rows = [a_line("KY0001", '"没人说'), a_line("KY0002"), a_line("KY0003")]
        record = self.upload("\n".join(",".join(row) for row in [HEADER, *rows]).encode())
        self.assertEqual(record.analysis["results"], {"wrong": 1})
        self.assertIn("quotation mark is not closed", record.analysis["wrong"][0][1])
        listed = [a_line("KY0001", "一,二,三,四,五,六,七,八,九,十\n一,二,三,四,五,六,七,八,九,十")]
        self.assertEqual(self.results(self.csv_file(listed, HEADER)), {"taken": 1})

    def test_c1_3_a_damaged_workbook_is_refused_in_words(self):
        content = self.sheet(a_line())
        for broken in (content[:400], content.replace(b"xl/workbook.xml", b"xl/workbonk.xml")):
            with self.assertRaisesRegex(UserError, "can't be read"):
                self.upload(broken).flush_recordset()

    def test_c1_3_numbers_that_a_spreadsheet_shortened_are_never_the_same(self):
        refs = ["1.23457E+14", "1.23457E+14", "123456789012345000", "123457000000000", "2026000"]
        record = self.upload(self.csv_file([a_line(ref) for ref in refs], HEADER))
        self.assertEqual(record.analysis["results"], {"wrong": 4, "taken": 1})
        phone = a_line("KY0001")
        phone[2] = "8.6139E+12"
        record = self.upload(self.csv_file([phone], HEADER))
        self.assertIn("Telephone “8.6139E+12”", record.analysis["wrong"][0][1])
        kept = self.upload(self.csv_file([a_line('="123456789012345000"')], HEADER))
        self.assertEqual(kept.analysis["results"], {"taken": 1})

    def test_c1_3_the_same_number_with_another_text_is_told(self):
        rows = [
            a_line("KY0001"),
            a_line("KY0001", "补充：第二天又去了，还是没人。"),
            a_line(" KY0001 ", "第三次补充"),
            a_line("ky0001", "第四次"),
            a_line("ＫＹ０００１", TEXT),
        ]
        record = self.upload(self.csv_file(rows, HEADER))
        self.assertEqual(record.analysis["results"], {"taken": 1, "skipped": 4, "differing": 3})
        self.assertEqual([row for row, _reason in record.analysis["differing"]], [3, 4, 5])
        record.action_import()
        self.run_job()
        self.assertEqual((record.differing_count, *self.counts(record)), (3, 1, 4, 0))
        self.assertIn("with another text", self.line(record, 4).reason)
        later = self.upload(self.csv_file([a_line("ky0001"), a_line("KY0001", "又来")], HEADER))
        self.assertEqual(later.analysis["results"], {"skipped": 2, "differing": 1})
        self.assertIn("Already registered, with another text", later.analysis["differing"][0][1])

    # --- what a cell means --------------------------------------------------------------------

    def test_c1_3_two_columns_of_telephones_both_count(self):
        header = ["投诉编号", "姓名", "联系电话", "手机", "投诉内容", "窗口号"]
        rows = [
            ["K1", "测试甲", "", "13900000001", "等了两小时。", "A03"],
            ["K2", "测试乙", "0851-87250000", "13900000002", "没人。", "A03"],
        ]
        self.take_in(self.csv_file(rows, header))
        tickets = self.registered("K1", "K2")
        self.assertEqual(
            tickets.mapped("complainant_phone"), ["13900000001", "0851-87250000、13900000002"]
        )
        self.assertEqual(tickets.mapped("complainant_phone_key"), ["13900000001", "13900000002"])

    def test_c1_3_names_that_are_none_are_anonymous(self):
        header = ["投诉编号", "姓名", "联系电话", "投诉内容"]
        names = ["匿名", "热心市民", "网友A0012", "***", "王小明"]
        rows = [[f"K{place}", name, "", "等了。"] for place, name in enumerate(names)]
        rows.append(["K8", "张**", "139****0001", "等了。"])
        record = self.take_in(self.csv_file(rows, header))
        found = record.line_ids.sorted("row").ticket_id
        self.assertEqual(found.mapped("complainant_identity"), ["anonymous"] * 4 + ["named"] * 2)
        self.assertFalse(found[-1].complainant_phone)
        self.assertEqual(self.line(record, 7).reason, "A masked telephone was left out")

    def test_c1_3_rich_text_becomes_text(self):
        text = '<p>取号后等了<br/>两小时&nbsp;没人。</p><img src="x.png">'
        record = self.take_in(self.csv_file([a_line("K3", text)], HEADER))
        self.assertEqual(
            str(self.registered("K3").description), "<p>取号后等了<br>两小时 没人。</p>"
        )
        self.assertIn("Pictures in the text", self.line(record, 2).reason)

    def test_c1_3_what_only_bears_the_name_of_a_spreadsheet_is_refused_with_the_remedy(self):
        xml = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>'
        for content, words in (
            (b'<html><head><meta charset="gb2312"></head><body><table></table></html>', "web page"),
            (b"\xef\xbb\xbf<html><table><tr><td>a</td></tr></table></html>", "web page"),
            (b'\r\n\r\n\r\n<table border="1"><tr><td>x</td></tr></table>', "web page"),
            (xml, "XML spreadsheet of 2003"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old kind"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, f"{words}.*save"):
                self.upload(content, name="export.xls").flush_recordset()

    def test_c1_3_headers_of_public_platforms(self):
        for header, fields in PLATFORMS.items():
            with self.subTest(header):
                record = self.upload(f"{header}\r\n".encode())
                found = [column.field_name or "-" for column in record.column_ids]
                self.assertEqual(found, fields.split())

    def test_c1_3_our_own_labels_are_known(self):
        columns = self.env["complaint.import.column"]
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang in ("en_US", "zh_CN"):
            labels = dict(
                columns._fields["field_name"]._description_selection(
                    columns.with_context(lang=lang).env
                )
            )
            with self.subTest(lang):
                record = self.upload((",".join(labels.values()) + "\n").encode())
                self.assertEqual(record.column_ids.mapped("field_name"), list(labels))

    def test_c1_3_the_form_reads_the_file_as_the_clerk_says(self):
        content = self.csv_file([a_line("KY0001"), a_line("KY0002", "路灯不亮")], HEADER)
        record = self.env["complaint.import"].with_user(self.clerk)
        record = record.create(
            {"name": "a.csv", "file": base64.b64encode(content), "choice": "word", "words": "路灯"}
        )
        self.assertEqual(record.analysis["results"], {"left": 1, "taken": 1})
