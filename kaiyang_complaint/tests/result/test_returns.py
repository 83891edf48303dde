from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged

from .finding_common import APRIL, JUNE, MARCH, MAY, FindingCommon

RETURN = "kaiyang_complaint.activity_return"


@tagged("post_install", "-at_install")
class TestReturns(FindingCommon):
    """Three upheld in a year return a person; breaches are transferred (七.3, 七.5)."""

    def letters(self, staff=None):
        domain = [("kind", "=", "return"), ("staff_id", "=", (staff or self.staff).id)]
        return self.env["complaint.letter"].search(domain)

    def to_dos(self, letter):
        return letter.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(RETURN)
        )

    def three(self, *moments, **vals):
        findings = self.env["complaint.finding"]
        for moment in moments or (MARCH, APRIL, MAY):
            findings |= self.confirmed(moment, **vals)
        return findings

    def test_u7_3c_the_third_of_a_year_drafts_the_letter_once(self):
        two = self.three(MARCH, APRIL)
        self.assertFalse(self.letters())
        third = self.confirmed(MAY)
        letter = self.letters()
        self.assertEqual((len(letter), letter.state), (1, "draft"))
        self.assertEqual(letter.ticket_ids, (two + third).ticket_id)
        self.assertEqual((letter.unit_id, letter.ticket_id), (self.unit, third.ticket_id))
        self.assertIn("一年中被群众投诉3次", letter.body)
        self.assertIn(self.manager, self.to_dos(letter).user_id)
        fourth = self.confirmed(JUNE)
        self.assertEqual(self.letters(), letter)
        self.assertIn(fourth.ticket_id, letter.ticket_ids)
        with freeze_time(JUNE):
            letter.with_user(self.manager).action_request()
        self.assertEqual(letter.approval_id.role, "director")
        self.assertFalse(self.to_dos(letter), "it was put before the main leader")

    def test_u7_3c_the_year_goes_by_the_day_of_acceptance_in_the_hall(self):
        """At 23:59 of 31 December in Shanghai it is the old year, a minute later the new one."""
        late = "2026-05-20 02:00:00"
        self.three("2025-12-31 15:59:00", MARCH, APRIL, confirmed_at=late)
        self.assertFalse(self.letters())
        person = self.of_staff("周志远")
        self.three(
            *("2025-12-31 16:00:00", MARCH, APRIL),
            confirmed_at=late,
            respondent_ids=[(0, 0, {"staff_id": person.id})],
        )
        self.assertEqual(len(self.letters(person)), 1)

    def test_u7_3c_any_twelve_months_where_the_centre_says_so(self):
        self.room.company_id.complaint_rolling_year = True
        self.three("2025-06-10 01:00:00", "2025-12-01 01:00:00", "2026-06-10 01:00:00")
        self.assertFalse(self.letters())
        self.confirmed("2026-06-09 01:00:00")
        self.assertEqual(len(self.letters().ticket_ids), 3)
        with freeze_time(JUNE):
            self.letters().with_user(self.manager).action_request()

    def test_u7_3c_a_person_answers_wherever_they_sat(self):
        self.confirmed(MARCH)
        self.staff.write({"window_id": self.other_window.id})
        findings = self.three(APRIL, MAY, window_id=self.other_window.id)
        self.assertEqual(findings.unit_id, self.other_unit)
        letter = self.letters()
        self.assertEqual(len(letter.ticket_ids), 3)
        self.assertEqual(letter.unit_id, self.other_unit)

    def test_u7_3c_only_what_is_their_fault_and_upheld_counts(self):
        self.three(MARCH, APRIL)
        self.confirmed(MAY, found={"liable": "window"})
        self.confirmed(MAY, found={"conclusion": "not_upheld"})
        self.assertFalse(self.letters())

    def test_u7_3c_a_draft_goes_with_the_third_that_is_overturned(self):
        findings = self.three()
        with freeze_time(JUNE):
            findings[0].with_user(self.manager).action_overturn("复核")
            self.assertFalse(self.letters())
        fourth = self.confirmed(JUNE)
        self.assertEqual(self.letters().ticket_ids, (findings[1:] + fourth).ticket_id)

    def test_u7_3c_a_draft_with_more_cases_loses_the_one(self):
        findings = self.three(MARCH, APRIL, MAY, JUNE)
        letter = self.letters()
        self.assertEqual(letter.ticket_ids, findings.ticket_id)
        with freeze_time(JUNE):
            findings[0].with_user(self.manager).action_overturn("复核")
        self.assertEqual(letter.ticket_ids, findings[1:].ticket_id)

    def test_u7_3c_what_was_asked_for_is_the_managers_to_take_back(self):
        findings = self.three()
        letter = self.letters()
        with freeze_time(JUNE):
            letter.with_user(self.manager).action_request()
            letter.approval_id.with_user(self.director).action_approve()
            findings[0].with_user(self.leader).action_overturn("复核")
            to_do = self.to_dos(letter).filtered(lambda one: one.user_id == self.manager)
            self.assertEqual(len(to_do), 1)
            self.assertIn("was overturned", to_do.note)
            with self.assertRaisesRegex(UserError, "no valid upheld finding"):
                letter.with_user(self.manager).action_issue()

    def test_u7_3c_a_switched_off_reaction_drafts_nothing(self):
        self.env.ref("kaiyang_complaint.automation_draft_returns").active = False
        self.three()
        self.assertFalse(self.letters())

    def test_u7_3b_a_window_under_two_units_asks_for_no_report(self):
        """Two months running count under one unit: no letter rests on its predecessor's."""
        first = self.confirmed(MARCH)
        self.window.unit_id = self.other_unit
        other = self.of_staff("周志远")
        second = self.confirmed(APRIL, respondent_ids=[(0, 0, {"staff_id": other.id})])
        self.assertEqual((first.unit_id, second.unit_id), (self.unit, self.other_unit))
        with freeze_time(MAY):
            letter = self.env["complaint.letter"].with_user(self.clerk)
            letter = letter.create(
                {
                    "kind": "report_request",
                    "ticket_id": second.ticket_id.id,
                    "window_id": self.window.id,
                    "answer_by": "2026-05-27",
                }
            )
            self.assertEqual(letter.ticket_ids, second.ticket_id)
            letter.ticket_ids |= first.ticket_id
            with self.assertRaisesRegex(UserError, "no valid upheld finding"):
                letter.action_request()

    # --- breaches of discipline ---------------------------------------------------------------

    def breach(self, **vals):
        finding = self.proposed(MARCH, **vals)
        finding.is_breach = True
        with freeze_time(APRIL):
            finding.action_confirm()
        return finding

    def test_u7_5_a_breach_restricts_at_once_and_asks_for_the_transfer(self):
        finding = self.breach()
        ticket = finding.ticket_id
        self.assertTrue(ticket.is_restricted)
        self.assertFalse(ticket.with_user(self.manager).has_access("read"))
        self.assertFalse(finding.with_user(self.manager).has_access("read"))
        kind = self.env.ref("kaiyang_complaint.activity_breach")
        to_do = ticket.sudo().activity_ids.filtered(lambda one: one.activity_type_id == kind)
        self.assertEqual(to_do.user_id, self.clerk)
        self.assertIn("第七条第5项", to_do.note)

    def test_u7_5_the_way_to_the_transfer_is_open(self):
        ticket = self.breach().ticket_id
        with freeze_time(APRIL):
            inquiry = self.env["complaint.investigation"].with_user(self.clerk)
            inquiry = inquiry.create({"ticket_id": ticket.id})
            inquiry.write(
                {
                    "mediation": "not_tried",
                    "mediation_note": "涉嫌违纪，不予调解。",
                    "conclusion": "upheld",
                    "responsibility": "staff",
                    "measures": "移送。",
                }
            )
            inquiry.action_conclude()
            self.assertEqual(ticket.complaint_state, "handling")
            self.assertEqual(ticket.referral_due, "discipline")

    def test_u7_5_who_confirms_and_loses_the_case_is_led_back(self):
        finding = self.proposed(MARCH, user_id=self.manager.id)
        finding.is_breach = True
        action = finding.with_user(self.clerk).action_confirm()
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assertEqual(finding.sudo().state, "confirmed")
