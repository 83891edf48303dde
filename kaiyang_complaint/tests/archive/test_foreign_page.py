"""Pages of foreign PDFs: drawings where an archive takes them, pictures where it does not (八)."""

import io

import pikepdf
from odoo.tests import tagged
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageChops

from ...report.engine import dossier_pages, paper
from .dossier_paper_common import foreign_pdf
from .pages_common import PagesCommon, changed, drawing, reds, saved, seal

LAYER = Dictionary(Type=Name.OCG, Name=String("x"))


def resource(kind, **values):
    """Return a change that gives the first page a resource."""

    def change(pdf):
        resources = pdf.pages[0].obj.Resources
        made = pdf.make_indirect(Dictionary(**values))
        resources[kind] = Dictionary({**resources.get(kind, {}), "/X": made})
        use = {"/ExtGState": b"/X gs", "/ColorSpace": b"/X cs", "/Properties": b"/OC /X BDC EMC"}
        pdf.pages[0].contents_add(use[kind])

    return change


def instructions(content):
    return lambda pdf: pdf.pages[0].contents_add(content)


def picture_of_inks(pdf):
    image = pdf.make_stream(b"\0\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceCMYK
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=image)
    pdf.pages[0].contents_add(b"/X Do")


def other_widths(pdf):
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/DescendantFonts" in item:
            item.DescendantFonts[0].W = Array([0, Array([1234] * 9000)])


def note_without_drawing(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Contents=String("x"), F=4)
    note.Rect = Array([9, 9, 99, 99])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


# What no archive takes, or nobody can tell: one is put into a page at a time.
WRONGS = {
    "printing inks": instructions(b"1 0 0 0 k 9 9 9 9 re f"),
    "a picture of printing inks": picture_of_inks,
    "an inline picture of inks": instructions(b"BI /W 1 /H 1 /BPC 8 /CS /CMYK ID \0\0\0\0 EI"),
    "an unknown instruction": instructions(b"9 xyz"),
    "a layer": resource("/Properties", Type=Name.OCG, Name=String("x")),
    "a transfer function": resource("/ExtGState", TR=Name.Identity),
    "another blending": resource("/ExtGState", BM=Name.Dissolve),
    "widths that differ": other_widths,
    "a note without a drawing": note_without_drawing,
}


def programs(pdf):
    """Return how many fonts a PDF holds."""
    return sum("/FontDescriptor" in item for item in pdf.objects if isinstance(item, Dictionary))


@tagged("post_install", "-at_install")
class TestForeignPage(PagesCommon):
    def bound(self, content):
        """Write the pages of a PDF and return how they are kept, and how many bytes they take."""
        dossier_pages.write_pages(content, self.target)
        return self.kinds(), self.target.stat().st_size

    def as_picture(self, content):
        """Return the same PDF, as no archive takes it."""
        return changed(content, change=WRONGS["an unknown instruction"])

    def test_a8_letters_stay_letters(self):
        content = drawing("情况说明𠀀")
        kinds, size = self.bound(content)
        self.assertEqual(kinds, ["Fm"])
        self.assertLess(size, 2 * len(content))
        self.assertIn("情况说明𠀀", self.texts()[0])
        self.assertEqual(self.bound(self.as_picture(content))[0], ["Im"])
        self.assertIn("情况说明𠀀", "".join(self.texts()[0].split()))
        self.assertGreater(self.target.stat().st_size, 2 * size)

    def test_a8_it_looks_the_same_however_it_is_kept(self):
        words = "上".join("<p>办理情况一二三</p>" for _line in range(3))
        turned = {"Rotate": 90, "CropBox": (50, 300, 500, 800)}
        for boxes in ({}, {"Rotate": 270}, {"CropBox": (50, 400, 500, 800)}, turned):
            with self.subTest(boxes):
                content = changed(drawing(words), page=boxes)
                (one,) = self.pages(content)
                self.assertEqual(self.kinds(), ["Fm"])
                (other,) = self.pages(self.as_picture(content))
                self.assertEqual(self.kinds(), ["Im"])
                self.assertEqual(one.size, other.size)
                blurred = [page.convert("L").resize((60, 80)) for page in (one, other)]
                difference = ImageChops.difference(*blurred)
                self.assertLess(difference.getextrema()[1], 90)

    def test_a8_what_no_archive_takes_becomes_a_picture(self):
        self.assertEqual(self.bound(drawing())[0], ["Fm"])
        for name, change in WRONGS.items():
            with self.subTest(name):
                self.assertEqual(self.bound(changed(drawing(), change=change))[0], ["Im"])

    def test_a8_what_looks_alike_and_is_allowed_stays_a_drawing(self):
        for change in (
            instructions(b"BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI"),
            resource("/ExtGState", Type=Name.ExtGState, BM=Name.Multiply, ca=0.5),
        ):
            self.assertEqual(self.bound(changed(drawing(), change=change))[0], ["Fm"])

    def test_a8_a_page_at_a_time(self):
        with pikepdf.open(io.BytesIO(drawing())) as pdf:
            with pikepdf.open(io.BytesIO(foreign_pdf("ONE"))) as other:
                pdf.pages.extend(other.pages)
            content = saved(pdf)
        self.assertEqual(self.bound(content)[0], ["Fm", "Im"])

    def test_a8_pages_share_what_they_shared(self):
        html = "<title>x</title>" + "<h1 style='break-after: page'>情况说明</h1>" * 30
        content = paper.write_pdf(html)
        self.assertEqual(self.bound(content)[0], ["Fm"] * 30)
        with pikepdf.open(io.BytesIO(content)) as one, pikepdf.open(self.target) as other:
            self.assertLessEqual(programs(other), programs(one))

    def test_a8_links_and_what_is_hidden_leave_no_trace(self):
        def hidden(pdf):
            note = seal(pdf)
            note.F = 2
            return note

        (page,) = self.pages(changed(drawing(), notes=[hidden]))
        self.assertEqual(self.kinds(), ["Fm"])
        self.assertFalse(reds(page))
        with pikepdf.open(self.target) as pdf:
            self.assertNotIn("/Annots", pdf.pages[0].obj)
