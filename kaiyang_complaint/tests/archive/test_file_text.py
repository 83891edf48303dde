"""Texts, mails and documents of office programs as pages (八)."""

import io
import os
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from pypdf import PdfReader

from ...report.archive.dossier_drawing import Drawing
from ...report.engine.dossier_pictures import UnprintableError
from ...tools import budgets, office
from ..access.file_contents import recording
from .dossier_paper_common import foreign_pdf

MAIL = (
    (
        "From: 王小明 <a@b.invalid>\nTo: c@d.invalid\nSubject: 窗口不受理\n"
        "Date: Mon, 2 Mar 2026 10:00 +0800\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    ).encode()
    + "<p>窗口㛃不受理</p><script>x</script><p>第二行</p>".encode("gb18030")
    + (
        b"\n--x\nContent-Type: image/png; name=a.png\nContent-Disposition: attachment;"
        b" filename=a.png\n\nxx\n--x--\n"
    )
)
LINK = (
    b'<Relationships><Relationship Id="r1" Target="http://a.invalid/x.png" TargetMode="External"/>'
    b'<Relationship Id="r2" Target="media/a.png"/></Relationships>'
)


def document():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("[Content_Types].xml", "x")
        package.writestr("word/document.xml", "x")
        package.writestr("word/_rels/document.xml.rels", LINK)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestFileText(TransactionCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        self.drawing = self.enterContext(Drawing())

    def text(self, content):
        """Return what the pages of a file say."""
        target = self.folder / "pages.pdf"
        self.drawing.write_pages(content, target, "标题")
        pages = PdfReader(target).pages
        return "".join("".join(page.extract_text().split()) for page in pages)

    def refused(self, content):
        with self.assertRaises(UnprintableError) as refusal:
            self.text(content)
        return str(refusal.exception)

    def with_office(self, script):
        """Let a script stand for LibreOffice."""
        program = self.folder / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        self.patch(office, "program", lambda: str(program))

    def test_a8_a_text_is_printed_as_it_is(self):
        for content in ("情况 <b>说明</b>&".encode(), "情况 <b>说明</b>&".encode("gb18030")):
            self.assertIn("情况<b>说明</b>&", self.text(content))

    def test_a8_a_mail_says_who_wrote_what_and_what_was_enclosed(self):
        text = self.text(MAIL)
        for words in ("发件人：王小明", "主题：窗口不受理", "附件：a.png", "窗口㛃不受理第二行"):
            self.assertIn(words, text)

    def test_a8_a_text_that_takes_too_long_stays_a_file(self):
        with patch.object(budgets, "MOST_FILE_CHARACTERS", 5):
            self.assertEqual(self.refused("一二三四五六".encode()), "文字过多")

    def test_a8_a_recording_is_no_damaged_picture(self):
        self.assertEqual(self.refused(recording()), "录音录像")
        self.assertEqual(self.refused(b"RIFF\x04\0\0\0WAVE"), "录音文件没有内容")

    def test_a8_a_document_without_libreoffice_is_named(self):
        self.patch(office, "program", lambda: None)
        self.assertEqual(self.refused(document()), "不能打印的格式")
        self.assertEqual(self.drawing.fault(document()), "不能打印的格式")

    def test_a8_a_document_is_drawn_where_libreoffice_is(self):
        (self.folder / "drawn.pdf").write_bytes(foreign_pdf("CONVERTED"))
        self.with_office(
            f'test -z "$PGHOST" || exit 1\ncp {self.folder}/drawn.pdf "$HOME/document.pdf"'
        )
        with patch.dict(os.environ, {"PGHOST": "/tmp"}):
            self.assertEqual(self.text(document()), "CONVERTED")
        self.assertEqual(self.drawing.fault(document()), "")

    def test_a8_a_document_that_cannot_be_converted_stays_a_file(self):
        self.with_office("exit 1")
        self.assertEqual(self.refused(document()), "文档无法转换为页面")
        self.with_office("sleep 60")
        with patch.object(budgets, "OFFICE_SECONDS", 1), patch.object(office, "GRACE", 1):
            self.assertEqual(self.refused(document()), "文档无法转换为页面")

    def test_a8_links_to_other_machines_are_taken_out(self):
        content = io.BytesIO(office.without_links(document()))
        with zipfile.ZipFile(content) as package:
            links = package.read("word/_rels/document.xml.rels")
        self.assertNotIn(b"a.invalid", links)
        self.assertIn(b"media/a.png", links)
