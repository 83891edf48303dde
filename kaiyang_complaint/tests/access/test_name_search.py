from odoo.fields import Domain
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestNameSearch(ComplaintCommon):
    """Who searches by a name finds what has it, not everything."""

    def test_u7_5_no_model_answers_any_name_with_every_record(self):
        for name, model in self.env.registry.items():
            if name.startswith("complaint.") and not model._abstract:
                with self.subTest(model=name):
                    records = self.env[name]
                    for operator, value in (("ilike", "查无此名"), ("in", ["查无此名"])):
                        found = Domain(records._search_display_name(operator, value))
                        self.assertFalse(found.is_true())
                        if model._auto:
                            self.assertFalse(records.search([("display_name", operator, value)]))
                    every = Domain(records._search_display_name("ilike", ""))
                    self.assertTrue(every.is_true())

    def test_u7_5_respondents_are_found_by_name(self):
        ticket = self.accepted()
        respondents = self.env["complaint.respondent"].with_user(self.clerk)
        found = respondents.search([("display_name", "ilike", self.staff.name)])
        self.assertIn(ticket.respondent_ids, found)
        self.assertFalse(respondents.name_search("查无此名"))
        self.assertTrue(respondents.name_search(""))

    def test_u7_5_dialogs_have_no_names(self):
        dialogs = self.env["complaint.calendar.import"].with_user(self.manager)
        dialogs.create({})
        self.assertFalse(dialogs.search([("display_name", "ilike", "查无此名")]))
        self.assertTrue(dialogs.search([("display_name", "not ilike", "查无此名")]))
