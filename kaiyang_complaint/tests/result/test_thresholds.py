"""The figures of the regulation are settings: each centre has its own (四.1, 七.3)."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .report_common import DECEMBER, JANUARY, NOVEMBER, ReportCommon

FIGURES = {
    "complaint_accept_days": 1,
    "complaint_report_months": 2,
    "complaint_return_count": 3,
}


@tagged("post_install", "-at_install")
class TestThresholds(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.room.company_id or cls.env.company
        cls.elsewhere = cls.env["res.company"].create({"name": "另一中心"})

    def returns(self):
        domain = [("kind", "=", "return"), ("staff_id", "=", self.staff.id)]
        return self.env["complaint.letter"].search(domain)

    def test_regulation_is_the_default(self):
        self.assertEqual({name: self.elsewhere[name] for name in FIGURES}, FIGURES)
        for name, least in FIGURES.items():
            wrong = {"complaint_report_months": 1}.get(name, 0)
            with (
                self.subTest(figure=name, least=least),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.elsewhere[name] = wrong
                self.env.flush_all()

    def test_manager_finds_them_on_the_page_of_settings(self):
        settings = self.env["complaint.settings"].with_user(self.manager)
        with Form(settings.with_company(self.centre)) as form:
            for name, value in FIGURES.items():
                self.assertEqual(form[name], value)
                form[name] = value + 1
        form.record.execute()
        self.assertEqual([self.centre[name] for name in FIGURES], [2, 3, 4])
        self.assertEqual([self.elsewhere[name] for name in FIGURES], [1, 2, 3])

    def test_u7_3c_centre_returns_after_its_own_number(self):
        self.elsewhere.complaint_return_count = 2
        for moment in (NOVEMBER, DECEMBER):
            self.found(moment)
        self.assertFalse(self.returns())
        self.centre.complaint_return_count = 2
        self.centre.complaint_rolling_year = True
        third = self.found(DECEMBER)
        letter = self.returns()
        self.assertEqual(len(letter.ticket_ids), 3)
        self.centre.complaint_return_count = 4
        with self.assertRaisesRegex(UserError, "after 4 upheld complaints"):
            letter.with_user(self.manager).action_request()
        self.centre.complaint_return_count = 2
        third.with_user(self.manager).action_overturn("复核后不成立")
        self.assertEqual(len(letter.exists().ticket_ids), 2, "still enough in this centre")

    def test_u7_3c_a_draft_goes_where_too_few_are_left(self):
        self.centre.complaint_return_count = 2
        self.found(NOVEMBER)
        last = self.found(DECEMBER)
        letter = self.returns()
        self.assertEqual(len(letter.ticket_ids), 2)
        last.with_user(self.manager).action_overturn("复核后不成立")
        self.assertFalse(letter.exists())

    def test_u7_3b_centre_asks_after_its_own_months_running(self):
        self.elsewhere.complaint_report_months = 2
        self.centre.complaint_report_months = 3
        self.found(DECEMBER)
        self.found(JANUARY)
        self.assertFalse(self.report())
        first = self.found(NOVEMBER)
        report = self.report()
        self.assertEqual(
            (report.first_month, report.second_month), (date(2025, 11, 1), date(2026, 1, 1))
        )
        self.assertEqual(len(report.finding_ids), 3)
        self.assertIn("连续三个月", report.letter_id.body)
        first.with_user(self.manager).action_overturn("复核后不成立")
        self.assertEqual(report.state, "withdrawn")

    def test_u7_3b_reports_asked_for_stay_when_the_figure_changes(self):
        self.elsewhere.complaint_report_months = 3
        asked = self.unasked()
        self.assertEqual(len(asked), 1)
        self.centre.complaint_report_months = 3
        self.found(NOVEMBER)
        self.assertEqual(self.report(), asked, "January's report is asked for already")
        self.assertTrue(asked._still_holds())

    def test_p4_1_centre_accepts_within_its_own_days(self):
        draft = self.new_complaint(received_at="2026-02-24 06:00:00")
        accepted = self.accepted(received_at="2026-02-24 06:00:00")
        before = draft.accept_by
        self.elsewhere.complaint_accept_days = 2
        self.assertEqual(draft.accept_by, before)
        self.centre.complaint_accept_days = 2
        self.assertEqual((draft.accept_by - before).days, 1)
        self.assertEqual(accepted.accept_by, before, "history keeps what applied")
