from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

TICKET = "helpdesk.ticket"


class IrRule(models.Model):
    """Who may not read a case learns nothing of it by asking, not even in developer mode."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """Keep what somebody typed into a dialog of the desk, or reads there, from all others."""
        domain = super()._compute_domain(model_name, mode)
        is_dialog = model_name.startswith("complaint.") and self.env[model_name].is_transient()
        if is_dialog and not self.env.su:
            domain &= Domain("create_uid", "=", self.env.uid)
        return domain

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
