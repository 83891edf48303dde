import io

import pikepdf
from odoo.tests import TransactionCase, tagged
from pikepdf import Array, Dictionary, Name, String

from ...report.engine import dossier_binding, paper, pdfa
from ..access.test_paper_fonts import HTML
from .dossier_paper_common import foreign_pdf

SCRIPT = Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String("app.alert(1)"))


def stream(pdf, **values):
    """Hang a stream on the first page."""
    pdf.pages[0].obj.Extra = pdf.make_stream(b"", **values)


def picture(pdf, **values):
    plain = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    stream(pdf, Type=Name.XObject, Subtype=Name.Image, **{**plain, **values})


def note(pdf, **values):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), **values)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def without(kind, *keys):
    """Return a function that takes keys out of all objects of a kind."""

    def take_out(pdf):
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/Type") == kind:
                for key in keys:
                    if key in item:
                        del item[key]

    return take_out


def other_part(pdf):
    metadata = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(metadata.replace(b'pdfaid:part="3"', b'pdfaid:part="1"'))


def undeclared(pdf):
    del pdf.Root.AF


def untyped(pdf):
    for file in pdf.Root.AF:
        del file.EF.F["/Subtype"]


# What is done to a sound PDF, and the rule that is broken then.
WRONGS = {
    "6.2.3": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "6.6.2": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "6.6.4": other_part,
    "6.6.3": lambda pdf: pdf.docinfo.__setitem__("/Title", "另一个"),
    "6.2.11.7": without("/Font", "/ToUnicode"),
    "6.2.11.4": without("/FontDescriptor", "/FontFile", "/FontFile2", "/FontFile3"),
    "6.2.11.3": without("/Font", "/CIDToGIDMap"),
    "6.8: a file whose": undeclared,
    "6.8: a file without": untyped,
    "6.6.1: an action": lambda pdf: pdf.Root.__setitem__("/OpenAction", SCRIPT),
    "6.6.1: acts": lambda pdf: pdf.Root.__setitem__("/AA", Dictionary(WC=SCRIPT)),
    "6.4.2": lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(XFA=Array([]))),
    "6.1.7: data": lambda pdf: stream(pdf, F=String("/etc/passwd")),
    "6.2.8": lambda pdf: picture(pdf, Interpolate=True),
    "6.2.4": lambda pdf: picture(pdf, ColorSpace=Name.DeviceCMYK),
    "6.2.9": lambda pdf: stream(pdf, Type=Name.XObject, Subtype=Name.PS),
    "6.2.5": lambda pdf: pdf.pages[0].obj.__setitem__(
        "/G", Dictionary(Type=Name.ExtGState, TR=Name.Identity)
    ),
    "6.3.2": note,
    "6.3.1": lambda pdf: note(pdf, F=4, Extra=1) or change_kind(pdf),
}


def change_kind(pdf):
    pdf.pages[0].obj.Annots[0].Subtype = Name.Movie


@tagged("post_install", "-at_install")
class TestPdfa(TransactionCase):
    """Each rule is broken once: a check that sees nothing is none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plain = paper.write_pdf(HTML)
        with pikepdf.open(io.BytesIO(plain)) as pdf:
            file = pikepdf.AttachedFileSpec(
                pdf, b"x", filename="附件.txt", mime_type="text/plain", relationship=Name.Source
            )
            dossier_binding._embed(pdf, [pdf.make_indirect(file.obj)])
            content = io.BytesIO()
            pdf.save(content, **dossier_binding.PLAIN)
        cls.sound = content.getvalue()

    def changed(self, change, **options):
        with pikepdf.open(io.BytesIO(self.sound)) as pdf:
            change(pdf)
            content = io.BytesIO()
            pdf.save(content, fix_metadata_version=False, **options)
        return pdfa.flaws(io.BytesIO(content.getvalue()))

    def test_a8_what_is_sound_passes(self):
        self.assertEqual(self.changed(lambda _pdf: None), [])

    def test_a8_each_wrong_is_seen(self):
        for rule, change in WRONGS.items():
            with self.subTest(rule):
                found = self.changed(change)
                self.assertTrue(any(one.startswith(rule) for one in found), found)

    def test_a8_a_filter_that_is_not_free_is_seen(self):
        changed = self.sound.replace(b"/Filter /FlateDecode", b"/Filter /LZWDecode  ", 1)
        self.assertEqual(pdfa.flaws(io.BytesIO(changed)), ["6.1.7: /LZWDecode"])

    def test_a8_encrypted_or_broken_is_seen(self):
        key = pikepdf.Encryption(owner="a", user="")
        found = self.changed(lambda _pdf: None, encryption=key)
        self.assertTrue(any(one.startswith("6.1.3") for one in found), found)
        for content in (b"", b"%PDF-1.4 nonsense", b"PK"):
            self.assertTrue(pdfa.flaws(io.BytesIO(content)))

    def test_a8_a_foreign_pdf_does_not_pass(self):
        self.assertTrue(pdfa.flaws(io.BytesIO(foreign_pdf("FOREIGN"))))
