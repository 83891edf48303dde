"""Files are taken by what is in them, at every door; what is empty or runs is not."""

import base64
import io
import struct
import zipfile

import pikepdf
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ...tools import file_kinds
from ..archive.dossier_paper_common import foreign_pdf, picture
from ..common import ComplaintCommon
from ..exchange.test_gateway import GatewayCommon
from ..handling.test_portal import PortalCase
from .file_contents import recording, scan

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PROGRAM = b"MZ\x90\0" + b"\0" * 60
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def package(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return content.getvalue()


def ole(name):
    return OLE + name.encode("utf-16-le") + b"\0" * 100


def film(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0" * 400


REFUSED = {
    "空.pdf": b"",
    "网页.html": HTML,
    "网页.jpg": HTML,
    "图.svg": SVG,
    "图.png": SVG,
    "程序.exe": PROGRAM,
    "程序.pdf": PROGRAM,
    "脚本.txt": SCRIPT,
    "批处理.bat": b"@echo off\r\ndel *.*",
    "合同.pdf.exe": b"%PDF-1.7",
    "包.zip": package("a.txt"),
    "宏.docx": package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "宏.xls": ole("Workbook") + "_VBA_PROJECT".encode("utf-16-le"),
    "安装.msi": ole("Whatever"),
    "页面.txt": "一二<script src=x>".encode(),
    "数据.dat": b"\x01\x02\x03",
}
OOXML = "[Content_Types].xml"
TAKEN = {
    "报告.pdf": b"%PDF-1.7",
    "公文.ofd": package("OFD.xml"),
    "文件.docx": package(OOXML, "word/document.xml"),
    "表.xlsx": package(OOXML, "xl/workbook.xml"),
    "演示.pptx": package(OOXML, "ppt/presentation.xml"),
    "旧.doc": ole("WordDocument"),
    "旧.wps": ole("WordDocument"),
    "旧.et": ole("Workbook"),
    "旧.ppt": ole("PowerPoint Document"),
    "邮件.msg": ole("__properties_version1.0"),
    "邮件.eml": b"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n\r\n<html>",
    "说明.txt": "情况说明".encode("gb18030"),
    "名单.csv": "编号,主题".encode("utf-16"),
    "手机.heic": film(b"heic"),
    "视频.mp4": film(b"isom"),
    "视频.mov": film(b"qt  "),
    "录音.m4a": film(b"M4A "),
    "录音.wav": recording(),
    "录音.amr": b"#!AMR\n" + b"\x04" * 400,
    "录音.mp3": b"\xff\xfb\x90\x64" + b"\0" * 400,
    "录音.aac": b"\xff\xf1\x50\x80" + b"\0" * 400,
    "录音.ogg": b"OggS" + b"\0" * 400,
    **{f"图.{kind.lower()}": picture(kind) for kind in ("JPEG", "PNG", "TIFF", "BMP", "GIF")},
}


@tagged("post_install", "-at_install")
class TestFileKinds(TransactionCase):
    """What the table takes and what it does not."""

    def test_what_is_taken_keeps_its_name(self):
        for name, content in TAKEN.items():
            with self.subTest(name):
                kind = file_kinds.kind_of(content)
                self.assertTrue(kind)
                self.assertEqual(file_kinds.fitting_name(name, kind), name)

    def test_what_is_not_taken(self):
        for name, content in REFUSED.items():
            with self.subTest(name):
                self.assertFalse(file_kinds.kind_of(content) and not file_kinds.is_program(name))


@tagged("post_install", "-at_install")
class TestFilesOfCases(ComplaintCommon):
    """Every file of a case is taken by the same rule, whichever way it comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.new_complaint()
        cls.files = cls.env["ir.attachment"].with_user(cls.clerk)
        cls.hangs = {"res_model": cls.ticket._name, "res_id": cls.ticket.id}

    def test_a_clerk_puts_none_of_these_into_a_case(self):
        for name, content in REFUSED.items():
            with self.subTest(name):
                for values in ({"raw": content}, {"datas": base64.b64encode(content)}):
                    with self.assertRaises(UserError) as refusal:
                        self.files.create({"name": name, **values, **self.hangs})
                    self.assertIn(name, str(refusal.exception))

    def test_nor_moves_one_into_it_or_writes_it_over_another(self):
        loose = self.files.create({"name": "网页.txt", "raw": HTML})
        with self.assertRaises(UserError):
            loose.write(self.hangs)
        good = self.files.create({"name": "说明.txt", "raw": b"x", **self.hangs})
        for values in ({"raw": HTML}, {"datas": base64.b64encode(PROGRAM)}, {"name": "a.exe"}):
            with self.assertRaises(UserError):
                good.write(values)

    def test_nor_names_one_that_hangs_elsewhere(self):
        owner = {"res_model": "res.partner", "res_id": self.clerk.partner_id.id}
        page = self.files.sudo().create({"name": "网页.html", "raw": HTML, **owner})
        with self.assertRaisesRegex(UserError, "网页.html"):
            self.ticket.sudo().letter_scan_ids = [(4, page.id)]

    def test_nor_posts_one_from_the_composer(self):
        pending = self.files.create(
            {"name": "网页.html", "raw": HTML, "res_model": "mail.compose.message"}
        )
        with self.assertRaises(UserError):
            self.ticket.message_post(body="见附件", attachment_ids=pending.ids)

    def test_a_false_name_is_put_right(self):
        file = self.files.create({"name": "照片.jpg", "raw": picture("PNG"), **self.hangs})
        self.assertEqual(file.name, "照片.png")
        file = self.files.create({"name": "照片.jpg", "raw": film(b"heic")})
        file.write(self.hangs)
        self.assertEqual(file.name, "照片.heic")

    def test_a_mail_is_taken_without_what_is_refused(self):
        message = self.ticket.message_post(
            body="来信", attachments=[("好.txt", b"fine"), ("坏.html", HTML), ("空.pdf", b"")]
        )
        names = sorted(message.attachment_ids.mapped("name"))
        self.assertEqual(names, ["坏.html.txt", "好.txt", "空.pdf.txt"])
        self.assertNotIn(HTML, message.attachment_ids.mapped("raw"))

    def test_other_teams_keep_what_they_like(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        other = self.env["helpdesk.ticket"].create(
            {"name": "x", "description": "x", "team_id": team.id}
        )
        owner = {"res_model": other._name, "res_id": other.id}
        for name, content in REFUSED.items():
            file = self.env["ir.attachment"].create({"name": name, "raw": content, **owner})
            self.assertEqual(file.name, name)

    def test_r5_1_2_a_signed_form_can_be_read(self):
        blank = io.BytesIO()
        with pikepdf.new() as pdf:
            pdf.save(blank)
        for content in (b"signed", b"%PDF-1.7", blank.getvalue(), recording(), scan()[:60]):
            with self.assertRaises(ValidationError):
                self.sign(content)
        with self.assertRaises(UserError):
            self.sign(b"")
        for content in (scan(), foreign_pdf("SIGNED")):
            self.sign(content)

    def sign(self, content):
        ticket = self.ticket.with_user(self.clerk)
        with self.env.cr.savepoint():
            ticket.signed_form_ids = [(0, 0, {"name": "签字", "raw": content})]

    def test_r5_1_2_a_signature_is_a_picture(self):
        ticket = self.ticket.with_user(self.clerk)
        for content in (b"signed", SVG, HTML, b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                ticket.complainant_signature = base64.b64encode(content)
        ticket.complainant_signature = base64.b64encode(picture(size=(90, 30)))

    def test_r5_1_1_a_recording_has_sound(self):
        ticket = self.ticket.with_user(self.clerk)
        ticket.action_announce()
        for content in (b"12345", b"ID3", b"RIFF\0\0\0\0WAVE", scan()):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                ticket.recording_ids = [(0, 0, {"name": "录音", "raw": content})]
        ticket.recording_ids = [(0, 0, {"name": "录音", "raw": recording()})]

    def test_f5_3_the_record_of_a_feedback_is_one(self):
        ticket = self.replied()
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback = feedback.create(self.feedback_values(ticket))
        for name, content in (("signed_scan_ids", b"signed"), ("recording_ids", b"12345")):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                feedback[name] = [(0, 0, {"name": "记录", "raw": content})]
        feedback.signed_scan_ids = [(0, 0, {"name": "记录", "raw": scan()})]


@tagged("post_install", "-at_install")
class TestFilesFromOutside(GatewayCommon):
    """The interface of the website takes the same kinds and registers nothing else."""

    def test_c1_3_the_interface_refuses_what_is_not_taken(self):
        for name, content in REFUSED.items():
            with self.subTest(name), self.assertRaises(UserError) as refusal:
                file = {"name": name, "content": base64.b64encode(content).decode()}
                tickets = self.env["helpdesk.ticket"].with_user(self.site)
                tickets.register_complaint("GZ-K", "排队", attachments=[file])
            self.assertIn(name, str(refusal.exception))
            self.assertIn("Nothing was registered", str(refusal.exception))


@tagged("post_install", "-at_install")
class TestFilesOfUnits(PortalCase):
    """A reply with such a file is refused, and what was typed is still there."""

    def test_h5_2_1_reply_with_a_refused_file(self):
        slip = self.accepted().slip_ids
        slip.with_user(self.rep).action_receive()
        self.login(self.rep)
        for name, content in (("网页.html", HTML), ("空.pdf", b""), ("程序.jpg", PROGRAM)):
            with self.subTest(name):
                files = [("attachments", (name, content))]
                page = self.act(slip, "reply", files=files, **self.reply_values(result="已道歉"))
                self.assertEqual(page.status_code, 422)
                self.assertIn(name, page.text)
                self.assertIn("已道歉", page.text)
                self.assertFalse(slip.sudo().reply_ids)
