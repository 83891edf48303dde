from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .board_common import RED, BoardCommon

# The last moments of the month before, of the month and the first ones after, in Shanghai.
BEFORE, FIRST = "2026-02-28 15:59:59", "2026-02-28 16:00:00"
LAST, AFTER = "2026-03-31 15:59:59", "2026-03-31 16:00:00"
MANY = 60


@tagged("post_install", "-at_install")
class TestBoardFacts(BoardCommon):
    def test_u7_2_black_are_the_counted_findings_of_the_month(self):
        finding = self.finding()
        entry = self.proposed().entry_ids
        self.assertEqual(entry.staff_id, self.staff)
        self.assertEqual((entry.window_id, entry.unit_id), (self.window, self.unit))
        self.assertEqual(entry.finding_ids, finding)
        self.assertEqual(entry.reason, f"{self.conduct.name}，经查属实")
        self.assertEqual(entry.figures, "当月查实1件")

    def test_u7_2_what_does_not_count_is_no_reason(self):
        self.finding(conclusion="not_upheld", responsibility=False, liable=False)
        self.finding(responsibility="none")
        self.finding(liable="unit")
        self.finding(self.case(), responsibility="secondary")
        self.assertFalse(self.proposed().entry_ids)

    def test_u7_2_secondary_responsibility_counts_where_the_centre_says_so(self):
        self.finding(responsibility="secondary", conclusion="partly")
        self.centre.complaint_board_black_from = "both"
        entry = self.proposed().entry_ids
        self.assertEqual(entry.staff_id, self.staff)
        self.assertIn("部分属实", entry.reason)

    def test_u7_2_several_findings_make_one_entry_where_they_are_enough(self):
        self.centre.complaint_board_black_count = 2
        self.finding()
        self.finding(self.case(**self.about(self.other_staff)))
        board = self.board()
        board.action_propose()
        self.assertFalse(board.entry_ids)
        self.finding()
        board.action_propose()
        self.assertEqual(self.people(board, "black"), [self.staff])
        self.assertEqual(board.entry_ids.figures, "当月查实2件")

    def test_u7_2_nobody_named_means_the_window(self):
        self.finding(self.case(**self.about(window=self.window)), liable="window")
        self.finding(self.case(), liable="window")
        entry = self.proposed().entry_ids
        self.assertFalse(entry.staff_id)
        self.assertEqual(entry.window_id, self.window)
        self.assertEqual(entry.figures, "当月查实2件")

    def test_u7_2_the_month_ends_at_midnight_where_the_centre_stands(self):
        board = self.board()
        for moment, is_in in ((BEFORE, 0), (FIRST, 1), (LAST, 2), (AFTER, 2)):
            self.finding(moment=moment)
            board.action_propose()
            self.assertEqual(len(board.entry_ids.finding_ids), is_in, moment)

    def test_u7_2_ratings_go_by_the_same_midnights(self):
        board = self.board()
        for moment, count in ((BEFORE, 0), (FIRST, 1), (LAST, 2), (AFTER, 2)):
            self.rated(self.case("2026-02-27 02:00:00"), moment)
            board.action_propose()
            figures = set(board.entry_ids.mapped("figures"))
            self.assertEqual(figures, {f"满意度5.0分，评价{count}次"} if count else set(), moment)

    def test_u7_2_december_is_followed_by_january(self):
        board = self.board(month="2025-12-14")
        self.assertEqual(board.month, date(2025, 12, 1))
        start, end = board._moments()
        self.assertEqual(str(start), "2025-11-30 16:00:00")
        self.assertEqual(str(end), "2025-12-31 16:00:00")

    def test_u7_2_red_are_the_best_rated_without_a_finding(self):
        self.rated(satisfaction="5")
        self.rated(satisfaction="4", **self.about(self.other_staff))
        board = self.proposed()
        self.assertEqual(
            self.people(board, "red"),
            [self.window, self.other_window, self.staff, self.other_staff],
        )
        self.assertEqual(set(board.entry_ids.mapped("reason")), {RED})
        self.finding(self.case(), moment=LAST)
        board.action_propose()
        self.assertEqual(self.people(board, "red"), [self.other_window, self.other_staff])
        self.assertEqual(self.people(board, "black"), [self.staff])

    def test_u7_2_red_takes_enough_ratings_that_are_good_enough(self):
        self.centre.write({"complaint_board_min_count": 2, "complaint_board_min_average": 4.5})
        self.rated()
        board = self.proposed()
        self.assertFalse(board.entry_ids)
        self.rated(satisfaction="4")
        board.action_propose()
        self.assertEqual(self.people(board, "red"), [self.window, self.staff])
        self.rated(satisfaction="1")
        board.action_propose()
        self.assertFalse(board.entry_ids)

    def test_u7_2_one_left_out_makes_room_for_the_next(self):
        self.centre.complaint_board_red_count = 1
        self.rated(satisfaction="5")
        self.rated(satisfaction="4", **self.about(self.other_staff))
        board = self.proposed()
        self.assertEqual(self.people(board, "red"), [self.window, self.staff])
        board.entry_ids.filtered("staff_id").action_leave_out("本人要求")
        board.action_propose()
        self.assertEqual(self.people(board, "red"), [self.window, self.other_staff])
        self.assertEqual(self.people(board, "red", "left_out"), [self.staff])

    def test_u7_2_two_people_of_a_window_are_one_rating_of_it(self):
        colleague = self.staff.copy({"name": "赵小云", "employee_no": "T013"})
        parties = [(0, 0, {"staff_id": one.id}) for one in (self.staff, colleague)]
        self.rated(respondent_ids=parties)
        entry = self.proposed().entry_ids.filtered(lambda one: not one.staff_id)
        self.assertEqual(entry.figures, "满意度5.0分，评价1次")

    # --- who moves, and what is handed over -------------------------------------------------

    def test_u7_2_who_moved_stands_where_they_sat_then(self):
        self.finding()
        self.staff.write({"window_id": self.other_window.id, "unit_id": self.other_unit.id})
        board = self.proposed()
        entry = board.entry_ids
        self.assertEqual((entry.window_id, entry.unit_id), (self.window, self.unit))
        self.shown(board)
        self.assertIn(self.unit.name, entry._card()["where"])

    def test_u7_2_a_window_handed_over_stands_under_the_unit_of_that_time(self):
        self.finding(self.case(**self.about(window=self.window)), liable="window")
        self.window.unit_id = self.other_unit
        board = self.proposed()
        self.assertEqual(board.entry_ids.unit_id, self.unit)
        self.rated(self.case("2026-03-20 02:00:00", **self.about(window=self.window)))
        board.action_propose()
        red = board.entry_ids.filtered(lambda one: one.colour == "red")
        self.assertEqual((red.window_id, red.unit_id), (self.window, self.other_unit))

    def test_u7_2_a_person_counts_wherever_they_sat(self):
        self.finding()
        self.staff.write({"window_id": self.other_window.id, "unit_id": self.other_unit.id})
        self.finding(self.case(**self.about(self.staff)), moment="2026-03-20 02:00:00")
        entry = self.proposed().entry_ids
        self.assertEqual((entry.staff_id, entry.unit_id), (self.staff, self.other_unit))
        self.assertEqual(len(entry.finding_ids), 2)

    # --- restricted cases -------------------------------------------------------------------

    def test_u7_5_restricted_cases_propose_nobody(self):
        ticket = self.case()
        self.finding(ticket)
        ticket.with_user(self.leader).action_restrict("涉嫌索要好处")
        board = self.proposed()
        self.assertFalse(board.entry_ids)
        self.rated(self.case())
        board.action_propose()
        self.assertFalse(self.people(board, "red"), "who has a finding is not praised either")

    def test_u7_5_a_leader_alone_tells_of_a_restricted_case(self):
        ticket = self.case()
        finding = self.finding(ticket)
        ticket.with_user(self.leader).action_restrict("涉嫌索要好处")
        board = self.board()
        vals = {"staff_id": self.staff.id, "finding_ids": [(6, 0, finding.ids)]}
        with self.assertRaises(AccessError):
            self.by_hand(board, "black", **vals)
        entry = self.by_hand(board, "black", self.leader, **vals)
        board.action_propose()
        self.assertEqual(board.entry_ids, entry.with_user(self.manager))

    def test_u7_5_restricted_after_it_was_shown_leaves_the_board_at_once(self):
        ticket = self.case()
        self.finding(ticket)
        entry = self.shown().entry_ids
        ticket.with_user(self.leader).action_restrict("涉嫌索要好处")
        self.assertEqual(entry.state, "withdrawn")

    def queries(self, board):
        """Return how many queries a proposal takes from a cold cache."""
        board.entry_ids._with_procedure().unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        board.action_propose()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_u7_2_proposing_costs_the_same_for_many(self):
        few, board = self.finding(), self.board()
        self.rated(**self.about(self.other_staff))
        cost = self.queries(board)
        people = self.env["complaint.window.staff"].create(
            [{"name": f"员工{one}", "window_id": self.window.id} for one in range(MANY)]
        )
        parties = self.env["complaint.respondent"].create(
            [{"ticket_id": few.ticket_id.id, "staff_id": person.id} for person in people]
        )
        values = few.copy_data()[0]
        values |= {"state": "confirmed", "confirmed_at": few.confirmed_at, "staff_id": False}
        self.env["complaint.finding"]._with_procedure().create(
            [{**values, "respondent_id": one.id, "staff_id": one.staff_id.id} for one in parties]
        )
        self.assertLessEqual(self.queries(board), cost)
        self.assertEqual(len(self.people(board, "black")), MANY + 1)
