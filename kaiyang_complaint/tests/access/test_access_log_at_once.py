"""Two people who are shown a contact at the same moment: the log keeps its chain."""

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from ..at_once import AtOnceCase

PEOPLE = 3  # more of them may be refused more often than the server tries again


@tagged("post_install", "-at_install")
class TestLogAtOnce(AtOnceCase):
    """Works on committed rows, and takes them away again as only the database can."""

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": "并发"}).id
        self.addCleanup(self._remove_log)

    def _remove_log(self):
        with self.database.cursor() as cr:
            for table in ("complaint_access_log", "complaint_access_chain"):
                cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [self.company_id])
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.company"].browse(self.company_id).unlink()

    def test_p4_6_rows_at_once_follow_each_other(self):
        """Not even the first ones of a centre, whose log has yet to begin."""

        def log(env, index):
            company = env["res.company"].browse(self.company_id)
            head = env["complaint.access.chain"]._lock(company)
            names = dict.fromkeys(("user_name", "subject", "reason"), str(index))
            row = {"company_id": company.id, "at": fields.Datetime.now(), "act": "show", **names}
            env["complaint.access.log"]._with_procedure().create(head._extend([row]))

        for _round in range(2):
            self.assertEqual(self.at_once(log, PEOPLE), [None] * PEOPLE)
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].browse(self.company_id)
            self.assertFalse(env["complaint.access.chain"]._verify(company))
            rows = env["complaint.access.log"].search([("company_id", "=", company.id)])
            self.assertEqual(sorted(rows.mapped("position")), list(range(1, 2 * PEOPLE + 1)))
