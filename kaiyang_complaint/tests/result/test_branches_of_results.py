from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...report.result.monthly_notice import AssessmentSheet
from .assessment_common import IN_MARCH, IN_MAY, AssessmentCommon
from .board_common import BoardCommon
from .finding_common import JUNE, FindingCommon


@tagged("post_install", "-at_install")
class TestBoardBranches(BoardCommon):
    """Who is proposed for the red side, and who is not (七.2)."""

    def reds(self, board):
        return board.red_ids.filtered(lambda one: one.state == "proposed").staff_id

    def test_u7_2_an_upheld_finding_to_confirm_keeps_off_the_red_side(self):
        ticket = self.rated()
        self.assertIn(self.staff, self.reds(self.proposed()))
        board = self.env["complaint.board"].with_user(self.manager).search([], limit=1)
        self.env["complaint.finding"].with_user(self.clerk).create(
            {
                "ticket_id": self.case().id,
                "respondent_id": ticket.respondent_ids.id,
                "conclusion": "upheld",
            }
            | self.of_another()
        )
        board.action_propose()
        self.assertFalse(board.red_ids)

    def of_another(self):
        other = self.case()
        return {"ticket_id": other.id, "respondent_id": other.respondent_ids.id}

    def test_u7_2_by_hand_on_the_red_side_it_warns(self):
        self.env["complaint.finding"].with_user(self.clerk).create(
            {**self.of_another(), "conclusion": "partly"}
        )
        board = self.board()
        self.env["complaint.board.entry"].with_user(self.manager).create(
            {
                "board_id": board.id,
                "colour": "red",
                "staff_id": self.staff.id,
                "reason": "服务好",
                "decision": "群众送锦旗",
            }
        )
        self.assertIn(self.staff.name, board.unconfirmed)
        board.action_submit()
        self.assertIn("upheld finding to confirm", board.approval_id.request)

    def test_u7_2_one_rating_is_not_enough(self):
        default = self.centre.default_get(["complaint_board_min_count"])
        self.assertGreater(default["complaint_board_min_count"], 1)
        self.centre.complaint_board_min_count = 2
        self.rated()
        self.assertFalse(self.proposed().red_ids)
        self.rated()
        board = self.env["complaint.board"].with_user(self.manager).search([], limit=1)
        board.action_propose()
        self.assertIn(self.staff, self.reds(board))

    def test_u7_2_what_was_withdrawn_does_not_return_by_itself(self):
        self.rated()
        self.finding(self.case(**self.about(self.other_staff)))
        board = self.shown()
        entry = board.red_ids.filtered("staff_id")
        entry.with_user(self.manager).action_withdraw("评价人系本人亲属")
        board.with_user(self.manager).action_withdraw("另行公示")
        again = self.proposed()
        back = again.red_ids.filtered("staff_id")
        self.assertEqual((back.staff_id, back.state), (self.staff, "left_out"))
        self.assertIn("评价人系本人亲属", back.decision)
        again.action_propose()
        self.assertEqual(back.state, "left_out")
        self.assertEqual(again.black_ids.state, "proposed", "the others are proposed as ever")
        back.with_user(self.manager).action_put_back()
        self.assertEqual(back.state, "proposed")


@tagged("post_install", "-at_install")
class TestAssessmentBranches(AssessmentCommon):
    """Reopened complaints, and the way from a line to its case (七.1)."""

    def test_u7_1_a_reopened_case_counts_as_such(self):
        with freeze_time(IN_MARCH):
            ticket = self.case(self.staff)
            self.confirm(ticket)
            self.confirm(self.case(self.colleague), conclusion="partly")
        month = self.computed()
        self.assertFalse(month.reopened_count)
        with freeze_time(IN_MAY):
            ticket._procedure_write({"complaint_state": "closed"})
            ticket.with_user(self.manager).action_reopen("补充证据")
            self.env.invalidate_all()
            self.assertEqual(month.reopened_count, 1)
            self.assertEqual(month.line_ids.filtered("is_reopened").finding_id.ticket_id, ticket)
            self.assertIn("其中1件已重新办理", AssessmentSheet(month).summary)
            month.action_submit()
        self.assertIn("Complaints reopened, under review: 1.", month.approval_id.request)

    def test_u7_1_the_notice_tells_upheld_from_partly(self):
        with freeze_time(IN_MARCH):
            self.confirm(self.case(self.staff))
            self.confirm(self.case(self.colleague), conclusion="partly")
        self.assertIn("所涉投诉成立1件、部分成立1件。", AssessmentSheet(self.computed()).summary)

    def test_u7_1_a_line_opens_its_case(self):
        with freeze_time(IN_MARCH):
            ticket = self.case(self.staff)
            self.confirm(ticket)
        line = self.computed().line_ids[:1]
        action = line.action_open_case()
        self.assertEqual((action["res_model"], action["res_id"]), (ticket._name, ticket.id))
        ticket._procedure_write({"is_discipline_matter": True})
        with self.assertRaises(AccessError):
            line.sudo().with_user(self.manager).action_open_case()
        by_hand = self.env["complaint.assessment.line"].with_user(self.manager)
        by_hand = by_hand.create(
            {
                "assessment_id": self.month().id,
                "window_id": self.window.id,
                "points": -1,
                "reason": "窗口脱岗",
            }
        )
        with self.assertRaises(UserError):
            by_hand.action_open_case()


@tagged("post_install", "-at_install")
class TestReturnBranches(FindingCommon):
    """A letter of return, and the archived case it was drafted on (七.3, 八)."""

    def test_u7_3c_an_archived_case_blocks_no_fourth_finding(self):
        for moment in ("2026-03-09 01:00:00", "2026-04-13 01:00:00", "2026-05-11 01:00:00"):
            third = self.confirmed(moment)
        letter = self.env["complaint.letter"].search(
            [("kind", "=", "return"), ("staff_id", "=", self.staff.id)]
        )
        self.assertEqual(letter.ticket_id, third.ticket_id)
        third.ticket_id._procedure_write({"complaint_state": "archived"})
        self.env.flush_all()
        fourth = self.confirmed(JUNE)
        self.assertEqual(fourth.state, "confirmed")
        self.assertIn(fourth.ticket_id, letter.ticket_ids)
        self.assertEqual(letter.ticket_id, fourth.ticket_id, "it lies with a case that is open")
        person = self.staff.with_user(self.clerk)
        self.assertEqual(person.return_letter_ids, letter, "it stands on the record of the person")
        with freeze_time(JUNE):
            letter.with_user(self.manager).action_request()
        self.assertEqual(letter.state, "requested")

    def test_u7_3c_overturned_on_an_archived_case_the_draft_goes(self):
        findings = self.env["complaint.finding"]
        for moment in ("2026-03-09 01:00:00", "2026-04-13 01:00:00", "2026-05-11 01:00:00"):
            findings |= self.confirmed(moment)
        findings.ticket_id._procedure_write({"complaint_state": "archived"})
        self.env.flush_all()
        findings[:1].with_user(self.manager).action_overturn("证据有误")
        letters = self.env["complaint.letter"].search(
            [("kind", "=", "return"), ("staff_id", "=", self.staff.id)]
        )
        self.assertFalse(letters)
