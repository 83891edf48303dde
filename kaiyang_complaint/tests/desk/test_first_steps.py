"""From an empty database to the first accepted complaint: what is on record says what is done."""

from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..common import GROUP, ComplaintCommon

ORDER = [
    "hotline",
    "calendar",
    "unit",
    "window",
    "staff",
    "representative",
    "clerk",
    "complaint",
]


@tagged("post_install", "-at_install")
class TestFirstSteps(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fresh = cls.env["res.company"].create({"name": "修文县政务服务中心"})
        room = {"name": "投诉室", "is_complaint_room": True, "company_id": cls.fresh.id}
        cls.fresh_room = cls.env["helpdesk.ticket.team"].create(room)
        cls.keeper = cls.person("kc_keeper", "manager")

    @classmethod
    def person(cls, login, role):
        company = {"company_id": cls.fresh.id, "company_ids": cls.fresh.ids}
        return new_test_user(cls.env, login, f"{GROUP}{role},base.group_system", **company)

    def steps(self, user=None):
        env = self.env(user=user or self.keeper)
        return call_kw(env["helpdesk.ticket.team"], "complaint_first_steps", [], {})

    def done(self):
        return {step["key"] for step in self.steps() if step["done"]}

    def test_steps_are_done_by_what_is_on_record(self):
        self.assertEqual([step["key"] for step in self.steps()], ORDER)
        self.env["complaint.calendar.year"].search([]).state = "provisional"
        self.assertFalse(self.done())
        self.fresh.complaint_phone = "0851-1234567"
        self.env["complaint.calendar.year"]._ensure({self.fresh._complaint_today().year}).write(
            {"state": "published"}
        )
        self.assertEqual(self.done(), {"hotline", "calendar"})
        own = {"company_id": self.fresh.id}
        unit = self.env["complaint.window.unit"].create({"name": "税务局", **own})
        window = {"number": "A01", "name": "税务", "unit_id": unit.id, **own}
        window = self.env["complaint.window"].create(window)
        self.env["complaint.window.staff"].create({"name": "李晓梅", "window_id": window.id, **own})
        self.assertEqual(self.done(), {"hotline", "calendar", "unit", "window", "staff"})
        mine = self.env(user=self.keeper)
        mine["complaint.representative.wizard"].create(
            {"unit_id": unit.id, "name": "陈建国", "email": "chen@example.com"}
        ).action_confirm()
        mine["complaint.account.wizard"].create(
            {"name": "陈静", "email": "jing@example.com", "is_clerk": True}
        ).action_confirm()
        self.assertEqual(self.done(), set(ORDER) - {"complaint"})

    def test_each_step_leads_to_where_it_is_made(self):
        for step in self.steps():
            action = step["action"]
            with self.subTest(step=step["key"]):
                self.assertTrue(action["name"])
                model = self.env[action["res_model"]].with_user(self.keeper)
                self.assertTrue(model.has_access("create"))

    def test_card_goes_with_the_first_accepted_complaint(self):
        self.assertTrue(self.steps(self.manager))
        draft = self.new_complaint()
        self.assertTrue(self.steps(self.manager))
        draft.action_accept()
        self.assertFalse(self.steps(self.manager))
        self.assertTrue(self.steps(), "another centre begins on its own")

    def test_only_managers_are_shown_the_steps(self):
        for user in (self.clerk, self.leader, self.archivist, self.outsider):
            self.assertFalse(self.steps(user))
