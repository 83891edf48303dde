"""Files that can't be printed: named when they come in, and again before archiving (八)."""

import base64
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ...models.archive.ir_attachment import UNPRINTABLE
from ...report.archive.dossier_drawing import Drawing
from ...report.engine import paper
from ...report.engine.dossier_pictures import UnprintableError
from ...tools import file_names, office
from ..access.file_contents import recording, scan
from ..access.test_file_kinds import film, ole, package
from ..common import ALONE
from .dossier_paper_common import DossierPaperCommon, foreign_pdf, picture

LOCKED = "PDF文件已加密"
RARE, PRIVATE = "𠀀𫠝𬺰", "\ue000"


@tagged("post_install", "-at_install")
class TestFaults(TransactionCase):
    """What is said of each kind of file."""

    def test_a8_each_kind_is_judged_by_its_content(self):
        self.patch(office, "program", lambda: None)
        jpeg, pdf = picture("JPEG"), foreign_pdf("ONE", "TWO")
        faults = {
            "": (jpeg, pdf, scan(), recording(), "情况".encode(), foreign_pdf("X", locked="owner")),
            LOCKED: (foreign_pdf("SECRET", locked=True),),
            "PDF文件已损坏": (pdf[: len(pdf) * 6 // 10], b"%PDF-1.7"),
            "图像文件不完整": (jpeg[: len(jpeg) // 2],),
            "不能打印的格式": (film(b"heic"), package("OFD.xml"), ole("WordDocument")),
            "录音文件没有内容": (b"ID3\0\0", b"#!AMR", film(b"isom")[:24]),
            "空文件": (b"",),
        }
        with Drawing() as drawing:
            for fault, files in faults.items():
                for content in files:
                    with self.subTest(content[:20]):
                        self.assertEqual(drawing.fault(content), fault)


@tagged("post_install", "-at_install")
class TestFileLook(DossierPaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.under_way = cls.accepted()
        cls.locked = foreign_pdf("SECRET", locked=True)

    def file(self, ticket, name, content, user=None):
        values = {"name": name, "raw": content, "res_model": ticket._name, "res_id": ticket.id}
        return self.env["ir.attachment"].with_user(user or self.clerk).create(values)

    def test_u7_5_a_form_tells_nothing_of_a_file_that_is_not_for_its_reader(self):
        file = self.file(self.under_way, "来信.pdf", self.locked)
        file.sudo()._check_printable()
        self.assertIn("加密", file.sudo().complaint_print_fault)
        items = self.env["complaint.dossier.item"]
        for user, told in ((self.clerk, True), (self.outsider, False)):
            with self.subTest(user=user.login):
                form = items.with_user(user).new({"attachment_id": file.id})
                self.assertEqual(bool(form.print_fault), told)

    def look(self):
        with self.enter_registry_test_mode():
            self.env.ref("kaiyang_complaint.cron_file_look").method_direct_trigger()

    def todo(self, ticket):
        return ticket.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(UNPRINTABLE)
        )

    # --- when it comes in -----------------------------------------------------------------------

    def test_a8_the_clerk_is_told_while_the_sender_can_be_asked(self):
        good = self.file(self.under_way, "好.jpg", picture("JPEG"))
        locked = self.file(self.under_way, "锁住.pdf", self.locked)
        phone = self.file(self.under_way, "照片.heic", film(b"heic"))
        self.assertEqual(set((good + locked + phone).mapped("complaint_print_state")), {"due"})
        self.look()
        self.assertEqual(good.complaint_print_state, "fine")
        self.assertEqual(locked.complaint_print_fault, LOCKED)
        todo = self.todo(self.under_way)
        self.assertEqual(todo.user_id, self.under_way.user_id)
        for words in ("锁住.pdf", LOCKED, "照片.heic"):
            self.assertIn(words, todo.note)
        self.assertNotIn("好.jpg", todo.note)

    def test_a8_the_job_is_started_by_the_file_and_looks_once(self):
        job = self.env.ref("kaiyang_complaint.cron_file_look")
        self.env.cr.precommit.data.pop("complaint_look", None)
        started = [("cron_id", "=", job.id)]
        before = self.env["ir.cron.trigger"].search_count(started)
        self.file(self.under_way, "锁住.pdf", self.locked)
        self.file(self.under_way, "二.pdf", self.locked)
        self.assertEqual(self.env["ir.cron.trigger"].search_count(started), before + 1)
        self.look()
        self.look()
        self.assertEqual(len(self.todo(self.under_way)), 1)

    def test_a8_files_of_other_teams_are_left_alone(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        values = {"name": "x", "description": "x", "team_id": team.id}
        other = self.env["helpdesk.ticket"].create(values)
        file = self.env["ir.attachment"].create(
            {"name": "a.pdf", "raw": self.locked, "res_model": other._name, "res_id": other.id}
        )
        self.assertFalse(file.complaint_print_state)

    def test_a8_a_file_that_is_moved_to_a_case_or_replaced_is_looked_at(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "锁住.pdf", "raw": self.locked})
        )
        self.assertFalse(file.complaint_print_state)
        file.write({"res_model": self.under_way._name, "res_id": self.under_way.id})
        self.look()
        self.assertEqual(file.complaint_print_fault, LOCKED)
        file.write({"raw": foreign_pdf("ONE")})
        self.assertEqual((file.complaint_print_state, file.complaint_print_fault), ("due", False))

    def test_a8_nobody_says_it_but_who_looked(self):
        said = {"complaint_print_state": "fine", "complaint_print_fault": "x"}
        file = self.file(self.under_way, "锁住.pdf", self.locked)
        file.write(said)
        self.assertEqual((file.complaint_print_state, file.complaint_print_fault), ("due", False))
        owner = {"res_model": self.under_way._name, "res_id": self.under_way.id}
        other = file.create({"name": "b.pdf", "raw": self.locked, **owner, **said})
        self.assertEqual((other.complaint_print_state, other.complaint_print_fault), ("due", False))

    # --- before archiving -----------------------------------------------------------------------

    def of_locked(self):
        dossier = self.compiled({"锁住.pdf": self.locked})
        return dossier, dossier.item_ids.filtered(lambda item: item.title == "锁住")

    def test_a8_it_is_a_gap_until_something_is_done_about_it(self):
        dossier, item = self.of_locked()
        self.assertEqual(item.print_fault, LOCKED)
        self.assertEqual(self.ticket.archive_gap_codes, "files")
        self.assertIn(f"“锁住”（{LOCKED}）", dossier.gaps)
        with self.assertRaisesRegex(UserError, "锁住"):
            self.ticket.with_user(self.archivist).action_archive_dossier(ALONE)
        item.action_leave_out("投诉人未提供密码")
        self.assertTrue(dossier.is_complete)
        item.action_take_in()
        self.assertFalse(dossier.is_complete)
        copy = {"title": "锁住（可读）", "mends": "files"}
        added = dossier._add_file("可读.pdf", base64.b64encode(foreign_pdf("ONE")), copy)
        self.assertTrue(dossier.is_complete)
        added.action_remove()
        self.assertFalse(dossier.is_complete)

    def test_a8_it_is_kept_as_a_file_for_a_reason_that_is_printed(self):
        dossier, item = self.of_locked()
        asked = item.action_keep_as_file()
        self.assertEqual(asked["res_model"], "complaint.reason.wizard")
        for user in (self.clerk, self.rep):
            with self.assertRaises(AccessError):
                item.with_user(user).action_keep_as_file("x")
        item.action_keep_as_file("投诉人未提供密码")
        self.assertFalse(self.ticket.archive_gap_codes)
        dossier.action_file(ALONE)
        self.assertEqual(dossier.state, "archived")
        closing = self.paper_of(dossier).frame("备考表")
        self.assertIn(
            f"“锁住”不能打印（{LOCKED}），仅以电子文件随卷保存。原因：投诉人未提供密码。", closing
        )
        with self.assertRaises(UserError):
            item.action_keep_as_file("x")

    def test_a8_a_recording_is_heard_and_an_empty_one_is_named(self):
        dossier = self.compiled({"来电.wav": recording(), "坏.mp3": b"ID3\0\0"})
        self.assertIn("“坏”（录音文件没有内容）", dossier.gaps)
        self.assertNotIn("来电", dossier.gaps)
        dossier.item_ids.filtered("print_fault").action_keep_as_file("无法另行取得")
        dossier.action_file(ALONE)
        self.assertEqual(dossier.state, "archived")
        self.assertFalse(dossier.archived_gaps)

    def test_a8_what_only_binding_finds_is_no_surprise_in_the_archive(self):
        content = foreign_pdf("ONE", "TWO")
        dossier = self.compiled({"坏页.pdf": content})
        self.assertTrue(dossier.is_complete)
        late = UnprintableError("绘制用时过长")
        self.startPatcher(patch.object(Drawing, "write_pages", side_effect=late))
        with self.assertRaisesRegex(UserError, "坏页.*绘制用时过长"), self.env.cr.savepoint():
            dossier.action_file(ALONE)
        self.env.invalidate_all()
        self.assertEqual((dossier.state, dossier.number), ("draft", False))

    # --- names ----------------------------------------------------------------------------------

    def test_a8_every_file_comes_out_again_under_its_name(self):
        names = (
            "长" * 200 + ".txt",
            "CON.txt",
            'a/b\\c:"<>|?*.txt',
            ".txt",
            "尾点. .",
            "换\n行.txt",
        )
        files = {name: name.encode() + b" " * number for number, name in enumerate(names)}
        dossier = self.compiled(files)
        content = dossier._paper_pdf()
        with TemporaryDirectory() as folder:
            bound = Path(folder, "dossier.pdf")
            bound.write_bytes(content)
            done = subprocess.run(
                [shutil.which("pdfdetach"), "-saveall", "-o", folder, str(bound)],
                capture_output=True,
                check=False,
            )
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            found = [path for path in Path(folder).iterdir() if path != bound]
            self.assertEqual(len(found), len(dossier.item_ids))
            for path in found:
                self.assertLessEqual(len(path.name.encode()), file_names.MOST_BYTES)
            kept = {path.read_bytes() for path in found}
        self.assertLessEqual(set(files.values()), kept)

    # --- characters -----------------------------------------------------------------------------

    def test_a8_rare_characters_of_names_are_printed_and_found(self):
        self.assertEqual(paper.lacking(f"王{RARE}"), [])
        ticket = self.closed(partner_name=f"王{RARE}")
        dossier = ticket.with_user(self.archivist)._compile_dossier()
        dossier.action_compile()
        self.assertTrue(dossier.is_complete)
        form = dossier.item_ids.filtered(lambda item: item.section == "complaint")
        self.assertIn(f"王{RARE}", self.paper_of(dossier).page(form.page_from))

    def test_a8_what_no_font_has_is_told_and_its_picture_is_taken(self):
        self.assertEqual(paper.lacking(f"王{PRIVATE}\u0378b"), ["\u0378", PRIVATE])
        ticket = self.closed(partner_name=f"王{PRIVATE}")
        dossier = ticket.with_user(self.archivist)._compile_dossier()
        self.assertEqual(dossier.missing_glyphs, PRIVATE)
        self.assertEqual(ticket.archive_gap_codes, "glyphs")
        self.assertIn("U+E000", dossier.gaps)
        picture_of_it = {"title": "姓名用字", "mends": "glyphs"}
        dossier._add_file("字.png", base64.b64encode(scan()), picture_of_it)
        self.assertTrue(dossier.is_complete)
