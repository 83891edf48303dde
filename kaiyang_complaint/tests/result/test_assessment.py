from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...report.result.monthly_notice import AssessmentSheet
from .assessment_common import APRIL, IN_APRIL, AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCommon):
    def setUp(self):
        super().setUp()
        self.freeze(IN_APRIL)

    # --- computing again --------------------------------------------------------------------

    def test_u7_1_computing_again_keeps_what_people_decided(self):
        self.confirm(self.case(self.staff))
        month = self.computed()
        self.by_hand(month)
        window = month.line_ids.filtered(lambda one: one.target == "window" and one.rule_id)
        window.write({"points": -2, "reason": "主动整改"})
        before = month.line_ids
        month.action_compute()
        self.assertEqual(month.line_ids, before)
        self.assertEqual((window.points, window.is_adjusted), (-2, True))
        rule = self.env.ref("kaiyang_complaint.deduction_rule_window")
        rule.points = -4
        month.action_compute()
        self.assertEqual((window.points, window.rule_points), (-2, -4))
        window.action_reset()
        self.assertEqual((window.points, window.is_adjusted, window.reason), (-4, False, False))

    def test_u7_1_nothing_changed_writes_nothing(self):
        self.confirm(self.case(self.staff))
        month = self.computed()
        self.assertEqual(month._compute_lines(), (0, 0, 0))

    def test_u7_1_what_was_computed_stays_with_its_month(self):
        month = self.computed()
        with self.assertRaisesRegex(UserError, "stays with its month"):
            month.month = APRIL

    def test_u7_1_new_findings_make_it_stale_until_it_is_computed(self):
        month = self.computed()
        self.assertFalse(month.is_stale)
        self.confirm(self.case(self.staff))
        month.invalidate_recordset()
        self.assertTrue(month.is_stale)
        with self.assertRaisesRegex(UserError, "compute it first"):
            month.action_submit()
        month.action_compute()
        self.assertFalse(month.is_stale)

    def test_u7_1_overturned_before_publication_it_disappears(self):
        finding = self.confirm(self.case(self.staff))
        month = self.computed()
        month.line_ids[0].write({"points": 0, "reason": "待核"})
        finding.with_user(self.manager).action_overturn("事实不清。")
        month.action_compute()
        self.assertFalse(month.line_ids)

    def test_u7_1_as_many_queries_for_many_findings_as_for_few(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            month._compute_lines()
            return self.env.cr.sql_log_count - start

        month = self.computed()
        self.confirm(self.case(self.staff))
        few = queries()
        for person in (self.staff, self.colleague, self.staff):
            self.confirm(self.case(person))
        self.assertEqual(queries(), few)

    # --- lines by hand ----------------------------------------------------------------------

    def test_u7_1_points_by_hand_take_party_points_and_reason(self):
        month = self.month()
        for vals in ({"reason": " "}, {"points": 0}, {"window_id": False}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.by_hand(month, **vals)
        line = self.by_hand(month, target="staff", staff_id=self.staff.id, window_id=False)
        self.assertEqual((line.kind, line.unit_id, line.points), ("manual", self.unit, -1))

    def test_u7_1_adjusting_takes_a_reason_and_gives_nothing_away(self):
        self.confirm(self.case(self.staff))
        line = self.computed().line_ids[0]
        for vals in ({"points": -1}, {"points": 1, "reason": "误"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                line.write(vals)
        for vals in ({"unit_id": self.other_unit.id}, {"kind": "manual"}, {"rule_points": 0}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                line.write(vals)
        with self.assertRaisesRegex(UserError, "set its points to 0"):
            line.unlink()

    # --- the way to the public --------------------------------------------------------------

    def test_u7_1_submitted_when_the_month_is_over(self):
        month = self.computed(APRIL)
        self.freeze("2026-04-30 15:59:59")
        with self.assertRaisesRegex(UserError, "is not over"):
            month.action_submit()
        self.freeze("2026-04-30 16:00:00")
        month.action_submit()
        self.assertEqual(month.state, "submitted")

    def test_u7_1_leader_approves_and_the_notice_is_published(self):
        self.confirm(self.case(self.staff))
        month = self.approved()
        self.assertEqual((month.state, month.name), ("approved", False))
        self.assertIn(self.manager, month.sudo().activity_ids.user_id)
        month.action_publish()
        self.assertEqual(month.state, "published")
        self.assertRegex(month.name, "^投考〔2026〕[0-9]+号$")
        self.assertEqual(month.published_by_id, self.manager)
        letter = month.letter_id
        self.assertEqual((letter.state, letter.name), ("sent", month.name))
        self.assertFalse(letter.ticket_ids)
        self.assertFalse(month.sudo().activity_ids)
        report = self.env["ir.actions.report"].with_user(self.clerk)
        printed, _type = report._render_qweb_pdf(
            "kaiyang_complaint.report_assessment", res_ids=month.ids
        )
        self.assertEqual(printed, letter.sudo().pdf_id.raw)
        summary = AssessmentSheet(month).summary
        self.assertRegex(summary, r"^本月累计扣[\d.]+分，其中窗口扣[\d.]+分")
        self.assertNotIn("－", summary)

    def test_u7_1_rejected_it_comes_back_with_the_words(self):
        month = self.computed()
        month.action_submit()
        approval = month.approval_id
        self.assertIn("2026-03", approval.display_name)
        self.assertEqual(approval.origin, month)
        approval.with_user(self.leader).action_reject("请核实首席代表扣分。")
        self.assertEqual((month.state, month.instruction), ("draft", "请核实首席代表扣分。"))
        self.assertIn("请核实", month.sudo().activity_ids.note)
        month.action_submit()
        month.action_withdraw()
        self.assertEqual((month.state, month.approval_id.state), ("draft", "withdrawn"))

    def test_u7_1_what_was_submitted_stands_still(self):
        self.confirm(self.case(self.staff))
        month = self.computed()
        month.action_submit()
        line = month.line_ids[0]
        for act in (
            lambda: line.write({"points": 0, "reason": "误"}),
            lambda: self.by_hand(month),
            month.action_compute,
            month.unlink,
        ):
            with self.assertRaises(UserError):
                act()
        month.action_withdraw()
        line.write({"points": 0, "reason": "误"})

    def test_u7_1_overturned_after_the_approval_it_is_not_published(self):
        finding = self.confirm(self.case(self.staff))
        month = self.approved()
        finding.with_user(self.leader).action_overturn("复核不属实。")
        with self.assertRaisesRegex(UserError, "overturned since"):
            month.action_publish()
        month.action_withdraw()
        month = self.published()
        self.assertFalse(month.line_ids)
        self.assertRegex(month.name, "^投考〔2026〕[0-9]+号$")

    def test_u7_1_rules_changed_after_the_approval_change_no_month(self):
        self.confirm(self.case(self.staff))
        month = self.approved()
        self.env.ref("kaiyang_complaint.deduction_rule_window").points = -9
        month.action_publish()
        self.assertEqual(month.window_points, -3)

    def test_u7_1_reason_that_names_who_complained_is_not_published(self):
        self.confirm(self.case(self.staff))
        month = self.computed()
        self.by_hand(month, reason="王小明反映属实")
        with self.assertRaisesRegex(UserError, "王小明"):
            month.action_submit()
