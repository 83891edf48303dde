from odoo import models
from odoo.exceptions import AccessError

TICKET = "helpdesk.ticket"


class IrRule(models.Model):
    """Who may not read a case learns nothing of it by asking, not even in developer mode."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Return the refusal without the names of the records, which developer mode would tell."""
        error = super()._make_access_error(operation, records)
        if not self._is_of_desk(records):
            return error
        kind = self.env["ir.model"]._get(records._name).name
        discreet = AccessError(
            self.env._("You are not allowed to see or change this, or not any more: %s.", kind)
        )
        discreet.context = getattr(error, "context", {})
        return discreet

    def _is_of_desk(self, records):
        if records._name == TICKET:
            return any(records.sudo().exists().mapped("is_complaint"))
        return records._name.startswith("complaint.")
