"""Acts behind acts: what runs by itself, and who may start it."""

import contextlib

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger
from odoo.tools.safe_eval import safe_eval

from ...models.access.base_automation import STARTED
from ..handling.escalation_common import EscalationCommon
from ..result.finding_common import APRIL, MAY, QUIET, FindingCommon

SERVER_ACTION = "ir.actions.server"
REACTIONS = ("base_automation", "ir_cron")
QUIETER = (*QUIET, "odoo.addons.base.models.ir_actions", "odoo.http")
# What a reaction may have changed, whatever the model it is about.
CHANGED = ("helpdesk_ticket", "mail_activity", "mail_message", "mail_mail", "mail_followers")


class ReactionCommon(FindingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")

    def actions(self):
        """Return all server actions that come with the addon."""
        ours = [("module", "=", "kaiyang_complaint"), ("model", "=", SERVER_ACTION)]
        return self.env[SERVER_ACTION].browse(
            self.env["ir.model.data"].search(ours).mapped("res_id")
        )

    def reactions(self):
        return self.actions().filtered(lambda one: one.usage in REACTIONS)

    def aimed_at(self, action, records):
        """Return the context in which the web client runs an action on records."""
        return {
            "active_model": action.model_id.model,
            "active_id": records[:1].id,
            "active_ids": records.ids,
            "complaint_findings": records.ids,
            "complaint_started": True,
        }


@tagged("post_install", "-at_install")
class TestReactionsStarted(ReactionCommon):
    """Reactions and jobs are started by their rule or schedule, and by nobody else."""

    def test_every_rule_and_job_of_the_addon_is_known(self):
        reactions = self.reactions()
        for model, link in (("base.automation", "action_server_ids"), ("ir.cron", None)):
            ours = [("module", "=", "kaiyang_complaint"), ("model", "=", model)]
            ids = self.env["ir.model.data"].search(ours).mapped("res_id")
            records = self.env[model].browse(ids)
            self.assertTrue(records)
            started = records[link] if link else records.ir_actions_server_id
            self.assertLessEqual(started, reactions)

    def test_nobody_runs_a_reaction_by_hand(self):
        for action in self.reactions():
            records = self.env.get(action.model_id.model)
            known = records.sudo().search([], limit=2) if records._auto else records
            context = self.aimed_at(action, known)
            for user, given in (
                *((user, context) for user in (self.clerk, self.manager, self.admin)),
                *((user, {}) for user in (self.archivist, self.outsider, self.rep, self.admin)),
            ):
                mine = self.env[SERVER_ACTION].with_user(user)
                with (
                    self.subTest(action=action.name, user=user.login, on=bool(given)),
                    mute_logger(*QUIETER),
                    self.assertRaises(AccessError),
                ):
                    call_kw(mine, "run", [action.ids], {"context": given})
        with self.assertRaises(AccessError):
            self.reactions()[0].sudo().run()

    def test_what_is_left_opens_something_and_does_nothing(self):
        """Whoever ships another server action says here what it is."""
        for action in self.actions() - self.reactions():
            with self.subTest(action=action.name):
                self.assertTrue(action.code.strip().startswith("action = "))

    def test_only_administrators_reach_rules_and_schedules(self):
        jobs = self.env["ir.cron"].search([("cron_name", "=like", "Complaints:%")])
        rules = self.env.ref("kaiyang_complaint.automation_lift_bars")
        for user in (self.clerk, self.manager, self.director, self.rep):
            for records, name, args in (
                (jobs[:1], "method_direct_trigger", []),
                (jobs[:1], "write", [{"active": False}]),
                (rules, "write", [{"active": False}]),
                (rules.action_server_ids, "write", [{"usage": "ir_actions_server"}]),
            ):
                with (
                    self.subTest(user=user.login, model=records._name, name=name),
                    mute_logger(*QUIETER),
                    self.assertRaises(AccessError),
                ):
                    call_kw(records.with_user(user).browse(), name, [records.ids, *args], {})
        rules.with_user(self.admin).active = False
        self.assertFalse(rules.active)

    def test_rules_that_an_administrator_makes_run_as_ever(self):
        model = self.env["ir.model"]._get_id("complaint.finding")
        action = {
            "name": "记一笔",
            "model_id": model,
            "state": "code",
            "code": "env['ir.config_parameter'].sudo().set_param('kc.seen', record.id)",
        }
        self.env["base.automation"].create(
            {
                "name": "记一笔",
                "model_id": model,
                "trigger": "on_create_or_write",
                "filter_domain": "[('state', '=', 'confirmed')]",
                "action_server_ids": [Command.create({**action, "usage": "base_automation"})],
            }
        )
        self.env[SERVER_ACTION].create(action)
        finding, seen = self.confirmed(), self.env["ir.config_parameter"].sudo()
        self.assertEqual(seen.get_param("kc.seen"), str(finding.id))
        for one in self.env[SERVER_ACTION].search([("name", "=", "记一笔")]):
            seen.set_param("kc.seen", "")
            one.with_user(self.clerk).with_context(**self.aimed_at(one, finding)).run()
            self.assertEqual(seen.get_param("kc.seen"), str(finding.id))

    def test_the_schedule_starts_its_jobs(self):
        job = self.env.ref("kaiyang_complaint.cron_common_issues")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertFalse(job.failure_count)


@tagged("post_install", "-at_install")
class TestReactionRoute(ReactionCommon, HttpCase):
    """Over the route that the web client has for it."""

    @mute_logger(*QUIETER)
    def test_route_runs_no_reaction(self):
        finding = self.confirmed()
        action = self.env.ref("kaiyang_complaint.action_lift_bars")
        for user in (self.clerk, self.rep, self.outsider):
            self.authenticate(user.login, user.login)
            for context in ({}, self.aimed_at(action, finding)):
                answer = self.make_jsonrpc_request_raw(action, context)
                self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        self.assertEqual(set(self.env["complaint.bar"].search([]).mapped("state")), {"active"})

    def make_jsonrpc_request_raw(self, action, context):
        params = {"action_id": action.id, "context": context}
        payload = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self.url_open("/web/action/run", json=payload).json()


@tagged("post_install", "-at_install")
class TestReactionFacts(ReactionCommon, EscalationCommon):
    """Whenever a reaction runs, it does no more than the facts of the record demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breach = {"conduct_id": cls.env.ref("kaiyang_complaint.conduct_04").id}

    def state(self):
        """Return what is in the tables of the desk, each in one word."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' "
            "AND (table_name = ANY(%s) OR table_name LIKE 'complaint\\_%%') ORDER BY 1",
            [list(CHANGED)],
        )
        found = {}
        for (table,) in self.env.cr.fetchall():
            rows = "SELECT md5(string_agg(t::text, '/' ORDER BY t::text)) FROM %s AS t"
            self.env.cr.execute(SQL(rows, SQL.identifier(table)))
            found[table] = self.env.cr.fetchone()
        return found

    def start(self, action, records):
        """Run an action as its rule does: for the user, and with all rights."""
        context = self.aimed_at(action, records) | {"complaint_started": STARTED}
        action.with_context(**context).with_user(self.clerk).sudo().run()

    def records_of(self, model):
        """Return records of a model in every state that matters."""
        if model == "complaint.finding":
            return self.findings()
        if model == "complaint.feedback":
            return self.feedbacks()
        if model == "complaint.escalation":
            return self.escalations()
        return self.env["complaint.case.event"].sudo().search([])

    def findings(self):
        """Return a draft, one that stands and was archived, and one that was overturned."""
        draft, standing = self.proposed(), self.confirmed()
        archived, overturned = self.confirmed(APRIL), self.confirmed(MAY)
        month = self.env["complaint.board"].with_user(self.manager)
        board = month.create({"month": "2026-03-01"})
        board.action_propose()
        overturned.with_user(self.manager).action_overturn("复核")
        breach = self.confirmed(MAY, found={**self.breach, "conclusion": "upheld"})
        archived.ticket_id.sudo()._procedure_write({"complaint_state": "archived"})
        return (draft + standing + archived + overturned + breach).with_user(self.clerk)

    def feedbacks(self):
        content, dissatisfied = self.fed_back(), self.replied()
        feedbacks = self.env["complaint.feedback"].with_user(self.clerk)
        draft = feedbacks.create(self.feedback_values(dissatisfied, satisfaction="1"))
        return content.feedback_ids + draft

    def escalations(self):
        self.accepted_on("2026-03-02 02:00:00")
        self.run_job("2026-03-09 02:00:00")
        found = self.ledger.search([])
        self.assertTrue(found)
        self.env.cr.execute(
            "UPDATE complaint_escalation SET create_date = create_date - '1 d'::interval"
        )
        found.invalidate_recordset(["create_date"])
        return found

    def test_reactions_leave_alone_what_their_rules_do_not_name(self):
        rules = self.reactions().base_automation_id
        for model, named in rules.grouped("model_name").items():
            records = self.records_of(model)
            before = self.state()
            for rule in named:
                others = self.others(rule, records)
                self.assertTrue(others, rule.name)
                with self.subTest(rule=rule.name):
                    self.assertEqual(self.changed(rule, others, before), set())

    def others(self, rule, records):
        """Return the records that a rule does not name; an escalation names nothing later."""
        if rule.model_name == "complaint.escalation":
            return records
        return records - records.sudo().filtered_domain(Domain(safe_eval(rule.filter_domain)))

    def changed(self, rule, records, before):
        """Return the tables that a reaction changes, and take it back; what it refuses is well."""
        found = set()
        for record in records if rule.model_name == "complaint.case.event" else [records]:
            with self.env.cr.savepoint() as savepoint, mute_logger(*QUIETER):
                with contextlib.suppress(UserError):
                    self.start(rule.action_server_ids, record)
                after = self.state()
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
            found |= {table for table in after if after[table] != before[table]}
        return found

    def test_u7_3_bars_of_a_standing_finding_stand(self):
        finding = self.confirmed()
        self.start(self.env.ref("kaiyang_complaint.action_lift_bars"), finding)
        bars = self.env["complaint.bar"].search([("finding_id", "=", finding.id)])
        self.assertEqual(set(bars.mapped("state")), {"active"})

    def test_u7_5_an_archived_case_is_not_restricted(self):
        finding = self.confirmed()
        finding.sudo()._procedure_write(self.breach)
        finding.ticket_id.sudo()._procedure_write({"complaint_state": "archived"})
        with freeze_time(MAY):
            self.start(self.env.ref("kaiyang_complaint.action_propose_transfer"), finding)
        self.assertFalse(finding.ticket_id.is_restricted)
