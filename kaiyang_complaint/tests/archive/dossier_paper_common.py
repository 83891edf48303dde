import io
from unittest.mock import patch

import pikepdf
import pypdfium2
from odoo.addons.base.models.ir_actions_report import IrActionsReport as BaseReport
from PIL import Image, ImageDraw
from pypdf import PdfReader

from ..common import ComplaintCommon

A4 = (595, 842)


def picture(kind="PNG", mode="RGB", size=(900, 1200), **options):
    """Return a picture with something drawn on it, as a file."""
    image = Image.new(mode, size, options.pop("color", 0))
    if options.pop("draw", True) and mode in ("RGB", "L"):
        ImageDraw.Draw(image).ellipse((100, 100, 300, 200), fill="white")
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def scans(count, size=(800, 1100)):
    """Return a scan of several sheets, as a TIFF."""
    first, *others = [Image.new("L", size, 80 * number) for number in range(count)]
    content = io.BytesIO()
    first.save(content, "TIFF", save_all=True, append_images=others)
    return content.getvalue()


def foreign_pdf(*texts, size=A4, locked=False):
    """Return a PDF of somebody else: a font that is not inside, a page a text.

    :param locked: whether it needs a password to be opened; ``owner``: to be printed
    """
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for text in texts:
            page = pdf.add_blank_page(page_size=size)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            page.Contents = pdf.make_stream(f"BT /F 24 Tf 72 300 Td ({text}) Tj ET".encode())
        content = io.BytesIO()
        key = False
        if locked:
            allowed = pikepdf.Permissions(print_lowres=False, print_highres=False)
            user = "" if locked == "owner" else "a"
            key = pikepdf.Encryption(user=user, owner="b", allow=allowed)
        pdf.save(content, encryption=key)
        return content.getvalue()


class Read:
    """A dossier as its readers see it."""

    def __init__(self, content):
        self.content = content
        self.pdf = PdfReader(io.BytesIO(content))
        self.texts = ["".join(page.extract_text().split()) for page in self.pdf.pages]
        self.labels = self.pdf.page_labels

    def page(self, number):
        """Return the text of the page on which a number is stamped."""
        return self.texts[self.labels.index(str(number))]

    def numbered(self):
        """Return the numbers of the pages that have one."""
        return [int(label) for label in self.labels if label.isdigit()]

    def places(self, number):
        """Return the texts of the page with a number, and where each begins."""
        found = []

        def visit(text, _cm, tm, _font, _size):
            if text.strip():
                found.append((text.strip(), (float(tm[4]), float(tm[5]))))

        self.pdf.pages[self.labels.index(str(number))].extract_text(visitor_text=visit)
        return found

    def stamp(self, number):
        """Return what is stamped on a page, where it begins, and how wide the page is."""
        page = self.pdf.pages[self.labels.index(str(number))]
        with pypdfium2.PdfDocument(self.content) as pdf:
            text = pdf[self.labels.index(str(number))].get_textpage()
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            for left in (20, width - 92):
                words = text.get_text_bounded(left, height - 30, left + 72, height - 8).strip()
                if words:
                    return words, left, width
        return "", 0, 0

    def frame(self, prefix):
        """Return the text of the pages of the frame: 卷首, 备考表."""
        return "".join(
            text
            for text, label in zip(self.texts, self.labels, strict=True)
            if label.startswith(prefix)
        )

    def bookmarks(self, entries=None):
        """Return titles of bookmarks and the labels of the pages they lead to, level by level."""
        found = []
        for entry in self.pdf.outline if entries is None else entries:
            if isinstance(entry, list):
                found.append(self.bookmarks(entry))
            else:
                page = self.pdf.get_destination_page_number(entry)
                found.append((entry.title, self.labels[page]))
        return found

    def files(self):
        """Return the files inside by name."""
        return {one.alternative_name or one.name: one.content for one in self.pdf.attachment_list}


class DossierPaperCommon(ComplaintCommon):
    """A closed case whose dossier the archivist keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room.company_id.write(
            {"complaint_center_name": "某县政务服务中心", "complaint_fonds_code": "0123"}
        )
        cls.ticket = cls.closed()

    def setUp(self):
        super().setUp()
        missing = patch.object(BaseReport, "get_wkhtmltopdf_state", lambda _self: "install")
        missing.start()
        self.addCleanup(missing.stop)

    @classmethod
    def compiled(cls, files=None):
        """Return the dossier of the case, with some files of it, as the archivist sees it."""
        cls.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": content,
                    "res_model": "helpdesk.ticket",
                    "res_id": cls.ticket.id,
                }
                for name, content in (files or {}).items()
            ]
        )
        dossier = cls.ticket.with_user(cls.archivist)._compile_dossier()
        dossier.action_compile()
        return dossier

    @classmethod
    def paper_of(cls, dossier):
        return Read(dossier._paper_pdf())
