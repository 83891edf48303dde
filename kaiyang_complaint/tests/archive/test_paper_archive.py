import base64
import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader
from PIL import Image

from ...report.engine import paper
from ..access.paper_common import PHONE, PaperCommon


@tagged("post_install", "-at_install")
class TestArchivePaper(PaperCommon):
    def reader(self, html):
        return PdfFileReader(io.BytesIO(paper.write_pdf(html)))

    def images(self, html):
        resources = self.reader(html).pages[0]["/Resources"]
        return [image.get_object() for image in resources["/XObject"].values()]

    def page(self, inside):
        css = "/kaiyang_complaint/static/src/paper/paper.css"
        return (
            f'<html lang="zh-CN"><head><title>题名</title><link rel="stylesheet" href="{css}"/>'
            f"</head><body>{inside}</body></html>"
        )

    def picture(self, mode, kind):
        content = io.BytesIO()
        Image.new(mode, (4, 4)).save(content, kind)
        data = base64.b64encode(content.getvalue()).decode()
        return self.page(f'<img src="data:image/{kind.lower()};base64,{data}"/>')

    def test_a8_paper_says_that_it_is_an_archive_file(self):
        ticket = self.new_complaint("phone")
        (content,) = self.streams(PHONE, ticket).values()
        reader = PdfFileReader(content["stream"])
        catalog = reader.trailer["/Root"]
        metadata = catalog["/Metadata"].get_data().decode()
        self.assertIn('pdfaid:part="3" pdfaid:conformance="B"', metadata)
        self.assertIn("电话投诉举报登记表</rdf:li>", metadata)
        self.assertEqual(reader.metadata.title, "电话投诉举报登记表")
        self.assertEqual(catalog["/Lang"], "zh-CN")
        self.assertIn("/OutputIntents", catalog)
        self.assertEqual(
            [mark.title for mark in reader.outline], ["某县政务服务中心电话投诉举报登记表"]
        )

    def test_a8_same_html_same_bytes(self):
        html = self.page("<h1>登记表</h1><p>内容</p>")
        self.assertEqual(paper.write_pdf(html), paper.write_pdf(html))

    def test_a8_pictures_keep_to_one_colour_space_and_are_not_smoothed(self):
        for mode, kind in (("CMYK", "JPEG"), ("RGB", "JPEG"), ("RGBA", "PNG"), ("I;16", "PNG")):
            with self.subTest(mode):
                (image,) = self.images(self.picture(mode, kind))
                self.assertEqual(image["/ColorSpace"], "/DeviceRGB")
                self.assertFalse(image["/Interpolate"].value)

    def test_a8_a_character_without_a_glyph_is_marked(self):
        reader = self.reader(self.page("<p>甲\ue000乙\U000f0000丙</p>"))
        text = reader.pages[0].extract_text()
        self.assertIn("甲〓乙〓丙", text)
