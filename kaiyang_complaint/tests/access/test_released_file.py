import base64
import io
import zipfile

import pikepdf
from odoo import Command, http
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from PIL import Image

from ...tools.released_file import UnreleasableError, released
from ..handling.test_portal import PortalCase

SECRETS = (b"Wang Xiaoming", b"13812345678", "王小明".encode(), "王小明".encode("utf-16-le"))


def photo(kind="JPEG", orientation=1, **options):
    """Return a picture of a telephone, with its owner and its place."""
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x013B] = "Wang Xiaoming 13812345678"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (29.56, 30.0, 1.0)
    output = io.BytesIO()
    image.save(output, kind, exif=exif, **options)
    return output.getvalue()


def paper():
    """Return a PDF with author, title, metadata, and a photo in it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    picture = pikepdf.Stream(pdf, photo(comment="Wang Xiaoming"))
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=40,
        Height=20,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Wang Xiaoming"]
        metadata["dc:title"] = "王小明"
    pdf.docinfo["/Author"] = "Wang Xiaoming"
    pdf.docinfo["/Title"] = "王小明"
    output = io.BytesIO()
    pdf.save(output, compress_streams=False)
    return output.getvalue()


def document(**more):
    """Return what a writer's program saves, as far as it concerns people."""
    entries = {
        "[Content_Types].xml": b"<Types/>",
        "docProps/core.xml": "<p><dc:creator>Wang Xiaoming</dc:creator>王小明</p>".encode(),
        "docProps/app.xml": b"<Company>Wang Xiaoming</Company>",
        "word/document.xml": b'<w:ins w:author="Wang Xiaoming"><w:t>reason</w:t></w:ins>',
        "word/comments.xml": b"<w:comment w:author='Wang Xiaoming' w:initials='13812345678'/>",
        "word/media/image1.jpeg": photo(),
        **more,
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestReleasedFile(TransactionCase):
    """What leaves says nothing of its maker (pure, bytes in and bytes out)."""

    def unpacked(self, content):
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return b"".join(archive.read(name) for name in archive.namelist())
        return content

    def test_nothing_identifies_the_maker(self):
        text = b"\xff\xfe\x00\x16Wang Xiaoming 138123"
        files = {
            "jpg": photo(comment="Wang Xiaoming 13812345678"),
            "turned.jpg": photo(orientation=6),
            "trailer.jpg": photo() + photo(),
            "segment.jpg": photo()[:2] + text + photo()[2:],
            "png": photo("PNG"),
            "webp": photo("WEBP"),
            "tif": photo("TIFF"),
            "pdf": paper(),
            "docx": document(),
        }
        for name, content in files.items():
            with self.subTest(name=name):
                self.assertTrue(any(one in self.unpacked(content) for one in SECRETS))
                left = released(content, "王小明138-1234-5678." + name)
                self.assertTrue(left.is_clean)
                self.assertEqual(left.extension, name.rpartition(".")[2])
                for secret in SECRETS:
                    self.assertNotIn(secret, self.unpacked(left.content))

    def test_pictures_look_as_they_did(self):
        upright = Image.open(io.BytesIO(released(photo()).content))
        self.assertEqual(upright.tobytes(), Image.open(io.BytesIO(photo())).tobytes())
        self.assertFalse(upright.getexif())
        turned = Image.open(io.BytesIO(released(photo(orientation=6)).content))
        self.assertEqual(turned.size, (20, 40))
        self.assertFalse(turned.getexif())
        drawn = Image.open(io.BytesIO(released(photo("PNG")).content))
        self.assertEqual(drawn.tobytes(), Image.open(io.BytesIO(photo("PNG"))).tobytes())

    def test_several_pages_stay(self):
        pages = [Image.new("L", (8, 8), shade) for shade in (0, 128, 255)]
        output = io.BytesIO()
        pages[0].save(output, "TIFF", save_all=True, append_images=pages[1:], artist="Wang")
        left = Image.open(io.BytesIO(released(output.getvalue()).content))
        self.assertEqual(left.n_frames, 3)
        left.seek(1)
        self.assertEqual(left.getpixel((0, 0)), 128)

    def test_documents_say_what_they_said(self):
        left = self.unpacked(released(document()).content)
        self.assertIn(b"<w:t>reason</w:t>", left)
        table = b'<table displayName="Table1"/>'
        sheet = document(**{"xl/tables/table1.xml": table, "xl/persons/person.xml": table})
        self.assertEqual(self.unpacked(released(sheet).content).count(table), 1)
        with pikepdf.open(io.BytesIO(released(paper()).content)) as pdf:
            self.assertEqual(len(pdf.pages), 1)
            [picture] = pdf.pages[0].get_images().values()
            self.assertEqual(pikepdf.PdfImage(picture).as_pil_image().size, (40, 20))

    def test_what_cannot_be_read_does_not_leave(self):
        locked = io.BytesIO()
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user="y"))
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as target:
            target.writestr("王小明.txt", "x")
        cases = {
            "picture": (b"\0\0\0\x18ftypheic\0\0\0\0", b"\xff\xd8\xff\xe1\0", b"<svg>x</svg>"),
            "document": (b"%PDF-1.7 nothing", locked.getvalue()),
            "archive": (archive.getvalue(), b"PK\x03\x04nothing", b"Rar!\x1a\x07"),
        }
        for kind, contents in cases.items():
            for content in contents:
                with self.subTest(kind=kind), self.assertRaises(UnreleasableError) as refused:
                    released(content, "x.jpg")
                self.assertEqual(refused.exception.kind, kind)

    def test_other_kinds_are_marked(self):
        self.assertFalse(released(b"ID3\0\0artist", "王小明.mp3").is_clean)
        self.assertEqual(released(b"ID3\0\0artist", "王小明.mp3").extension, "mp3")


@tagged("post_install", "-at_install")
class TestFilesOfSlip(PortalCase):
    """A file that the desk puts on a slip, by any door, leaves as a copy."""

    NAME = "王小明138-1234-5678.jpg"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.accepted()
        cls.slip = cls.ticket.slip_ids.with_user(cls.clerk)
        cls.files = cls.env["ir.attachment"].with_user(cls.clerk)

    def target(self):
        return {"res_model": "complaint.slip", "res_id": self.slip.id}

    def original(self):
        case = {"res_model": "helpdesk.ticket", "res_id": self.ticket.id}
        return self.files.create({"name": self.NAME, "raw": photo(), **case})

    def assert_neutral(self):
        """Check what the representative gets, and that the case keeps what came."""
        [file] = self.slip.attachment_ids
        self.assertEqual(file.name, "附件1.jpg")
        self.assertFalse(Image.open(io.BytesIO(file.raw)).getexif())
        kept = self.files.search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )
        self.assertEqual(kept.filtered(lambda one: one.name == self.NAME).raw, photo())
        self.login(self.rep)
        page = self.url_open(f"/my/complaints/{self.slip.id}").text
        self.assertIn("附件1.jpg", page)
        self.assertNotIn("138-1234", page)
        answer = self.url_open(f"/my/complaints/{self.slip.id}/file/{file.id}")
        self.assertNotIn(b"Wang", answer.content)
        self.assertNotIn("138-1234", answer.headers["Content-Disposition"])

    def test_created(self):
        self.files.create({"name": self.NAME, "raw": photo(), **self.target()})
        self.assert_neutral()

    def test_created_as_base64_with_a_false_mark(self):
        encoded = base64.b64encode(photo())
        mark = {"released_as": f"x {self.NAME}"}
        file = self.files.create({"name": self.NAME, "datas": encoded, **mark, **self.target()})
        file.write({"released_as": f"{file.checksum} {self.NAME}", "name": self.NAME})
        self.assert_neutral()

    def test_moved_from_the_case(self):
        self.original().write(self.target())
        self.assert_neutral()

    def test_copied_from_the_case(self):
        self.original().copy(self.target())
        self.assert_neutral()

    def test_linked_in_the_form(self):
        loose = self.files.create(
            {"name": self.NAME, "raw": photo(), "res_model": "complaint.slip"}
        )
        self.slip.write({"attachment_ids": [Command.link(loose.id)]})
        self.assert_neutral()

    def test_posted_to_the_representative(self):
        self.slip.message_post(
            body="请查收",
            attachments=[(self.NAME, photo())],
            partner_ids=self.rep.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assert_neutral()

    def test_uploaded_in_the_form(self):
        self.login(self.clerk)
        url = "/web/binary/upload_attachment"
        sent = {
            "model": "complaint.slip",
            "id": self.slip.id,
            "csrf_token": http.Request.csrf_token(self),
        }
        refused = self.url_open(url, data=sent, files={"ufile": ("a.heic", b"\0\0\0\x18ftypheic")})
        self.assertIn("Save it as JPEG", refused.json()[0]["error"])
        self.url_open(url, data=sent, files={"ufile": (self.NAME, photo())})
        self.assert_neutral()

    def test_changed_afterwards(self):
        file = self.files.create({"name": "a.png", "raw": photo("PNG"), **self.target()})
        file.name = "王小明.png"
        self.assertEqual(file.name, "附件1.png")
        file.write({"name": self.NAME, "raw": photo()})
        self.assert_neutral()

    def test_refused_with_a_sentence(self):
        for name, content, words in (
            ("a.heic", b"\0\0\0\x18ftypheic", "Save it as JPEG"),
            ("a.pdf", b"%PDF-1.7 x", "can't be read"),
            ("a.zip", b"PK\x03\x04x", "is not taken"),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, words):
                self.files.create({"name": name, "raw": content, **self.target()})
        with self.assertRaisesRegex(UserError, "A link is not a file"):
            link = {"name": self.NAME, "type": "url", "url": "https://example.com/x.jpg"}
            self.files.create({**link, **self.target()})

    def test_paper_lists_neutral_names(self):
        self.files.create({"name": self.NAME, "raw": photo(), **self.target()})
        self.files.create({"name": self.NAME, "raw": photo("PNG"), **self.target()})
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("kaiyang_complaint.report_slip", self.slip.ids)[0]
            .decode()
        )
        for name in ("1. 附件1.jpg", "2. 附件2.png"):
            self.assertIn(name, html)
        self.assertNotIn("138-1234", html)

    def test_files_of_the_case_stay_as_they_came(self):
        self.assertEqual(self.original().name, self.NAME)
        self.assertEqual(self.original().raw, photo())
