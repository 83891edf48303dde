from odoo import models, tools

FINDING = "complaint.finding"
UNCACHED = "complaint_automations_uncached"
# Only code can put this object into the context: a caller over RPC can't.
STARTED = object()


class BaseAutomation(models.Model):
    """Reactions to findings: findings confirmed together are processed together (七).

    Which automations there are is looked up once: the base asks the database at every write and
    computation, on tickets of other teams as well.
    """

    _inherit = "base.automation"

    def _get_actions(self, records, triggers):
        """Return the automations of a model by what they were when they last changed."""
        if UNCACHED in self.env.context:
            return super()._get_actions(records, triggers)
        known = self.browse(self._known_ids(records._name, tuple(triggers)))
        if "__action_done" in self.env.context:
            return known
        return known.with_context(__action_done={})

    @tools.ormcache("name", "triggers")
    def _known_ids(self, name, triggers):
        uncached = self.with_context(**{UNCACHED: True})
        return uncached._get_actions(self.env[name], triggers)._ids

    def _update_registry(self):
        """Clear the cache here and, after the commit, in all workers."""
        self.env.registry.clear_cache()
        return super()._update_registry()

    def _process(self, records, domain_post=None):
        """Start the actions, on all findings together: the base takes one after the other."""
        rule = self.with_context(complaint_started=STARTED)
        if records._name == FINDING:
            records = records.filtered(self._check_trigger_fields)
            rule = rule.with_context(complaint_findings=records.ids)
            records = records[:1]
        return super(BaseAutomation, rule)._process(records, domain_post=domain_post)
