"""A field of the slip is the field and where it is shown: no other code has to know it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..access.paper_common import PaperCommon

FIELD = "x_materials"
FORM = "kaiyang_complaint.complaint_slip_view_form"
PAPER = "kaiyang_complaint.slip_rows"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.models")


@tagged("post_install", "-at_install")
class TestNewField(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.model.fields"].create(
            {
                "name": FIELD,
                "model_id": cls.env["ir.model"]._get_id("complaint.slip"),
                "ttype": "char",
                "field_description": "Materials",
            }
        )
        cls.extend(FORM, "//field[@name='summary']", f"<field name='{FIELD}'/>")
        cells = f"<tr><th colspan='3'>材料</th><td colspan='21' t-out='slip.{FIELD}'/></tr>"
        cls.extend(PAPER, "//tbody[1]/tr[last()]", cells)

    @classmethod
    def extend(cls, view, expr, content):
        """Add to a view behind what is found there, as an office does."""
        view = cls.env.ref(view)
        arch = f'<data><xpath expr="{expr}" position="after">{content}</xpath></data>'
        values = {"name": FIELD, "model": view.model, "arch": arch, "mode": "extension"}
        view.create({**values, "inherit_id": view.id})

    def test_h5_2_1_new_field_is_filled_in_before_the_slip_leaves_and_printed(self):
        ticket = self.new_complaint()
        ticket.action_accept()
        values = {"unit_id": self.unit.id, "representative_id": self.unit.representative_ids[:1].id}
        draft = self.env["complaint.slip"].create({"ticket_id": ticket.id, **values})
        with Form(draft.with_user(self.clerk), FORM) as form:
            form[FIELD] = "叫号单"
        self.look_through(ticket)
        draft.with_user(self.clerk).action_send()
        self.assertIn("材料叫号单", self.text("kaiyang_complaint.report_slip", draft))
        with self.assertRaises(UserError):
            draft.with_user(self.clerk).write({FIELD: "身份证"})

    @mute_logger(*QUIET)
    def test_h5_2_1_new_field_is_not_for_the_unit_to_write(self):
        slip = self.accepted().slip_ids
        for user in (self.rep, self.other_rep, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                slip.with_user(user).write({FIELD: "身份证"})
