from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from .letter_common import LETTER, LetterCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
DESK = {"clerk", "colleague", "manager", "leader", "director"}
STRANGERS = ("rep", "outsider", "plain", "nobody", "portal", "foreign")


@tagged("post_install", "-at_install")
class TestLetterPeople(LetterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "kc_colleague", GROUP + "clerk")
        cls.plain = new_test_user(cls.env, "kc_plain", "base.group_user")
        cls.nobody = new_test_user(cls.env, "kc_nobody", GROUP + "user")
        cls.portal = new_test_user(cls.env, "kc_portal", "base.group_portal")
        abroad = cls.env["res.company"].create({"name": "邻县政务服务中心"})
        cls.foreign = new_test_user(
            cls.env,
            "kc_foreign",
            GROUP + "manager",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )

    def readers(self, record):
        """Return the roles that may read a letter, by any way."""
        people = (*DESK, "archivist", *STRANGERS)
        found = set()
        for role in people:
            mine = record.with_user(getattr(self, role))
            may = mine.has_access("read")
            with self.subTest(role=role), mute_logger(*QUIET):
                try:
                    seen = bool(mine.search([("id", "=", record.id)]))
                except AccessError:
                    seen = False
                self.assertEqual(seen, may)
            found |= {role} if may else set()
        return found

    def test_e_letter_of_an_open_case(self):
        letter = self.letter(ticket_id=self.upheld[0].id)
        self.assertEqual(self.readers(letter), DESK)
        for role in ("leader", "director", "archivist", "nobody", "rep", "foreign"):
            mine = letter.with_user(getattr(self, role))
            for operation in ("write", "unlink"):
                self.assertFalse(mine.has_access(operation), (role, operation))
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                mine.action_issue()

    def test_e_letter_without_a_case_is_for_archivists_once_it_is_issued(self):
        letter = self.letter()
        self.assertEqual(self.readers(letter), DESK)
        self.issued(letter)
        self.assertEqual(self.readers(letter), DESK | {"archivist"})
        self.assertEqual(self.readers(letter.approval_id), DESK | {"archivist"})

    def test_e_archivist_reads_the_letters_of_closed_cases(self):
        letter = self.letter(ticket_id=self.upheld[0].id)
        self.upheld[0].sudo()._procedure_write({"complaint_state": "closed"})
        self.assertEqual(self.readers(letter), DESK | {"archivist"})
        letter.ticket_ids |= self.upheld[1]
        self.assertEqual(self.readers(letter), DESK, "the second case is open")

    def test_u7_5_letter_is_readable_by_who_may_read_all_its_cases(self):
        letter = self.requested(self.of_return())
        todo = letter.approval_id.sudo().activity_ids.filtered(
            lambda one: one.user_id == self.director
        )
        letter.message_subscribe((self.colleague + self.leader).partner_id.ids)
        self.upheld[1].sudo().write({"is_discipline_matter": True})
        for record in (letter, letter.approval_id):
            self.assertEqual(self.readers(record), {"clerk", "leader", "director"})
        self.assertNotIn(self.colleague.partner_id, letter.message_partner_ids)
        self.assertIn(self.leader.partner_id, letter.message_partner_ids)
        self.assertTrue(todo.exists())
        for role in ("colleague", "archivist", "rep", "plain"):
            with self.subTest(role=role), self.assertRaises(AccessError), mute_logger(*QUIET):
                self.text(LETTER, letter, getattr(self, role))
        self.assertFalse(self.upheld[0].with_user(self.colleague).resting_letter_ids)
        self.assertEqual(self.upheld[0].resting_letter_ids, letter)

    @mute_logger(*QUIET)
    def test_u7_5_form_tells_nothing_of_a_case_that_the_user_may_not_read(self):
        self.upheld[1].sudo().write({"is_discipline_matter": True})
        letters = self.env["complaint.letter"].with_user(self.colleague)
        with Form(letters) as form:
            form.kind = "return"
            form.staff_id = self.staff
            self.assertIn("投诉2次", form.body)
            self.assertNotIn(self.upheld[1].number, form.body)
            form.addressee = "本单位"
        spec = {"body": {}, "ticket_id": {}, "ticket_ids": {}}
        values = {"kind": "county", "ticket_ids": [Command.set(self.upheld[1].ids)]}
        with self.assertRaises(AccessError):
            letters.onchange(values, ["ticket_ids"], spec)
        with self.assertRaises(AccessError):
            letters.create(values)
        with self.assertRaises(AccessError):
            letters.with_context(default_ticket_id=self.upheld[1].id).onchange({}, [], spec)

    def test_u7_5_dossier_of_one_case_tells_nothing_of_another_that_is_restricted(self):
        letter = self.issued(self.of_return())
        restricted, last = self.upheld[1], letter.ticket_id
        restricted.sudo().write({"is_discipline_matter": True})
        (restricted + last).sudo()._procedure_write({"complaint_state": "closed"})
        self.assertFalse(letter.with_user(self.archivist).has_access("read"))
        items = last.with_user(self.archivist)._compile_dossier().item_ids.sudo()
        self.assertNotIn(letter.name, items.mapped("doc_number"))
        self.assertNotIn(letter.approval_id.id, items.filtered("report_id").mapped("res_id"))
        self.assertNotIn(letter.pdf_id, items.attachment_id)
        items = restricted.with_user(self.clerk)._compile_dossier().item_ids
        self.assertIn(letter.pdf_id, items.attachment_id)

    def test_e_files_of_a_letter_open_with_the_letter(self):
        letter = self.issued(self.letter(ticket_id=self.upheld[0].id))
        for role in ("colleague", "leader", "director"):
            self.assertTrue(letter.pdf_id.with_user(getattr(self, role)).raw)
        for role in ("archivist", *STRANGERS):
            self.assertFalse(letter.pdf_id.with_user(getattr(self, role)).has_access("read"))
        self.upheld[0].sudo().write({"is_discipline_matter": True})
        self.assertFalse(letter.pdf_id.with_user(self.colleague).has_access("read"))
