"""Clauses of the regulation: cited from their records, worded by each centre for itself."""

import pathlib
import re

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from ..common import GROUP
from ..handling.referral_common import ReferralCommon
from ..letter.letter_common import LetterCommon

ADDON = pathlib.Path(file_path("kaiyang_complaint"))
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.sql_db")
REPORT = "kaiyang_complaint.report_"
NOTICES = {"refusal_notice": "四.3", "guidance_note": "四.2", "extension_notice": "六.3"}
# As many characters of a clause as are no chance in another file.
QUOTED = 12
# The conduct items are clauses of their own; demonstration data and tests say what people said.
SEARCHED = ("controllers", "data", "models", "report", "static", "tools", "views", "wizards")
CITED = re.compile(
    r"_complaint_(?:first_citation|citation|quotation|clause)\(\s*['\"]([^'\"]+)['\"]"
)


class ClauseCommon(LetterCommon):
    """Two centres; the clauses that hold for both have words that stand nowhere in the source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "邻县政务服务中心"})
        cls.env["helpdesk.ticket.team"].create(
            {"name": "邻县投诉室", "is_complaint_room": True, "company_id": cls.abroad.id}
        )
        belongs = {"company_id": cls.abroad.id, "company_ids": [Command.set(cls.abroad.ids)]}
        cls.theirs = new_test_user(cls.env, "kc_b", GROUP + "manager", lang="en_US", **belongs)
        cls.shared = cls.env["complaint.clause"].search([("company_id", "=", False)])
        for clause in cls.shared:
            words = f"{clause.code}之一。{clause.code}之二。{clause.code}之三。"
            clause.write({"citation": f"本办法（{clause.code}）", "text": words})

    def shared_clause(self, code):
        return self.shared.filtered(lambda one: one.code == code)

    def own(self, of, user=None, **vals):
        """Return the wording of a centre, made as its manager makes it."""
        clause = self.shared_clause(of).with_user(user or self.theirs)
        return clause.copy({"citation": f"邻县办法（{of}）", **vals})

    def quotation(self, code, sentence=None):
        """Return what a paper prints of a clause."""
        words = [f"{code}之{number}" for number in "一二三"]
        said = "。".join(words) if sentence is None else words[sentence - 1]
        return f"本办法（{code}）“{said}”"


@tagged("post_install", "-at_install")
class TestClausePaper(ClauseCommon):
    def test_u7_3_letters_quote_the_sentence_that_they_carry_out(self):
        self.assertIn(f"根据{self.quotation('七.3', 2)}的规定", self.of_report().body)
        self.assertIn(f"根据{self.quotation('七.3', 3)}的规定", self.of_return().body)

    def test_u7_3_first_citation_gives_the_title_in_full(self):
        self.shared_clause("七.3").citation = "《制度》第七条第3项"
        self.room.company_id.complaint_regulation = "《某县投诉办法》"
        body = self.of_return().body
        self.assertIn("根据《某县投诉办法》（以下简称《制度》）第七条第3项“", body)

    def test_u7_6_letter_to_the_county_quotes_the_record(self):
        letter = self.letter("county", ticket_id=self.upheld[0].id)
        self.assertIn(f"根据{self.quotation('七.6')}的规定", letter.body)

    def test_u7_2_notice_of_the_board_quotes_the_record(self):
        board = self.env["complaint.board"].with_user(self.manager).create({"month": "2026-04-01"})
        self.assertIn(f"根据{self.quotation('七.2')}的规定", board._letter_values()["body"])

    def test_u7_1_notice_of_the_month_quotes_the_record(self):
        text = self.text(REPORT + "assessment")
        self.assertIn(f"根据{self.quotation('七.1')}的规定", text)

    def test_p4_3_notices_to_complainants_name_the_record(self):
        for report, code in NOTICES.items():
            with self.subTest(report=report):
                said = rf"(属|根据)本办法（{re.escape(code)}）(的规定|规定的)"
                self.assertRegex(self.text(REPORT + report), said)

    def test_p4_3_letter_of_refusal_names_the_record(self):
        ticket = self.new_complaint()
        ticket.action_mark_invalid("反复纠缠，无事实依据。", "unreasonable")
        letter = self.letter("refusal", ticket_id=ticket.id)
        self.assertIn("属本办法（四.3）规定的无效投诉", letter.body)
        self.assertNotIn("四.3之一", letter.body, "the clause has words that no citizen is told")

    def test_t6_3_letter_on_an_extension_names_the_record(self):
        letter = self.letter("extension", ticket_id=self.accepted().id)
        self.assertIn("根据本办法（六.3）的规定", letter.body)

    def test_u7_3_what_is_written_keeps_its_words(self):
        letter = self.of_return()
        body = letter.body
        self.shared_clause("七.3").text = "甲。乙。丙。"
        self.assertEqual(letter.body, body)
        self.assertIn("“丙”", self.of_return().body)

    def test_u7_3_messages_name_the_record(self):
        letter = self.of_return()
        letter.ticket_ids -= self.upheld[0]
        with self.assertRaisesRegex(UserError, "本办法（七.3）"):
            letter.action_request()
        letter = self.of_report()
        letter.ticket_ids -= self.upheld[1]
        with self.assertRaisesRegex(UserError, "本办法（七.3）"):
            letter.action_request()
        with self.assertRaisesRegex(UserError, "本办法（四.3）"):
            self.letter("refusal", ticket_id=self.upheld[0].id).action_issue()
        letter = self.of_return().sudo()
        self.upheld.finding_ids._announce_returns(letter)
        self.assertIn("本办法（七.3）", letter.activity_ids[:1].note)

    def test_u7_3_a_clause_without_record_is_named_by_its_code(self):
        self.shared.active = False
        self.assertIn("根据七.3的规定", self.of_return().body)
        self.assertIn("属四.3规定的", self.text(REPORT + "refusal_notice"))

    def test_u7_3_a_clause_without_words_is_named_only(self):
        self.shared_clause("七.3").text = False
        self.assertIn("根据本办法（七.3）的规定", self.of_return().body)

    def test_u7_3_no_paper_asks_twice(self):
        centre = self.env.company
        centre._complaint_quotation("七.3")
        with self.assertQueryCount(0):
            for clause in self.shared:
                centre._complaint_quotation(clause.code)


@tagged("post_install", "-at_install")
class TestClauseOfReferral(ReferralCommon):
    def test_h5_2_4_referral_and_transfer_quote_their_records(self):
        for code, sentence in (("五(二)4", "转有关部门。"), ("七.5", "移送。")):
            clause = self.env["complaint.clause"].search([("code", "=", code)])
            clause.write({"citation": f"本办法（{code}）", "text": sentence})
        matter = self.outside_matter()
        referral = self.env["complaint.referral"].with_user(self.clerk)
        self.assertEqual(
            referral.create({"ticket_id": matter.id}).basis, "本办法（五(二)4）“转有关部门”"
        )
        ticket = self.discipline_matter()
        transfer = referral.create({"ticket_id": ticket.id, "kind": "discipline"})
        self.assertEqual(transfer.basis, "本办法（七.5）“移送”")


@tagged("post_install", "-at_install")
class TestClauseOfCentre(ClauseCommon):
    """Who words what, and for whom."""

    def test_p4_3_wording_of_a_centre_replaces_the_shared_one_there_alone(self):
        notice = REPORT + "refusal_notice"
        own = self.own("四.3")
        self.assertEqual(own.company_id, self.abroad)
        self.assertIn("属邻县办法（四.3）规定的", self.text(notice, user=self.theirs))
        self.assertIn("属本办法（四.3）规定的", self.text(notice))
        own.active = False
        self.assertIn("属本办法（四.3）规定的", self.text(notice, user=self.theirs))
        own.active = True
        self.assertIn("属邻县办法（四.3）规定的", self.text(notice, user=self.theirs))
        own.unlink()
        self.assertIn("属本办法（四.3）规定的", self.text(notice, user=self.theirs))

    def test_u7_3_letter_quotes_the_wording_of_its_own_centre(self):
        self.own("七.3", text="甲。乙。丙。")
        self.own("七.3", self.manager, citation="县办法", company_id=self.env.company.id)
        self.assertIn("根据县办法“七.3之三”的规定", self.of_return().body)
        self.assertEqual(self.abroad._complaint_quotation("七.3", 3), "邻县办法（七.3）“丙”")

    @mute_logger(*QUIET)
    def test_u7_3_manager_of_another_centre_changes_no_clause_but_their_own(self):
        shared = self.shared_clause("七.3")
        ours = self.own("七.3", self.manager, company_id=self.env.company.id)
        theirs = self.own("七.3")
        clauses = self.env["complaint.clause"].with_user(self.theirs)
        self.assertEqual(clauses.search([("code", "=", "七.3")]), shared + theirs)
        for clause in (shared, ours):
            for method, args in (("write", [{"text": False}]), ("unlink", [])):
                with (
                    self.subTest(clause=clause, method=method),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    call_kw(clauses, method, [clause.ids, *args], {})
        for company, code in ((self.env.company, "七.6"), (self.env["res.company"], "九.1")):
            values = {"code": code, "citation": "伪", "company_id": company.id}
            with self.assertRaises(AccessError):
                call_kw(clauses, "create", [[values]], {})
        theirs.text = "甲。乙。丙。"

    @mute_logger(*QUIET)
    def test_u7_3_staff_read_clauses_and_managers_alone_change_them(self):
        clause = self.shared_clause("七.3")
        for user in (self.clerk, self.leader, self.director, self.archivist):
            with self.subTest(user=user.login):
                self.assertTrue(clause.with_user(user).read(["text"]))
                with self.assertRaises(AccessError):
                    clause.with_user(user).text = False
        for user in (self.rep, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                call_kw(clause.with_user(user), "read", [clause.ids, ["text"]], {})
        # Whoever may have a paper reads what it cites.
        cited = self.env.company.with_user(self.rep)._complaint_citation("七.3")
        self.assertEqual(cited, "本办法（七.3）")

    def test_u7_3_clause_that_papers_cite_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "change the record"):
            self.shared_clause("七.3").with_user(self.manager.copy(self.of_both())).unlink()

    def of_both(self):
        companies = (self.env.company + self.abroad).ids
        return {"login": "kc_of_both", "company_ids": [Command.set(companies)]}

    @mute_logger(*QUIET)
    def test_u7_3_one_record_of_a_clause_in_a_centre(self):
        self.own("七.3")
        with self.assertRaisesRegex(Exception, "complaint_clause_code_unique"):
            self.own("七.3")

    def test_u7_3_a_code_that_nothing_cites_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "No paper cites “七。3”"):
            self.own("七.3", code="七。3")

    def test_u7_3_letters_find_their_sentences_in_every_wording(self):
        refused = self.assertRaisesRegex(ValidationError, "write 3 sentences")
        with refused, self.env.cr.savepoint():
            self.own("七.3", text="连续二个月的书面说明。一年三次的退回。")
        self.own("七.3", text=False)
        self.own("四.3", text="一句。两句。四句。五句。")

    def test_u7_3_clauses_are_in_the_order_of_the_regulation(self):
        codes = self.shared.sorted().mapped("code")
        self.assertEqual(codes[:5], ["四.2", "四.3", "五(二)4", "五(三)", "六.3"])
        self.assertEqual(codes[5:], ["七.1", "七.2", "七.3", "七.5", "七.6"])


@tagged("post_install", "-at_install")
class TestClauseOfSource(TransactionCase):
    """Each clause is worded in one place of the source."""

    def sources(self):
        """Return the text of each file that could quote a clause."""
        files = {path for name in SEARCHED for path in (ADDON / name).rglob("*")}
        return {
            path: path.read_text(encoding="utf-8")
            for path in files
            if path.suffix in (".py", ".xml", ".js", ".csv")
        }

    def shipped(self):
        return self.env["complaint.clause"].search([("company_id", "=", False)])

    def test_u7_3_words_of_a_clause_are_in_its_record_alone(self):
        words = {path: re.sub(r"\W", "", text) for path, text in self.sources().items()}
        data = words.pop(ADDON / "data/hall/complaint_clause_data.xml")
        for clause in self.shipped():
            text = re.sub(r"\W", "", clause.text)
            self.assertIn(text, data)
            parts = {text[start : start + QUOTED] for start in range(len(text) - QUOTED + 1)}
            found = [path.name for path, said in words.items() if any(one in said for one in parts)]
            with self.subTest(clause=clause.code):
                self.assertFalse(found)

    def test_u7_3_what_the_source_cites_is_on_record_and_nothing_else(self):
        texts = self.sources().values()
        cited = {code for text in texts for code in CITED.findall(text)}
        codes = set(self.shipped().mapped("code"))
        self.assertFalse(cited - codes)
        named = {code for code in codes - cited if any(f'"{code}"' in text for text in texts)}
        self.assertEqual(codes, cited | named)
