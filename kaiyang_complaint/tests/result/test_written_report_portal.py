from odoo import http
from odoo.tests import tagged

from ...controllers.portal import uploads
from ..handling.test_portal import PHOTO, PortalCase
from .report_common import WRITTEN, AskedCommon

TYPED = {**WRITTEN, "to_unit": "1", "sure": "1"}
# What no form sends.
UNREADABLE = (
    None,
    "x",
    {"causes": 5},
    {"causes": "a\0b"},
    {"measures_by": ["x"]},
    {"attachments": 5},
    {"attachments": [["a.jpg", 5]]},
    {"removed": 5},
)


@tagged("post_install", "-at_install")
class TestReportPages(AskedCommon, PortalCase):
    def setUp(self):
        super().setUp()
        self.report = self.asked()
        self.login(self.rep)

    def report_page(self):
        return self.url_open(f"/my/reports/{self.report.id}").text

    def hand_in(self, act="submit", files=None, report=None, **typed):
        """Post the form of the page."""
        data = {**typed, "act": act, "csrf_token": http.Request.csrf_token(self)}
        url = f"/my/reports/{(report or self.report).id}/write"
        return self.url_open(url, data=data, files=files)

    def test_u7_3b_page_says_what_is_asked_and_nothing_of_the_complaints(self):
        home = self.url_open("/my").text
        self.assertIn("/my/reports", home)
        counted = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["complaint_report_count"]}
        )
        self.assertEqual(counted["complaint_report_count"], 1)
        for page in (self.url_open("/my/reports").text, self.report_page()):
            self.assertIn("2025-12 – 2026-01", page)
            self.assertIn(self.window.name, page)
            for secret in ("王小明", "13812345678", "TS20", "排队两小时"):
                self.assertNotIn(secret, page)
        self.assertIn(self.item.name, page)
        self.assertIn("Write the report", page)

    def test_u7_3b_draft_files_and_submission(self):
        page = self.hand_in("save", files=[("attachments", PHOTO)], causes="业务不熟。")
        self.assertIn("Nothing was sent yet", page.text)
        self.assertEqual((self.report.state, self.report.causes), ("asked", "业务不熟。"))
        photo = self.report.sudo().attachment_ids
        self.assertEqual(photo.name, PHOTO[0])
        self.assertEqual(
            self.url_open(f"/my/reports/{self.report.id}/file/{photo.id}").content, PHOTO[1]
        )
        page = self.hand_in(
            "save", removed=photo.id, files=[("attachments", ("说明.pdf", b"%PDF-1.7"))]
        )
        self.assertEqual(self.report.sudo().attachment_ids.mapped("name"), ["说明.pdf"])
        page = self.hand_in(**TYPED)
        self.assertIn("was sent to the complaint room", page.text)
        self.assertEqual((self.report.state, self.report.submitted_by_id), ("submitted", self.rep))
        self.assertNotIn("Write the report", page.text)
        self.hand_in("save", causes="别的")
        self.assertEqual(self.report.causes, WRITTEN["causes"])

    def test_u7_3b_refused_submission_loses_nothing(self):
        files = [("attachments", PHOTO)]
        for left_out in ("sure", "to_unit", "measures_by", "unit_addressee"):
            typed = {name: value for name, value in TYPED.items() if name != left_out}
            page = self.hand_in(files=files, **typed)
            with self.subTest(left_out=left_out):
                self.assertEqual(page.status_code, 422)
                self.assertIn(WRITTEN["measures"], page.text)
                self.assertEqual(self.report.state, "asked")
                self.assertFalse(self.report.causes)
                self.assertFalse(self.report.sudo().attachment_ids)
        self.patch(uploads, "MAX_FILE_SIZE", uploads.MEGABYTE)
        files = [("attachments", ("录像.mp4", b"x" * 1048577, "video/mp4"))]
        self.assertIn("larger than 1 MB", self.hand_in(files=files, **TYPED).text)
        self.assertEqual(self.report.state, "asked")

    def test_u7_3b_what_became_of_it_is_seen(self):
        self.hand_in(**TYPED)
        self.report.with_user(self.clerk).action_return("请补充监控说明。")
        page = self.report_page()
        self.assertIn("请补充监控说明。", page)
        self.assertRegex(page, rf"<textarea[^>]*>{WRITTEN['causes']}</textarea>")
        self.hand_in(**{**TYPED, "causes": "已补充监控说明。"})
        self.report.with_user(self.clerk).action_accept()
        self.assertIn("Put on file", self.report_page())
        self.assertFalse(self.url_open("/my/reports").text.count("o_complaint_overdue"))

    def test_u7_3b_paper_and_letter_are_downloaded(self):
        for paper in ("print", "letter"):
            answer = self.url_open(f"/my/reports/{self.report.id}/{paper}")
            self.assertTrue(answer.content.startswith(b"%PDF-"), paper)

    def test_u7_3b_foreign_former_and_archived_representatives_find_nothing(self):
        file = self.env["ir.attachment"].create(
            {"name": "内部.pdf", "raw": b"secret", "res_model": "helpdesk.ticket", "res_id": 1}
        )
        answer = self.url_open(f"/my/reports/{self.report.id}/file/{file.id}")
        self.assertTrue(answer.url.endswith("unknown"))
        self.login(self.other_rep)
        self.assert_nothing()
        self.representative.active = False
        self.login(self.rep)
        self.assert_nothing()
        self.login(self.outsider)
        self.assertTrue(self.url_open("/my/reports").url.endswith("/my"))

    def assert_nothing(self):
        self.assertNotIn(self.window.name, self.url_open("/my/reports").text)
        for page in ("", "/print", "/letter", "/file/1"):
            answer = self.url_open(f"/my/reports/{self.report.id}{page}")
            self.assertTrue(answer.url.endswith("unknown"), page)
        self.hand_in(**TYPED)
        self.assertEqual(self.report.state, "asked")
        name, ids = self.report._name, self.report.ids
        self.assertFalse(self.call(name, "search", []))
        for method, *args in (("read", ["causes"]), ("action_submit", WRITTEN)):
            self.assert_refused(name, method, ids, *args)

    def test_u7_3b_calls_over_the_api_are_guarded(self):
        name, ids = self.report._name, self.report.ids
        for method, *args in (
            ("write", {"causes": "x"}),
            ("unlink",),
            ("action_accept",),
            ("action_withdraw", "不再需要"),
            ("read", ["finding_ids"]),
            ("read", ["letter_id"]),
        ):
            with self.subTest(method=method):
                self.assert_refused(name, method, ids, *args)
        for values in UNREADABLE:
            with self.subTest(values=values):
                self.assert_refused(name, "action_save_draft", ids, values)
        self.assertFalse(self.report.causes)
        self.call(name, "action_submit", ids, WRITTEN)
        self.assertEqual(self.report.state, "submitted")
