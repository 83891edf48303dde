from odoo.tests import tagged
from PIL import Image
from pypdf import PdfReader

from ...report.engine import dossier_pictures
from .dossier_paper_common import foreign_pdf, picture, scans
from .pages_common import RED, WHITE, PagesCommon


@tagged("post_install", "-at_install")
class TestDossierPages(PagesCommon):
    """Whatever people attach becomes pages, or is refused with the reason: never a crash."""

    def test_a8_pictures_of_every_kind(self):
        kinds = {
            "JPEG": {"mode": "RGB"},
            "PNG": {"mode": "P"},
            "GIF": {"mode": "L"},
            "BMP": {"mode": "1"},
            "WEBP": {"mode": "RGB"},
            "JPEG2000": {"mode": "RGB"},
            "TIFF": {"mode": "F"},
        }
        for kind, options in kinds.items():
            with self.subTest(kind):
                self.assertEqual(len(self.pages(picture(kind, **options))), 1)

    def test_a8_transparent_is_white_and_inks_become_colours(self):
        (page,) = self.pages(picture("PNG", "RGBA", color=(*RED, 0)))
        self.assert_colour(page, (150, 200), WHITE)
        (page,) = self.pages(picture("JPEG", "CMYK", color=(0, 240, 240, 30)))
        self.assert_colour(page, (150, 200), RED)
        self.assertEqual(self.image()[0], "/DeviceRGB")
        (page,) = self.pages(picture("PNG", "I;16", color=0x8000))
        self.assert_colour(page, (150, 200), (128, 128, 128))
        self.assertEqual(self.image()[0], "/DeviceGray")

    def test_a8_a_photo_stands_as_it_was_taken(self):
        exif = Image.Exif()
        exif[dossier_pictures.ORIENTATION] = 6
        (page,) = self.pages(picture("JPEG", size=(1200, 900), exif=exif))
        self.assertGreater(page.height, page.width)

    def test_a8_three_sheets_of_a_scan_are_three_pages(self):
        self.assertEqual(len(self.pages(scans(3))), 3)

    def test_a8_large_ones_are_scaled_to_the_sheet(self):
        for mode, kind, options in (
            ("RGB", "JPEG", {}),
            ("1", "TIFF", {"compression": "group4"}),
        ):
            with self.subTest(kind):
                self.pages(picture(kind, mode, (9000, 12000), draw=False, **options))
                width, height = self.image()[1]
                self.assertLessEqual(width, dossier_pictures.SHEET[0])
                self.assertLessEqual(height, dossier_pictures.SHEET[1])
                self.assertGreater(height, 1200)

    def test_a8_what_would_take_the_memory_is_not_opened(self):
        bomb = picture("PNG", "1", (30000, 30000), draw=False)
        self.assertLess(len(bomb), 2_000_000)
        self.assertEqual(self.refused(bomb), "图像过大")

    def test_a8_small_ones_are_not_blown_up(self):
        (page,) = self.pages(picture(size=(60, 60), color=RED))
        self.assert_colour(page, (page.width // 2, 25), RED)
        self.assert_colour(page, (page.width // 2, 80), WHITE)

    def test_a8_broken_and_foreign_files_are_refused_with_the_reason(self):
        jpeg, pdf = picture("JPEG"), foreign_pdf("ONE")
        for content, reason in (
            (b"", "空文件"),
            (b"PK\x03\x04 a document", "不能打印的格式"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不能打印的格式"),
            (jpeg[: len(jpeg) // 3], "图像文件不完整"),
            (b"\x89PNG\r\n\x1a\n nothing IEND", "图像文件已损坏"),
            (b"II*\0\x08\0\0\0", "图像文件已损坏"),
            (b"%PDF-1.7 nothing", "PDF文件已损坏"),
            (pdf[:200], "PDF文件已损坏"),
            (foreign_pdf("ONE", locked=True), "PDF文件已加密"),
        ):
            with self.subTest(reason):
                self.assertEqual(self.refused(content), reason)

    def test_a8_a_foreign_pdf_is_drawn_and_can_be_searched(self):
        first, second = self.pages(foreign_pdf("ONE", "TWO", size=(842, 595)))
        self.assertGreater(first.width, first.height)
        self.assertEqual(first.size, second.size)
        texts = [page.extract_text() for page in PdfReader(self.target).pages]
        self.assertEqual([text.strip() for text in texts], ["ONE", "TWO"])

    def test_a8_sheets_are_large_enough_for_their_letters(self):
        for size, sheet in (((14000, 9000), (3370, 2384)), ((40, 40), (595, 842))):
            with self.subTest(size):
                self.pages(foreign_pdf("X", size=size))
                self.assertEqual(self.sheets(), [sheet])
