"""Files that take minutes or gigabytes are refused in words, and the desk stays up."""

import base64
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ...models.access.over_budget import over_budget
from ...report.archive.dossier_drawing import Drawing
from ...report.engine import dossier_pages, paper
from ...report.engine.dossier_pictures import UnprintableError
from ...report.engine.sheet import CUT, NO_PICTURE, Sheet
from ...tools import bounded, budgets, import_sheet
from ...tools.budgets import OverBudgetError
from ..archive.dossier_paper_common import DossierPaperCommon, picture
from ..exchange.import_common import ImportCommon, a_row
from . import hostile_files

DRAWING = "odoo.addons.kaiyang_complaint.report.archive.dossier_drawing"
# Enough to load the libraries, on a busy machine too.
BRIEFLY = patch.object(budgets, "FILE_SECONDS", 3)
LOOKED_AT_BRIEFLY = patch.object(budgets, "LOOK_SECONDS", 3)


def children():
    """Return the processes that this one started to open files, and that are still there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and (bounded.RUNNER.name.encode() in command or not command):
            found.append(folder.name)
    return found


class NothingLeftBehind(TransactionCase):
    """Each test ends with no process of its own left, running or dead."""

    def setUp(self):
        super().setUp()
        self.addCleanup(lambda: self.assertEqual(children(), []))

    def refused(self, act, *args, **kwargs):
        with self.assertRaises(OverBudgetError) as refusal:
            act(*args, **kwargs)
        return refusal.exception.kind


@tagged("post_install", "-at_install")
class TestBounded(NothingLeftBehind):
    """What opens a stranger's file runs in a process that is ended."""

    def run_it(self, function, *args, seconds=20, memory_mb=600, **kwargs):
        return bounded.run(function, *args, seconds=seconds, memory_mb=memory_mb, **kwargs)

    def test_what_it_returns_and_raises_comes_back(self):
        self.assertEqual(self.run_it(import_sheet.clean, " 2\t"), "2")
        with self.assertRaisesRegex(UnprintableError, "空文件"):
            self.run_it(dossier_pages.assert_readable, b"")

    def test_what_takes_too_much_is_ended(self):
        for kind, function, args, limits in (
            ("time", sum, (range(10**12),), {"seconds": 0.3}),
            ("time", time.sleep, (900,), {"clock": 0.3}),
            ("memory", bytes, (10**9,), {"memory_mb": 300}),
            ("broken", os.abort, (), {}),
        ):
            with self.subTest(kind):
                self.assertEqual(self.refused(self.run_it, function, *args, **limits), kind)
                self.assertFalse(children())

    def test_the_next_call_gets_a_new_process(self):
        with bounded.Child(600) as child:
            first = child.run(os.getpid, seconds=20)
            self.assertEqual(child.run(os.getpid, seconds=20), first)
            self.assertEqual(self.refused(child.run, os.abort, seconds=20), "broken")
            self.assertNotEqual(child.run(os.getpid, seconds=20), first)

    def test_it_knows_nothing_of_the_server(self):
        with bounded.Child(600) as child:
            # Its pipes, what it throws away, and the folder that is being listed.
            self.assertLessEqual(len(child.run(os.listdir, "/proc/self/fd", seconds=20)), 6)
            self.assertIsNone(child.run(os.getenv, "PGHOST", seconds=20))
            self.assertIsNone(child.run(os.getenv, "PATH", seconds=20))
            with self.assertRaises(ImportError):
                child.run(__import__, "odoo.sql_db", seconds=20)

    def test_every_refusal_has_its_words(self):
        kinds = ("time", "memory", "unpacked", "text", "entries", "lines", "rows", "cells")
        for kind in kinds:
            self.assertIn("37", over_budget(self.env, OverBudgetError(kind, 37)))
        self.assertIn("damaged", over_budget(self.env, OverBudgetError("broken")))


@tagged("post_install", "-at_install")
class TestHostileSheets(NothingLeftBehind, ImportCommon):
    """A small spreadsheet that unpacks to gigabytes, or holds millions of cells."""

    HOSTILE = (
        (hostile_files.zip_bomb, "unpacks to more than"),
        (hostile_files.millions_of_cells, "more than 600000 cells"),
        (hostile_files.all_merged, "more than 600000 cells"),
        (hostile_files.entities, "damaged"),
    )

    def test_c1_3_the_import_says_what_is_too_much(self):
        for make, words in self.HOSTILE:
            with self.subTest(make.__name__), self.assertRaises(UserError) as refusal:
                self.upload(make(), "留言.xlsx")
            self.assertIn(words, str(refusal.exception))

    def test_c1_3_odoos_own_import_says_it_too(self):
        wizard = self.env["base_import.import"].with_user(self.clerk)
        for make, words in (*self.HOSTILE, (hostile_files.one_far_cell, "more than 50000 rows")):
            with self.subTest(make.__name__):
                record = wizard.create(
                    {"res_model": "helpdesk.ticket", "file": make(), "file_name": "a.xlsx"}
                )
                preview = record.parse_preview({"quoting": '"', "has_headers": True})
                self.assertIn(words, preview["error"])

    def test_c1_3_odoos_own_import_still_reads_a_book(self):
        content = self.xlsx_file([a_row("K1"), a_row("K2")])
        values = {"res_model": "helpdesk.ticket", "file": content, "file_name": "a.xlsx"}
        record = self.env["base_import.import"].with_user(self.clerk).create(values)
        preview = record.parse_preview({"quoting": '"', "has_headers": True})
        self.assertEqual(preview.get("num_rows"), 3)

    def test_c1_3_long_texts_are_counted(self):
        for content, kind in (
            (b"1\n" * 50_001, "rows"),
            (b"\n" * 500_000, "lines"),
            (b",\n" + b"," * 700_000, "cells"),
            (b" " * (41 * 1024 * 1024), "text"),
        ):
            with self.subTest(kind):
                read = self.refused(lambda content=content: list(import_sheet.read_rows(content)))
                self.assertEqual(read, kind)

    def test_c1_3_the_header_is_read_and_no_more(self):
        content = self.xlsx_file([a_row(f"K{number}") for number in range(40)])
        self.assertEqual(len(list(import_sheet.read_rows(content, only=10))), 10)

    def test_u7_5_a_calendar_has_the_rows_of_a_year(self):
        content = base64.b64encode(self.csv_file([["2027-02-06", "休", "春节"]] * 1500))
        wizard = self.env["complaint.calendar.import"].create({"file": content})
        with self.assertRaisesRegex(UserError, "more than 1000 rows"):
            wizard.action_import()


@tagged("post_install", "-at_install")
class TestHostilePages(NothingLeftBehind, DossierPaperCommon):
    """What can't be drawn in time stays a file; the dossier says so, and is archived."""

    def setUp(self):
        super().setUp()
        self.target = Path(self.enterContext(TemporaryDirectory()))

    def reason(self, content):
        with (
            Drawing() as drawing,
            mute_logger(DRAWING),
            self.assertRaises(UnprintableError) as refusal,
        ):
            drawing.write_pages(content, self.target / "pages.pdf")
        return str(refusal.exception)

    def test_a8_a_page_that_draws_for_hours(self):
        content = hostile_files.nested_pdf()
        self.assertLess(len(content), 10_000)
        with BRIEFLY:
            self.assertEqual(self.reason(content), "绘制用时过长")

    def test_a8_pictures_of_too_many_dots_or_pages(self):
        self.assertEqual(self.reason(hostile_files.huge_png()), "图像过大")
        self.assertEqual(self.reason(hostile_files.many_frames()), "页数过多")

    def test_a8_a_library_that_fails_is_a_damaged_file(self):
        with patch.object(dossier_pages, "write_pages", os.abort):
            self.assertEqual(self.reason(b""), "文件已损坏，无法打开")

    def test_a8_the_time_of_all_files_together_is_limited(self):
        with patch.object(budgets, "DOSSIER_CLOCK_SECONDS", 0):
            self.assertIn("本卷文件过多", self.reason(picture()))

    def test_a8_the_case_is_archived_and_says_what_is_only_a_file(self):
        files = {
            "迷宫.pdf": hostile_files.nested_pdf(),
            "照片.png": picture(),
            "长卷.tif": hostile_files.many_frames(),
        }
        with LOOKED_AT_BRIEFLY:
            dossier = self.compiled(files)
        with self.assertRaisesRegex(UserError, "“迷宫”（绘制用时过长）、“长卷”（页数过多）"):
            dossier.action_file("没有其他材料")
        dossier.item_ids.filtered("print_fault").action_keep_as_file("无法另行取得")
        with BRIEFLY:
            dossier.action_file("只有一名档案员")
        self.assertEqual(dossier.state, "archived")
        items = {item.title: item for item in dossier.item_ids}
        self.assertEqual(items["迷宫"].file_only_reason, "绘制用时过长")
        self.assertEqual(items["长卷"].file_only_reason, "页数过多")
        self.assertEqual(items["照片"].page_count, 1)
        self.assertFalse(items["照片"].file_only_reason)
        read = self.paper_of(dossier)
        self.assertIn("“迷宫”不能打印（绘制用时过长），仅以电子文件随卷保存", read.frame("备考表"))
        self.assertEqual(len([name for name in read.files() if "迷宫" in name]), 1)
        told = "".join(self.ticket.message_ids.mapped("body"))
        self.assertIn("迷宫", told)
        self.assertIn("绘制用时过长", told)


@tagged("post_install", "-at_install")
class TestHostileTexts(NothingLeftBehind):
    """A text that somebody typed can't keep the printer busy for minutes."""

    def rich(self, html):
        return Sheet(self.env["helpdesk.ticket"]).rich(html)

    def test_long_and_deep_texts_are_cut_and_say_so(self):
        for html in (
            f"<p>{'慢' * 100_000}</p>",
            f"<table>{'<tr><td>1</td></tr>' * 9_000}</table>",
            "<div>" * 200 + "深",
        ):
            printed = self.rich(html)
            self.assertIn(CUT, printed)
            self.assertLess(len(printed), 90_000)
        self.assertEqual(Sheet(self.env["helpdesk.ticket"]).paragraphs("行\n" * 9_000)[-1], CUT)
        self.assertEqual(Sheet(self.env["helpdesk.ticket"]).paragraphs("一\n\n二"), ["一", "二"])

    def test_a_cell_spans_no_million_columns(self):
        printed = self.rich('<table><tr><td colspan="9999999" rowspan="-3">一</td></tr></table>')
        self.assertIn('colspan="50"', printed)
        self.assertIn('rowspan="1"', printed)

    def test_pictures_of_too_many_dots_are_words(self):
        for content in (hostile_files.huge_png(), b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
            source = "data:image/png;base64," + base64.b64encode(content).decode()
            printed = self.rich(f'<p>一<img src="{source}">二</p>')
            self.assertNotIn("<img", printed)
            self.assertIn(f"一{NO_PICTURE}二", printed)
        small = "data:image/png;base64," + base64.b64encode(picture(size=(9, 9))).decode()
        self.assertIn("<img", self.rich(f'<p><img src="{small}"></p>'))

    def test_no_paper_draws_such_a_picture(self):
        for content in (hostile_files.huge_png(), b"\x89PNG", b""):
            self.assertFalse(paper.is_printable(content))
        address = "data:image/png;base64," + base64.b64encode(hostile_files.huge_png()).decode()
        with self.assertRaisesRegex(ValueError, "too many dots"):
            paper.StaticFetcher().fetch(address)

    def test_no_paper_calls_another_machine(self):
        for address in (
            "http://127.0.0.1/x.png",
            "https://static.invalid/etc/passwd",
            "file:///etc",
        ):
            with self.assertRaises(ValueError):
                paper.StaticFetcher().fetch(address)
