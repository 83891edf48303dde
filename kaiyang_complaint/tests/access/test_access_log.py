"""The access log proves itself: what was changed, left out, put in or cut off shows (四.6)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

FIELDS = "company_id, position, at, act, user_name, subject, reason, previous_seal, seal, ticket_id"


@tagged("post_install", "-at_install")
class TestAccessLog(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slip = cls.accepted().slip_ids
        cls.log = cls.env["complaint.access.log"]
        cls.chain = cls.env["complaint.access.chain"]
        cls.company = cls.slip.company_id
        for reason in ("一", "二", "三", "四"):
            cls.log.with_user(cls.clerk)._log(cls.slip, "release", reason)
        cls.rows = cls.log.search([("company_id", "=", cls.company.id)], order="position")[-4:]
        cls.first = cls.rows[0].position

    def forge(self, query, *params):
        """Do what only somebody with the database in hand can do."""
        self.env.flush_all()
        self.cr.execute(query, params)
        self.env.invalidate_all()

    def finding(self):
        return self.chain._verify(self.company)

    def test_p4_6_rows_follow_each_other(self):
        self.assertFalse(self.finding())
        positions = self.rows.mapped("position")
        self.assertEqual(positions, list(range(self.first, self.first + 4)))
        for before, row in zip(self.rows, self.rows[1:], strict=False):
            self.assertEqual(row.previous_seal, before.seal)
        self.assertEqual(self.rows[0].subject, self.slip.name)
        self.assertIn("kc_clerk", self.rows[0].user_name)

    def test_p4_6_change_shows(self):
        for column, value in (("reason", "五"), ("user_name", "别人"), ("at", "2020-01-01")):
            with self.subTest(column=column), self.cr.savepoint() as savepoint:
                query = f"UPDATE complaint_access_log SET {column} = %s WHERE id = %s"
                self.forge(query, value, self.rows[1].id)
                self.assertIn(f"Row {self.first + 1} was changed", self.finding())
                savepoint.rollback()

    def test_p4_6_gap_shows(self):
        self.forge("DELETE FROM complaint_access_log WHERE id = %s", self.rows[1].id)
        self.assertIn(f"Row {self.first + 1} is missing", self.finding())

    def test_p4_6_cut_tail_shows(self):
        self.forge("DELETE FROM complaint_access_log WHERE id = %s", self.rows[3].id)
        self.assertIn("should end with row", self.finding())

    def test_p4_6_inserted_row_shows(self):
        self.forge(
            f"INSERT INTO complaint_access_log ({FIELDS}) SELECT {FIELDS} FROM "
            "(SELECT company_id, position + 1 AS position, at, act, user_name, subject, reason, "
            "seal AS previous_seal, seal, ticket_id FROM complaint_access_log WHERE id = %s) row",
            self.rows[3].id,
        )
        self.assertIn(f"Row {self.first + 4} was changed", self.finding())

    def test_p4_6_emptied_log_shows(self):
        self.forge("DELETE FROM complaint_access_log")
        self.assertIn("should end with row", self.finding())

    def test_p4_6_log_is_only_added_to(self):
        for user in (self.clerk, self.manager, self.env.ref("base.user_admin"), self.env.user):
            rows, heads = self.rows.with_user(user), self.chain.search([]).with_user(user)
            for records in (rows, rows.sudo(), heads, heads.sudo()):
                field = "reason" if records._name == self.log._name else "seal"
                with self.assertRaises(UserError):
                    records.write({field: "x"})
                with self.assertRaises(UserError):
                    records.unlink()
                with self.assertRaises(UserError):
                    records.create({"company_id": self.company.id})
        self.assertFalse(self.finding())

    def test_p4_6_no_context_opens_the_log(self):
        for context in ({"complaint_guard": True}, {"_force_unlink": True}, {"module": "x"}):
            log = self.rows.with_user(self.env.ref("base.user_admin")).with_context(**context)
            with self.assertRaises(UserError):
                log.sudo().unlink()
            with self.assertRaises(UserError):
                log.sudo().write({"reason": "x"})

    def test_p4_6_who_reads_the_log(self):
        for user in (self.manager, self.leader, self.director):
            self.assertEqual(self.rows.with_user(user).mapped("reason"), list("一二三四"))
        for user in (self.clerk, self.archivist, self.outsider, self.rep):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_access"):
                self.rows.with_user(user).read(["reason"])
            with self.assertRaises(AccessError):
                self.log.with_user(user).action_verify()

    def test_u7_5_log_of_a_restricted_case_is_the_leaders(self):
        self.slip.ticket_id.is_discipline_matter = True
        self.assertFalse(self.log.with_user(self.manager).search([("id", "in", self.rows.ids)]))
        self.assertEqual(
            len(self.log.with_user(self.leader).search([("id", "in", self.rows.ids)])), 4
        )

    def test_p4_6_button_tells_what_it_found(self):
        told = self.log.with_user(self.manager).action_verify()["params"]
        self.assertEqual(told["type"], "success")
        self.forge("DELETE FROM complaint_access_log WHERE id = %s", self.rows[1].id)
        told = self.rows[:1].with_user(self.leader).action_verify()["params"]
        self.assertEqual((told["type"], told["sticky"]), ("danger", True))
        self.assertIn(f"Row {self.first + 1} is missing", told["message"])

    def test_p4_6_job_warns_the_managers_once(self):
        self.chain._cron_verify()
        head = self.chain.search([("company_id", "=", self.company.id)])
        self.assertTrue(head.verified_at)
        self.assertFalse(head.activity_ids)
        self.forge("DELETE FROM complaint_access_log WHERE id = %s", self.rows[1].id)
        for _week in range(2):
            self.chain._cron_verify()
        self.assertEqual(len(head.activity_ids.filtered(lambda o: o.user_id == self.manager)), 1)
        mine = self.env["mail.activity"].with_user(self.manager)
        self.assertTrue(mine.search([("res_model", "=", self.chain._name)]))
        self.assertTrue(head.with_user(self.manager).read(["finding", "activity_ids"]))

    def test_p4_6_links_hold_nothing_up(self):
        user = self.outsider
        self.log.with_user(user)._log(self.slip, "show", "五")
        row = self.log.search([("reason", "=", "五")])
        user.sudo().unlink()
        row.invalidate_recordset()
        self.assertFalse(row.user_id)
        self.assertIn("kc_outsider", row.user_name)
        self.assertFalse(self.finding())
