from odoo import models

FINDING = "complaint.finding"


class BaseAutomation(models.Model):
    """Reactions to findings: a hundred confirmed at once are reacted to once (七)."""

    _inherit = "base.automation"

    def _process(self, records, domain_post=None):
        """Run the actions on all findings together: the base runs them on one after the other."""
        if records._name != FINDING:
            return super()._process(records, domain_post=domain_post)
        changed = records.filtered(self._check_trigger_fields)
        together = self.with_context(complaint_findings=changed.ids)
        return super(BaseAutomation, together)._process(changed[:1], domain_post=domain_post)
