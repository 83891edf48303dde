"""A limit that moves to another day is urged for that day, and for the former one no more."""

from freezegun import freeze_time
from odoo.tests import tagged

from .escalation_common import EscalationCommon

ALL = ["reminder", "urging", "supervision", "report"]


@tagged("post_install", "-at_install")
class TestNewDate(EscalationCommon):
    def supervised(self, ticket):
        """Return the supervision notes of the handling limit, in the order of time."""
        notes = ticket.sudo().escalation_ids.filtered(lambda one: one.kind == "handling")
        return notes.filtered(lambda one: one.effect == "supervision").sorted("id")

    def test_h5_2_6_class_changed_on_the_last_day_is_urged_anew(self):
        """Accepted on Monday: three working days end on Thursday, five on the next Monday."""
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 01:00:00")
        self.assertEqual(self.fired(ticket, "handling"), ["reminder", "urging"])
        stale = self.todos(ticket).filtered(lambda todo: "Handling" in todo.summary)
        self.assertTrue(stale)
        with freeze_time("2026-03-05 02:00:00"):
            ticket.with_user(self.clerk).complaint_class = "complex"
        self.assertFalse(stale.exists(), "what is about the former date is gone")
        self.run_job("2026-03-05 03:00:00")
        self.assertEqual(self.fired(ticket, "handling"), ["reminder", "urging"])
        self.run_job("2026-03-06 01:00:00")
        self.assertEqual(self.fired(ticket, "handling"), ["reminder", "urging", "reminder"])
        self.run_job("2026-03-06 02:00:00")
        self.assertEqual(len(self.fired(ticket, "handling")), 3, "once for each date")
        self.run_job("2026-03-11 01:00:00")
        self.assertEqual(self.fired(ticket, "handling"), ["reminder", "urging", *ALL])
        self.assertIn(self.leader, self.supervised(ticket).user_ids)

    def test_h5_2_6_calendar_prolonged_after_all_fired_is_urged_anew(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-09 01:00:00")
        self.assertEqual(self.fired(ticket, "handling"), ALL)
        year = self.env["complaint.calendar.year"].search([("year", "=", 2026)])
        with freeze_time("2026-03-09 02:00:00"):
            day = {"year_id": year.id, "kind": "off", "name": "停电"}
            days = ("2026-03-03", "2026-03-04", "2026-03-05")
            self.env["complaint.calendar.day"].create([{**day, "date": date} for date in days])
        deadline = ticket._running("handling")
        self.assertEqual(str(deadline._due_date()), "2026-03-10")
        self.assertFalse(self.todos(ticket).filtered(lambda todo: "Handling" in todo.summary))
        self.run_job("2026-03-09 03:00:00")
        self.assertEqual(self.fired(ticket, "handling"), [*ALL, "reminder"])
        self.run_job("2026-03-12 01:00:00")
        self.assertEqual(self.fired(ticket, "handling"), [*ALL, *ALL])
        self.assertEqual(len(self.supervised(ticket)), 2)

    def test_h5_2_6_later_closing_on_the_same_day_calls_nobody_again(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 01:00:00")
        fired = self.fired(ticket)
        with freeze_time("2026-03-05 02:00:00"):
            ticket.sudo().company_id.complaint_day_end = "midnight"
        self.run_job("2026-03-05 03:00:00")
        self.assertEqual(self.fired(ticket), fired)

    def test_h5_2_6_todos_of_a_limit_that_is_met_go_alone(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 01:00:00")
        about = {"Unit's Reply", "Handling"}
        for kind in about:
            self.assertTrue(self.todos(ticket).filtered(lambda one, kind=kind: kind in one.summary))
        with freeze_time("2026-03-05 02:00:00"):
            slip = ticket.slip_ids.with_user(self.rep)
            slip.action_receive()
            slip.action_reply(self.reply_values())
        left = self.todos(ticket).mapped("summary")
        self.assertTrue(left)
        self.assertFalse([one for one in left if "Unit's Reply" in one])

    def test_h5_2_6_what_a_leader_asked_by_hand_stands_when_the_date_moves(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        with freeze_time("2026-03-05 02:00:00"):
            ticket.with_user(self.leader).action_supervise("请速办。")
            ticket.with_user(self.clerk).complaint_class = "complex"
        self.assertEqual(self.todos(ticket).user_id, self.clerk)
