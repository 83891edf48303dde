import functools
import io
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2
from odoo.tests import TransactionCase
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from ...report.engine import dossier_pages, paper
from ...report.engine.dossier_pictures import UnprintableError

RED, WHITE = (220, 30, 30), (255, 255, 255)


@functools.cache
def drawing(words="DRAWING"):
    """Return a page of A4 of somebody else, as an archive takes it: its font is inside."""
    return paper.write_pdf(f"<title>x</title><style>@page {{ size: A4 }}</style><h1>{words}</h1>")


def changed(content, *, page=None, root=None, notes=(), fields=(), change=None):
    """Return a PDF with other boxes of its first page, with notes on it, and entries of its own.

    :param notes: functions that make a note of a PDF; ``fields``: notes that are fields of its form
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        first = pdf.pages[0].obj
        for name, box in (page or {}).items():
            first[f"/{name}"] = Array(box) if isinstance(box, tuple) else box
        for name, value in (root or {}).items():
            pdf.Root[f"/{name}"] = value
        made = [pdf.make_indirect(note(pdf)) for note in notes]
        made += [pdf.make_indirect(field) for field in fields]
        if made:
            first.Annots = Array(made)
        if fields:
            pdf.Root.AcroForm.Fields = Array(made)
        if change:
            change(pdf)
        return saved(pdf)


def saved(pdf):
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def seal(pdf):
    """Return a red seal, as programs for seals put it on a page."""
    form = pdf.make_stream(b"1 0 0 RG 6 w 5 5 90 90 re S", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 100, 100])
    rect = Array([400, 100, 500, 200])
    return Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=rect, AP=Dictionary(N=form))


def reds(page):
    """Return how many dots of a picture are red."""
    dots = page.tobytes()
    return sum(red > 180 and green < 90 for red, green in zip(dots[::3], dots[1::3], strict=True))


class PagesCommon(TransactionCase):
    """Files drawn as pages, and looked at as pictures."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.target = Path(folder.name) / "pages.pdf"

    def pages(self, content):
        """Return the pages of a file as pictures."""
        count = dossier_pages.write_pages(content, self.target)
        with pypdfium2.PdfDocument(self.target) as pdf:
            self.assertEqual(len(pdf), count)
            return [page.render(scale=0.5).to_pil().convert("RGB") for page in pdf]

    def image(self):
        """Return colours and size of the picture on the first page, as it is stored."""
        with pikepdf.open(self.target) as pdf:
            image = pdf.pages[0].Resources.XObject.Im
            return str(image.ColorSpace), (int(image.Width), int(image.Height))

    def refused(self, content):
        with self.assertRaises(UnprintableError) as refusal:
            dossier_pages.write_pages(content, self.target)
        return str(refusal.exception)

    def assert_colour(self, page, place, colour):
        found = page.getpixel(place)
        near = all(abs(one - other) < 40 for one, other in zip(found, colour, strict=True))
        self.assertTrue(near, f"{found} is not {colour}")

    def sheets(self):
        """Return the sizes of the pages in points."""
        with pikepdf.open(self.target) as pdf:
            return [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages]

    def kinds(self):
        """Return of each page whether it is a drawing (Fm) or a picture (Im)."""
        with pikepdf.open(self.target) as pdf:
            return [next(iter(page.Resources.XObject.keys()))[1:] for page in pdf.pages]

    def texts(self):
        return [page.extract_text().strip() for page in PdfReader(self.target).pages]
