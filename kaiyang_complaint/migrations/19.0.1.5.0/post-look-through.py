from odoo import SUPERUSER_ID, api

ACTION = "kaiyang_complaint.action_forward_on_acceptance"


def migrate(cr, _version):
    """Let acceptance forward only what was looked through: its action is data that stays."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    _find_waiting(env)
    action = env.ref(ACTION, raise_if_not_found=False)
    if action and "action_forward()" in (action.code or ""):
        action.code = "records._forward_on_acceptance()"


def _find_waiting(env):
    """Compute what waits for that, of the complaints where it can be."""
    tickets = env["helpdesk.ticket"]
    running = tickets.search([("complaint_state", "in", ("accepted", "handling"))])
    env.add_to_compute(tickets._fields["awaits_review"], running)
    tickets.flush_model(["awaits_review"])
