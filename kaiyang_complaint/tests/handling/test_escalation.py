"""What fires when (五(二)6): on its day, once, after any break, and whatever else fails."""

from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged
from odoo.tools import mute_logger

from .escalation_common import EscalationCommon

JOB = "odoo.addons.kaiyang_complaint.models.handling.escalation_job"


@tagged("post_install", "-at_install")
class TestEscalation(EscalationCommon):
    # --- when -------------------------------------------------------------------------------

    def test_h5_2_6_each_rule_fires_on_its_working_day_and_not_before(self):
        """Accepted 2026-02-13, before spring festival; 14 and 28 February are make-up days."""
        ticket = self.accepted_on("2026-02-13 01:00:00")
        days = {
            "2026-02-13 15:59:00": [],
            "2026-02-13 16:01:00": ["reminder"],  # past midnight in the hall: the 14th
            "2026-02-23 15:59:00": ["reminder"],
            "2026-02-24 01:00:00": ["reminder", "urging"],
            "2026-02-25 01:00:00": ["reminder", "urging", "supervision"],
            "2026-02-26 01:00:00": ["reminder", "urging", "supervision", "report"],
            "2026-02-27 01:00:00": ["reminder", "urging", "supervision", "report"],
        }
        for moment, effects in days.items():
            with self.subTest(moment=moment):
                self.run_job(moment)
                self.assertEqual(self.fired(ticket, "reply"), effects)
        self.assertEqual(
            self.fired(ticket, "handling"), ["reminder", "urging", "supervision", "report"]
        )

    def test_h5_2_6_run_twice_says_nothing_twice(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-04 01:00:00")
        before = self.fired(ticket), len(self.todos(ticket)), len(self.notices(self.rep))
        self.run_job("2026-03-04 01:15:00")
        self.assertEqual(
            (self.fired(ticket), len(self.todos(ticket)), len(self.notices(self.rep))), before
        )

    def test_h5_2_6_week_of_downtime_loses_nothing(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-12 01:00:00")
        effects = ["reminder", "urging", "supervision", "report"]
        self.assertEqual(self.fired(ticket, "reply"), effects)
        self.assertEqual(self.fired(ticket, "handling"), effects)

    def test_h5_2_6_backdated_entry_is_caught_up_with(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-02 02:00:00")
        self.assertFalse(self.fired(ticket, "handling"))
        deadline = ticket._running("handling")
        deadline.write({"start_date": "2026-02-02"})
        deadline._recount()
        self.run_job("2026-03-02 02:15:00")
        self.assertEqual(len(self.fired(ticket, "handling")), 4)

    def test_h5_2_6_extension_is_a_limit_of_its_own(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 01:00:00")
        with freeze_time("2026-03-05 02:00:00"):
            extended = self.env["complaint.deadline"]._restart(
                ticket, "handling", 7, start_date=ticket.accepted_at.date()
            )
        self.run_job("2026-03-05 03:00:00")
        self.assertFalse(extended.escalation_ids)
        self.run_job("2026-03-10 01:00:00")
        self.assertEqual(extended.escalation_ids.mapped("effect"), ["reminder"])

    def test_h5_2_6_stopped_clock_is_left_alone(self):
        with freeze_time("2026-03-02 01:00:00"):
            ticket = self.closed()
        self.run_job("2026-03-20 01:00:00")
        self.assertFalse(self.fired(ticket))

    def test_h5_2_6_complaint_on_hold_still_escalates(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        ticket.action_hold()
        self.run_job("2026-03-20 01:00:00")
        self.assertEqual(len(self.fired(ticket, "handling")), 4)

    def test_h5_2_6_rule_of_a_kind_and_archived_rule(self):
        rules = self.env["complaint.escalation.rule"].search([])
        rules.active = False
        rules[0].write({"active": True, "kind": "reply"})
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-20 01:00:00")
        self.assertEqual([one.kind for one in ticket.escalation_ids], ["reply"])

    def test_h5_2_6_another_centre_has_its_own_today(self):
        """Nothing is due in Shanghai's centre because it is past midnight elsewhere."""
        company = self.env["res.company"].create(
            {"name": "彼岸", "complaint_tz": "Pacific/Auckland"}
        )
        rule = self.env.ref("kaiyang_complaint.escalation_rule_urging")
        rule.company_id = company
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-20 01:00:00")
        self.assertNotIn("urging", self.fired(ticket))

    # --- reactions are switches ------------------------------------------------------------------

    def test_h5_2_6_reaction_switched_off_leaves_the_fact(self):
        self.env.ref("kaiyang_complaint.automation_tell_supervision").active = False
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 16:30:00")
        self.assertIn("supervision", self.fired(ticket))
        self.assertNotIn(self.leader, self.todos(ticket).user_id)

    # --- what fails ------------------------------------------------------------------------------

    @mute_logger(JOB)
    def test_h5_2_6_poison_record_blocks_nobody(self):
        tickets = [self.accepted_on("2026-03-02 01:00:00") for _number in range(3)]
        poison = tickets[1]
        tell = type(self.ledger)._tell

        def explode(records):
            if poison in records.ticket_id:
                raise ValueError("poison")
            return tell(records)

        with patch.object(type(self.ledger), "_tell", explode):
            self.run_job("2026-03-20 01:00:00")
        self.assertEqual([len(self.fired(ticket)) for ticket in tickets], [8, 0, 8])
        self.run_job("2026-03-20 01:15:00")
        self.assertEqual([len(self.fired(ticket)) for ticket in tickets], [8, 8, 8])

    @mute_logger(JOB)
    def test_h5_2_6_poison_rule_blocks_no_other(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        rule = self.env.ref("kaiyang_complaint.escalation_rule_reminder")
        come_due = type(rule)._due_domain

        def explode(record):
            if record == rule:
                raise ValueError("poison")
            return come_due(record)

        with patch.object(type(rule), "_due_domain", explode):
            self.run_job("2026-03-20 01:00:00")
        self.assertEqual(self.fired(ticket, "reply"), ["urging", "supervision", "report"])
