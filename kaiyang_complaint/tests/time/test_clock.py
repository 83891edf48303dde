from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestClock(ComplaintCommon):
    def _local_due(self, ticket):
        return str(self.env.company._complaint_local(ticket.due_at))[:16]

    def test_t6_1_general_three_days_across_spring_festival(self):
        with freeze_time("2026-02-13 01:00:00"):
            ticket = self.accepted()
            self.assertEqual(self._local_due(ticket), "2026-02-25 17:00")
            self.assertEqual(ticket.policy_id, self.env.ref("kaiyang_complaint.policy_general"))

    def test_t6_2_reclassified_complaint_gets_the_longer_limit(self):
        with freeze_time("2026-02-13 01:00:00"):
            ticket = self.accepted()
            ticket.complaint_class = "complex"
            self.assertEqual(self._local_due(ticket), "2026-02-27 17:00")
            self.assertEqual(ticket.policy_id, self.env.ref("kaiyang_complaint.policy_complex"))
            reply = ticket.slip_ids.deadline_ids
            self.assertEqual(reply.limit_days, 5)

    def test_h5_2_3_website_complaint_has_five_working_days(self):
        policy = self.env.ref("kaiyang_complaint.policy_web")
        with freeze_time("2026-02-13 01:00:00"):
            for level in ("general", "complex"):
                ticket = self.new_complaint(
                    "web",
                    external_ref=f"GZ-{level}",
                    complaint_class=level,
                    contact_ids=[Command.create({"note": "说明了叫号情况。"})],
                )
                self.look_through(ticket)
                ticket.action_accept()
                self.assertEqual(ticket.policy_id, policy)
                self.assertEqual(self._local_due(ticket), "2026-02-27 17:00")

    def test_t6_1_year_not_published_is_provisional_until_it_is(self):
        with freeze_time("2026-12-30 01:00:00"):
            ticket = self.accepted()
            self.assertTrue(ticket.is_provisional)
            self.assertEqual(self._local_due(ticket), "2027-01-04 17:00")
            year = self.env["complaint.calendar.year"].create({"year": 2027})
            year.day_ids = [(0, 0, {"date": "2027-01-01", "kind": "off", "name": "元旦"})]
            self.assertEqual(self._local_due(ticket), "2027-01-05 17:00")
            self.assertIn("2027", ticket.message_ids[0].body)
            self.assertTrue(ticket.is_provisional)
            year.action_publish()
            self.assertFalse(ticket.is_provisional)

    def test_t6_1_stopped_clock_keeps_its_count(self):
        with freeze_time("2026-02-13 01:00:00"):
            ticket = self.closed()
            before = sorted(ticket.deadline_ids.mapped("due_at"))
            self.env["complaint.calendar.day"].search([("date", "=", "2026-02-14")]).unlink()
            self.assertEqual(sorted(ticket.deadline_ids.mapped("due_at")), before)

    def test_t6_1_remaining_days_are_working_days(self):
        with freeze_time("2026-02-13 01:00:00"):
            ticket = self.accepted()
        for moment, left, status in (
            ("2026-02-13 02:00:00", 3, "fine"),
            ("2026-02-20 02:00:00", 2, "fine"),
            ("2026-02-24 02:00:00", 1, "risk"),
            ("2026-02-25 02:00:00", 0, "today"),
            ("2026-02-25 09:30:00", 0, "overdue"),
            ("2026-02-27 02:00:00", -2, "overdue"),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                ticket.invalidate_recordset(["remaining_days", "due_status"])
                self.assertEqual((ticket.remaining_days, ticket.due_status), (left, status))

    def test_t6_1_policies_are_explained_in_words(self):
        policy = self.env.ref("kaiyang_complaint.policy_general")
        self.assertIn("3 working days", policy.explanation)
        self.assertIn("within 2 working days", policy.explanation)

    def test_t6_1_without_a_policy_nothing_is_accepted(self):
        self.env["complaint.sla.policy"].search([]).active = False
        ticket = self.new_complaint()
        with self.assertRaisesRegex(UserError, "No time limit is set"):
            ticket.action_accept()
        self.assertEqual(ticket.number, "/")
