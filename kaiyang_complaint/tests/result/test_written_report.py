from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .report_common import DECEMBER, FEBRUARY, JANUARY, NOVEMBER, WRITTEN, ReportCommon


@tagged("post_install", "-at_install")
class TestAsking(ReportCommon):
    def test_u7_3b_two_months_running_over_the_end_of_a_year(self):
        december = self.found(DECEMBER)
        self.assertFalse(self.report())
        january = self.found(
            JANUARY, respondent_ids=[Command.create({"staff_id": self.colleague.id})]
        )
        report = self.report()
        self.assertEqual(report.finding_ids, december + january)
        self.assertEqual(
            (report.first_month, report.second_month), (date(2025, 12, 1), date(2026, 1, 1))
        )
        self.assertEqual(
            (report.unit_id, report.representative_id), (self.unit, self.representative)
        )
        self.assertEqual((report.state, report.upheld_count), ("draft", 2))
        letter = report.letter_id
        self.assertEqual((letter.kind, letter.state), ("report_request", "draft"))
        self.assertEqual(letter.ticket_ids, (december + january).ticket_id)
        self.assertEqual(letter.ticket_id, january.ticket_id)
        self.assertIn("5个工作日内", letter.body)
        self.assertNotIn("王小明", letter.body)

    def test_u7_3b_month_by_the_clock_of_the_centre(self):
        """23:59 on the last day, and 00:00 on the first, in Shanghai."""
        self.found("2025-12-31 15:59:00")
        self.found("2026-01-31 15:59:00")
        self.assertEqual(self.report().second_month, date(2026, 1, 1))
        self.found("2025-11-30 16:00:00")
        self.assertEqual(len(self.report()), 1)

    def test_u7_3b_months_that_do_not_follow_ask_nothing(self):
        self.found(NOVEMBER)
        self.found(JANUARY)
        self.found(JANUARY)
        self.assertFalse(self.report())

    def test_u7_3b_each_pair_of_months_once(self):
        for moment in (DECEMBER, JANUARY):
            self.found(moment)
        report = self.report()
        third = self.found(JANUARY)
        self.assertEqual(self.report(), report)
        self.assertIn(third, report.finding_ids)
        self.assertIn(third.ticket_id, report.letter_id.ticket_ids)
        self.found(FEBRUARY)
        self.assertEqual(len(self.report()), 2)
        self.found(NOVEMBER)
        self.assertEqual(
            sorted(self.report().mapped("second_month")),
            [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)],
        )

    def test_u7_3b_two_confirmed_together_ask_once(self):
        drafts = self.draft_finding(DECEMBER) + self.draft_finding(JANUARY)
        drafts.action_confirm()
        self.assertEqual(len(self.report()), 1)

    def test_u7_3b_only_what_counts(self):
        self.found(DECEMBER)
        for vals in (
            {"conclusion": "not_upheld"},
            {"liable": "unit"},
            {"responsibility": "none"},
        ):
            draft = self.draft_finding(JANUARY)
            draft.write(vals)
            draft.action_confirm()
        self.assertFalse(self.report())

    def test_u7_3b_restricted_findings_are_never_told_to_the_unit(self):
        self.found(DECEMBER)
        draft = self.draft_finding(JANUARY)
        draft.ticket_id.is_discipline_matter = True
        draft.action_confirm()
        self.assertFalse(self.report())

    def test_u7_3b_staff_who_moved_windows(self):
        """What counts against a window stays with it, whoever sits there by now."""
        december = self.found(DECEMBER)
        self.staff.window_id = self.other_window
        self.found(JANUARY, window_id=self.other_window.id)
        self.assertFalse(self.report())
        self.assertFalse(self.report(self.other_window))
        self.found(JANUARY, respondent_ids=[Command.create({"staff_id": self.colleague.id})])
        self.assertIn(december, self.report().finding_ids)

    def test_u7_3b_window_handed_to_another_unit(self):
        """A unit doesn't answer for its predecessor; the old one is asked while in office."""
        self.found(NOVEMBER)
        draft = self.draft_finding(DECEMBER)
        self.window.unit_id = self.other_unit
        (self.staff + self.colleague).unit_id = self.other_unit
        draft.action_confirm()
        old = self.report()
        self.assertEqual((old.unit_id, old.representative_id), (self.unit, self.representative))
        self.assertEqual(old.letter_id.unit_id, self.unit)
        new = self.found(JANUARY)
        self.assertEqual(new.unit_id, self.other_unit)
        self.assertEqual(self.report(), old)
        self.found(FEBRUARY)
        self.assertEqual((self.report() - old).unit_id, self.other_unit)
        self.representative.active = False
        self.send(old)
        self.assertFalse(old.representative_id)
        self.assertFalse(self.mails_to(self.rep))
        self.assertEqual(old.activity_user_id, self.clerk)

    def test_u7_3b_not_asked_of_who_was_at_fault(self):
        second = self.env["complaint.representative"].create(
            {"user_id": self.other_rep.id, "unit_id": self.unit.id, "sequence": 2}
        )
        self.found(DECEMBER)
        self.found(JANUARY)
        self.representative.staff_id = self.staff
        report = self.send(self.report())
        self.assertEqual(report.representative_id, second)
        self.assertFalse(report.with_user(self.rep).has_access("read"))
        self.assertTrue(report.with_user(self.other_rep).has_access("read"))

    def test_u7_3b_another_in_office_takes_over(self):
        report = self.asked()
        self.representative.active = False
        self.assertFalse(report.representative_id)
        heir = self.env["complaint.representative"].create(
            {"user_id": self.other_rep.id, "unit_id": self.unit.id}
        )
        self.assertEqual(report.representative_id, heir)
        self.assertEqual(len(self.mails_to(self.other_rep)), 1)
        self.assertFalse(report.with_user(self.rep).has_access("read"))

    def archive(self, ticket):
        ticket.sudo()._procedure_write({"complaint_state": "fed_back"})
        ticket.sudo()._move_to("closed")
        ticket.sudo()._move_to("archived")

    def test_u7_3b_archived_cases_are_asked_about_as_well(self):
        self.archive(self.found(DECEMBER).ticket_id)
        last = self.found(JANUARY).ticket_id
        report = self.send(self.report())
        self.assertEqual(report.letter_id.ticket_id, last)
        self.archive(last)
        report.with_user(self.rep).action_submit(WRITTEN)
        report.with_user(self.clerk).action_accept()
        self.assertEqual(report.letter_id.state, "answered")


@tagged("post_install", "-at_install")
class TestOverturning(ReportCommon):
    def overturn(self, finding, user=None):
        finding.with_user(user or self.manager).action_overturn("复核后不成立。")

    def test_u7_3b_overturned_before_the_letter_left(self):
        december, january = self.found(DECEMBER), self.found(JANUARY)
        report = self.report()
        self.overturn(january)
        self.assertEqual((report.state, report.letter_id.state), ("withdrawn", "cancelled"))
        self.found(JANUARY)
        again = self.report() - report
        self.assertEqual(again.state, "draft")
        self.assertIn(december, again.finding_ids)

    def test_u7_3b_overturned_while_the_leader_has_it(self):
        report = self.unasked()
        report.letter_id.with_user(self.clerk).action_request()
        self.overturn(report.finding_ids[0])
        self.assertEqual((report.state, report.letter_id.state), ("withdrawn", "cancelled"))
        self.assertEqual(report.letter_id.approval_id.state, "withdrawn")

    def test_u7_3b_overturned_while_it_is_written(self):
        report = self.asked()
        self.overturn(report.finding_ids[0])
        self.assertEqual((report.state, report.letter_id.state), ("withdrawn", "answered"))
        self.assertEqual(report.deadline_ids.state, "cancelled")
        self.assertIn("no longer", " ".join(self.mails_to(self.rep)))
        mine = report.with_user(self.rep)
        self.assertIn("overturned", mine.withdraw_reason)
        with self.assertRaises(UserError):
            mine.action_submit(WRITTEN)

    def test_u7_3b_overturned_after_it_was_submitted(self):
        report = self.submitted()
        self.overturn(report.finding_ids[0], self.leader)
        self.assertEqual(report.state, "submitted")
        self.assertIn("overturned", str(report.message_ids[0].body))

    def test_u7_3b_another_finding_of_the_month_holds(self):
        december, january = self.found(DECEMBER), self.found(JANUARY)
        other = self.found(JANUARY)
        report = self.report()
        self.overturn(january)
        self.assertEqual((report.state, report.upheld_count), ("draft", 2))
        self.assertEqual(report.letter_id.ticket_ids, (december + other).ticket_id)
        self.send(report)
        self.assertEqual(report.state, "asked")

    def test_u7_3b_restricted_later_is_taken_back(self):
        report = self.asked()
        report.finding_ids[0].ticket_id.sudo().is_discipline_matter = True
        self.assertEqual(report.state, "withdrawn")
        self.assertFalse(report.with_user(self.rep).has_access("read"))
