import io

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from pypdf import PdfReader

from ..result.finding_common import FindingCommon
from .archive_common import ArchiveCommon

DENIED = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
REPORT = "kaiyang_complaint.report_dossier_notes"


@tagged("post_install", "-at_install")
class TestDossierNotes(ArchiveCommon):
    """The reference sheet goes on after archiving; the volume does not change (八)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = cls.in_archive()

    def test_a8_a_note_is_dated_and_signed_and_the_volume_stays(self):
        file = self.dossier.attachment_id
        before = (file.checksum, self.dossier.sha256)
        with freeze_time("2031-03-02 03:04:05"):
            action = self.dossier.with_user(self.archivist).action_note()
            self.assertEqual(action["res_model"], "complaint.reason.wizard")
            wizard = self.env["complaint.reason.wizard"].with_user(self.archivist)
            wizard.with_context(**action["context"]).create(
                {"reason": "  2031年3月移交县档案馆。  "}
            ).action_confirm()
        note = self.dossier.note_ids
        self.assertEqual(note.text, "2031年3月移交县档案馆。")
        self.assertEqual(str(note.noted_at), "2031-03-02 03:04:05")
        self.assertEqual(note.noted_by_id, self.archivist)
        name = self.archivist.name
        self.archivist.sudo().name = "改名后"
        self.assertEqual(note._name_of("noted_by_id"), name)
        self.assertEqual((file.checksum, self.dossier.sha256), before)

    def test_a8_notes_stay_on_record(self):
        self.dossier.with_user(self.manager).action_note("补记")
        note = self.dossier.note_ids
        for user in (self.archivist, self.manager, self.leader):
            theirs = note.with_user(user)
            for verb, args in (
                ("write", [theirs.ids, {"text": "另一说法"}]),
                ("unlink", [theirs.ids]),
                ("create", [{"dossier_id": self.dossier.id, "text": "冒名"}]),
            ):
                with self.assertRaises(UserError), mute_logger(*DENIED):
                    call_kw(theirs, verb, args, {})
        with self.assertRaises(UserError):
            note.sudo().unlink()
        self.assertEqual(self.dossier.note_ids.mapped("text"), ["补记"])

    def test_a8_a_dossier_in_preparation_takes_no_note(self):
        draft = self.closed_ago(1).with_user(self.archivist)._compile_dossier()
        with self.assertRaises(UserError):
            draft.action_note("尚未归档")

    def test_a8_notes_are_printed_beside_the_volume(self):
        self.dossier.with_user(self.archivist).action_note("第一次补记")
        self.dossier.with_user(self.archivist).action_note("第二次补记")
        report = self.env["ir.actions.report"].with_user(self.archivist)
        pdf = report._render_qweb_pdf(REPORT, self.dossier.ids)[0]
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        text = "".join(text.split())
        author = "".join(self.archivist.name.split())
        for words in ("卷内备考表（续）", self.dossier.number, "第二次补记", author):
            self.assertIn(words, text)
        self.assertLess(text.index("第一次补记"), text.index("第二次补记"))


@tagged("post_install", "-at_install")
class TestOverturnedNote(FindingCommon):
    """A finding that is overturned after archiving is noted on the volume that holds it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding = cls.confirmed()
        cls.ticket = cls.finding.ticket_id

    def archived(self, at="2026-04-10 02:00:00", volume=1):
        dossiers = self.env["complaint.dossier"].sudo()._unlocked()._with_procedure()
        return dossiers.create(
            {
                "ticket_id": self.ticket.id,
                "name": "卷",
                "volume": volume,
                "state": "archived",
                "archived_at": at,
            }
        )

    def overturn(self):
        with freeze_time("2026-05-06 02:00:00"):
            self.finding.with_user(self.leader).action_overturn("复核认定：已一次性告知。")

    def test_a8_an_overturned_finding_is_noted_by_itself(self):
        first, second = self.archived(), self.archived("2026-05-01 02:00:00", 2)
        self.overturn()
        for dossier in (first, second):
            note = dossier.note_ids
            self.assertIn("2026年5月6日撤销", note.text)
            self.assertIn("复核认定：已一次性告知。", note.text)
            self.assertEqual(note.noted_by_id, self.leader)

    def test_a8_a_finding_made_after_archiving_is_noted_on_the_last_volume(self):
        first = self.archived("2020-01-01 00:00:00")
        last = self.archived("2020-02-01 00:00:00", 2)
        self.overturn()
        self.assertEqual([len(one.note_ids) for one in (first, last)], [0, 1])

    def test_a8_a_case_without_a_volume_gets_no_note(self):
        self.overturn()
        notes = self.env["complaint.dossier.note"]
        self.assertFalse(notes.search([("dossier_id.ticket_id", "=", self.ticket.id)]))
