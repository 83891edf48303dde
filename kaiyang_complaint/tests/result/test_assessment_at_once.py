"""Two people act on months at the same moment: what the database really does."""

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.tests import tagged

from ..at_once import AtOnceCase


@tagged("post_install", "-at_install")
class TestAssessmentAtOnce(AtOnceCase):
    """Works on committed months of a centre of its own, and takes them away again."""

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": "并发县政务服务中心"})
            months = env["complaint.assessment"].create(
                [{"company_id": company.id, "month": f"2025-0{n}-01"} for n in (1, 2)]
            )
            months.action_compute()
            months._procedure_write({"state": "approved"})
            self.company, self.months = company.id, months.ids
        self.addCleanup(self._remove)

    def _remove(self):
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            mine = [("company_id", "=", self.company)]
            months = env["complaint.assessment"].search(mine)
            letters = env["complaint.letter"].search(mine)
            months._procedure_write({"letter_id": False})
            letters._procedure_write({"pdf_id": False})
            files = [("res_model", "=", letters._name), ("res_id", "in", letters.ids)]
            env["ir.attachment"].search(files).unlink()
            letters.unlink()
            months.unlink()
            env["ir.sequence"].search(mine).unlink()
            env["res.company"].browse(self.company).unlink()

    def published(self, *indices):
        """Let two people publish at once; return what came of it and the numbers."""

        def act(env, index):
            month = env["complaint.assessment"].browse(self.months[indices[index]])
            return month.action_publish()

        outcomes = self.at_once(act, len(indices))
        with self.database.cursor() as cr:
            months = api.Environment(cr, SUPERUSER_ID, {})["complaint.assessment"]
            return outcomes, months.browse(self.months).mapped("name")

    def test_u7_1_two_months_at_once_leave_no_gap_and_no_double(self):
        outcomes, names = self.published(0, 1)
        self.assertEqual(outcomes, [True, True])
        self.assertEqual(sorted(name[-2:] for name in names), ["1号", "2号"])

    def test_u7_1_one_month_is_published_once(self):
        outcomes, names = self.published(0, 0)
        self.assertEqual(outcomes.count(True), 1, outcomes)
        self.assertEqual([bool(name) for name in names], [True, False])

    def test_u7_1_one_month_is_computed_and_submitted_one_after_the_other(self):
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["complaint.assessment"].browse(self.months)._procedure_write({"state": "draft"})

        def act(env, _index):
            return env["complaint.assessment"].browse(self.months[0]).action_compute()

        self.assertEqual(self.at_once(act, 3), [True, True, True])

    def test_u7_1_two_people_open_a_month_once(self):
        def act(env, _index):
            company = env["res.company"].browse(self.company)
            return len(env["complaint.assessment"]._open_months(company))

        outcomes = self.at_once(act, 2)
        self.assertEqual(sorted(outcomes), [0, 1], outcomes)
