"""What is done before the addon is installed."""

from odoo.tests import TransactionCase, tagged

from ... import hooks

OURS = ("kaiyang_complaint",)


@tagged("post_install", "-at_install")
class TestPreInit(TransactionCase):
    def computed(self):
        """Yield the stored computed fields that the addon adds to models of other addons."""
        for model in self.env.values():
            if model._auto and not model._abstract and (model._original_module,) != OURS:
                for field in model._fields.values():
                    if field._modules == OURS and field.store and (field.compute or field.related):
                        yield field

    def test_x_each_computed_field_is_added_before(self):
        """What Odoo adds itself is computed for every record of others."""
        columns, relations = {}, {}
        for field in self.computed():
            if field.type == "many2many":
                relations[field.relation] = (field.column1, field.column2)
            elif field.column_type:
                table = self.env[field.model_name]._table
                columns.setdefault(table, {})[field.name] = field.column_type[0]
        self.assertEqual(hooks.COMPUTED_COLUMNS, columns)
        self.assertEqual(hooks.COMPUTED_RELATIONS, relations)
