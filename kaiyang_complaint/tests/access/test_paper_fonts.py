import io

import pikepdf
import pypdfium2
from odoo.tests import TransactionCase, tagged
from PIL import ImageChops

from ...report.engine import paper, paper_fonts

HTML = """<html lang="zh-CN"><head><title>卷宗</title>
<link rel="stylesheet" href="/kaiyang_complaint/static/src/paper/paper.css"/></head>
<body><h1>卷宗</h1>
<p>排队两小时，未一次性告知<span class="tick">☑</span> ABC “<b>粗</b>”——……</p></body>
</html>"""


def programs(content):
    """Return the font programs of a PDF: their kind and their bytes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            (str(item.FontFile3.Subtype), item.FontFile3.read_bytes())
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item
        ]


@tagged("post_install", "-at_install")
class TestPaperFonts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = paper.document(HTML).write_pdf(pdf_variant=paper.VARIANT)
        cls.trimmed = paper.write_pdf(HTML)

    def test_x2_a_paper_carries_its_own_characters_alone(self):
        self.assertLess(len(self.trimmed), 30_000)
        self.assertGreater(len(self.whole), 100_000, "without this, it would be this large")
        self.assertEqual({kind for kind, _font in programs(self.trimmed)}, {"/CIDFontType0C"})

    def test_x2_it_looks_as_before_and_says_the_same(self):
        looks, texts = [], []
        for content in (self.whole, self.trimmed):
            page = pypdfium2.PdfDocument(content)[0]
            looks.append(page.render(scale=2).to_pil().convert("L"))
            texts.append(page.get_textpage().get_text_bounded())
        (_darker, most) = ImageChops.difference(*looks).getextrema()
        self.assertLess(most, 16, "finer than any printer")
        self.assertEqual(*texts)
        self.assertIn("未一次性告知", texts[1])

    def test_x2_the_same_html_gives_the_same_bytes(self):
        self.assertEqual(paper.write_pdf(HTML), self.trimmed)

    def test_x2_a_font_of_another_kind_is_left_alone(self):
        (_kind, font), *_more = programs(self.whole)
        self.assertTrue(paper_fonts.trim(font, {0, 1}))
        for other in (
            font.replace(b"CFF ", b"CFF2"),
            # Its characters have names instead of numbers (CFF, 18): nothing to select by.
            font.replace(paper_fonts.FD_SELECT, b"\x0c\x07"),
            font[:12],
        ):
            self.assertFalse(paper_fonts.trim(other, {0, 1}), "left alone")
        self.assertFalse(paper_fonts.trim(font, ()), "left alone")
