from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..access.paper_common import PaperCommon
from .archive_common import ArchiveCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
SLIP = "kaiyang_complaint.report_dossier_loan"


@tagged("post_install", "-at_install")
class TestLoan(ArchiveCommon, PaperCommon):
    """Who had a dossier, what for, and when it came back (八)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = cls.in_archive()

    def lend(self, user=None, **vals):
        values = {
            "dossier_id": self.dossier.id,
            "borrower": "赵敏",
            "borrower_unit": "县纪委监委",
            "purpose": "复核",
            "kind": "original",
            **vals,
        }
        return self.env["complaint.dossier.loan"].with_user(user or self.archivist).create(values)

    def test_a8_a_dossier_is_lent_and_taken_back(self):
        loan = self.lend()
        self.assertEqual((loan.state, loan.lent_by_id), ("lent", self.archivist))
        self.assertEqual(loan.due_on, self.centre._complaint_today() + timedelta(days=15))
        self.assertEqual(loan.action_return()["res_model"], "complaint.reason.wizard")
        loan.action_return("完好，页数无误")
        self.assertEqual((loan.state, loan.condition), ("returned", "完好，页数无误"))
        with self.assertRaisesRegex(UserError, "already"):
            loan.action_return("再次")

    def test_a8_the_original_is_in_one_hand_at_a_time(self):
        loan = self.lend()
        with self.assertRaisesRegex(UserError, "赵敏"):
            self.lend(borrower="钱进")
        self.lend(kind="copy", borrower="钱进")
        self.lend(kind="reading", borrower="钱进")
        loan.action_return("完好")
        second = self.lend(borrower="钱进")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE complaint_dossier_loan SET returned_at = NULL WHERE id = %s", [loan.id]
            )
        self.assertEqual(second.state, "lent")

    def test_a8_overdue_is_counted_searched_and_shown_alike(self):
        today = self.centre._complaint_today()
        begun = fields.Datetime.now() - timedelta(days=20)
        loans = self.lend(lent_at=begun, due_on=today - timedelta(days=1))
        loans += self.lend(kind="reading", due_on=today) + self.lend(kind="copy")
        self.assertEqual(loans.mapped("state"), ["overdue", "lent", "lent"])
        for state in ("lent", "overdue", "returned"):
            found = loans.search([("state", "=", state), ("id", "in", loans.ids)])
            self.assertEqual(found, loans.filtered(lambda one, state=state: one.state == state))
        day = self.env["helpdesk.ticket.team"].with_user(self.archivist)
        tiles = {tile["key"]: tile["count"] for tile in day.complaint_tiles()["tiles"]}
        self.assertGreaterEqual(tiles["lent"], 3)
        self.assertIn(loans[0], loans.search(day.open_complaint_tile("lent_overdue")["domain"]))
        lent = [("loan_ids", "any", [("returned_at", "=", False)])]
        self.assertIn(self.dossier, self.dossier.search(lent))

    def test_a8_what_is_read_after_midnight_comes_back_that_day(self):
        self.archivist.tz = "America/New_York"
        loan = self.lend(kind="reading", lent_at="2026-05-11 16:30:00")
        self.assertEqual(str(loan.due_on), "2026-05-12")
        with self.assertRaises(ValidationError):
            loan.due_on = "2026-05-11"

    def test_a8_a_loan_stays_on_record(self):
        loan = self.lend()
        loan.due_on += timedelta(days=3)
        for vals in ({"borrower": "另一人"}, {"returned_at": fields.Datetime.now()}):
            with self.assertRaises(UserError):
                loan.write(vals)
        for user in (self.archivist, self.manager):
            with self.assertRaises(UserError), mute_logger("odoo.addons.base.models.ir_model"):
                loan.with_user(user).unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            loan.sudo().unlink()
        loan.action_return("完好")
        with self.assertRaises(UserError):
            loan.due_on += timedelta(days=3)

    def test_a8_only_what_is_in_the_archive_is_lent_by_who_keeps_it(self):
        draft = self.closed_ago(1).with_user(self.archivist)._compile_dossier()
        with self.assertRaisesRegex(UserError, "in the archive"):
            self.lend(dossier_id=draft.id)
        for user in (self.clerk, self.leader, self.outsider, self.rep):
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                self.lend(user)
        with self.assertRaises(ValidationError):
            self.lend(due_on="2000-01-01")

    def test_a8_what_is_lent_comes_back_though_the_case_was_reopened(self):
        loan = self.lend()
        self.dossier.ticket_id.with_user(self.manager).action_reopen("复查")
        self.env.invalidate_all()
        self.assertIn(loan, loan.search([]))
        self.lend(kind="copy")
        loan.action_return("完好")
        self.assertEqual(loan.returned_by_id, self.archivist)

    def test_u7_5_what_became_restricted_while_lent_comes_back_to_the_leaders(self):
        loan = self.lend()
        self.dossier.ticket_id.sudo()._unlocked()._procedure_write({"is_discipline_matter": True})
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.archivist, self.manager, self.clerk, self.outsider):
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                loan.with_user(user).action_return("完好")
        loan.with_user(self.leader).action_return("完好")
        self.assertEqual(loan.sudo().returned_by_id, self.leader)
        self.lend(self.director, kind="reading")

    def test_a8_the_borrower_signs_a_slip(self):
        loan = self.lend(purpose="复核" * 300)
        text = self.text(SLIP, loan, self.archivist)
        for word in (self.dossier.number, "赵敏", "县纪委监委", "☑原件", "□复制件"):
            self.assertIn(word, text)
        self.assertIn("借阅人签名", self.text(SLIP, user=self.archivist))
