from odoo import api, models, tools
from odoo.exceptions import AccessError

from .base_automation import FINDING, STARTED

MODULE = "kaiyang_complaint"
# What runs by itself: reactions of automation rules, and scheduled jobs.
REACTIONS = ("base_automation", "ir_cron")


class IrActionsServer(models.Model):
    """Reactions and jobs of the desk run only from their rule or schedule.

    Findings that one change was about are taken together, where an automation started it.
    """

    _inherit = "ir.actions.server"

    def run(self):
        """Run actions, on findings together."""
        together = self.env.context.get("complaint_findings")
        if together and self.env.context.get("active_model") == FINDING:
            context = {"active_ids": together, "complaint_findings": False}
            return super(IrActionsServer, self.with_context(**context)).run()
        return super().run()

    def _can_execute_action_on_records(self, records):
        """Refuse manual runs of actions that rules and schedules run.

        The base asks for no right at all where an action names no group and gets no record.

        :raise AccessError: for everybody, administrators included
        """
        if self.id in self._reactions() and not self._is_started():
            raise AccessError(
                self.env._(
                    "“%s” is started by its automation rule or its schedule, and by nobody by "
                    "hand. Rules are switched on and off in the settings.",
                    self.name,
                )
            )
        return super()._can_execute_action_on_records(records)

    @api.model
    @tools.ormcache()
    def _reactions(self):
        """Return the ids of the actions of this addon that run by themselves."""
        data = self.env["ir.model.data"].sudo()
        ours = data.search_fetch([("module", "=", MODULE), ("model", "=", self._name)], ["res_id"])
        actions = self.sudo().browse(ours.mapped("res_id")).exists()
        return frozenset(actions.filtered(lambda one: one.usage in REACTIONS).ids)

    def _is_started(self):
        return self.env.context.get("complaint_started") is STARTED
