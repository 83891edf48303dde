from odoo import api, models

from ...models.access.named_records import assert_named_readable
from ...tools.codes import TICKET


class ComplaintDialogMixin(models.AbstractModel):
    """A dialog about a record of a case; it opens only for users who may read that record.

    What a dialog names is shown with its title, whoever reads it.
    """

    _name = "complaint.dialog.mixin"
    _description = "Dialog about a Case"

    # As in ``complaint.procedure.mixin``.
    _names_complaints = ()

    @api.model
    def _ask(self, title, **defaults):
        """Return the action that opens the dialog with some values."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }

    @api.model_create_multi
    def create(self, vals_list):
        """Open dialogs about what the user may read.

        :raise AccessError: about anything else
        """
        dialogs = super().create(vals_list)
        dialogs._assert_readable()
        return dialogs

    def write(self, vals):
        """Change what is asked, and let it be about nothing the user may not read.

        :raise AccessError: about anything else
        """
        result = super().write(vals)
        self._assert_readable()
        return result

    def _update_cache(self, values, validate=True):
        """Take values in that a form, or a default, gives a dialog before it is saved.

        :raise AccessError: where they name what the user may not read
        """
        result = super()._update_cache(values, validate=validate)
        assert_named_readable(self, values)
        return result

    def _assert_readable(self):
        for name, field in self._fields.items():
            about = field.comodel_name or ""
            is_ours = about == TICKET or about.startswith("complaint.")
            if is_ours and field.type == "many2one" and field.store and not field.related:
                self[name].check_access("read")
