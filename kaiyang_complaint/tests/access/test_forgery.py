"""Facts of the procedure can't be forged, by whatever door, value or context over RPC."""

import itertools

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .forgery_common import (
    CONTEXTS,
    DEADLINE_FACTS,
    FEEDBACK_FACTS,
    LATER,
    QUIET,
    REPLY_FACTS,
    SLIP_FACTS,
    TICKET_FACTS,
    ForgeryCommon,
)

# What a clerk would put into a unit's mouth.
REPLY = {"facts": "伪造", "measures": "伪造", "responsibility": "none", "submitted_at": LATER}


@tagged("post_install", "-at_install")
class TestForgedWrites(ForgeryCommon):
    def test_facts_are_written_by_the_procedure_alone(self):
        facts_of = (
            (self.ticket, TICKET_FACTS),
            (self.slip, SLIP_FACTS),
            (self.reply, REPLY_FACTS),
            (self.feedback, FEEDBACK_FACTS),
            (self.deadline, DEADLINE_FACTS),
        )
        for records, facts in facts_of:
            for name, value in facts.items():
                for context in CONTEXTS:
                    with self.subTest(record=records._name, field=name, context=context):
                        self.assert_refused(records, "write", {name: value}, context=context)

    def test_facts_do_not_pass_through_the_complaint(self):
        forged = [
            {"slip_ids": [Command.update(self.slip.id, {"state": "accepted"})]},
            {"slip_ids": [Command.update(self.slip.id, {"summary": "伪造"})]},
            {"slip_ids": [Command.create({"unit_id": self.unit.id, "state": "accepted"})]},
            {"slip_ids": [Command.delete(self.slip.id)]},
            {"slip_ids": [Command.unlink(self.slip.id)]},
            {"slip_ids": [Command.clear()]},
            {"deadline_ids": [Command.update(self.deadline.id, {"due_at": LATER})]},
            {"deadline_ids": [Command.create({"kind": "handling", "due_at": LATER})]},
            {"deadline_ids": [Command.delete(self.deadline.id)]},
            {"deadline_ids": [Command.clear()]},
            {"feedback_ids": [Command.create({"state": "confirmed"})]},
            {"slip_ids": [Command.update(self.slip.id, {"reply_ids": [Command.create(REPLY)]})]},
            {"slip_ids": [Command.link(self.closed.slip_ids.id)]},
        ]
        for vals in forged:
            with self.subTest(vals=vals):
                self.assert_refused(self.ticket, "write", vals)

    def test_ended_cases_keep_what_hangs_on_them(self):
        """Neither is anything taken from a closed case, nor moved or added to it."""
        spare = self.new_complaint()
        loose = self.env["complaint.feedback"].with_user(self.clerk).create({"ticket_id": spare.id})
        values = {"ticket_id": self.closed.id, "unit_id": self.unit.id}
        attempts = [
            (self.closed, "write", {"partner_name": "李四"}),
            (self.closed, "write", {"active": False}),
            (self.closed, "unlink"),
            (self.closed.respondent_ids, "write", {"staff_id": self.other_staff.id}),
            (self.closed.respondent_ids, "write", {"ticket_id": spare.id}),
            (self.closed.respondent_ids, "unlink"),
            (spare.respondent_ids, "write", {"ticket_id": self.closed.id}),
            (self.closed.slip_ids, "unlink"),
            (self.closed.slip_ids, "write", {"representative_id": self.other_representative.id}),
            (self.env["complaint.slip"], "create", values),
            (loose, "write", {"ticket_id": self.closed.id}),
            (self.feedback, "unlink"),
            (self.reply, "unlink"),
        ]
        for (records, method, *args), context in itertools.product(attempts, CONTEXTS):
            with self.subTest(record=records._name, method=method, args=args, context=context):
                self.assert_refused(records, method, *args, user=self.manager, context=context)

    def test_replies_are_given_by_the_slip_alone(self):
        values = {**REPLY, "slip_id": self.slip.id, "submitted_by_id": self.rep.id}
        self.assert_refused(self.env["complaint.slip.reply"], "create", values)


@tagged("post_install", "-at_install")
class TestForgedBeginnings(ForgeryCommon):
    def created(self, context, vals):
        """Return the complaint that comes of a forged creation, or nothing where it is refused."""
        tickets = self.env["helpdesk.ticket"]
        values = {**self.complaint_values(), **vals}
        if "default_team_id" in context:
            del values["team_id"]
        try:
            with self.env.cr.savepoint(), mute_logger(*QUIET):
                return tickets.browse(self.rpc(tickets, "create", [values], context=context))
        except UserError:
            return tickets

    def assert_honest_draft(self, ticket):
        self.assertTrue(ticket.is_complaint)
        self.assertEqual((ticket.complaint_state, ticket.number), ("draft", "/"))
        self.assertFalse(ticket.due_at or ticket.accepted_at or ticket.announced_at)
        self.assertFalse(ticket.settled_on_spot or ticket.complainant_signed_at)
        self.assertFalse(ticket.is_restricted)
        self.assertFalse(ticket.missing_elements)

    def test_values_do_not_start_a_complaint_elsewhere(self):
        for name, value in TICKET_FACTS.items():
            for context in CONTEXTS:
                with self.subTest(field=name, context=context):
                    if ticket := self.created(context, {name: value}):
                        self.assert_honest_draft(ticket)

    def test_defaults_do_not_start_a_complaint_elsewhere(self):
        for name, value in TICKET_FACTS.items():
            with self.subTest(field=name):
                ticket = self.created({f"default_{name}": value}, {})
                self.assert_honest_draft(ticket)

    def test_control_honest_values_are_taken(self):
        for context in ({}, {"default_team_id": self.room.id}):
            self.assert_honest_draft(self.created(context, {}))

    def test_default_room_does_not_open_a_side_door(self):
        """The room may come from the context instead of the values."""
        context = {"default_team_id": self.room.id}
        for name, value in TICKET_FACTS.items():
            with self.subTest(field=name):
                if ticket := self.created(context, {name: value}):
                    self.assert_honest_draft(ticket)
