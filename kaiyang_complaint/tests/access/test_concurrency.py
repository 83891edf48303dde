"""Several people at once, each in a transaction of their own: what the database really does."""

from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.http import serialize_exception
from odoo.service.model import MAX_TRIES_ON_CONCURRENCY_FAILURE
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.handling.escalation_job import EscalationJob
from ..at_once import AtOnceCase

PEOPLE = 4


@tagged("post_install", "-at_install")
class TestAtOnce(AtOnceCase):
    """Works on committed records in a room of its own, and takes them away again."""

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.records = self._create_room(env)
        self.addCleanup(self._remove_room)

    def _create_room(self, env):
        """Return what was created, by model, in the order in which it can be deleted."""
        room = env["helpdesk.ticket.team"].create({"name": "并发", "is_complaint_room": True})
        unit = env["complaint.window.unit"].create({"name": "并发"})
        window = env["complaint.window"].create(
            {"name": "并发", "number": "ZZ99", "unit_id": unit.id}
        )
        values = {
            "team_id": room.id,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "no_recording_reason": "并发",
            "no_conduct_reason": "并发",
            "window_id": window.id,
            "service_datetime": "2026-03-02 02:30:00",
            "service_item": "并发",
            "description": "并发",
            "staff_waiver": "duty",
        }
        tickets = env["helpdesk.ticket"].create([dict(values) for _person in range(PEOPLE)])
        records = (tickets, window, unit, room, room.complaint_sequence_id)
        return [(each._name, each.ids) for each in records]

    def _remove_room(self):
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            for model, ids in self.records:
                env[model].browse(ids).unlink()

    def numbers(self, ids):
        with self.database.cursor() as cr:
            tickets = api.Environment(cr, SUPERUSER_ID, {})["helpdesk.ticket"].browse(ids)
            return tickets.mapped("number"), [len(ticket.deadline_ids) for ticket in tickets]

    def test_p4_1_acceptances_at_once_leave_no_gap_and_no_double(self):
        """Not even the first ones of a year, which have yet to start its count."""
        ids = self.records[0][1]

        def accept(env, index):
            env["helpdesk.ticket"].browse(ids[index]).action_accept()

        self.assertEqual(self.at_once(accept, PEOPLE), [None] * PEOPLE)
        numbers, _deadlines = self.numbers(ids)
        self.assertEqual(sorted(int(number[-4:]) for number in numbers), [1, 2, 3, 4])

    def test_p4_1_where_the_number_stays_held_people_read_a_sentence(self):
        """Not what the database says; nothing is lost, and it can be tried."""
        first, held = self.records[0][1][:2]
        sequence_ids = tuple(self.records[-1][1])
        tries = []

        def accept(env, _index, ids=held):
            tries.append(ids)
            chinese = env(context={"lang": "zh_CN"})
            chinese["helpdesk.ticket"].browse(ids).action_accept()

        self.assertEqual(self.at_once(partial(accept, ids=first), 1), [None])
        tries.clear()
        with self.database.cursor() as other, patch("odoo.service.model.time.sleep"):
            lock = "SELECT 1 FROM ir_sequence_date_range WHERE sequence_id IN %s FOR UPDATE"
            other.execute(lock, [sequence_ids])
            self.assertTrue(other.rowcount)
            (outcome,) = self.at_once(accept, 1)
        self.assertIsInstance(outcome, UserError)
        self.assertIn("请", outcome.args[0])
        self.assertEqual(tries, [held] * MAX_TRIES_ON_CONCURRENCY_FAILURE)
        shown = serialize_exception(outcome)
        self.assertEqual(shown["context"]["exception_class"], "odoo.exceptions.UserError")
        self.assertEqual(self.at_once(accept, 1), [None])
        self.assertRegex(self.numbers([held])[0][0], r"-0002$")

    def test_p4_1_one_complaint_is_accepted_once(self):
        """Two clerks press the button of the same complaint: one is told that it is done."""
        ids = self.records[0][1][:1]

        def accept(env, _index):
            env["helpdesk.ticket"].browse(ids).action_accept()

        outcomes = self.at_once(accept, 2)
        self.assertEqual(outcomes.count(None), 1, outcomes)
        numbers, deadlines = self.numbers(ids)
        self.assertRegex(numbers[0], r"-0001$")
        self.assertEqual(deadlines, [1])

    def test_c1_3_calls_with_one_number_register_one_complaint(self):
        """Who comes second finds what the first one registered, and is told so."""
        self.addCleanup(self._remove_registered)

        def register(env, _index):
            return env["helpdesk.ticket"].register_complaint("AT-ONCE", "并发")

        answers = self.at_once(register, PEOPLE)
        self.assertEqual([answer["state"] for answer in answers], ["draft"] * PEOPLE)
        self.assertEqual([answer["created"] for answer in answers].count(True), 1)

    def _remove_registered(self):
        with self.database.cursor() as cr:
            tickets = api.Environment(cr, SUPERUSER_ID, {})["helpdesk.ticket"]
            tickets.search([("external_ref", "=", "AT-ONCE")]).unlink()

    def overdue(self):
        """Return complaints whose limit is over, and what a worker does about them."""
        ids = self.records[0][1][:2]
        with self.database.cursor() as cr:
            tickets = api.Environment(cr, SUPERUSER_ID, {})["helpdesk.ticket"].browse(ids)
            tickets.user_id = tickets.env.ref("base.user_admin")
            tickets.action_accept()
            tickets.deadline_ids.start_date = "2026-01-05"
            tickets.deadline_ids._recount()
            deadline_ids = tickets.mapped("deadline_ids.id")

        def escalate(env, _index):
            rule = env.ref("kaiyang_complaint.escalation_rule_reminder")
            deadlines = env["complaint.deadline"].browse(deadline_ids)
            EscalationJob(env).fire(rule, deadlines)

        return ids, escalate

    def test_h5_2_6_two_workers_urge_once(self):
        """One holds the limit; the other leaves it alone, or comes too late to see that it did."""
        ids, escalate = self.overdue()
        self.assertEqual(self.at_once(escalate, 2), [None, None])
        self.assert_urged_once(ids)

    def test_h5_2_6_late_worker_urges_nobody_twice(self):
        """It began before the other wrote, and has yet to see what that one did."""
        ids, escalate = self.overdue()
        with self.database.cursor() as late, mute_logger("odoo.sql_db"):
            late_env = api.Environment(late, SUPERUSER_ID, {})
            late_env["complaint.escalation"].search_count([])
            with self.database.cursor() as cr:
                escalate(api.Environment(cr, SUPERUSER_ID, {}), 0)
            escalate(late_env, 1)
        self.assert_urged_once(ids)

    def assert_urged_once(self, ids):
        with self.database.cursor() as cr:
            for ticket in api.Environment(cr, SUPERUSER_ID, {})["helpdesk.ticket"].browse(ids):
                self.assertEqual(ticket.escalation_ids.mapped("effect"), ["reminder"])
                self.assertEqual(len(ticket.activity_ids), 1)
