from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.misc import mute_logger
from odoo.tools.pdf import PdfFileReader

from ...report.engine import paper
from ...report.engine.sheet import Sheet
from ..common import SIGNATURE
from ..handling.meeting_common import MeetingCommon
from .paper_common import ONSITE, PHONE, PaperCommon, pages

WHOLE_CASE = (
    "某县政务服务中心电话投诉举报登记表",
    "王小明",
    "☑女",
    "13812345678",
    "☑未录音，原因：来电人不同意录音",
    "不动产登记中心",
    "T12",
    "李晓梅／T012",
    "不动产转移登记",
    "2026年3月2日10:30",
    "☑9.违反首问责任等服务承诺",
    "□8.",
    "排队两小时",
    "☑被投诉人员姓名",
    "☑受理",
    "调查事实：经查，情况属实。",
    "责任认定：☑人员",
    "批评教育，重新培训。",
    "已告知处理结果。",
    "☑满意",
    "□非常不满意",
    "希望增加叫号窗口。",
)


@tagged("post_install", "-at_install")
class TestRegistrationForms(PaperCommon, MeetingCommon):
    def test_c1_2_form_tells_the_whole_case(self):
        ticket = self.fed_back(
            conduct_ids=[Command.set(self.env.ref("kaiyang_complaint.conduct_09").ids)],
            complainant_gender="female",
        )
        text = self.text(PHONE, ticket)
        numbered = (f"编号：{ticket.number}", f"不动产登记中心（{ticket.slip_ids.name}）")
        for expected in (*WHOLE_CASE, *numbered):
            self.assertIn(expected, text)

    def test_c1_1_form_shows_the_visit_and_the_signature(self):
        ticket = self.new_complaint("onsite", visit_place="投诉室", visitor_count=3)
        (content,) = self.streams(ONSITE, ticket).values()
        reader = PdfFileReader(content["stream"])
        text = "".join(pages(content["stream"]))
        for expected in (
            "某县政务服务中心现场投诉举报登记表",
            "来访地点投诉室",
            "来访人数3",
            "以上记录已核实无误",
            "现场处置",
            "当面回复，投诉人签收",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("录音", text)
        self.assertTrue(reader.pages[0]["/Resources"]["/XObject"], "the signature is on page 1")

    def test_x2_closed_case_leaves_nothing_open_that_did_not_happen(self):
        text = self.text(ONSITE, self.closed("onsite"))
        self.assertIn("☑电话", text)
        self.assertNotIn("投诉人签收", text)
        self.assertIn("延期无备注", text)

    def test_x2_two_units_get_a_row_and_an_inquiry_each(self):
        ticket = self.held().ticket_id
        text = self.text(PHONE, ticket)
        self.assertEqual(text.count("调查事实"), 2)
        for unit in (self.unit, self.other_unit):
            self.assertIn(f"承办单位：{unit.name}", text)

    def test_x2_draft_has_no_number_and_an_open_limit(self):
        text = self.text(PHONE, self.new_complaint())
        self.assertIn("编号：登记日期", text)
        self.assertIn("□受理", text)
        self.assertIn("办理期限至年月日", text)

    def test_x2_blank_forms_for_the_pen(self):
        self.new_complaint()
        for report, row in ((PHONE, "来电时间年月日时分"), (ONSITE, "来访时间年月日时分")):
            for data in ({}, {"blank": True}):
                text = self.text(report, **data)
                self.assertIn(row, text)
                self.assertIn("□14.", text)
                self.assertNotIn("☑", text)
        self.assertNotIn("王小明", self.text(PHONE, self.new_complaint(), blank=True))

    def test_x2_no_data_at_all(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.clerk)
            .create(
                {
                    "team_id": self.room.id,
                    "channel_id": self.env.ref("kaiyang_complaint.channel_phone").id,
                    "name": "空",
                    "description": "<p><br></p>",
                }
            )
        )
        self.assertIn("□投诉理由", self.text(PHONE, ticket))

    def test_x2_each_record_is_a_document_with_its_own_pages(self):
        short, long = (
            self.new_complaint(),
            self.new_complaint(description=f"<p>{'排队两小时无人受理。' * 600}</p>"),
        )
        streams = self.streams(PHONE, long + short)
        self.assertEqual(list(streams), [long.id, short.id])
        for ticket, least in ((short, 2), (long, 4)):
            content = pages(streams[ticket.id]["stream"])
            self.assertGreaterEqual(len(content), least)
            for number, page in enumerate(content, 1):
                self.assertIn(f"第{number}页共{len(content)}页", page)
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            ._render_qweb_pdf(PHONE, (long + short).ids)
        )
        self.assertEqual((pdf[:4], kind), (b"%PDF", "pdf"))

    def test_x2_number_runs_at_the_head_of_later_pages(self):
        ticket = self.accepted()
        first, second, *_more = pages(self.streams(PHONE, ticket)[ticket.id]["stream"])
        self.assertEqual(first.count(f"编号：{ticket.number}"), 1)
        self.assertIn(f"登记表{ticket.number}", second)

    def test_x2_longest_texts_stay_on_the_paper(self):
        self.unit.sudo().name = "某" * 60
        reason = "理" * 20000
        ticket = self.new_complaint(description=f"<p>{reason}</p>", service_item="A" * 500)
        text = self.text(PHONE, ticket)
        self.assertEqual(
            text.count("理"),
            20000
            + self.text(PHONE, self.new_complaint(description="<p>无</p>", service_item="A")).count(
                "理"
            ),
        )
        self.assertIn("某" * 60, text)
        self.assertIn("A" * 500, text)

    def test_x2_print_menu_offers_the_form_of_the_channel(self):
        reports = self.env.ref(PHONE) + self.env.ref(ONSITE)
        for channel, report in (("phone", reports[0]), ("onsite", reports[1])):
            ticket = self.new_complaint(channel)
            valid = reports.with_user(self.clerk).get_valid_action_reports(ticket._name, ticket.ids)
            self.assertEqual(valid, report.ids)

    def test_x2_mail_carries_the_form(self):
        ticket = self.accepted()
        template = self.env["mail.template"].create(
            {
                "name": "form",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "report_template_ids": [Command.set(self.env.ref(PHONE).ids)],
            }
        )
        values = template._generate_template(ticket.ids, ["report_template_ids"])[ticket.id]
        ((_name, content),) = values["attachments"]
        self.assertTrue(content)

    def test_x2_template_without_articles_is_refused(self):
        self.env.ref("kaiyang_complaint.registration_form").arch = "<t><p>no article</p></t>"
        with self.assertRaises(UserError):
            self.streams(PHONE, self.new_complaint())

    def test_x2_client_learns_the_engine(self):
        report = self.env.ref(PHONE)
        self.assertEqual(report.report_action([])["paper_engine"], "weasyprint")
        self.assertIn("paper_engine", report._get_readable_fields())

    def test_x2_options_keep_the_records_of_the_view(self):
        ticket = self.accepted()
        reports = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            .with_context(active_model="helpdesk.ticket", active_ids=ticket.ids)
        )
        streams = reports._render_qweb_pdf_prepare_streams(PHONE, {"some": "option"})
        self.assertEqual(list(streams), ticket.ids)

    def test_x2_printed_once_is_reused_where_the_report_says_so(self):
        ticket = self.accepted()
        self.env.ref(PHONE).write({"attachment": "'form.pdf'", "attachment_use": True})
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        first = reports._render_qweb_pdf(PHONE, ticket.ids)[0]
        ticket.description = "<p>changed</p>"
        self.assertEqual(reports._render_qweb_pdf(PHONE, ticket.ids)[0], first)


@tagged("post_install", "-at_install")
class TestStrangersText(PaperCommon):
    def test_x2_addresses_outside_are_never_fetched(self):
        fetch = paper.StaticFetcher().fetch
        for url in (
            "file:///etc/passwd",
            "http://localhost/",
            "https://example.com/a.png",
            "ftp://localhost/a.png",
            f"{paper.STATIC}kaiyang_complaint/__manifest__.py",
            f"{paper.STATIC}kaiyang_complaint/static/../__manifest__.py",
            f"{paper.STATIC}kaiyang_complaint/static/%2e%2e/models/res_company.py",
            f"{paper.STATIC}kaiyang_complaint/static/%2e%2e/%2e%2e/odoo.conf.png",
        ):
            with self.subTest(url), self.assertRaises(ValueError):
                fetch(url)
        with fetch(f"{paper.STATIC}kaiyang_complaint/static/src/paper/paper.css")._file_obj as css:
            self.assertIn(b"@page", css.read())

    @mute_logger("weasyprint")
    def test_x2_even_html_that_was_not_cleaned_fetches_nothing(self):
        with patch("urllib.request.OpenerDirector.open") as opened:
            paper.write_pdf(
                "<style>@import 'http://localhost/a.css'; p {background: url(file:///etc/passwd)}"
                "</style><link rel='stylesheet' href='file:///etc/passwd'>"
                "<p><img src='file:///etc/passwd'><img src='http://localhost/a.png'>"
                "<object data='file:///etc/passwd'></object>"
                "<link rel='attachment' href='file:///etc/passwd'></p>"
            )
        opened.assert_not_called()

    def test_x2_text_keeps_its_structure_and_loses_its_looks(self):
        ticket = self.new_complaint()
        html = Sheet(ticket).rich(
            "<p style='position:fixed;width:9999px' class='form'>甲<b>乙</b></p><style>*{}</style>"
            "<table><tr><td>丙</td></tr></table><script>alert(1)</script>"
            "<img src='file:///etc/passwd'><img src='http://x/y.png'><iframe src='http://x'></iframe>"
            f"<img src='data:image/png;base64,{SIGNATURE}'><a href='http://x/'>丁</a>"
        )
        for gone in ("style", "class", "script", "file:", "http"):
            self.assertNotIn(gone, html)
        for kept in ("<b>乙</b>", "<td>丙</td>", "丁", "data:image/png"):
            self.assertIn(kept, html)

    def test_x2_documents_are_split_by_our_own_articles_only(self):
        ticket = self.new_complaint(description="<article data-oe-id='7'>甲</article>")
        self.assertEqual(list(self.streams(PHONE, ticket)), ticket.ids)

    def test_x2_own_pictures_are_printed_and_no_others(self):
        ticket, other = self.new_complaint(), self.new_complaint()
        mine, theirs = self.env["ir.attachment"].create(
            [
                {"name": "a.png", "datas": SIGNATURE, "res_model": t._name, "res_id": t.id}
                for t in (ticket, other)
            ]
        )
        html = Sheet(ticket).rich(
            f"<img src='/web/image/{mine.id}-abc/a.png'/><img src='/web/image/{theirs.id}'/>"
        )
        self.assertEqual(html.count("<img"), 1)
        self.assertIn(SIGNATURE, html)
