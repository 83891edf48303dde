from odoo.tests import HttpCase, new_test_user, tagged

from .board_common import BoardCommon

# What no page of the hall may hold of a complaint.
SECRETS = ("王小明", "13812345678", "排队两小时", "不动产转移登记", "监控核实")
MANY = 500


class BoardPageCase(BoardCommon, HttpCase):
    """The hall's display: it logs in as nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = cls.finding(cls.case())
        cls.rated(cls.case(**cls.about(cls.other_staff)))
        cls.centre.with_user(cls.manager).action_renew_board_link()

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def path(self, company=None):
        return f"/complaint/board/{(company or self.centre).sudo().complaint_board_token}"

    def page(self, company=None, **kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.url_open(self.path(company), **kwargs)

    def side(self, text, colour):
        """Return the part of the page that one side takes."""
        return text.partition(f'data-side="{colour}"')[2].partition("</section>")[0]


@tagged("post_install", "-at_install")
class TestBoardPage(BoardPageCase):
    def test_u7_2_the_hall_sees_both_sides(self):
        self.shown()
        answer = self.page()
        self.assertEqual(answer.status_code, 200)
        red, black = (self.side(answer.text, colour) for colour in ("red", "black"))
        self.assertIn("张大山", red)
        self.assertIn(self.other_unit.name, red)
        self.assertIn("李**", black)
        self.assertIn("T12号窗口", black)
        self.assertIn(self.conduct.name, black)
        for words in ("2026年3月", "公示期：2026年4月2日至2026年5月1日", "0851-87253281"):
            self.assertIn(words, answer.text)
        for secret in (*SECRETS, "李晓梅"):
            self.assertNotIn(secret, answer.text)

    def test_u7_2_names_of_the_black_side_as_the_centre_has_it(self):
        board = self.proposed()
        black = board.entry_ids.filtered(lambda one: one.colour == "black")
        black.reason = "李晓梅与群众争吵"
        self.shown(board)
        for names, shown in (("full", "李晓梅"), ("surname", "李**"), ("window", "当事人")):
            self.centre.complaint_board_names = names
            text = self.page().text
            side = self.side(text, "black")
            self.assertIn(f"{shown}与群众争吵", side)
            self.assertIn("T12号窗口", side)
            if names != "full":
                self.assertNotIn("李晓梅", text)
            self.assertEqual("李" in side, names != "window")
            self.assertIn("张大山", self.side(text, "red"))

    def test_u7_2_reasons_of_the_black_side_as_the_centre_has_it(self):
        board = self.proposed()
        board.entry_ids.filtered(lambda one: one.colour == "black").reason = "出言不逊"
        self.shown(board)
        told = {
            "reason": ("出言不逊", "当月查实1件"),
            "conduct": (self.conduct.name,),
            "none": (),
        }
        every = {words for shown in told.values() for words in shown}
        for detail, shown in told.items():
            self.centre.complaint_board_detail = detail
            side = self.side(self.page().text, "black")
            self.assertEqual({words for words in every if words in side}, set(shown))

    def test_u7_2_what_is_withdrawn_is_gone_at_once(self):
        board = self.shown()
        self.assertIn("李**", self.page().text)
        black = board.entry_ids.filtered(lambda one: one.colour == "black")
        black.action_withdraw("已整改")
        text = self.page().text
        self.assertNotIn("李**", text)
        self.assertNotIn("已整改", text)
        self.assertIn("本期黑榜暂无公示", text)
        board.action_withdraw("榜单有误")
        text = self.page().text
        self.assertNotIn("张大山", text)
        self.assertIn("当前没有公示中的红黑榜", text)

    def test_u7_2_an_overturned_finding_is_gone_at_once(self):
        self.shown()
        self.found.with_user(self.leader).action_overturn("监控显示不属实")
        self.assertNotIn("李**", self.page().text)

    def test_u7_5_a_restricted_case_is_gone_at_once(self):
        self.shown()
        self.found.ticket_id.with_user(self.leader).action_restrict("涉嫌索要好处")
        self.assertNotIn("李**", self.page().text)

    def test_u7_2_nothing_is_seen_before_or_after_its_days(self):
        board = self.proposed(display_from="2026-04-10", display_to="2026-04-20")
        self.assertNotIn("张大山", self.page().text)
        self.approved(board)
        self.assertNotIn("张大山", self.page().text)
        board.action_show()
        for moment, seen in (
            ("2026-04-09 15:59:59", False),
            ("2026-04-09 16:00:00", True),
            ("2026-04-20 15:59:59", True),
            ("2026-04-20 16:00:00", False),
        ):
            self.at(moment)
            self.assertEqual("张大山" in self.page().text, seen, moment)

    def test_u7_2_what_was_left_out_is_not_told(self):
        board = self.proposed()
        red = board.entry_ids.filtered(lambda one: one.staff_id == self.other_staff)
        red.action_leave_out("本人请求不公示")
        self.shown(board)
        text = self.page().text
        self.assertNotIn("张大山", text)
        self.assertNotIn("本人请求", text)

    def test_u7_2_the_board_of_the_latest_month_is_seen(self):
        self.shown()
        older = self.board(month="2026-02-01")
        self.by_hand(older, staff_id=self.staff.id)
        self.shown(older)
        self.assertIn("2026年3月", self.page().text)

    def test_u7_2_what_people_typed_is_no_markup(self):
        board = self.board()
        self.by_hand(board, staff_id=self.staff.id, reason="<script>alert(1)</script>")
        self.shown(board)
        self.assertNotIn("<script>alert", self.page().text)

    # --- the link -----------------------------------------------------------------------------

    def test_u7_2_an_unknown_link_is_a_page_that_is_not_there(self):
        self.shown()
        nowhere = self.url_open("/complaint/board/x")
        for token in (
            "x",
            "A" * 32,
            "预" * 32,
            "%00" * 8,
            "A" * 31 + "%00",
            self.path()[-32:-1] + "_",
        ):
            answer = self.url_open(f"/complaint/board/{token}")
            self.assertEqual(answer.status_code, 404, token)
            self.assertEqual(answer.text, nowhere.text)
        self.assertEqual(self.url_open("/complaint/board/").status_code, 404)
        head = self.url_open("/complaint/board/" + "A" * 32, method="HEAD")
        self.assertEqual((head.status_code, head.text), (404, ""))
        self.assertEqual(self.page(method="HEAD").status_code, 200)
        self.assertEqual(self.page(method="POST", data={}).status_code, 405)

    def test_u7_2_a_new_link_ends_the_old_one(self):
        self.shown()
        old = self.path()
        self.centre.with_user(self.manager).action_renew_board_link()
        self.assertNotEqual(old, self.path())
        self.assertEqual(self.url_open(old).status_code, 404)
        self.assertIn("张大山", self.page().text)

    def test_u7_2_a_centre_without_a_link_has_no_page(self):
        self.centre.complaint_board_token = False
        for token in ("False", "false", "None", "0"):
            self.assertEqual(self.url_open(f"/complaint/board/{token}").status_code, 404)

    def test_u7_2_another_centre_shows_its_own(self):
        self.shown()
        other = self.env["res.company"].create({"name": "邻县政务服务中心"})
        other.action_renew_board_link()
        text = self.page(other).text
        self.assertIn("邻县政务服务中心", text)
        self.assertIn("当前没有公示中的红黑榜", text)
        for secret in ("张大山", "李**", self.centre._complaint_title()):
            self.assertNotIn(secret, text)

    def test_u7_2_the_page_needs_nothing_from_outside(self):
        self.shown()
        answer = self.page()
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)
        for outside in ("http://", "https://", "//www", "<style", " style=", " onclick"):
            self.assertNotIn(outside, answer.text)
        for path in ("css", "js"):
            self.assertIn(f"/static/src/board_screen/board_screen.{path}?v=", answer.text)

    def test_u7_2_what_a_display_has_it_is_not_sent_again(self):
        self.shown()
        tag = self.page().headers["ETag"]
        again = self.page(headers={"If-None-Match": tag})
        self.assertEqual((again.status_code, again.text), (304, ""))
        here = [("state", "=", "shown"), ("company_id", "=", self.centre.id)]
        entries = self.env["complaint.board.entry"].search(here, limit=1)
        entries.with_user(self.manager).action_withdraw("已整改")
        self.assertEqual(self.page(headers={"If-None-Match": tag}).status_code, 200)

    # --- the preview --------------------------------------------------------------------------

    def preview(self, board, user=None):
        if user:
            self.authenticate(user.login, user.login.ljust(8, "x"))
        return self.url_open(board.action_preview()["url"], allow_redirects=False)

    def test_u7_2_a_preview_is_for_those_who_may_read_the_board(self):
        board = self.proposed()
        self.assertEqual(self.preview(board).status_code, 303)
        nobody = new_test_user(self.env, "kc_nobody", "base.group_user")
        for user in (self.rep, self.outsider, nobody, self.archivist):
            self.assertEqual(self.preview(board, user).status_code, 404, user.login)
        for user in (self.manager, self.leader, self.clerk):
            answer = self.preview(board, user)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("预览", answer.text)
            self.assertIn("李**", answer.text)
            self.assertNotIn("李晓梅", answer.text)
        self.shown(board)
        self.authenticate(None, None)
        self.assertNotIn("预览", self.page().text)

    # --- what it costs ------------------------------------------------------------------------

    def fill(self, board, count):
        """Put so many people on both sides of a board."""
        people = self.env["complaint.window.staff"].create(
            [{"name": f"员工{number}", "window_id": self.window.id} for number in range(count)]
        )
        self.env["complaint.board.entry"]._with_procedure().create(
            [
                {
                    "board_id": board.id,
                    "colour": ("red", "black")[number % 2],
                    "staff_id": person.id,
                    "reason": "热情服务",
                    "source": "facts",
                }
                for number, person in enumerate(people)
            ]
        )

    def test_u7_2_many_entries_cost_no_more_queries(self):
        small, large = self.board(), self.board(month="2026-02-01")
        self.fill(small, 5)
        self.fill(large, MANY)
        companies = self.env["res.company"].with_user(self.env.ref("base.public_user"))
        token = self.centre.complaint_board_token
        counts = []
        for board in (small, large):
            board._procedure_write({"state": "shown"})
            board.entry_ids._procedure_write({"state": "shown"})
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(12):
                company = companies._complaint_of_board_token(token)
                screen = company._complaint_board_shown()._screen()
            counts.append(sum(len(side["cards"]) for side in screen["sides"]))
            board._procedure_write({"display_to": "2026-04-01", "display_from": "2026-04-01"})
        self.assertEqual(counts, [5, MANY])
