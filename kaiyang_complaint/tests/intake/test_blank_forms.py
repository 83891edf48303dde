"""A form that is opened blank, or with a record one may not read, answers or refuses: no crash."""

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access_common import AccessCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestBlankForms(AccessCommon):
    def models(self):
        """Yield every model of the addon that has a form."""
        for name, model in self.env.items():
            if name.startswith("complaint.") and not model._abstract:
                yield model

    def open_form(self, model, values):
        """Open a form as the web client does, with every field on it."""
        spec = {
            name: {"fields": {"display_name": {}}} if field.relational else {}
            for name, field in model._fields.items()
            if model._has_field_access(field, "read")
        }
        with mute_logger(*QUIET):
            return call_kw(model, "onchange", [[], values, list(values), spec], {})

    def test_u7_5_every_form_opens_blank(self):
        """A slip, a finding and a dossier of no case were errors of the server."""
        opened = set()
        for user in (self.clerk, self.manager, self.archivist, self.rep):
            for model in self.models():
                with self.subTest(user=user.login, model=model._name):
                    try:
                        self.open_form(model.with_user(user), {})
                    except UserError:
                        continue
                    opened.add(model._name)
        self.assertLessEqual({"complaint.slip", "complaint.finding", "complaint.dossier"}, opened)

    def test_u7_5_form_with_a_hidden_case_refuses(self):
        for model in self.models():
            if "ticket_id" not in model._fields:
                continue
            with self.subTest(model=model._name), self.assertRaises(UserError):
                values = {"ticket_id": self.restricted.id}
                self.open_form(model.with_user(self.colleague), values)
