from odoo import models

from ...tools.codes import TICKET


class ComplaintMention(models.AbstractModel):
    """A record that names a complaint, and tells nothing of one that the user may not read.

    Nor of whom another centre has at its windows.

    A form computes before anything is saved, from whatever complaint it is given, and what is
    stored or related is computed beyond the user's rights.
    """

    _name = "complaint.mention"
    _description = "Record that Names a Complaint"

    def _update_cache(self, values, validate=True):
        """Take values in that a form, or a default, gives a record before it is saved.

        :raise AccessError: where they name what the user may not read
        """
        super()._update_cache(values, validate=validate)
        if self.env.su:
            return
        for name in values:
            if self._is_about_complaint(name):
                self[name]._origin.check_access("read")

    def _is_about_complaint(self, name):
        """Tell whether a field names a complaint, a record of its handling, or one of a hall."""
        field = self._fields.get(name)
        if not field or field.type != "many2one":
            return False
        named = self.env[field.comodel_name]
        ours = named._name == TICKET or named._name.startswith("complaint.")
        return ours or "ticket_id" in named._fields
