"""Who may see what rests on several cases: the same by whichever way the database is asked."""

from itertools import product

from odoo import Command
from odoo.fields import Domain
from odoo.tests import tagged

from ..access_common import AccessCommon

ROLES = ("clerk", "colleague", "manager", "leader", "director", "outsider", "plain")


@tagged("post_install", "-at_install")
class TestScopes(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        handed_over = cls.accepted(conduct_ids=cls.restricted.conduct_ids.ids)
        handed_over.sudo()._procedure_write({"user_id": cls.colleague.id})
        cls.cases = cls.ticket + cls.restricted + handed_over + cls.closed
        finding = cls.env["complaint.finding"].sudo()._with_procedure()
        findings = [
            case.sudo().finding_ids[:1]
            or finding.create(
                {"ticket_id": case.id, "respondent_id": case.sudo().respondent_ids[:1].id}
            )
            for case in cls.cases
        ]
        mixes = [
            [one for one, is_in in zip(range(4), mix, strict=True) if is_in]
            for mix in product((False, True), repeat=4)
        ]
        report = cls.env["complaint.written.report"].sudo()._with_procedure()
        letter = cls.env["complaint.letter"].sudo()._with_procedure()
        cls.reports, cls.letters = report, letter
        for number, mix in enumerate(mixes):
            cls.reports += report.create(
                {
                    "company_id": cls.window.company_id.id,
                    "window_id": cls.window.id,
                    "unit_id": cls.unit.id,
                    "first_month": f"19{10 + number}-01-01",
                    "second_month": f"19{10 + number}-02-01",
                    "finding_ids": [Command.set([findings[one].id for one in mix])],
                }
            )
            cls.letters += letter.create(
                {
                    "kind": "other",
                    "addressee": "投诉人",
                    "subject": f"答复{number}",
                    "ticket_ids": [Command.set([cls.cases[one].id for one in mix])],
                }
            )
        cls.env.flush_all()

    def hidden(self, user):
        """Return the cases that a user may not read, by the definition of it."""
        readable = self.cases.sudo().filtered_domain(Domain(user.complaint_scope()))
        return self.cases - readable

    def test_u7_3_a_report_is_seen_by_who_may_read_all_its_cases(self):
        for role in ROLES:
            user = getattr(self, role)
            hidden = self.hidden(user)
            may = self.reports.filtered(
                lambda one, gone=hidden: not one.finding_ids.ticket_id & gone
            )
            if Domain(user.complaint_scope()).is_false():
                may = self.reports.browse()
            scope = Domain(user.complaint_report_scope())
            ours = Domain("id", "in", self.reports.ids)
            with self.subTest(role=role):
                self.assertEqual(self.reports.search(ours & scope), may.sorted())
                self.assertEqual(self.reports.filtered_domain(scope), may)
        self.assertEqual(len(self.hidden(self.manager)), 2)

    def test_u7_5_a_letter_is_seen_by_who_may_read_all_its_cases(self):
        for role in ROLES:
            user = getattr(self, role)
            hidden = self.hidden(user)
            may = self.letters.filtered(lambda one, hidden=hidden: not (one.ticket_ids & hidden))
            if Domain(user.complaint_scope()).is_false():
                may = self.letters.browse()
            scope = Domain(user.complaint_letter_scope())
            ours = Domain("id", "in", self.letters.ids)
            with self.subTest(role=role):
                self.assertEqual(self.letters.search(ours & scope), may.sorted())
                self.assertEqual(self.letters.filtered_domain(scope), may)

    def test_activities_of_ordinary_tickets_are_found_by_their_people(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "普通组"})
        values = {"name": "件", "description": "述", "team_id": team.id}
        ordinary = self.env["helpdesk.ticket"].create(values)
        for ticket, user in ((ordinary, self.outsider), (self.ticket, self.clerk)):
            ticket.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary="去看看"
            )
        activities = self.env["mail.activity"].with_user(self.outsider)
        found = activities.search([("summary", "=", "去看看")])
        self.assertEqual(found.mapped("res_id"), ordinary.ids)
