"""The generated year of a demonstration: told by the verbs people use, in the past."""

from collections import Counter
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.kaiyang_complaint.tests.common import GROUP, ComplaintCommon

from ..generator.people import ROLES
from ..generator.story import HALL, MODULE, PARAMETER, Story
from ..hooks import PARAMETER_BEFORE, post_init_hook, uninstall_hook

UNTIL = fields.Datetime.to_datetime("2026-02-11 16:00:00")
YEAR = {"seed": 5, "months": 2, "complaints": 20, "until": UNTIL}
WINDOWS = {"A02": 2, "A06": 1, "B02": 2, "B08": 1, "C03": 2}
OPENING, CLOSING = 8, 17


@tagged("post_install", "-at_install")
class TestDemoYear(ComplaintCommon):
    """Two whole months across a year's end and a third that is open, broken off once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role in ROLES:
            cls._name_user(role)
        cls._furnish_hall()
        first = Story(cls.env, **YEAR)
        cls.months = [next(first.tell())]
        cls.story = Story(cls.env)
        cls.months += list(cls.story.tell())
        cls.tickets = cls.env["helpdesk.ticket"].browse(cls.story.tickets.values()).exists()

    @classmethod
    def _name_user(cls, role):
        """Have a user by the external id under which the demonstration knows one."""
        name = f"kaiyang_complaint.demo_user_{role}"
        if not cls.env.ref(name, raise_if_not_found=False):
            group = GROUP + role.rstrip("2")
            user = new_test_user(cls.env, f"kc_year_{role}", group, lang="en_US")
            cls.env["ir.model.data"]._update_xmlids([{"xml_id": name, "record": user}])
        cls.room.user_ids += cls.env.ref(name)

    @classmethod
    def _furnish_hall(cls):
        """Have windows that the plan has matters for, each with its people."""
        known = set(cls.env["complaint.window"].search([]).mapped("number"))
        cls.env["complaint.window"].create(
            [
                {
                    "number": number,
                    "name": number,
                    "unit_id": (cls.unit if number.startswith("A") else cls.other_unit).id,
                    "staff_ids": [
                        (0, 0, {"name": f"{number}-{n}", "employee_no": f"Y{number}{n}"})
                        for n in range(people)
                    ],
                }
                for number, people in WINDOWS.items()
                if number not in known
            ]
        )

    def local(self, moment):
        return self.env.company._complaint_local(moment)

    # --- told -------------------------------------------------------------------------------

    def test_every_month_is_told_once_and_no_second_year(self):
        self.assertEqual([f"{month:%Y-%m}" for month, _n in self.months], self.all_months())
        self.assertEqual(sum(count for _month, count in self.months), YEAR["complaints"])
        with self.assertRaises(UserError):
            Story(self.env, **YEAR)

    def all_months(self):
        return ["2025-12", "2026-01", "2026-02"]

    def test_no_year_without_the_people_of_the_demonstration(self):
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        clerk = self.env.ref("kaiyang_complaint.demo_user_clerk")
        data = self.env["ir.model.data"].search(
            [("model", "=", "res.users"), ("res_id", "=", clerk.id)]
        )
        data.unlink()
        with self.assertRaises(UserError):
            Story(self.env, **YEAR)

    def test_no_year_where_the_addon_is_not_installed(self):
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        with (
            patch.object(self.env.registry, "_init_modules", {"kaiyang_complaint"}),
            self.assertRaises(UserError),
        ):
            Story(self.env, **YEAR)

    def test_a_year_of_an_earlier_version_is_taken_over(self):
        parameters = self.env["ir.config_parameter"]
        memory = parameters.get_param(PARAMETER)
        parameters.set_param(PARAMETER, False)
        parameters.set_param(PARAMETER_BEFORE, memory)
        post_init_hook(self.env)
        self.assertFalse(parameters.get_param(PARAMETER_BEFORE))
        self.assertEqual(parameters.get_param(PARAMETER), memory)

    def test_uninstalling_leaves_the_complaints_and_nothing_else(self):
        company, changed = self.story.company, "complaint_issue_count"
        before = self.story.memory["settings"]
        self.assertEqual({name: company[name] for name in HALL}, HALL)
        company[changed] = 7
        uninstall_hook(self.env)
        self.assertEqual(
            {name: company[name] for name in HALL}, {**before, changed: 7}, "a change is kept"
        )
        self.assertFalse(self.env["ir.config_parameter"].get_param(PARAMETER))
        self.assertFalse(self.env["ir.model.data"].search([("module", "=", MODULE)]))
        self.assertEqual(self.tickets.exists(), self.tickets)

    def test_same_seed_same_plan(self):
        self.env["ir.config_parameter"].set_param(PARAMETER, False)
        again = Story(self.env, **YEAR)
        again.memory["told_from"] = self.story.memory["told_from"]
        self.assertEqual(again._events(), self.story._events())

    def test_what_was_closed_in_the_first_month_goes_into_the_archive(self):
        self.story.company.complaint_fonds_code = "X081"
        dossiers, jobs = self.env.registry["complaint.dossier"], self.env.registry["ir.cron"]
        with (
            patch.object(dossiers, "_paper_pdf", return_value=b"%PDF-"),
            patch.object(jobs, "_commit_progress", return_value=1),
        ):
            batch = self.story.archive()
        self.assertEqual((batch.state, f"{batch.date_to}"), ("done", "2025-12-31"))
        self.assertTrue(batch.done_count)
        self.assertEqual(batch.line_ids.dossier_id.archived_by_id, batch.started_by_id)

    # --- consistent -------------------------------------------------------------------------

    def test_each_step_follows_the_one_before_in_working_hours(self):
        calendar = self.env["complaint.calendar.year"]._working_days()
        for ticket in self.tickets.filtered("accepted_at"):
            slip, told = ticket.slip_ids[:1], ticket.feedback_ids[:1]
            moments = [ticket.received_at, ticket.accepted_at, slip.sent_at, slip.received_at]
            moments += slip.reply_ids.sorted("id").mapped("submitted_at")
            moments += [told.given_at, told.confirmed_at]
            moments = [moment for moment in moments if moment]
            with self.subTest(ticket=ticket.number):
                self.assertEqual(moments, sorted(moments))
                self.assertLess(ticket.service_datetime, ticket.received_at)
                for local in map(self.local, moments):
                    self.assertTrue(calendar.is_working(local.date()), local)
                    self.assertTrue(OPENING <= local.hour < CLOSING, local)

    def test_limits_are_those_the_clock_counts(self):
        for deadline in self.tickets.deadline_ids:
            counted = self.env.company._complaint_count(deadline.start_date, deadline.limit_days)
            with self.subTest(deadline=deadline.display_name, kind=deadline.kind):
                self.assertEqual(deadline.due_at, counted["due_at"])
                self.assertEqual(deadline.trace, counted["trace"])
                if deadline.state in ("met", "missed"):
                    late = deadline.stopped_at > deadline.due_at
                    self.assertEqual(deadline.state, "missed" if late else "met")

    def test_numbers_of_both_years_have_no_gap(self):
        for year in ("2025", "2026"):
            tickets = self.tickets.filtered(lambda one, y=year: f"{one.number}"[2:6] == y)
            numbers = sorted(int(number[-4:]) for number in tickets.mapped("number"))
            self.assertTrue(numbers)
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
            in_order = tickets.sorted("number").mapped("accepted_at")
            self.assertEqual(in_order, sorted(in_order))

    def test_slips_are_answered_by_the_representatives(self):
        for slip in self.tickets.slip_ids.filtered("reply_ids"):
            self.assertEqual(slip.reply_ids.submitted_by_id, slip.representative_id.user_id)

    def test_every_outcome_is_on_record_and_old_cases_are_closed(self):
        closed = self.tickets.filtered(lambda one: one.complaint_state == "closed")
        self.assertEqual(set(closed.finding_ids.mapped("state")), {"confirmed"})
        self.assertEqual(
            set(closed.finding_ids.mapped("conclusion")) & {"upheld", "not_upheld"},
            {"upheld", "not_upheld"},
        )
        old = self.tickets.filtered(lambda one: self.local(one.received_at).year < UNTIL.year)
        self.assertEqual(set(old.mapped("complaint_state")) - {"closed", "invalid"}, set())

    def test_nothing_restricted_leaks_and_no_mail_leaves(self):
        restricted = self.tickets.filtered("is_restricted")
        self.assertFalse(restricted.slip_ids)
        seen = self.env["helpdesk.ticket"].with_user(self.outsider).search([])
        self.assertFalse(seen & self.tickets)
        about = [("res_id", "in", self.tickets.ids), ("model", "=", "helpdesk.ticket")]
        self.assertFalse(self.env["mail.mail"].search([*about, ("state", "=", "outgoing")]))

    def test_statistics_agree(self):
        self.env.flush_all()
        registered = self.tickets.filtered("accepted_at")
        rows = self.env["complaint.analysis"]._read_group(
            [("id", "in", self.tickets.ids)], ["received_on:month"], ["__count"]
        )
        received = Counter(self.local(one.received_at).date().replace(day=1) for one in registered)
        self.assertEqual(dict(rows), dict(received))

    def test_u7_1_u7_2_months_are_assessed_and_boards_shown(self):
        own = [("month", "<", UNTIL.date().replace(day=1))]
        assessments = self.env["complaint.assessment"].search(own)
        self.assertEqual(set(assessments.mapped("state")), {"published"})
        for assessment in assessments:
            findings = assessment.line_ids.finding_id
            self.assertEqual(set(findings.mapped("confirmed_month")) - {assessment.month}, set())
        counted = self.tickets.finding_ids.filtered("is_counted")
        over = counted.filtered(lambda one: one.confirmed_month < UNTIL.date().replace(day=1))
        self.assertEqual(assessments.line_ids.finding_id & over, over)
        boards = self.env["complaint.board"].search(own)
        self.assertTrue(boards)
        self.assertEqual(set(boards.mapped("state")), {"shown"})
