from odoo import models

from .base_automation import FINDING


class IrActionsServer(models.Model):
    """Takes all findings that one change was about, where an automation started it."""

    _inherit = "ir.actions.server"

    def run(self):
        """Run actions, on findings together."""
        together = self.env.context.get("complaint_findings")
        if together and self.env.context.get("active_model") == FINDING:
            context = {"active_ids": together, "complaint_findings": False}
            return super(IrActionsServer, self.with_context(**context)).run()
        return super().run()
