"""Two people issue letters at the same moment: what the database really does."""

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.tests import tagged

from ..at_once import AtOnceCase


@tagged("post_install", "-at_install")
class TestLetterAtOnce(AtOnceCase):
    """Works on committed letters of a centre of its own, and takes them away again."""

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": "并发县政务服务中心"})
            letters = env["complaint.letter"].with_company(company)
            values = {"kind": "other", "subject": "函", "addressee": "局", "body": "特此函告。"}
            letters = letters.create([dict(values) for _person in range(2)])
            letters._procedure_write({"state": "approved"})
            self.company, self.letters = company.id, letters.ids
        self.addCleanup(self._remove)

    def _remove(self):
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            letters = env["complaint.letter"].browse(self.letters)
            letters._procedure_write({"pdf_id": False})
            files = env["ir.attachment"].search(
                [("res_model", "=", letters._name), ("res_id", "in", letters.ids)]
            )
            files.unlink()
            letters.unlink()
            env["ir.sequence"].search([("company_id", "=", self.company)]).unlink()
            env["res.company"].browse(self.company).unlink()

    def issue(self, *indices):
        """Let two people issue letters at once; return what came of it and the numbers."""

        def act(env, index):
            env["complaint.letter"].browse(self.letters[indices[index]]).action_issue()

        outcomes = self.at_once(act, len(indices))
        with self.database.cursor() as cr:
            letters = api.Environment(cr, SUPERUSER_ID, {})["complaint.letter"]
            return outcomes, letters.browse(self.letters).mapped("name")

    def test_e_first_letters_of_a_series_at_once_leave_no_gap_and_no_double(self):
        outcomes, names = self.issue(0, 1)
        self.assertEqual(outcomes, [None, None])
        self.assertEqual(sorted(name[-2:] for name in names), ["1号", "2号"])

    def test_e_one_letter_is_issued_once(self):
        outcomes, names = self.issue(0, 0)
        self.assertEqual(outcomes.count(None), 1, outcomes)
        self.assertEqual([bool(name) for name in names], [True, False])
