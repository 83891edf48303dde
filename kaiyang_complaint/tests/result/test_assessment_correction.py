from odoo.tests import tagged

from ...report.result.monthly_notice import AssessmentSheet
from .assessment_common import APRIL, IN_APRIL, IN_MAY, MARCH, ONE_PERSON, AssessmentCommon

BACK = [("correction", target, -points) for _kind, target, points in ONE_PERSON]


@tagged("post_install", "-at_install")
class TestAssessmentCorrection(AssessmentCommon):
    """A published month stands; what is overturned later gives its points back, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.case(cls.staff, cls.colleague)
        cls.first, cls.second = cls.confirm(cls.ticket).sorted("id")

    def setUp(self):
        super().setUp()
        self.freeze(IN_APRIL)
        self.second.with_user(self.manager).action_overturn("另一人无责任。")
        self.march = self.published()

    def overturn(self, finding, at=IN_APRIL):
        self.freeze(at)
        finding.with_user(self.manager).action_overturn("复核不属实。")

    def test_u7_1_overturned_after_publication_the_points_come_back_in_the_open_month(self):
        self.assertEqual(self.told(self.march), ONE_PERSON)
        self.overturn(self.first)
        april = self.computed(APRIL)
        self.assertEqual(self.told(april), BACK)
        self.assertEqual(self.told(self.march), ONE_PERSON)
        self.assertEqual(april.total_points, 9.5)
        line = april.line_ids.filtered(lambda one: one.target == "staff")
        self.assertEqual((line.staff_id, line.corrected_id.month), (self.staff, MARCH))
        self.assertEqual(line.rule_words, "窗口人员被投诉，查证属实")

    def test_u7_1_points_come_back_exactly_once(self):
        self.overturn(self.first)
        self.computed(APRIL)
        self.computed(APRIL)
        self.freeze(IN_MAY)
        self.published(APRIL)
        may = self.computed(APRIL.replace(month=5))
        self.assertFalse(may.line_ids)
        self.assertEqual(self.computed_total(), 0)

    def test_u7_1_what_is_given_back_is_no_complaint_and_ranks_nowhere(self):
        self.overturn(self.first)
        april = self.computed(APRIL)
        self.assertEqual(april.total_points, 9.5)
        for name in ("unit", "window", "staff", "representative"):
            self.assertFalse(april._ranked(name), name)
        rows = AssessmentSheet(april).rows_to_print
        self.assertEqual({row["count"] for row in rows}, {""})

    def test_u7_1_a_complaint_counts_once_however_many_it_cost(self):
        ranked = {name: self.march._ranked(name) for name in ("unit", "window", "staff")}
        self.assertEqual([row["count"] for rows in ranked.values() for row in rows], [1, 1, 1])
        self.assertEqual(ranked["unit"][0]["points"], -9.5)

    def computed_total(self):
        months = self.env["complaint.assessment"].search([("company_id", "=", self.company.id)])
        return sum(months.mapped("total_points"))

    def test_u7_1_month_of_the_overturning_is_the_one_on_the_wall(self):
        self.overturn(self.first, "2026-04-30 16:00:00")
        self.assertFalse(self.computed(APRIL).line_ids)
        self.assertEqual(self.told(self.computed(APRIL.replace(month=5))), BACK)

    def test_u7_1_what_a_reviewer_took_comes_back_and_no_more(self):
        self.freeze("2026-05-06 02:00:00")
        late = self.confirm(self.case(self.staff), at=IN_APRIL)
        april = self.computed(APRIL)
        window = april.line_ids.filtered(lambda one: one.target == "window")
        window.write({"points": -1, "reason": "首次，从轻"})
        self.published(APRIL)
        self.overturn(late, IN_MAY)
        may = self.computed(APRIL.replace(month=5))
        self.assertEqual((may.window_points, may.staff_points), (1, 5))

    def test_u7_1_found_anew_it_is_deducted_anew(self):
        self.overturn(self.first)
        anew = self.first.with_user(self.manager).action_find_anew()["res_id"]
        anew = self.env["complaint.finding"].browse(anew)
        self.confirm(anew.ticket_id, at=IN_APRIL, liable="window")
        april = self.computed(APRIL)
        self.assertEqual((april.staff_points, april.window_points), (5, 0))
        self.assertEqual(april.representative_points, 0)

    def test_u7_1_what_another_finding_carries_does_not_come_back(self):
        april = self.case(self.staff, self.colleague)
        one, _other = self.confirm(april, at=IN_APRIL).sorted("id")
        self.freeze(IN_MAY)
        self.published(APRIL)
        self.overturn(one, IN_MAY)
        may = self.computed(APRIL.replace(month=5))
        self.assertEqual(self.told(may), [("correction", "staff", 5.0)])
