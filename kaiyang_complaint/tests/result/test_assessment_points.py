from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .assessment_common import APRIL, IN_APRIL, IN_MARCH, MARCH, ONE_PERSON, AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentPoints(AssessmentCommon):
    """What counts in which month, and by which rule."""

    def setUp(self):
        super().setUp()
        self.freeze(IN_APRIL)

    def test_u7_1_upheld_finding_costs_person_window_and_representative(self):
        self.confirm(self.case(self.staff))
        month = self.computed()
        self.assertEqual(self.told(month), ONE_PERSON)
        self.assertEqual(month.total_points, -9.5)
        line = month.line_ids.filtered(lambda one: one.target == "staff")
        self.assertEqual((line.staff_id, line.unit_id), (self.staff, self.unit))
        self.assertEqual(line.rule_words, "窗口人员被投诉，查证属实")
        self.assertEqual(line.action_open_evidence()["res_id"], line.finding_id.id)

    def test_u7_1_fault_of_the_window_costs_no_person(self):
        self.confirm(self.case(self.staff), liable="window")
        self.assertEqual(
            [target for _k, target, _p in self.told(self.computed())], ["representative", "window"]
        )

    def test_u7_1_only_what_is_the_fault_of_staff_or_window_counts(self):
        self.confirm(self.case(self.staff), liable="unit")
        self.confirm(self.case(self.staff), conclusion="not_upheld")
        self.confirm(self.case(self.staff), responsibility="none")
        self.assertFalse(self.computed().line_ids)

    def test_u7_1_of_one_complaint_the_window_is_deducted_once_each_person_on_their_own(self):
        self.confirm(self.case(self.staff, self.colleague))
        month = self.computed()
        self.assertEqual(month.staff_points, -10)
        self.assertEqual((month.window_points, month.representative_points), (-3, -1.5))

    def test_u7_1_points_go_to_the_month_of_the_confirmation_on_the_clock_of_the_hall(self):
        self.confirm(self.case(self.staff), at="2026-03-31 15:59:59")
        self.assertEqual(self.told(self.computed()), ONE_PERSON)
        self.confirm(self.case(self.colleague), at="2026-03-31 16:00:00")
        self.assertEqual(self.told(self.computed()), ONE_PERSON)
        self.assertEqual(self.computed(APRIL).line_ids.staff_id, self.colleague)

    def test_u7_1_repetition_is_counted_in_the_calendar_year(self):
        self.env["complaint.deduction.rule"].create(
            {"name": "年内第二次", "target": "staff", "points": -8, "repeat_from": 2, "sequence": 1}
        )
        self.confirm(self.case(self.staff), at="2025-12-31 15:59:59")
        self.confirm(self.case(self.staff), at="2025-12-31 16:00:00")
        self.confirm(self.case(self.staff))
        self.assertEqual(self.computed().staff_points, -8)
        self.assertEqual(self.computed(MARCH.replace(month=1)).staff_points, -5)

    def test_u7_1_first_rule_that_fits_applies(self):
        rules = self.env["complaint.deduction.rule"].with_user(self.manager)
        rules.create({"name": "部分属实", "points": -1, "conclusion": "partly", "sequence": 1})
        rules.create({"name": "第三项", "points": -4, "conduct_id": self.item.id, "sequence": 2})
        self.confirm(self.case(), liable="window", conclusion="partly")
        self.confirm(self.case(), liable="window")
        self.assertEqual(self.computed().window_points, -5)

    def test_u7_1_staff_who_moved_and_a_window_handed_over_change_nothing(self):
        finding = self.confirm(self.case(self.staff))
        self.staff.window_id = self.other_window
        self.window.unit_id = self.other_unit
        month = self.computed()
        self.assertEqual(month.line_ids.unit_id, self.unit)
        self.assertEqual(month.line_ids.window_id, self.window)
        self.assertEqual(month.line_ids.representative_id, finding.representative_id)
        self.assertEqual(finding.representative_id, self.representative)

    # --- rules ------------------------------------------------------------------------------

    def test_u7_1_rule_deducts_points_from_the_first_complaint_on(self):
        rules = self.env["complaint.deduction.rule"].with_user(self.manager)
        for vals in ({"points": 3}, {"points": 0}, {"points": -1, "repeat_from": 0}):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                rules.create({"name": "规则", **vals}).flush_recordset()

    def test_u7_1_rule_whose_item_is_of_another_aspect_fits_nothing(self):
        rules = self.env["complaint.deduction.rule"].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "fits nothing"):
            aspect = self.env["complaint.aspect"].search([("id", "!=", self.item.aspect_id.id)])
            rules.create(
                {
                    "name": "规则",
                    "points": -1,
                    "conduct_id": self.item.id,
                    "aspect_id": aspect[0].id,
                }
            )

    def test_u7_1_rule_in_use_is_archived(self):
        self.confirm(self.case(self.staff))
        self.computed()
        used = self.env.ref("kaiyang_complaint.deduction_rule_staff").with_user(self.manager)
        with self.assertRaisesRegex(UserError, "archive the rule"):
            used.unlink()
        self.assertIn("-5", used.explanation)

    # --- months -----------------------------------------------------------------------------

    def test_u7_1_every_centre_has_its_month_once(self):
        assessments = self.env["complaint.assessment"]
        assessments._cron_open()
        opened = self.month(APRIL)
        assessments._cron_open()
        assessments.with_user(self.manager).action_open_list()
        mine = [("company_id", "=", self.company.id), ("month", "=", APRIL)]
        self.assertEqual(assessments.search(mine), opened)
        self.freeze("2026-05-02 02:00:00")
        assessments._cron_open()
        assessments._cron_open()
        to_dos = opened.sudo().activity_ids
        self.assertEqual(len(to_dos), len(to_dos.user_id), "each manager is told once")
        self.assertIn(self.manager, to_dos.user_id)

    def test_u7_1_month_is_whole_and_not_to_come(self):
        month = self.env["complaint.assessment"].with_user(self.manager)
        month = month.create({"month": "2026-02-17"})
        self.assertEqual(str(month.month), "2026-02-01")
        with self.assertRaisesRegex(ValidationError, "not begun"):
            month.copy({"month": "2026-05-01"})
        month.action_compute()
        with self.assertRaisesRegex(UserError, "stays with its month"):
            month.month = "2026-01-01"

    def test_u7_1_drafts_of_the_month_are_a_warning(self):
        self.freeze(IN_MARCH)
        ticket = self.case(self.staff)
        self.assertTrue(ticket.finding_ids)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_finding SET create_date = %s WHERE id IN %s",
            [IN_MARCH, tuple(ticket.finding_ids.ids)],
        )
        self.freeze(IN_APRIL)
        month = self.computed()
        self.assertEqual(month.draft_count, 1)
        with self.assertRaises(AccessError):
            month.with_user(self.rep).action_open_drafts()
