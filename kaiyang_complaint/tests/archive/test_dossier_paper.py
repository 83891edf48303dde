import hashlib
import io
from unittest.mock import patch

import pypdfium2
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...report.archive.dossier_sheet import DossierSheet
from ...report.engine import paper as engine
from ...report.engine import pdfa
from ...tools.cover_fit import SMALLEST
from ..common import ALONE
from .dossier_paper_common import DossierPaperCommon, Read, foreign_pdf, picture, scans
from .pages_common import drawing

SOUND = b"ID3 sound of a call".ljust(400, b".")
REPORT = "kaiyang_complaint.report_dossier"


@tagged("post_install", "-at_install")
class TestDossierPaper(DossierPaperCommon):
    """A dossier of papers and of what people sent, read back as its readers do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sent = {
            "现场照片.png": picture("PNG", "RGBA", (1200, 900), color=(200, 30, 30, 120)),
            "回复扫描.tif": scans(3),
            "整改报告.pdf": foreign_pdf("FOREIGN ONE", "FOREIGN TWO"),
            "横表.pdf": foreign_pdf("ACROSS", size=(842, 595)),
            "网页.pdf": drawing("网页打印"),
            "通话录音.mp3": SOUND,
            "锁住.pdf": foreign_pdf("SECRET", locked=True),
        }
        cls.dossier = cls.compiled(cls.sent)
        cls.dossier.note = "本卷由投诉室移交。"
        photo = cls.item("现场照片")
        photo.action_leave_out("与本案无关")
        photo.action_take_in()
        cls.item("锁住").note = "单位未提供密码"
        cls.paper = cls.paper_of(cls.dossier)

    @classmethod
    def item(cls, title):
        return cls.dossier.item_ids.filtered(lambda item: item.title == title)

    def test_a8_it_is_a_pdf_of_the_archive(self):
        self.assertFalse(pdfa.flaws(io.BytesIO(self.paper.content)))
        metadata = self.paper.pdf.xmp_metadata
        self.assertEqual((metadata.pdfaid_part, metadata.pdfaid_conformance), ("3", "B"))
        self.assertEqual(self.paper.pdf.metadata.title, self.dossier.name)
        self.assertEqual(metadata.dc_title["x-default"], self.dossier.name)

    def test_a8_catalogue_gives_the_true_pages(self):
        marks = {
            "电话回复记录": "已告知处理结果。",
            "转办单（含回执）：不动产登记中心": "投诉举报转办单",
            "电话投诉举报登记表": "电话投诉举报登记表",
            "整改报告": "FOREIGNONE",
            "横表": "ACROSS",
            "网页": "网页打印",
        }
        for title, mark in marks.items():
            with self.subTest(title):
                item = self.item(title)
                self.assertIn(mark, self.paper.page(item.page_from))
                day = f"{item.date:%Y%m%d}"
                self.assertIn(f"{title}{day}{item.page_from}", self.paper.frame("卷首"))
        report = self.item("整改报告")
        self.assertIn("FOREIGNTWO", self.paper.page(report.page_from + 1))

    def test_a8_pages_count_through_the_dossier_and_carry_their_number(self):
        printed = self.dossier.item_ids.filtered("page_count").sorted("sequence")
        expected = 1
        for item in printed:
            self.assertEqual(item.page_from, expected)
            expected += item.page_count
        self.assertEqual(self.paper.numbered(), list(range(1, expected)))
        self.assertEqual(self.dossier.page_count, expected - 1)
        self.assertEqual(self.item("回复扫描").page_count, 3)
        for number in self.paper.numbered():
            front = number % 2 == 1
            found, x, width = self.paper.stamp(number)
            self.assertEqual(found, str(number))
            self.assertEqual(x > width / 2, front, "front pages right, back pages left")
        self.assertIn(f"本卷共{len(self.dossier.item_ids)}件{expected - 1}页", self.paper.texts[0])

    def test_a8_bookmarks_lead_to_the_papers(self):
        (cover, catalogue), *rest = [self.paper.bookmarks()[:2], *self.paper.bookmarks()[2:]]
        self.assertEqual((cover, catalogue), (("卷宗封面", "卷首-1"), ("卷内文件目录", "卷首-3")))
        self.assertEqual(rest[-1], ("卷内备考表", "备考表-1"))
        headings, papers = rest[:-1:2], rest[1:-1:2]
        sections = {heading[0]: dict(of) for heading, of in zip(headings, papers, strict=True)}
        self.assertEqual(list(sections), ["结论材料", "办理材料", "投诉材料", "其他材料"])
        found = {title: page for papers in sections.values() for title, page in papers.items()}
        printed = self.dossier.item_ids.filtered("page_count")
        self.assertEqual(found, {item.title: str(item.page_from) for item in printed})

    def test_a8_everything_is_inside_as_it_came_and_known_by_its_hash(self):
        files, closing = self.paper.files(), self.paper.frame("备考表")
        items = self.dossier.item_ids.sorted("sequence")
        self.assertEqual(len(files), len(items))
        for number, (item, name) in enumerate(zip(items, sorted(files), strict=True), 1):
            with self.subTest(name):
                self.assertTrue(name.startswith(f"{number:03d} "))
                digest = hashlib.sha256(files[name]).hexdigest()
                self.assertEqual(item.sha256, digest)
                self.assertIn(digest, closing)
        for name, content in self.sent.items():
            (inside,) = [one for key, one in files.items() if key.endswith(f" {name}")]
            self.assertEqual(inside, content)

    def test_a8_what_cannot_be_printed_is_said_and_kept(self):
        closing, catalogue = self.paper.frame("备考表"), self.paper.frame("卷首")
        for title, reason in (("通话录音", "录音录像"), ("锁住", "PDF文件已加密")):
            item = self.item(title)
            self.assertTrue(item.is_embedded)
            self.assertFalse(item.page_count)
            self.assertIn(f"“{title}”不能打印（{reason}）", closing)
        self.assertIn("单位未提供密码；电子文件", catalogue)
        self.assertIn("本卷由投诉室移交。", closing)

    def test_a8_a_draft_says_so_and_has_no_number(self):
        self.assertIn("草稿（未归档）", self.paper.texts[0])

    def test_a8_a_page_across_stays_across(self):
        page = self.paper.pdf.pages[self.paper.labels.index(str(self.item("横表").page_from))]
        self.assertGreater(page.mediabox.width, page.mediabox.height)

    def test_a8_text_behind_a_page_stands_where_it_is_seen(self):
        places = self.paper.places(self.item("整改报告").page_from)
        (found,) = [place for text, place in places if "FOREIGN" in text]
        # Drawn at 72, 300 of a sheet of 595 x 842; ours leaves room for the number.
        self.assertAlmostEqual(found[0], 20 + 72 * 555 / 595, delta=8)
        self.assertAlmostEqual(found[1], 842 - 34 - (842 - 300) * 555 / 595, delta=12)

    def test_a8_who_compiled_it_signs_at_the_foot_of_the_reference_sheet(self):
        paper = pypdfium2.PdfDocument(self.paper.content)
        for page in paper:
            text = page.get_textpage()
            head, signed = (text.search(words).get_next() for words in ("本卷情况说明", "立卷人"))
            if head and signed:
                above, below = (text.get_charbox(found[0])[1] for found in (head, signed))
                self.assertGreater(above - below, 100 * 72 / 25.4)
                return
        self.fail("no reference sheet")


@tagged("post_install", "-at_install")
class TestDossierPaperActs(DossierPaperCommon):
    """Left out, sorted, empty, long, archived; and who may print."""

    def test_a8_left_out_stands_in_the_reference_sheet_with_its_reason(self):
        dossier = self.compiled({"照片.png": picture()})
        item = dossier.item_ids.filtered(lambda one: one.title == "照片")
        item.action_leave_out("与本案无关")
        paper = self.paper_of(dossier)
        self.assertIn("未归入本卷：“照片”，原因：与本案无关", paper.frame("备考表"))
        self.assertNotIn("照片", paper.frame("卷首"))
        self.assertNotIn("照片", "".join(paper.files()))

    def test_a8_papers_follow_the_order_of_the_archivist(self):
        dossier = self.compiled({"照片.png": picture()})
        photo = dossier.item_ids.filtered(lambda one: one.title == "照片")
        photo.sequence = 0
        paper = self.paper_of(dossier)
        self.assertEqual(photo.page_from, 1)
        self.assertEqual(paper.bookmarks()[3], [("照片", "1")])

    def test_a8_archived_is_what_was_printed_and_stays_it(self):
        dossier = self.compiled({"照片.png": picture()})
        dossier.action_file(ALONE)
        kept = dossier.attachment_id.raw
        paper = Read(kept)
        self.assertIn(dossier.number, paper.texts[0])
        self.assertIn(f"归档号{dossier.number}", "".join(paper.texts[1:]))
        self.assertNotIn("草稿", paper.texts[0])
        self.assertEqual(dossier.sha256, hashlib.sha256(kept).hexdigest())
        self.assertEqual(dossier._paper_pdf(), kept)
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        self.assertEqual(reports._render_qweb_pdf(REPORT, dossier.ids)[0], kept)

    def test_a8_sixty_papers_and_a_catalogue_of_several_pages(self):
        files = {f"证据{number:02d}.png": picture(size=(60, 80 + number)) for number in range(57)}
        dossier = self.compiled(files)
        paper = self.paper_of(dossier)
        self.assertEqual(len(dossier.item_ids), 60)
        self.assertGreater(paper.labels.index("1"), 4)
        self.assertFalse(paper.labels.index("1") % 2, "page 1 is a front page")
        last = dossier.item_ids.sorted("sequence")[-1]
        self.assertEqual(paper.numbered()[-1], last.page_from)
        self.assertIn("顺序号", paper.texts[4], "the head of the table on each page")

    def test_a8_a_dossier_without_papers(self):
        dossier = self.compiled()
        dossier.sudo().item_ids._procedure_write({"left_out": True, "left_out_reason": "另存"})
        paper = self.paper_of(dossier)
        self.assertEqual(paper.numbered(), [])
        self.assertEqual(paper.files(), {})
        self.assertIn("本卷共0件0页", paper.texts[0])
        self.assertFalse(pdfa.flaws(io.BytesIO(paper.content)))

    def test_a8_the_longest_texts_stay_on_the_paper(self):
        ticket = self.closed(description=f"<p>{'理' * 20000}</p>")
        dossier = ticket.with_user(self.archivist)._compile_dossier()
        dossier.write({"name": "题" * 300, "note": "璋" * 5000})
        form = dossier.item_ids.filtered(lambda item: item.section == "complaint")
        form.write({"title": "璞" * 200, "author": "楮" * 60, "note": "注" * 200})
        paper = self.paper_of(dossier)
        pages = range(form.page_from, form.page_from + form.page_count)
        self.assertGreaterEqual("".join(map(paper.page, pages)).count("理"), 20000)
        self.assertEqual(paper.texts[0].count("题"), 300)
        self.assertEqual(paper.frame("卷首").count("璞"), 200)
        self.assertEqual(paper.frame("卷首").count("楮"), 60)
        self.assertEqual(paper.frame("备考表").count("璋"), 5000)

    def test_a8_the_cover_stays_one_page_whatever_its_texts(self):
        """620 characters in each of its texts, one at a time and all at once."""
        dossier = self.compiled()
        long = {"fonds_name": "宗", "category_name": "类", "name": "题", "number": "叁"}
        for names in (*((name,) for name in long), tuple(long)):
            with self.subTest(names), self.env.cr.savepoint() as savepoint:
                dossier._procedure_write({name: long[name] * 620 for name in names})
                sheet = DossierSheet(dossier, [])
                html = str(self.env["ir.qweb"]._render(REPORT, {"sheet": sheet}))
                texts = Read(engine.write_pdf(html)).texts
                self.assertEqual([texts[0].count(long[name]) for name in names], [620] * len(names))
                self.assertIn("归档号", texts[0])
                self.assertIn("保管期限", texts[0])
                self.assertTrue(min(sheet.sizes.values()) >= SMALLEST)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a8_the_blank_frame_is_for_the_pen(self):
        reports = self.env["ir.actions.report"].with_user(self.archivist)
        paper = Read(reports._render_qweb_pdf(REPORT, [], data={"blank": True})[0])
        cover, _back, catalogue, _back, closing = paper.texts
        for label in ("类目名称", "案卷题名", "起止时间", "保管期限", "归档号", "档号"):
            self.assertIn(label, cover)
        self.assertIn("卷内文件目录", catalogue)
        self.assertIn("本卷情况说明", closing)
        self.assertNotIn("草稿", "".join(paper.texts))

    def test_a8_who_may_not_read_the_case_prints_nothing(self):
        dossier = self.compiled()
        for user in (self.outsider, self.rep):
            with self.assertRaises(AccessError):
                dossier.with_user(user)._paper_pdf()
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(user)._render_qweb_pdf(REPORT, dossier.ids)

    def test_a8_a_paper_that_cannot_be_printed_is_named(self):
        dossier = self.compiled()
        self.env.ref("kaiyang_complaint.report_slip").report_name = REPORT
        with self.assertRaisesRegex(UserError, "转办单（含回执）"):
            dossier._paper_pdf()

    def test_a8_what_no_archive_takes_is_not_archived(self):
        dossier = self.compiled()
        with (
            patch.object(pdfa, "flaws", return_value=["6.1.3: encrypted"]),
            self.assertRaisesRegex(UserError, "6.1.3: encrypted"),
            self.env.cr.savepoint(),
        ):
            dossier.action_file(ALONE)
        self.env.invalidate_all()
        self.assertEqual((dossier.state, dossier.number), ("draft", False))
