"""Facts of the procedure can't be forged, whatever door, value or context a caller over RPC uses."""

from odoo import Command
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_access import AccessCommon

QUIET = ("odoo.models", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
LATER = "2030-01-01 00:00:00"
# What a caller may put into a context in the hope that a guard or a default yields to it.
CONTEXTS = (
    {},
    {"complaint_guard": True},
    {"install_mode": True, "install_module": "kaiyang_complaint", "module": "kaiyang_complaint"},
    {"import_file": True, "tracking_disable": True},
    {MODULE_UNINSTALL_FLAG: True},
)
TICKET_FACTS = {
    "complaint_state": "closed",
    "number": "TS2026-9999",
    "accepted_at": LATER,
    "due_at": LATER,
    "is_restricted": True,
    "is_complaint": False,
    "missing_elements": "",
    "policy_id": False,
    "held_state": "replied",
    "end_reason": "伪造",
    "announced_at": LATER,
    "complainant_signed_at": LATER,
    "settled_on_spot": True,
    "reopened_at": LATER,
}
SLIP_FACTS = {
    "state": "accepted",
    "name": "TS2026-9999-01",
    "sent_at": LATER,
    "received_at": LATER,
    "issued_by_id": 1,
    "received_by_id": 1,
    "decline_reason": "伪造",
    "due_at": LATER,
    "summary": "伪造",
    "room_opinion": "伪造",
}
REPLY_FACTS = {"state": "accepted", "facts": "伪造", "submitted_at": LATER, "return_reason": "伪造"}
FEEDBACK_FACTS = {"state": "draft", "confirmed_at": LATER, "satisfaction": "5", "content": "伪造"}
DEADLINE_FACTS = {"due_at": LATER, "state": "met", "limit_days": 30, "stopped_at": LATER}


class ForgeryCommon(AccessCommon):
    def rpc(self, records, method, *args, user=None, context=None):
        """Call a method as the web client and the API do."""
        model = self.env[records._name].with_user(user or self.clerk)
        ids = [records.ids] if records else []
        return call_kw(model, method, [*ids, *args], {"context": context or {}})

    def assert_refused(self, records, method, *args, **kwargs):
        """Check that a call is refused and changes nothing."""
        watched = self.ticket + self.restricted + self.closed
        before = self.snapshot(watched)
        savepoint = self.env.cr.savepoint()
        try:
            with self.assertRaises(UserError), mute_logger(*QUIET):
                self.rpc(records, method, *args, **kwargs)
                self.env.flush_all()
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        self.assertEqual(self.snapshot(watched), before)

    def snapshot(self, tickets):
        """Return all facts of some complaints and of what hangs on them."""
        tickets = tickets.sudo()
        return [
            records.sorted("id").read(list(facts))
            for records, facts in (
                (tickets, TICKET_FACTS),
                (tickets.slip_ids, SLIP_FACTS),
                (tickets.slip_ids.reply_ids, REPLY_FACTS),
                (tickets.feedback_ids, FEEDBACK_FACTS),
                (tickets.deadline_ids, DEADLINE_FACTS),
                (tickets.respondent_ids, ["staff_id"]),
            )
        ]


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
            {
                "slip_ids": [
                    Command.update(
                        self.slip.id,
                        {"reply_ids": [Command.create({"facts": "伪造", "measures": "伪造"})]},
                    )
                ]
            },
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
        for records, method, *args in attempts:
            for context in CONTEXTS:
                with self.subTest(record=records._name, method=method, args=args, context=context):
                    self.assert_refused(records, method, *args, user=self.manager, context=context)

    def test_replies_are_given_by_the_slip_alone(self):
        self.assert_refused(
            self.env["complaint.slip.reply"],
            "create",
            {
                "slip_id": self.slip.id,
                "facts": "伪造",
                "measures": "伪造",
                "responsibility": "none",
                "submitted_by_id": self.rep.id,
                "submitted_at": LATER,
            },
        )


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
        """The room may come from the context, or from the user in charge, and not from the values."""
        context = {"default_team_id": self.room.id}
        for name, value in TICKET_FACTS.items():
            with self.subTest(field=name):
                if ticket := self.created(context, {name: value}):
                    self.assert_honest_draft(ticket)


@tagged("post_install", "-at_install")
class TestSideDoors(ForgeryCommon):
    """Records that a complaint leans on: changing them would change the complaint."""

    def test_other_helpdesks_do_not_touch_what_complaints_lean_on(self):
        ref = self.env.ref
        attempts = [
            (self.room, "unlink"),
            (self.room, "write", {"is_complaint_room": False}),
            (self.room, "write", {"company_id": self.foreign_clerk.company_id.id}),
            (ref("kaiyang_complaint.conduct_04"), "write", {"is_discipline_matter": False}),
            (ref("kaiyang_complaint.conduct_04"), "unlink"),
            (ref("kaiyang_complaint.channel_phone"), "write", {"complaint_code": False}),
            (ref("kaiyang_complaint.channel_phone"), "unlink"),
            (ref("kaiyang_complaint.stage_closed"), "write", {"complaint_state": "draft"}),
            (ref("kaiyang_complaint.stage_invalid"), "unlink"),
        ]
        for records, method, *args in attempts:
            for context in ({}, {MODULE_UNINSTALL_FLAG: True}):
                with self.subTest(record=records._name, method=method, args=args, context=context):
                    self.assert_refused(records, method, *args, user=self.outsider, context=context)

    def test_u7_5_no_slip_of_a_restricted_case_goes_to_the_unit(self):
        values = {"ticket_id": self.restricted.id, "unit_id": self.unit.id}
        slip = (
            self.env["complaint.slip"]
            .with_user(self.clerk)
            .create({**values, "representative_id": self.representative.id})
        )
        self.assert_refused(slip, "action_send")

    def test_p4_1_no_slip_leaves_before_acceptance_or_after_the_end(self):
        spare, slips = self.new_complaint(), self.env["complaint.slip"].with_user(self.clerk)
        values = {"unit_id": self.unit.id, "representative_id": self.representative.id}
        self.assert_refused(slips.create({**values, "ticket_id": spare.id}), "action_send")
        fed_back = self.fed_back()
        self.assert_refused(slips.create({**values, "ticket_id": fed_back.id}), "action_send")

    def test_p4_6_slip_goes_to_a_representative_of_its_unit(self):
        slips = self.env["complaint.slip"].with_user(self.clerk)
        values = {"ticket_id": self.ticket.id, "unit_id": self.unit.id}
        slip = slips.create({**values, "representative_id": self.other_representative.id})
        self.assert_refused(slip, "action_send")
        self.representative.staff_id = self.staff
        slip.representative_id = self.representative
        self.assert_refused(slip, "action_send")

    def test_h5_2_1_opinion_of_the_room_names_no_complainant(self):
        ticket = self.accepted(room_opinion="请联系王小明(13812345678)核实")
        self.assertIn("王**", ticket.slip_ids.room_opinion)
        self.assertNotRegex(ticket.slip_ids.room_opinion, "王小明|13812345678")

    def test_complaint_belongs_to_the_centre_of_its_room(self):
        """A clerk of two centres may have the other one chosen in the company menu."""
        abroad = self.foreign_clerk.company_id
        self.clerk.company_ids += abroad
        companies = [abroad.id, self.room.company_id.id]
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        tickets = tickets.with_context(allowed_company_ids=companies)
        ticket = tickets.create(self.complaint_values())
        self.assertEqual(ticket.company_id, self.room.company_id)
        foreign_room = self.env["helpdesk.ticket.team"].create(
            {"name": "修文投诉室", "is_complaint_room": True, "company_id": abroad.id}
        )
        ours = {"allowed_company_ids": companies}
        for vals in ({"company_id": abroad.id}, {"team_id": foreign_room.id}):
            with self.subTest(vals=vals):
                self.assert_refused(self.ticket, "write", vals, context=ours)

    def test_complaint_names_windows_of_its_own_centre(self):
        abroad = self.foreign_clerk.company_id
        unit = self.env["complaint.window.unit"].create({"name": "外县局", "company_id": abroad.id})
        window = self.env["complaint.window"].create(
            {"number": "X1", "name": "外县", "unit_id": unit.id, "company_id": abroad.id}
        )
        draft = self.new_complaint(respondent_ids=[])
        for vals in ({"window_id": window.id}, {"window_unit_id": unit.id}):
            with self.subTest(vals=vals):
                self.assert_refused(draft, "write", vals)

    def test_t6_4_superuser_writing_a_stage_needs_a_legal_way(self):
        """``/ticket/close`` of the helpdesk writes the stage of any ticket as the superuser."""
        stage = self.env.ref("kaiyang_complaint.stage_closed")
        with self.assertRaises(UserError):
            self.ticket.with_user(self.portal).sudo().write({"stage_id": stage.id})
