import hashlib
import io

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..access.paper_common import pages
from ..common import SIGNATURE
from .letter_common import LETTER, LetterCommon

CHANGES = {
    "body": "伪造",
    "subject": "伪造",
    "addressee": "伪造",
    "address": "伪造",
    "enclosure_ids": [(5,)],
    "ticket_ids": [(5,)],
    "ticket_id": False,
    "answer_by": "2027-01-01",
    "kind": "other",
}
FACTS = {
    "name": "投退〔2026〕9号",
    "state": "draft",
    "pdf_id": False,
    "sha256": "0",
    "issued_at": False,
    "approval_id": False,
    "company_id": 1,
}
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestLetterFrozen(LetterCommon):
    def test_a8_issued_letter_prints_the_same_bytes_ever_after(self):
        enclosure = self.file(self.upheld[0])
        letter = self.letter(ticket_id=self.upheld[0].id, enclosure_ids=self.linked(enclosure))
        letter = self.issued(letter)
        first = letter.pdf_id.raw
        self.assertEqual(letter.sha256, hashlib.sha256(first).hexdigest())
        self.room.company_id.complaint_center_name = "改名后的中心"
        template = self.env.ref("kaiyang_complaint.letter_layout")
        template.arch = template.arch.replace('class="letter official"', 'class="letter"')
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        printed, _type = reports._render_qweb_pdf(LETTER, res_ids=letter.ids)
        self.assertEqual(printed, first)
        self.assertEqual(letter.printed_by_id, self.clerk)
        reports.with_user(self.manager)._render_qweb_pdf(LETTER, res_ids=letter.ids)
        self.assertEqual(letter.printed_by_id, self.clerk, "who printed it first stays")
        enclosure.raw = b"changed"
        self.assertEqual(letter.enclosure_ids.raw, b"%PDF-")
        self.assertNotEqual(letter.enclosure_ids, enclosure)
        enclosure.unlink()
        self.assertEqual(letter.enclosure_ids.raw, b"%PDF-")

    def test_e_cancelled_letter_says_so_on_paper_and_its_pdf_stays(self):
        letter = self.issued()
        kept = letter.pdf_id.raw
        letter.action_cancel("写错主送单位")
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        printed, _type = reports._render_qweb_pdf(LETTER, res_ids=letter.ids)
        text = "".join(pages(io.BytesIO(printed)))
        self.assertIn("作废", text)
        self.assertIn(letter.name, text)
        self.assertEqual(letter.pdf_id.raw, kept)
        self.assertIn("作废", letter._paper_name())

    def test_a8_issued_letter_is_changed_by_no_door(self):
        letter = self.issued(self.of_return(enclosure_ids=self.linked(self.file())))
        for user in (self.clerk, self.manager, self.both):
            mine = letter.with_user(user)
            for name, value in {**CHANGES, **FACTS}.items():
                with self.subTest(name=name), self.assertRaises(UserError):
                    mine.with_context(complaint_guard=True).write({name: value})
            with self.assertRaises(UserError):
                case = self.upheld[-1].with_user(user)
                case.write({"letter_ids": [(1, letter.id, {"body": ""})]})
            with self.assertRaises(UserError):
                mine.unlink()

    def test_a8_files_of_an_issued_letter_are_changed_by_no_door(self):
        letter = self.issued(self.of_return(enclosure_ids=self.linked(self.file())))
        for file in (letter.pdf_id, letter.enclosure_ids, letter.sudo().pdf_id):
            for values in (
                {"raw": b"x"},
                {"complaint_frozen": False},
                {"name": "x"},
                {"res_id": False},
                {"public": True},
            ):
                with self.subTest(values=values), self.assertRaises(UserError):
                    file.with_context(complaint_guard=True).write(values)
            with self.assertRaises(UserError):
                file.unlink()
        letter.pdf_id.write({"thumbnail": SIGNATURE})
        loose = self.file()
        with self.assertRaises(UserError):
            loose.write({"complaint_frozen": True})
        made = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .sudo()
            .create({"name": "x", "complaint_frozen": True})
        )
        self.assertFalse(made.complaint_frozen)

    def test_a8_proof_of_sending_and_answer_are_changed_by_no_door(self):
        letter = self.issued(self.of_return())
        letter.write({"sent_how": "post", "proof_ids": self.linked(self.file(name="回执.jpg"))})
        letter.action_send()
        answer = {"answer": "已另行选派。", "answered_at": letter.sent_at}
        letter.action_record_answer({**answer, "attachments": [("复函.pdf", SIGNATURE)]})
        for file in (letter.proof_ids, letter.answer_file_ids):
            self.assertTrue(file)
            for user in (self.clerk, self.manager):
                with self.subTest(file=file.name), self.assertRaises(UserError):
                    file.with_user(user).write({"raw": b"x"})
                with self.assertRaises(UserError):
                    file.with_user(user).unlink()

    def test_e_what_was_consented_to_is_what_leaves(self):
        for change in ("raw", "name", "unlink"):
            file = self.file()
            letter = self.approved(self.letter(enclosure_ids=self.linked(file)))
            file.unlink() if change == "unlink" else file.write({change: b"another"})
            with self.subTest(change), self.assertRaisesRegex(UserError, "consented to"):
                letter.action_issue()
            self.assertEqual((letter.state, letter.name), ("approved", False))
            letter.action_withdraw()
            self.issued(letter)

    def test_e_a_case_that_is_gone_takes_the_consent_along(self):
        letter = self.approved(self.letter(ticket_ids=self.linked(*self.upheld)))
        words = letter.body
        letter._procedure_write({"ticket_ids": self.linked(*self.upheld[1:])})
        self.assertEqual(letter.body, words)
        with self.assertRaisesRegex(UserError, "consented to"):
            letter.action_issue()

    def test_e_values_cannot_skip_the_procedure(self):
        for name, value in (
            ("state", "issued"),
            ("name", "投函〔2026〕9号"),
            ("sha256", "0"),
            ("issued_at", "2026-05-01 00:00:00"),
            ("printed_at", "2026-05-01 00:00:00"),
        ):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.letter(**{name: value})

    def test_e_foreign_files_are_not_enclosed(self):
        strange = self.accepted()
        with self.assertRaisesRegex(UserError, "own cases"):
            self.letter(ticket_id=self.upheld[0].id, enclosure_ids=self.linked(self.file(strange)))

    def test_e_archived_case_gets_no_new_letter(self):
        self.upheld[0].sudo()._procedure_write({"complaint_state": "archived"})
        with self.assertRaisesRegex(UserError, "archived"):
            self.letter("answer", ticket_id=self.upheld[0].id)
        self.assertIn(self.upheld[0], self.of_return().ticket_ids)
