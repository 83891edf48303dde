from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .board_common import MONTH, BoardCommon


@tagged("post_install", "-at_install")
class TestBoardDecisions(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.finding(cls.case())
        cls.rated(cls.case(**cls.about(cls.other_staff)))

    def entry(self, board, party):
        return board.entry_ids.filtered(lambda one: party in (one.staff_id, one.window_id))[-1:]

    def test_u7_2_what_people_decided_stays(self):
        board = self.proposed()
        self.entry(board, self.other_window).action_leave_out("窗口停用整改")
        self.entry(board, self.staff).reason = "与群众争吵"
        added = self.by_hand(board, staff_id=self.staff.copy({"employee_no": "T9"}).id)
        self.finding()
        board.action_propose()
        self.assertEqual(self.entry(board, self.other_window).state, "left_out")
        black = self.entry(board, self.staff)
        self.assertEqual((black.reason, black.figures), ("与群众争吵", "当月查实2件"))
        self.assertTrue(added.exists())
        out = self.entry(board, self.other_window)
        out.action_put_back()
        self.assertEqual((out.state, out.decision), ("proposed", False))

    def test_u7_2_what_the_facts_no_longer_say_is_gone(self):
        board = self.proposed()
        self.found.with_user(self.manager).action_overturn("监控显示不属实")
        board.action_propose()
        self.assertNotIn(self.staff, self.people(board, "black"))

    def test_u7_2_by_hand_takes_both_reasons(self):
        board, staff_id = self.board(), self.other_staff.id
        for missing in ("reason", "decision"):
            with self.assertRaises(ValidationError):
                self.by_hand(board, **{"staff_id": staff_id, missing: " "})
        with self.assertRaises(UserError):
            self.by_hand(board, staff_id=staff_id, state="shown")
        with self.assertRaises(UserError):
            self.by_hand(board, staff_id=staff_id, source="facts")

    def test_u7_2_whom_the_facts_name_is_not_exchanged(self):
        entry = self.entry(self.proposed(), self.staff)
        with self.assertRaises(UserError):
            entry.staff_id = self.other_staff
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(UserError):
            entry.figures = "当月查实9件"
        self.assertEqual(entry.action_leave_out()["res_model"], "complaint.reason.wizard")

    def test_u7_2_nobody_stands_on_both_sides(self):
        board = self.proposed()
        self.by_hand(board, staff_id=self.staff.id)
        with self.assertRaisesRegex(UserError, self.staff.name):
            board.action_submit()

    def test_u7_2_an_empty_board_is_not_submitted(self):
        with self.assertRaises(UserError):
            self.board().action_submit()

    def test_u7_2_a_month_that_runs_is_not_submitted(self):
        board = self.board(month="2026-04-01")
        self.by_hand(board, staff_id=self.staff.id)
        with self.assertRaises(UserError):
            board.action_submit()

    def test_u7_2_a_reason_never_tells_who_complained(self):
        board = self.proposed()
        entry = self.entry(board, self.staff)
        for words in ("与王小明争吵", "与群众（138 1234 5678）争吵"):
            entry.reason = words
            with self.assertRaises(UserError):
                board.action_submit()
        entry.reason = "与群众争吵"
        board.action_submit()

    def test_u7_2_one_board_a_month(self):
        board = self.shown()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.board(month="2026-03-20")
        board.with_user(self.leader).action_withdraw("榜单有误")
        self.assertEqual(self.board().month, MONTH)


@tagged("post_install", "-at_install")
class TestBoardWay(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.finding(cls.case())

    def test_u7_2_approved_it_is_shown_for_its_days(self):
        self.centre.complaint_board_days = 10
        board = self.proposed()
        self.assertEqual(str(board.display_to), "2026-04-11")
        self.approved(board)
        self.assertEqual((board.state, board.status), ("approved", "approved"))
        self.at("2026-04-04 02:00:00")
        board.action_show()
        self.assertEqual(board.entry_ids.state, "shown")
        self.assertEqual(
            [str(board.display_from), str(board.display_to)], ["2026-04-04", "2026-04-13"]
        )
        self.assertEqual(board.status, "on")

    def test_u7_2_the_display_ends_by_itself_at_midnight(self):
        board = self.shown(self.proposed(display_from="2026-04-10", display_to="2026-04-20"))
        boards = self.env["complaint.board"].with_user(self.clerk)
        for moment, status in (
            ("2026-04-09 15:59:59", "coming"),
            ("2026-04-09 16:00:00", "on"),
            ("2026-04-20 15:59:59", "on"),
            ("2026-04-20 16:00:00", "over"),
        ):
            self.at(moment)
            board.invalidate_recordset(["status"])
            self.assertEqual(board.status, status, moment)
            found = boards.search([("status", "=", status), ("month", "=", MONTH)])
            self.assertEqual(found.ids, board.ids)
            self.assertEqual(bool(self.centre._complaint_board_shown()), status == "on")

    def test_u7_2_sent_back_with_words_it_is_prepared_anew(self):
        board = self.proposed()
        board.action_submit()
        board.approval_id.with_user(self.leader).action_reject("措辞再斟酌")
        self.assertEqual((board.state, board.instruction), ("draft", "措辞再斟酌"))
        self.assertIn("措辞再斟酌", board.message_ids[:1].body)
        board.entry_ids.reason = "服务态度差"
        self.approved(board)

    def test_u7_2_from_the_submission_on_it_stands_still(self):
        board = self.proposed()
        board.action_submit()
        for step in (lambda: None, board.approval_id.with_user(self.leader).action_approve):
            step()
            for act in (
                lambda: board.write({"display_to": "2026-12-31"}),
                lambda: board.entry_ids.write({"reason": "别的理由"}),
                lambda: board.entry_ids.action_leave_out("说情"),
                lambda: self.by_hand(board, staff_id=self.other_staff.id),
                board.action_propose,
                board.unlink,
            ):
                with self.assertRaises(UserError):
                    act()
        board.action_take_back()
        self.assertEqual(board.state, "draft")
        board.action_submit()
        board.action_take_back()
        self.assertEqual(board.state, "draft")

    def test_u7_2_shown_it_is_frozen(self):
        board = self.shown()
        for act in (
            lambda: board.write({"month": "2026-02-01"}),
            lambda: board.write({"state": "draft"}),
            lambda: board.entry_ids.write({"reason": "别的理由"}),
            lambda: board.entry_ids.write({"state": "proposed"}),
            board.entry_ids.unlink,
            board.action_take_back,
            board.action_show,
            board.unlink,
        ):
            with self.assertRaises(UserError):
                act()

    def test_u7_2_the_notice_is_kept_as_it_was_shown(self):
        board = self.shown()
        letter = board.letter_id
        self.assertRegex(letter.name, r"^投榜〔2026〕\d+号$")
        self.assertTrue(letter.pdf_id.raw.startswith(b"%PDF-"))
        for words in ("李**", self.unit.name, "2026年3月", "公示期"):
            self.assertIn(words, letter.body)
        for secret in ("李晓梅", "王小明", "13812345678"):
            self.assertNotIn(secret, letter.body)
        self.assertFalse(letter.addressee, "a public notice is addressed to nobody")
        before = letter.pdf_id.raw
        board.entry_ids.action_withdraw("已整改")
        self.assertEqual(letter.pdf_id.raw, before)
        self.assertEqual(letter.with_user(self.archivist).name, letter.name)
        with self.assertRaises(UserError):
            self.env["complaint.letter"].with_user(self.clerk).create({"kind": "board"})

    def test_u7_2_a_withdrawn_board_keeps_its_history(self):
        board = self.shown()
        self.assertEqual(board.action_withdraw()["res_model"], "complaint.reason.wizard")
        board.with_user(self.leader).action_withdraw("榜单有误")
        self.assertEqual((board.state, board.withdraw_reason), ("withdrawn", "榜单有误"))
        self.assertEqual(board.withdrawn_by_id, self.leader)
        self.assertEqual(board.letter_id.state, "cancelled")
        self.assertFalse(self.centre._complaint_board_shown())
        with self.assertRaises(UserError):
            board.action_withdraw("再撤一次")

    def test_u7_2_one_entry_is_withdrawn_with_its_reason(self):
        board = self.shown()
        entry = board.entry_ids
        entry.with_user(self.director).action_withdraw("已整改到位")
        self.assertEqual((entry.state, entry.withdraw_reason), ("withdrawn", "已整改到位"))
        self.assertEqual(entry.withdrawn_by_id, self.director)
        self.assertEqual((board.state, entry.finding_ids), ("shown", self.found))
        self.assertIn("已整改到位", board.message_ids[:1].body)

    # --- findings that fall -----------------------------------------------------------------

    def overturn(self, finding):
        finding.with_user(self.leader).action_overturn("监控显示不属实")
        self.env.flush_all()

    def test_u7_2_an_overturned_finding_takes_its_entry_along(self):
        entry = self.shown().entry_ids
        self.overturn(self.found)
        self.assertEqual(entry.state, "withdrawn")
        self.assertTrue(entry.withdraw_reason)
        self.assertEqual(entry.finding_ids, self.found)

    def test_u7_2_an_entry_stays_while_another_finding_stands(self):
        other = self.finding(conduct_id=self.env.ref("kaiyang_complaint.conduct_07").id)
        entry = self.shown().entry_ids
        self.assertIn("；", entry.reason)
        self.overturn(self.found)
        self.assertEqual((entry.state, entry.finding_ids), ("shown", other))
        self.assertEqual(entry.figures, "当月查实1件")
        self.assertEqual(entry.reason, f"{other.conduct_id.name}，经查属实")
        self.overturn(other)
        self.assertEqual(entry.state, "withdrawn")

    def test_u7_2_findings_fall_while_the_leader_has_the_board(self):
        board = self.approved()
        self.overturn(self.found)
        self.assertEqual(board.entry_ids.state, "withdrawn")
        with self.assertRaises(UserError):
            board.action_show()

    def test_u7_2_an_archived_case_holds_nothing_back(self):
        entry = self.shown().entry_ids
        self.found.ticket_id._procedure_write({"complaint_state": "archived"})
        self.overturn(self.found)
        self.assertEqual(entry.state, "withdrawn")
