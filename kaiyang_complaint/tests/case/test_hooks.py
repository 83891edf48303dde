"""What is done before the addon is installed."""

from odoo.tests import TransactionCase, tagged

from ... import hooks


@tagged("post_install", "-at_install")
class TestPreInit(TransactionCase):
    def test_x_each_computed_column_of_the_ticket_is_added_before(self):
        """A column that Odoo adds itself is computed for every ticket of other teams."""
        ours = ("kaiyang_complaint",)
        expected = {
            field.name: field.column_type[0]
            for field in self.env["helpdesk.ticket"]._fields.values()
            if field.store and field.column_type and (field.compute or field.related)
            if field._modules == ours
        }
        self.assertEqual(hooks.COMPUTED_COLUMNS, expected)
