from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .board_common import BoardCommon

ENTRY = "complaint.board.entry"


@tagged("post_install", "-at_install")
class TestBoardAccess(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.finding(cls.case())
        cls.nobody = new_test_user(cls.env, "kc_nobody", "base.group_user")

    def assert_closed(self, board, *users):
        for user in users:
            with self.assertRaises(AccessError):
                board.with_user(user).read(["month"])
            with self.assertRaises(AccessError):
                board.entry_ids.with_user(user).read(["reason"])

    def found_by(self, user, board):
        return self.env["complaint.board"].with_user(user).search([("id", "=", board.id)])

    def test_u7_2_the_room_and_its_leaders_read_every_board(self):
        board = self.proposed()
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertEqual(board.with_user(user).read(["month"])[0]["id"], board.id)
            self.assertTrue(board.entry_ids.with_user(user).read(["reason"]))

    def test_u7_2_archivists_read_what_was_shown(self):
        board = self.approved()
        self.assertFalse(self.found_by(self.archivist, board))
        self.assert_closed(board, self.archivist)
        board.action_show()
        self.assertTrue(self.found_by(self.archivist, board))
        self.assertTrue(board.entry_ids.with_user(self.archivist).read(["reason"]))
        board.action_withdraw("榜单有误")
        self.assertTrue(self.found_by(self.archivist, board))

    def test_u7_2_nobody_else_reads_any(self):
        board = self.shown()
        self.assert_closed(board, self.outsider, self.rep, self.other_rep, self.nobody)
        public = self.env.ref("base.public_user")
        self.assert_closed(board, public)

    def test_u7_2_only_managers_prepare(self):
        board = self.proposed()
        for user in (self.clerk, self.leader, self.director, self.archivist):
            theirs = board.with_user(user)
            for act in (
                lambda mine=theirs: mine.write({"display_to": "2026-12-31"}),
                theirs.action_propose,
                theirs.action_submit,
                theirs.unlink,
                lambda one=user: self.env["complaint.board"].with_user(one).create({}),
            ):
                with self.assertRaises(AccessError):
                    act()
        for user in (self.clerk, self.director):
            with self.assertRaises(AccessError):
                self.by_hand(board, user=user, staff_id=self.other_staff.id)
            with self.assertRaises(AccessError):
                board.entry_ids.with_user(user).action_leave_out("说情")

    def test_u7_2_only_another_leader_approves(self):
        board = self.proposed()
        board.action_submit()
        for user in (self.manager, self.clerk, self.director, self.archivist):
            with self.assertRaises(AccessError):
                board.approval_id.with_user(user).action_approve()
        board.with_user(self.leader).action_approve()
        with self.assertRaises(AccessError):
            board.with_user(self.leader).action_show()
        board.action_show()
        self.assertEqual(board.shown_by_id, self.manager)

    def test_u7_2_the_manager_and_leaders_withdraw(self):
        board = self.shown()
        for user in (self.clerk, self.archivist):
            for record in (board, board.entry_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).action_withdraw("说情")
        for user in (self.rep, self.outsider):
            with self.assertRaises(AccessError):
                board.with_user(user).action_withdraw("说情")
        board.with_user(self.leader).action_withdraw("榜单有误")
        self.assertEqual(board.state, "withdrawn")

    def test_u7_2_nobody_forges_the_procedure(self):
        board = self.board()
        for name, value in (("state", "shown"), ("letter_id", 1), ("approval_id", 1)):
            with self.assertRaises(UserError):
                board.write({name: value})
            with self.assertRaises(UserError):
                self.board(month="2026-02-01", **{name: value})
        entry = self.by_hand(board, staff_id=self.staff.id)
        for name, value in (("state", "shown"), ("source", "facts"), ("figures", "满意度5.0分")):
            with self.assertRaises(UserError):
                entry.with_context(complaint_guard=True).write({name: value})

    def test_u7_2_entries_move_to_no_other_board(self):
        board = self.shown()
        other = self.board(month="2026-02-01")
        entry = self.by_hand(other, staff_id=self.other_staff.id)
        with self.assertRaises(UserError):
            entry.board_id = board
        self.assertNotIn(self.other_staff, board.entry_ids.staff_id)

    def test_u7_2_every_centre_has_its_own(self):
        board = self.shown()
        other = self.env["res.company"].create({"name": "邻县政务服务中心"})
        neighbour = new_test_user(
            self.env,
            "kc_neighbour",
            "kaiyang_complaint.group_complaint_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.found_by(neighbour, board))
        self.assert_closed(board, neighbour)
        self.assertFalse(other._complaint_board_shown())
        with self.assertRaises(AccessError):
            self.centre.with_user(neighbour).action_renew_board_link()
        mine = self.env["complaint.board"].with_user(neighbour).create({"month": "2026-03-01"})
        mine.action_propose()
        self.assertFalse(mine.entry_ids)

    def test_u7_2_the_link_is_for_the_manager(self):
        for user in (self.clerk, self.leader, self.archivist, self.rep):
            with self.assertRaises(AccessError):
                self.centre.with_user(user)._complaint_board_url()
            with self.assertRaises(AccessError):
                self.centre.with_user(user).action_renew_board_link()
            with self.assertRaises(AccessError):
                self.centre.with_user(user).read(["complaint_board_token"])
        url = self.board().action_open_screen()["url"]
        self.assertRegex(url, r"/complaint/board/[\w-]{32}$")

    def test_u7_2_nobody_follows_who_may_not_read(self):
        board = self.board()
        board.message_subscribe([self.clerk.partner_id.id])
        self.assertIn(self.clerk.partner_id, board.message_partner_ids)
        with self.assertRaises(UserError):
            board.message_subscribe([self.rep.partner_id.id])
        self.assertNotIn(self.rep.partner_id, board.message_partner_ids)
