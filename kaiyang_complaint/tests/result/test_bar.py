from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .finding_common import APRIL, MARCH, MAY, QUIET, FindingCommon

MONTHLY = {"red_flag", "party_post", "integrity_post"}


@tagged("post_install", "-at_install")
class TestBar(FindingCommon):
    """Upheld findings bar from the titles of the month, and from 优秀 of the year (七.3, 七.4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding = cls.confirmed()

    def test_u7_3a_a_person_and_their_window_are_barred_for_the_month(self):
        of_staff, of_window = (
            self.bars(self.finding, **{link: party.id})
            for link, party in (("staff_id", self.staff), ("window_id", self.window))
        )
        self.assertEqual(set(of_staff.mapped("title")), MONTHLY | {"excellent"})
        self.assertEqual(set(of_window.mapped("title")), MONTHLY)
        monthly = (of_staff + of_window).filtered(lambda bar: bar.title in MONTHLY)
        self.assertEqual({str(bar.period) for bar in monthly}, {"2026-03-01"})
        self.assertEqual({str(bar.period_end) for bar in monthly}, {"2026-03-31"})

    def test_u7_4_a_person_is_barred_for_the_calendar_year(self):
        bar = self.bars(self.finding, title="excellent")
        self.assertEqual((str(bar.period), str(bar.period_end)), ("2026-01-01", "2026-12-31"))
        self.assertEqual(bar.staff_id, self.staff)

    def test_u7_3a_the_month_is_that_of_the_confirmation_in_the_hall(self):
        late = self.confirmed(MARCH, confirmed_at="2026-04-30 15:59:00")
        early = self.confirmed(MARCH, confirmed_at="2026-04-30 16:00:00")
        self.assertEqual(str(self.bars(late, title="red_flag")[0].period), "2026-04-01")
        self.assertEqual(str(self.bars(early, title="red_flag")[0].period), "2026-05-01")
        year = self.confirmed(MARCH, confirmed_at="2026-12-31 16:00:00")
        self.assertEqual(str(self.bars(year, title="excellent").period), "2027-01-01")

    def test_u7_3a_a_window_at_fault_bars_the_window_alone(self):
        finding = self.confirmed(found={"liable": "window"})
        bars = self.bars(finding)
        self.assertEqual((bars.window_id, bars.staff_id.ids), (self.window, []))
        self.assertEqual(set(bars.mapped("title")), MONTHLY)

    def test_u7_1_what_does_not_count_bars_nobody(self):
        for found in (
            {"conclusion": "not_upheld"},
            {"liable": "unit"},
            {"liable": "other"},
            {"responsibility": "none"},
        ):
            with self.subTest(found=found):
                self.assertFalse(self.bars(self.confirmed(found=found)))

    def test_u7_3a_who_moved_takes_the_bar_along_and_leaves_the_windows(self):
        self.staff.window_id = self.other_window
        with self.at(MARCH):
            self.assertEqual(self.staff.bar_status, "month")
            self.assertEqual(self.window.bar_status, "month")
            self.assertFalse(self.other_window.bar_status)

    def test_u7_3a_a_window_handed_over_is_not_barred_for_its_predecessor(self):
        self.window.unit_id = self.other_unit
        with self.at(MARCH):
            self.assertFalse(self.window.bar_status)
            self.assertEqual(self.staff.bar_status, "month")

    def test_u7_3a_badges_follow_month_and_year(self):
        for moment, staff, window in (
            ("2026-02-28 15:59:00", "year", False),
            ("2026-03-31 15:59:00", "month", "month"),
            ("2026-03-31 16:00:00", "year", False),
            ("2026-12-31 16:00:00", False, False),
        ):
            with self.subTest(moment=moment), self.at(moment):
                self.assertEqual(self.staff.with_user(self.leader).bar_status, staff)
                self.assertEqual(self.window.with_user(self.clerk).bar_status, window)
        with self.at(MARCH):
            people = self.env["complaint.window.staff"].with_user(self.clerk)
            barred = people.search([("bar_status", "in", ["month"])])
            self.assertIn(self.staff, barred)
            self.assertNotIn(self.other_staff, barred)
            free = people.search([("bar_status", "=", False)])
            self.assertNotIn(self.staff, free)
            self.assertIn(self.other_staff, free)

    def test_u7_3a_badges_cost_the_same_for_one_and_for_many(self):
        people = self.staff + self.other_staff
        with self.at(MARCH):
            people.sudo().mapped("bar_status")
            self.env.invalidate_all()
            with self.assertQueryCount(3):
                people.sudo().mapped("bar_status")

    def test_u7_3a_bars_are_unique(self):
        bar = self.bars(self.finding)[0]
        self.env["complaint.bar"]._impose(self.finding)
        self.assertEqual(len(self.bars(self.finding)), 7)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            bar.copy().flush_recordset()

    def test_u7_3a_the_manager_lifts_and_restores_with_the_reason(self):
        bar = self.bars(self.finding, title="excellent").with_user(self.manager)
        self.assertEqual(bar.action_lift()["res_model"], "complaint.reason.wizard")
        with self.at(APRIL):
            bar.action_lift("经复核情节轻微")
            self.assertEqual((bar.state, bar.lifted_by_id), ("lifted", self.manager))
            self.assertFalse(self.staff.with_user(self.clerk).bar_status)
        with self.assertRaises(UserError):
            bar.action_lift("再次")
        bar.action_restore("领导不同意")
        self.assertEqual((bar.state, bar.lift_reason), ("active", False))
        said = " ".join(bar.message_ids.mapped("body"))
        self.assertIn("情节轻微", said)
        self.assertIn("领导不同意", said)

    def test_u7_3a_nobody_else_lifts_writes_makes_or_deletes(self):
        bar = self.bars(self.finding)[0]
        for user in (self.clerk, self.leader, self.director, self.archivist, self.outsider):
            mine = bar.with_user(user)
            with self.subTest(user=user.login), mute_logger(*QUIET):
                for method, args in (
                    ("action_lift", ["x"]),
                    ("action_restore", ["x"]),
                    ("write", [{"title": "red_flag"}]),
                    ("unlink", []),
                ):
                    with self.assertRaises(AccessError):
                        call_kw(mine, method, [mine.ids, *args], {})
        with self.assertRaises(UserError), mute_logger(*QUIET):
            bar.with_user(self.manager).write({"state": "lifted"})

    def test_u7_3a_who_reads_bars(self):
        bar = self.bars(self.finding)[0]
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertTrue(bar.with_user(user).has_access("read"))
        for user in (self.archivist, self.outsider, self.rep):
            self.assertFalse(bar.with_user(user).has_access("read"))
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self.staff.with_user(self.archivist).read(["bar_status"])

    def test_u7_5_bars_of_restricted_cases_are_read_as_the_case(self):
        self.finding.ticket_id.with_user(self.clerk).action_restrict("疑似违纪")
        bar = self.bars(self.finding)[0]
        self.assertFalse(bar.with_user(self.manager).has_access("read"))
        self.assertTrue(bar.with_user(self.leader).has_access("read"))
        with self.at(MARCH):
            self.assertEqual(self.staff.with_user(self.manager).bar_status, "month")

    def test_u7_3a_a_switched_off_reaction_bars_nobody(self):
        self.env.ref("kaiyang_complaint.automation_bar_from_awards").active = False
        self.assertFalse(self.bars(self.confirmed(MAY)))

    def test_u7_3a_many_are_confirmed_in_as_many_queries_as_a_few(self):
        few, many = self.drafts(3), self.drafts(40)
        counts = []
        for findings in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            fresh = findings.browse(findings.ids)
            before = self.env.cr.sql_log_count
            fresh.action_confirm()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(findings.mapped("state")), {"confirmed"})
        self.assertEqual(len(self.bars(many[0])), 7)
        self.assertLess(counts[1], counts[0] + 5)

    def drafts(self, count):
        """Return findings on many people of one complaint."""
        people = self.env["complaint.window.staff"].create(
            [{"name": f"员工{index}", "window_id": self.window.id} for index in range(count)]
        )
        with freeze_time(MARCH):
            return self.replied(
                conduct_ids=[Command.set(self.conduct.ids)],
                respondent_ids=[Command.create({"staff_id": one.id}) for one in people],
            ).finding_ids
