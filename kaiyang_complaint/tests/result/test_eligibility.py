from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .finding_common import MARCH, QUIET, FindingCommon


@tagged("post_install", "-at_install")
class TestEligibility(FindingCommon):
    """Asked before an award: who may have it, and why not (七.3, 七.4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding = cls.confirmed()
        cls.people = cls.staff + cls.other_staff

    def ask(self, records, title, day, user=None):
        """Ask as a caller over the API does."""
        records = records.with_user(user or self.clerk)
        return call_kw(records, "award_eligibility", [records.ids], {"title": title, "date": day})

    def test_u7_3a_the_barred_and_the_free_with_the_reasons(self):
        barred, free = self.ask(self.people, "red_flag", "2026-03-31")
        self.assertEqual((barred["id"], barred["eligible"]), (self.staff.id, False))
        self.assertEqual(barred["reasons"], ["A complaint against them was upheld in 2026-03."])
        self.assertEqual(
            free,
            {
                "id": self.other_staff.id,
                "name": self.other_staff.display_name,
                "eligible": True,
                "reasons": [],
            },
        )
        (window,) = self.ask(self.window, "party_post", "2026-03-01")
        self.assertIn("staff member of the window", window["reasons"][0])

    def test_u7_3a_month_by_month_and_u7_4_year_by_year(self):
        for title, day, eligible in (
            ("red_flag", "2026-02-28", True),
            ("red_flag", "2026-03-01", False),
            ("red_flag", "2026-04-01", True),
            ("excellent", "2026-12-31", False),
            ("excellent", "2027-01-01", True),
            ("excellent", "2025-12-31", True),
        ):
            with self.subTest(title=title, day=day):
                self.assertEqual(self.ask(self.staff, title, day)[0]["eligible"], eligible)

    def test_u7_3a_reasons_name_neither_case_nor_complainant(self):
        said = str(self.ask(self.people, "excellent", "2026-03-31"))
        for word in (self.finding.ticket_id.number, "王小明", "13812345678", "不动产转移"):
            self.assertNotIn(word, said)

    def test_u7_5_restricted_cases_bar_and_tell_no_more(self):
        before = self.ask(self.staff, "red_flag", "2026-03-31", self.manager)
        self.finding.ticket_id.with_user(self.clerk).action_restrict("疑似违纪")
        self.assertEqual(self.ask(self.staff, "red_flag", "2026-03-31", self.manager), before)

    def test_u7_3a_an_overturned_finding_bars_nobody(self):
        self.finding.with_user(self.manager).action_overturn("复核")
        self.assertTrue(self.ask(self.staff, "excellent", "2026-03-31")[0]["eligible"])

    def test_u7_3a_who_moved_and_what_was_handed_over(self):
        self.staff.window_id = self.other_window
        self.window.unit_id = self.other_unit
        self.assertFalse(self.ask(self.staff, "red_flag", "2026-03-31")[0]["eligible"])
        for window in (self.window, self.other_window):
            self.assertTrue(self.ask(window, "red_flag", "2026-03-31")[0]["eligible"])

    def test_u7_3a_who_may_ask(self):
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertFalse(self.ask(self.staff, "red_flag", "2026-03-31", user)[0]["eligible"])
        for user in (self.archivist, self.outsider, self.rep):
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                self.ask(self.staff, "red_flag", "2026-03-31", user)

    def test_u7_3a_wrong_questions_are_refused_in_words(self):
        for records, title, day in (
            (self.staff, "employee_of_the_month", "2026-03-31"),
            (self.window, "excellent", "2026-03-31"),
            (self.staff, "red_flag", "March"),
            (self.staff, "red_flag", False),
        ):
            with self.subTest(title=title, day=day), self.assertRaises(UserError):
                self.ask(records, title, day)

    def test_u7_3a_the_dialog_shows_all_the_barred_first(self):
        dialog = self.env["complaint.eligibility"].with_user(self.leader)
        dialog = dialog.create({"title": "red_flag", "day": MARCH[:10]})
        action = dialog.action_show()
        lines = self.env["complaint.eligibility.line"].with_user(self.leader)
        lines = lines.search(action["domain"])
        self.assertEqual(lines[:2].mapped("verdict"), ["barred"] * 2)
        self.assertEqual((lines[:2].staff_id, lines[:2].window_id), (self.staff, self.window))
        self.assertLessEqual(self.other_staff, lines.staff_id)
        self.assertEqual(set(lines[2:].mapped("verdict")), {"eligible"})
        dialog.title = "excellent"
        lines = lines.search(dialog.action_show()["domain"])
        self.assertFalse(lines.window_id)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self.env["complaint.eligibility"].with_user(self.archivist).create({})

    @mute_logger(*QUIET)
    def test_u7_5_what_is_asked_in_a_dialog_is_for_who_asked(self):
        dialog = self.env["complaint.eligibility"].with_user(self.clerk).create({})
        dialog.action_show()
        lines = dialog.line_ids
        self.assertTrue(lines)
        for record in (dialog, lines[0]):
            theirs = record.with_user(self.manager)
            self.assertFalse(theirs.search([]))
            for act in (
                lambda theirs=theirs: theirs.read(["create_date"]),
                theirs.unlink,
                lambda theirs=theirs: theirs.write({"create_date": False}),
            ):
                with self.assertRaises(AccessError):
                    act()
        with self.assertRaises(AccessError):
            dialog.with_user(self.manager).action_show()

    def test_u7_5_no_dialog_of_the_desk_is_read_by_others(self):
        rules = self.env["ir.rule"].with_user(self.manager)
        dialogs = [
            name
            for name, model in self.registry.items()
            if name.startswith("complaint.") and model.is_transient()
        ]
        self.assertIn("complaint.reason.wizard", dialogs)
        for name in dialogs:
            with self.subTest(dialog=name):
                mine = rules._compute_domain(name)
                self.assertIn(("create_uid", self.manager.id), self.asked(mine))

    def asked(self, domain):
        """Return fields and values of the equalities in a domain."""
        return [
            (condition.field_expr, value)
            for condition in domain.iter_conditions()
            for value in (condition.value if condition.operator == "in" else [condition.value])
        ]
