"""What is archived stands as it is, whatever door a change comes by (八)."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..access.forgery_common import CONTEXTS, QUIET
from .dossier_common import DossierCommon

FORGED = {
    "state": "draft",
    "number": "X",
    "sequence": 99,
    "year": 1999,
    "retention": "y10",
    "name": "伪造",
    "note": "伪造",
    "fonds_name": "伪造",
    "sha256": "0",
    "attachment_id": False,
    "archived_at": False,
    "gaps_reason": "伪造",
    "archived_gaps": "伪造",
    "page_count": 3,
    "ticket_id": 1,
    "item_ids": [Command.clear()],
}
ITEM = {
    "title": "伪造",
    "author": "伪造",
    "date": "2000-01-01",
    "note": "伪造",
    "sequence": 1,
    "section": "other",
    "sha256": "0",
    "page_from": 9,
    "left_out": True,
    "report_id": False,
    "res_id": 1,
    "is_required": False,
    "mends": "letter",
}


@tagged("post_install", "-at_install")
class TestDossierFrozen(DossierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ticket = cls.closed()
        cls.file(ticket, "照片.jpg")
        cls.kept = cls.archived(ticket)
        cls.draft = cls.dossier(cls.closed())
        cls.users = (cls.archivist, cls.manager, cls.clerk, cls.leader, cls.rep, cls.outsider)

    def refused(self, records, method, *args, context=None, users=None):
        """Check that everybody is refused over RPC, and that nothing changed."""
        for user in users or self.users:
            model = records.browse().with_user(user)
            ids = [records.ids] if records else []
            with (
                self.subTest(user=user.login, method=method, args=str(args)[:60]),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
                mute_logger(*QUIET),
            ):
                call_kw(model, method, [*ids, *args], {"context": context or {}})
                self.env.flush_all()
            self.env.invalidate_all()

    def test_a8_no_field_of_an_archived_dossier_is_written(self):
        for name, value in FORGED.items():
            self.refused(self.kept, "write", {name: value}, users=[self.archivist, self.manager])
        for context in CONTEXTS:
            self.refused(self.kept, "write", {"note": "伪造"}, context=context)
        self.refused(self.kept, "unlink")
        self.refused(self.kept, "action_file", "再来一次")
        self.refused(self.kept, "action_compile")

    def test_a8_no_paper_of_it_is_touched(self):
        item = self.kept.item_ids[0]
        for name, value in ITEM.items():
            self.refused(item, "write", {name: value}, users=[self.archivist, self.manager])
        for context in CONTEXTS:
            self.refused(item, "write", {"note": "伪造"}, context=context)
        self.refused(item, "unlink")
        self.refused(item, "action_leave_out", "伪造")
        self.refused(item, "action_take_in")
        self.refused(self.kept.item_ids[-1], "action_remove")

    def test_a8_nothing_is_added_to_it(self):
        items, file = self.kept.item_ids.browse(), self.kept.item_ids.attachment_id[:1]
        values = {"dossier_id": self.kept.id, "title": "伪造", "attachment_id": file.id}
        self.refused(items, "create", [values])
        commands = [
            Command.create({"title": "伪造", "attachment_id": file.id}),
            Command.update(self.kept.item_ids[0].id, {"title": "伪造"}),
            Command.delete(self.kept.item_ids[0].id),
            Command.link(self.draft.item_ids[0].id),
        ]
        for command in commands:
            self.refused(self.kept, "write", {"item_ids": [command]})
        self.refused(self.draft.item_ids[0], "write", {"dossier_id": self.kept.id})
        self.refused(
            self.kept.ticket_id,
            "write",
            {"dossier_ids": [Command.update(self.kept.id, {"name": "伪造"})]},
        )

    def test_a8_its_files_stay(self):
        for file in (self.kept.attachment_id, self.kept.item_ids.attachment_id[:1]):
            for values in ({"raw": b"x"}, {"name": "x"}, {"res_id": self.draft.id}):
                self.refused(file, "write", values)
            self.refused(file, "unlink")
        files = self.env["ir.attachment"]
        hung = {"name": "x", "raw": b"x", "res_model": self.kept._name, "res_id": self.kept.id}
        self.refused(files, "create", [hung])
        for field in ("attachment_id", "sha256", "number", "state"):
            self.refused(self.draft, "write", {field: self.kept[field]})

    def test_a8_no_dossier_is_made_up(self):
        dossiers = self.env["complaint.dossier"]
        ticket = self.closed()
        for context in CONTEXTS:
            self.refused(
                dossiers, "create", [{"ticket_id": ticket.id, "name": "x"}], context=context
            )
        forged = {"default_state": "archived", "default_number": "X", "default_sequence": 7}
        call_kw(
            ticket.browse().with_user(self.archivist),
            "action_open_dossier",
            [ticket.ids],
            {"context": forged},
        )
        made = ticket.dossier_id
        self.assertEqual((made.state, made.number, made.sequence), ("draft", False, 0))

    def test_a8_papers_of_a_draft_are_forged_by_nobody(self):
        item = self.draft.item_ids[0]
        for name in ("report_id", "res_model", "res_id", "sha256", "left_out", "is_required"):
            self.refused(item, "write", {name: ITEM.get(name, "res.users")})
        self.refused(item, "write", {"attachment_id": self.kept.attachment_id.id})
        self.refused(self.draft, "write", {"ticket_id": self.kept.ticket_id.id})

    def test_a8_who_archived_it_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as refusal:
            self.env.cr.execute("DELETE FROM res_users WHERE id = %s", [self.archivist.id])
        self.assertEqual(refusal.exception.diag.table_name, "complaint_dossier")

    def test_a8_what_is_archived_survives_the_reopening(self):
        self.kept.ticket_id.with_user(self.manager).action_reopen("新证据")
        self.refused(self.kept, "write", {"note": "伪造"})
        files = self.kept.sudo().item_ids.attachment_id
        photo = files.filtered(lambda file: file.name == "照片.jpg")
        for file in (self.kept.attachment_id, photo):
            self.assertTrue(file)
            self.refused(file, "write", {"raw": b"x"})
            self.refused(file, "unlink")
        late = self.file(self.kept.ticket_id, "补充.txt")
        self.refused(
            self.kept.item_ids.browse(),
            "create",
            [{"title": "伪造", "attachment_id": late.id}],
            context={"default_dossier_id": self.kept.id},
        )
        with self.assertRaises(UserError):
            self.kept.sudo().unlink()
        with self.assertRaises(UserError):
            self.kept.attachment_id.sudo().raw = b"x"
