from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.pointers import TICKET, is_of_desk


class IrRule(models.Model):
    """Who may not read a case learns nothing of it by asking, not even in developer mode."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """Restrict dialogs of the desk to the user who opened them."""
        domain = super()._compute_domain(model_name, mode)
        is_dialog = model_name.startswith("complaint.") and self.env[model_name].is_transient()
        if is_dialog and not self.env.su:
            domain &= Domain("create_uid", "=", self.env.uid)
        return domain

    def _make_access_error(self, operation, records):
        """Return the refusal without reading the records: developer mode would show their names.

        What was read to refuse would stay in the cache, for whatever is computed next.
        """
        if not self._is_of_desk(records):
            return super()._make_access_error(operation, records)
        kind = self.env["ir.model"]._get(records._name).name
        error = AccessError(
            self.env._("You are not allowed to see or change this, or not any more: %s.", kind)
        )
        company = self._company_to_choose(operation, records)
        if company:
            suggested = {"id": company.id, "display_name": company.display_name}
            error.context = {"suggested_company": suggested}
        return error

    def _is_of_desk(self, records):
        """Return whether there is a complaint, or what hangs on one; the database is asked."""
        if records._name != TICKET:
            return is_of_desk(records._name)
        complaints = [("id", "in", records.ids), ("is_complaint", "=", True)]
        tickets = records.sudo().with_context(active_test=False)
        return bool(tickets.search_count(complaints, limit=1))

    def _company_to_choose(self, operation, records):
        """Return the centre in which the user has the right, where another one is chosen."""
        others = self.env.user.company_ids - self.env.companies
        for company in others:
            there = records.with_context(allowed_company_ids=company.ids)
            domain = Domain(there.env["ir.rule"]._compute_domain(records._name, operation))
            # All of the records, or choosing the centre would only lead to another refusal.
            found = there.sudo().with_context(active_test=False)
            if found.search_count(domain & Domain("id", "in", records.ids)) == len(records):
                return company
        return None
