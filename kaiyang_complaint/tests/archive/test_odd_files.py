"""Files of people as they come: strips, scans, telephones, forms of other programs (八)."""

import io
from array import array

import pikepdf
from odoo.tests import tagged
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

from ...report.engine import dossier_pictures, paper
from .dossier_paper_common import foreign_pdf, picture
from .pages_common import RED, WHITE, PagesCommon, changed, drawing, reds, saved, seal


def receipt(embedded):
    """Return the receipt of a till, 8 cm x 4.9 m, a number each 25 cm; its font inside, or not."""
    if embedded:
        lines = "".join(f"<p style='height: 690pt'>{number}</p>" for number in range(20))
        page = "@page { size: 226pt 14000pt; margin: 0 } body, p { margin: 0 }"
        return paper.write_pdf(f"<title>x</title><style>{page}</style>{lines}")
    with pikepdf.open(io.BytesIO(foreign_pdf("X", size=(226, 14000)))) as pdf:
        words = " ".join(f"({number}) Tj 0 -700 Td" for number in range(20))
        pdf.pages[0].Contents = pdf.make_stream(f"BT /F 24 Tf 9 13970 Td {words} ET".encode())
        return saved(pdf)


def scan(mode, shades, kind):
    """Return a scan with a stripe of each shade, the first one above."""
    rows = 800 // len(shades)
    dots = b"".join(shades[at : at + 1].tobytes() * (600 * rows) for at in range(len(shades)))
    content = io.BytesIO()
    Image.frombytes(mode, (600, rows * len(shades)), dots).save(content, kind)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestOddFiles(PagesCommon):
    """Each becomes pages that can be read, or is refused with the reason."""

    # --- strips -----------------------------------------------------------------------------

    def test_a8_a_long_picture_is_cut_into_pieces_that_can_be_read(self):
        image = Image.new("RGB", (1080, 9000), "white")
        draw = ImageDraw.Draw(image)
        for line in range(0, 9000, 100):
            draw.rectangle((40, line, 80, line + 40), RED)
        content = io.BytesIO()
        image.save(content, "PNG")
        pages = self.pages(content.getvalue())
        self.assertEqual(len(pages), 6)
        self.assertEqual(set(self.sheets()), {(595, 842)})
        # A letter of 40 dots, on a page that is drawn at half its size.
        first = [pages[0].getpixel((25, y)) for y in range(17, 60)]
        tall = sum(pixel[1] < 128 for pixel in first[:20])
        self.assertGreaterEqual(tall * 2 * 25.4 / 72, 2)

    def test_a8_a_strip_across_is_cut_as_well(self):
        self.assertEqual(len(self.pages(picture("JPEG", size=(9000, 800)))), 8)
        self.assertEqual(set(self.sheets()), {(842, 595)})

    def test_a8_a_receipt_of_five_metres_is_cut_at_its_size(self):
        for embedded in (False, True):
            with self.subTest(embedded=embedded):
                content = receipt(embedded)
                self.assertEqual(len(self.pages(content)), 19)
                self.assertEqual(set(self.kinds()), {"Fm" if embedded else "Im"})
                self.assertEqual(set(self.sheets()), {(595, 842)})
        texts = self.texts()
        self.assertIn("19", texts[-1])

    def test_a8_a_picture_of_a_telephone_stays_in_one_piece(self):
        self.assertEqual(len(self.pages(picture("PNG", size=(1080, 2400)))), 1)

    # --- what scanners and telephones make ----------------------------------------------------

    def test_a8_scans_of_ten_to_sixteen_bits_and_of_fractions_are_seen(self):
        for mode, code, most in (
            ("I;16", "H", 1023),
            ("I;16", "H", 4095),
            ("I;16", "H", 65535),
            ("F", "f", 1.0),
            ("F", "f", 255),
        ):
            with self.subTest(mode=mode, most=most):
                half = most / 2 if code == "f" else most // 2
                (page,) = self.pages(scan(mode, array(code, [half, most]), "TIFF"))
                self.assert_colour(page, (150, 60), (127, 127, 127))
                self.assert_colour(page, (150, 250), WHITE)

    def test_a8_shades_from_dark_to_light(self):
        (page,) = self.pages(scan("I;16", array("H", range(0, 65536, 257)), "PNG"))
        self.assert_colour(page, (150, 40), (20, 20, 20))
        self.assert_colour(page, (150, 280), (225, 225, 225))

    def test_a8_a_photo_with_a_film_behind_it_is_the_photo(self):
        thumbnail = picture("JPEG", size=(60, 80))
        exif = Image.Exif()
        exif[0x010E] = thumbnail.decode("latin-1")
        for kind, options in (("JPEG", {"exif": exif}), ("PNG", {})):
            with self.subTest(kind):
                photo = picture(kind, **options)
                self.assertEqual(len(self.pages(photo + b"\0\0\0\x18ftypmp42" + b"\1" * 99_000)), 1)
                self.assertEqual(self.refused(photo[: len(photo) // 2]), "图像文件不完整")

    def test_a8_of_two_pictures_in_one_file_the_first(self):
        first, second = picture("JPEG", color=RED, draw=False), picture("JPEG", size=(90, 120))
        (page,) = self.pages(first + second)
        self.assert_colour(page, (150, 200), RED)

    def test_a8_a_turned_png_and_a_fax_of_three_sheets(self):
        exif = Image.Exif()
        exif[dossier_pictures.ORIENTATION] = 6
        (page,) = self.pages(picture("PNG", size=(1200, 900), exif=exif))
        self.assertGreater(page.height, page.width)
        sheets = [Image.new("1", (800, 1100), 1) for _sheet in range(3)]
        content = io.BytesIO()
        sheets[0].save(
            content, "TIFF", save_all=True, append_images=sheets[1:], compression="group4"
        )
        self.assertEqual(len(self.pages(content.getvalue())), 3)

    # --- odd PDFs -------------------------------------------------------------------------------

    def test_a8_boxes_that_show_nothing_end_nothing(self):
        for boxes in (
            {"CropBox": (2000, 2000, 2500, 2500)},
            {"MediaBox": (0, 0, 0, 0)},
            {"MediaBox": (0, 0, 1, 1)},
            {"MediaBox": (0, 0, 595, 0.001)},
            {"MediaBox": (595, 842, 0, 0)},
            {"CropBox": (0, 0, 0, 0)},
        ):
            with self.subTest(boxes):
                self.assertEqual(len(self.pages(changed(foreign_pdf("ONE"), page=boxes))), 1)

    def test_a8_what_a_crop_box_leaves_outside_is_not_lost(self):
        self.pages(changed(foreign_pdf("ONE"), page={"CropBox": (2000, 2000, 2500, 2500)}))
        self.assertEqual(self.texts(), ["ONE"])

    def test_a8_a_form_that_another_program_fills_is_no_page(self):
        form = Dictionary(Fields=Array([]), XFA=Array([String("template"), Dictionary()]))
        root = {"AcroForm": form, "NeedsRendering": True}
        content = changed(foreign_pdf("Please wait..."), root=root)
        self.assertEqual(self.refused(content), "PDF为动态表单（XFA），页面上没有内容")

    def test_a8_a_pdf_that_may_not_be_printed_is(self):
        content = foreign_pdf("ONE", "TWO", locked="owner")
        self.assertEqual(len(self.pages(content)), 2)

    def test_a8_a_filled_form_shows_what_was_filled_in(self):
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("n"),
            V=String("FILLED IN"),
            DA=String("/Helv 24 Tf 0 g"),
            Rect=Array([100, 500, 400, 540]),
            F=4,
        )
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        form = Dictionary(
            NeedAppearances=True,
            DA=String("/Helv 0 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=font)),
        )
        (empty,) = self.pages(drawing())
        (page,) = self.pages(changed(drawing(), fields=[field], root={"AcroForm": form}))
        self.assertEqual(self.kinds(), ["Im"])
        self.assertNotEqual(empty.crop((50, 140, 200, 180)), page.crop((50, 140, 200, 180)))
        self.assertLess(min(page.convert("L").crop((50, 150, 200, 180)).tobytes()), 100)

    def test_a8_a_seal_is_drawn(self):
        for embedded in (False, True):
            with self.subTest(embedded=embedded):
                content = drawing() if embedded else foreign_pdf("ONE")
                (page,) = self.pages(changed(content, notes=[seal]))
                self.assertEqual(self.kinds(), ["Fm" if embedded else "Im"])
                self.assertGreater(reds(page), 100)
