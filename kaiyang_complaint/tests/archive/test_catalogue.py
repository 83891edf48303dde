import io
from datetime import datetime

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...report.archive.dossier_catalogue import Catalogue
from .archive_common import ArchiveCommon


@tagged("post_install", "-at_install")
class TestCatalogue(ArchiveCommon, HttpCase):
    """The catalogue of a year is a spreadsheet that reckons (八)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.in_archive(service_item="=HYPERLINK(1)")
        cls.second = cls.in_archive()
        cls.year = cls.first.year

    def asked(self, **vals):
        wizards = self.env["complaint.dossier.catalogue"].with_user(self.archivist)
        return wizards.create({"company_id": self.centre.id, "year": self.year, **vals})

    def book(self, dossiers):
        content = io.BytesIO()
        Catalogue("某中心", dossiers).save(content)
        return openpyxl.load_workbook(content)

    def test_a8_catalogue_of_a_year_over_http(self):
        url = self.asked().action_download()["url"]
        self.authenticate("kc_archivist", "kc_archivist")
        answer = self.url_open(url)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content))["案卷目录"].values)
        self.assertLessEqual({self.first.number, self.second.number}, {row[1] for row in rows})
        self.authenticate("kc_clerk", "kc_clerk")
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            self.assertEqual(self.url_open(url).status_code, 403)

    def test_a8_rows_have_real_types_and_print_on_a4(self):
        book = self.book(self.first + self.second)
        sheet = book["案卷目录"]
        head = ["序号", "档号", "案卷题名", "起始日期", "终止日期", "件数", "页数"]
        self.assertEqual([cell.value for cell in sheet[1]][:7], head)
        row = [cell.value for cell in sheet[2]]
        self.assertEqual(row[:3], [1, self.first.number, self.first.name])
        self.assertIsInstance(row[3], datetime)
        self.assertEqual((row[5], row[7]), (self.first.item_count, "30年"))
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertEqual(str(sheet.page_setup.paperSize), "9")
        self.assertEqual(sheet.print_title_rows, "$1:$1")
        self.assertEqual({cell.data_type for line in sheet for cell in line} & {"f"}, set())

    def test_a8_second_sheet_lists_every_paper_with_its_hash(self):
        item = self.first.item_ids[0]
        item.sudo()._unlocked()._procedure_write(
            {"sha256": "ab" * 32, "page_from": 7, "page_count": 2}
        )
        rows = list(self.book(self.first)["卷内目录"].values)
        self.assertEqual(rows[0][6:8], ("页号", "页数"))
        self.assertEqual(rows[1][6:8], (7, 2))
        kept = self.first.item_ids.filtered(lambda one: not one.left_out)
        self.assertEqual(len(rows) - 1, len(kept))
        self.assertIn("ab" * 32, {row[-1] for row in rows})

    def test_a8_queries_do_not_grow_with_the_rows(self):
        counts = []
        for dossiers in (self.first, self.first, self.first + self.second):  # the first warms up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.book(dossiers.with_user(self.archivist))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_a8_a_year_without_dossiers_has_no_catalogue(self):
        with self.assertRaisesRegex(UserError, "No dossier of 1999"):
            self.asked(year=1999).action_download()
        self.assertFalse(self.asked(retention="permanent")._dossiers() & self.first)

    def test_a8_what_is_kept_longest_comes_first(self):
        archived = (self.first, self.second, self.in_archive())
        for retention, dossier in zip(("y10", "permanent", "y30"), archived, strict=True):
            dossier.sudo()._unlocked()._procedure_write(
                {"retention": retention, "retention_reason": "按主管机关意见"}
            )
        order = dict.fromkeys(self.asked()._dossiers().mapped("retention"))
        self.assertEqual(list(order), ["permanent", "y30", "y10"])
