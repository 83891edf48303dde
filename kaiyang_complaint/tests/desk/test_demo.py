"""The demonstration, where it is installed: people of every role and complaints in every state."""

from unittest import SkipTest

from odoo.tests import TransactionCase, tagged

from ...tools.flow import STATES


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref("kaiyang_complaint.demo_user_clerk", raise_if_not_found=False):
            raise SkipTest("the demonstration is not installed")

    def demo(self, model, prefix):
        """Return the demonstration's records of a model whose external id starts so."""
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "kaiyang_complaint"),
                ("model", "=", model),
                ("name", "=like", f"demo_{prefix}%"),
            ]
        )
        return self.env[model].browse(data.mapped("res_id")).exists()

    def test_people_read_chinese_and_live_in_the_county(self):
        for user in self.demo("res.users", "user_"):
            with self.subTest(user=user.login):
                self.assertEqual((user.lang, user.tz), ("zh_CN", "Asia/Shanghai"))

    def test_there_is_a_complaint_in_every_state(self):
        states = set(self.demo("helpdesk.ticket", "").mapped("complaint_state"))
        self.assertEqual(states, {state for state, _label in STATES} | {False})

    def test_lists_are_alive(self):
        """Something is overdue, something ends soon, and one limit was missed."""
        deadlines = self.demo("helpdesk.ticket", "").deadline_ids
        self.assertEqual(set(deadlines.mapped("state")), {"running", "met", "missed", "cancelled"})

    def test_every_unit_has_a_representative(self):
        for unit in self.demo("complaint.window.unit", "unit_"):
            self.assertTrue(unit.representative_id, unit.name)

    def test_nothing_waits_to_be_sent(self):
        waiting = [
            ("model", "in", ["helpdesk.ticket", "complaint.slip"]),
            ("state", "=", "outgoing"),
        ]
        self.assertFalse(self.env["mail.mail"].search(waiting))
