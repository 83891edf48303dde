"""Two centres in one database, and the doors of letters, dossiers and results over the API."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUP
from ..letter.letter_common import LetterCommon

QUIET = ("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
ROLES = ("clerk", "manager", "leader", "director", "archivist")
# What a centre knows of itself alone.
OWN = (
    *("complaint.letter", "complaint.approval", "complaint.dossier", "complaint.dossier.item"),
    *("complaint.finding", "complaint.bar", "complaint.assessment", "complaint.assessment.line"),
    *("complaint.board", "complaint.written.report", "complaint.analysis", "helpdesk.ticket"),
)
# What is set for a centre, or made by hand in it.
MOVABLE = (
    *("complaint.assessment", "complaint.authority", "complaint.deduction.rule"),
    *("complaint.escalation.rule", "complaint.retention.rule", "complaint.sla.policy"),
    *("complaint.window.unit", "complaint.window", "complaint.window.staff"),
)


class CentreCommon(LetterCommon):
    """A centre with a letter, a dossier, findings and a month, and the people of another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "邻县政务服务中心"})
        belongs = {"company_id": cls.abroad.id, "company_ids": [Command.set(cls.abroad.ids)]}
        cls.foreigners = [
            new_test_user(cls.env, f"kc_b_{role}", GROUP + role, lang="en_US", **belongs)
            for role in ROLES
        ]

    def setUp(self):
        super().setUp()
        self.month = self.env["complaint.assessment"].with_user(self.manager).create({})
        self.letter_of_case = self.letter("return", ticket_id=self.upheld[-1].id)


@tagged("post_install", "-at_install")
class TestCentres(CentreCommon):
    @mute_logger(*QUIET)
    def test_u7_1_people_of_another_centre_find_and_reach_nothing(self):
        for user in self.foreigners:
            for name in OWN:
                model = self.env[name].with_user(user)
                if not model.has_access("read"):
                    continue
                with self.subTest(user=user.login, model=name):
                    self.assertFalse(model.search([]))
                    abroad = model.with_context(allowed_company_ids=self.env.company.ids)
                    with self.assertRaises(AccessError):
                        abroad.search([])

    @mute_logger(*QUIET)
    def test_u7_1_nobody_hands_a_record_to_a_centre_that_is_not_theirs(self):
        """Planted there, a rule would count, and a month would be lost to its own centre."""
        for name in MOVABLE:
            model = self.env[name].with_user(self.manager)
            record = self.month if name == self.month._name else model.create(self.values(name))
            with self.subTest(model=name), self.assertRaises(AccessError):
                record.company_id = self.abroad
                self.env.flush_all()
            self.env.invalidate_all(flush=False)

    @mute_logger(*QUIET)
    def test_u7_1_what_holds_for_all_centres_is_changed_by_who_works_in_all(self):
        shared = [
            self.env.ref("kaiyang_complaint.policy_general"),
            self.env.ref("kaiyang_complaint.conduct_04"),
            self.env["complaint.deduction.rule"].search([("company_id", "=", False)], limit=1),
        ]
        foreign = self.foreigners[ROLES.index("manager")]
        for record in shared:
            mine, theirs = record.with_user(self.manager), record.with_user(foreign)
            with self.subTest(model=record._name):
                mine.write({"active": True})
                for change in (lambda one: one.write({"active": False}), lambda one: one.unlink()):
                    with self.assertRaises(AccessError):
                        change(theirs)
        rules = self.env["complaint.deduction.rule"].with_user(foreign)
        values = {"name": "新", "target": "staff", "points": -9}
        own = rules.create(values)
        self.assertEqual(own.company_id, self.abroad)
        for forged in (
            lambda: rules.create({**values, "company_id": False}),
            lambda: own.write({"company_id": False}),
        ):
            with self.assertRaises(AccessError):
                forged()

    @mute_logger(*QUIET)
    def test_u7_1_form_tells_nothing_of_the_windows_of_another_centre(self):
        letters = self.env["complaint.letter"].with_user(self.foreigners[0])
        spec = {"body": {}, "subject": {}}
        for kind, name, party in (
            ("return", "staff_id", self.staff),
            ("report_request", "window_id", self.window),
        ):
            with self.subTest(kind=kind), self.assertRaises(AccessError):
                letters.onchange({"kind": kind, name: party.id}, [name], spec)

    def values(self, name):
        """Return what a new record of what is set for a centre takes."""
        company = {"company_id": self.env.company.id}
        own = {
            "complaint.deduction.rule": {"target": "staff", "points": -1},
            "complaint.window.unit": {"code": "T9"},
            "complaint.window": {"number": "T99", "area": "A", "unit_id": self.unit.id},
            "complaint.window.staff": {"employee_no": "T999", "window_id": self.window.id},
            "complaint.sla.policy": {"reply_days": 3},
        }
        known = self.env[name]._fields
        return {"name": "新", **own.get(name, {})} | (company if "company_id" in known else {})

    def test_u7_3c_letter_proposes_no_case_found_in_another_centre(self):
        last = self.upheld[-1]
        self.env.cr.execute(
            "UPDATE complaint_finding SET company_id = %s WHERE ticket_id = %s",
            [self.abroad.id, self.upheld[0].id],
        )
        self.env.invalidate_all()
        letter = self.letter("return", ticket_id=last.id, staff_id=self.staff.id)
        self.assertEqual(letter.ticket_ids, self.upheld - self.upheld[0])


@tagged("post_install", "-at_install")
class TestKeys(HttpCase, CentreCommon):
    """The API with a key of one's own: no more is open there than on the screen."""

    def call(self, user, model, method, **values):
        """Call a method as a key of the user allows."""
        key = self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "x", None)
        headers = {"Authorization": f"bearer {key}"}
        return self.url_open(f"/json/2/{model}/{method}", json=values, headers=headers)

    @mute_logger(*QUIET)
    def test_u7_1_strangers_read_and_write_nothing_over_the_api(self):
        for user in (self.rep, self.outsider, self.foreigners[1]):
            for name, record in (
                ("complaint.letter", self.letter_of_case),
                ("complaint.finding", self.upheld.finding_ids[0]),
                ("complaint.assessment", self.month),
            ):
                for method, values in (
                    ("read", {"ids": record.ids, "fields": ["display_name"]}),
                    ("write", {"ids": record.ids, "vals": {"company_id": self.abroad.id}}),
                    ("unlink", {"ids": record.ids}),
                    ("copy", {"ids": record.ids}),
                    ("message_post", {"ids": record.ids, "body": "x"}),
                    ("action_request", {"ids": record.ids}),
                ):
                    if not hasattr(record, method):
                        continue
                    with self.subTest(user=user.login, model=name, method=method):
                        answer = self.call(user, name, method, **values)
                        self.assertEqual(answer.status_code, 403, answer.text)

    @mute_logger(*QUIET)
    def test_e_who_is_refused_learns_neither_the_number_nor_the_state_of_a_case(self):
        case = self.upheld[-1]
        case.sudo()._procedure_write({"complaint_state": "archived"})
        for user in (self.rep, self.outsider, self.foreigners[0]):
            for record in (self.letter_of_case, case.finding_ids):
                for method, values in (("unlink", {}), ("write", {"vals": {"unit_id": 1}})):
                    with self.subTest(user=user.login, model=record._name, method=method):
                        answer = self.call(user, record._name, method, ids=record.ids, **values)
                        self.assertEqual(answer.status_code, 403, answer.text)
                        self.assertNotIn(case.number, answer.text)

    @mute_logger(*QUIET)
    def test_e_facts_of_any_shape_are_refused_in_words(self):
        sent = self.sent()
        good = {"answer": "已安排。", "answered_at": str(sent.sent_at)}
        for values in (
            None,
            "x",
            5,
            [],
            {**good, "answered_at": "猫"},
            {**good, "answered_at": 5},
            {**good, "attachments": "x"},
            {**good, "attachments": [["a.txt"]]},
            {**good, "attachments": [[5, "YQ=="]]},
        ):
            with self.subTest(values=values):
                answer = self.call(
                    self.clerk, sent._name, "action_record_answer", ids=sent.ids, values=values
                )
                self.assertEqual(answer.status_code, 422, answer.text)
        self.assertEqual((sent.state, sent.answer), ("sent", False))
