from odoo import Command
from odoo.tests import tagged

from ..common import ComplaintCommon

SEEN = "record.write({'name': record.name + '·'})"


@tagged("post_install", "-at_install")
class TestAutomationLookup(ComplaintCommon):
    """Automations are known without asking at every write, and none is known too long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "普通组"})

    def automation(self, trigger="on_create"):
        model = self.env["ir.model"]._get_id("helpdesk.ticket")
        action = {"name": "加点", "model_id": model, "state": "code", "code": SEEN}
        return self.env["base.automation"].create(
            {
                "name": "加点",
                "model_id": model,
                "trigger": trigger,
                "filter_domain": f"[('team_id', '=', {self.team.id})]",
                "action_server_ids": [Command.create(action)],
            }
        )

    def named(self):
        values = {"name": "件", "description": "述", "team_id": self.team.id}
        return self.env["helpdesk.ticket"].create(values).name

    def test_what_changes_of_an_automation_counts_at_once(self):
        self.assertEqual(self.named(), "件")
        automation = self.automation()
        self.assertEqual(self.named(), "件·")
        automation.active = False
        self.assertEqual(self.named(), "件")
        automation.active = True
        self.assertEqual(self.named(), "件·")
        automation.trigger = "on_unlink"
        self.assertEqual(self.named(), "件")
        automation.trigger = "on_create"
        automation.unlink()
        self.assertEqual(self.named(), "件")

    def test_tickets_of_other_teams_pay_nothing_for_our_automations(self):
        self.named()
        automations = self.env["base.automation"].with_user(self.outsider)
        tickets = self.env["helpdesk.ticket"]
        for triggers in (["on_create", "on_create_or_write"], ["on_write", "on_create_or_write"]):
            known = automations._get_actions(tickets, triggers)
            self.assertEqual(known.env.uid, self.outsider.id)
            with self.assertQueryCount(0):
                self.assertEqual(automations._get_actions(tickets, triggers), known)
