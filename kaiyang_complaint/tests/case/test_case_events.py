"""Steps of complaints: automation rules hang on them, and tickets of other teams pay nothing."""

import importlib.util

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from ..common import ComplaintCommon

MODULE, EVENT = "kaiyang_complaint", "complaint.case.event"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
MOVED = (
    "automation_forward_on_acceptance",
    "automation_call_on_acceptance",
    "automation_withdraw_restricted",
)


@tagged("post_install", "-at_install")
class TestCaseEvents(ComplaintCommon):
    def kinds(self, ticket):
        events = self.env[EVENT].search([("ticket_id", "=", ticket.id)], order="id")
        return events.mapped("kind")

    def our_rules(self):
        ours = [("module", "=", MODULE), ("model", "=", "base.automation")]
        return self.env["base.automation"].browse(
            self.env["ir.model.data"].search(ours).mapped("res_id")
        )

    def test_no_rule_of_ours_hangs_on_the_tickets_of_all_teams(self):
        hung_on = set(self.our_rules().mapped("model_name"))
        self.assertIn(EVENT, hung_on)
        self.assertEqual({name for name in hung_on if not name.startswith("complaint.")}, set())

    def test_a_plain_ticket_leaves_no_step(self):
        before = self.env[EVENT].search_count([])
        team = self.env["helpdesk.ticket.team"].create({"name": "普通组"})
        values = {"name": "件", "description": "述", "team_id": team.id}
        ticket = self.env["helpdesk.ticket"].create(values)
        ticket.stage_id = team._get_applicable_stages()[-1:]
        self.assertEqual(self.env[EVENT].search_count([]), before)

    def test_acts_write_down_their_steps(self):
        ticket = self.closed()
        self.assertEqual(
            self.kinds(ticket), ["accepted", "handling", "replied", "fed_back", "closed"]
        )
        ticket.with_user(self.manager).action_reopen("有新情况")
        ticket.with_user(self.clerk).action_hold()
        ticket.with_user(self.clerk).action_resume()
        self.assertEqual(self.kinds(ticket)[5:7], ["reopened", "on_hold"])
        self.assertEqual(self.kinds(ticket)[7], "resumed")
        first = self.env[EVENT].search([("ticket_id", "=", ticket.id)], order="id", limit=1)
        self.assertEqual((first.user_id, first.company_id), (self.clerk, ticket.company_id))

    def test_what_the_units_declined_is_not_accepted_once_more(self):
        ticket = self.accepted()
        ticket.slip_ids.with_user(self.rep).action_decline("不属我单位")
        self.assertEqual(self.kinds(ticket), ["accepted", "handling", "declined"])
        self.assertEqual(len(ticket.slip_ids), 1)

    def test_what_becomes_restricted_is_written_down_once(self):
        ticket = self.accepted()
        ticket.with_user(self.clerk).action_restrict("涉嫌收礼")
        ticket.sudo().write({"is_discipline_matter": True})
        self.assertEqual(self.kinds(ticket).count("restricted"), 1)
        item = self.env.ref("kaiyang_complaint.conduct_01").copy({"conduct_number": 99})
        other = self.accepted(conduct_ids=item.ids)
        item.sudo().is_discipline_matter = True
        self.assertEqual(self.kinds(other).count("restricted"), 1)

    def test_nobody_writes_steps_by_hand(self):
        ticket = self.accepted()
        event = self.env[EVENT].search([("ticket_id", "=", ticket.id)], limit=1)
        for user in (self.clerk, self.manager, self.leader, self.director, self.rep):
            for name, args in (
                ("create", [{"ticket_id": ticket.id, "kind": "closed"}]),
                ("write", [event.ids, {"kind": "closed"}]),
                ("unlink", [event.ids]),
                ("_record", [[]]),
            ):
                with (
                    self.subTest(user=user.login, name=name),
                    mute_logger(*QUIET),
                    self.assertRaises(AccessError),
                ):
                    call_kw(self.env[EVENT].with_user(user), name, args, {})

    def test_rules_that_hung_on_tickets_are_moved(self):
        """A database of an earlier version has them on tickets: its data is not written anew."""
        rules = self.env["base.automation"].browse(
            [self.env.ref(f"{MODULE}.{name}").id for name in MOVED]
        )
        shipped = rules.mapped(lambda one: (one.filter_domain, one.action_server_ids.code))
        on_tickets = self.env["ir.model"]._get_id("helpdesk.ticket")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE base_automation SET model_id = %s, trigger = 'on_create_or_write' "
            "WHERE id = ANY(%s)",
            [on_tickets, rules.ids],
        )
        self.env.cr.execute(
            "UPDATE ir_act_server SET model_id = %s, code = replace(code, '.ticket_id', '') "
            "WHERE id = ANY(%s)",
            [on_tickets, rules.action_server_ids.ids],
        )
        self.env.invalidate_all()
        own = rules[2].action_server_ids.copy({"base_automation_id": rules[2].id})
        self.migrate()
        self.assertEqual(rules[:2].mapped("model_name"), [EVENT, EVENT])
        self.assertEqual(set(rules[:2].mapped("trigger")), {"on_create"})
        self.assertEqual(rules[2].model_name, "helpdesk.ticket")
        own.unlink()
        self.migrate()
        self.assertEqual(set(rules.mapped("model_name")), {EVENT})
        moved = rules.mapped(lambda one: (one.filter_domain, one.action_server_ids.code))
        self.assertEqual(moved, shipped)

    def migrate(self):
        path = file_path(f"{MODULE}/migrations/19.0.1.6.0/post-case-events.py")
        spec = importlib.util.spec_from_file_location("post_case_events", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()
