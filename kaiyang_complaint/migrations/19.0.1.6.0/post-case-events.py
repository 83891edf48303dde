from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

EVENT, TICKET = "complaint.case.event", "helpdesk.ticket"
ACCEPTED = "[('kind', '=', 'accepted'), ('ticket_id.channel_id.is_visit', '=', %s)]"
CALL = (
    "records.ticket_id.filtered(lambda one: one.complaint_state == 'accepted' and one.is_visit "
    "and not (one.is_restricted or one.is_outside_matter)).action_call_to_room()"
)
# What hung on tickets: the rule and its action, with what each says now, and which words of the
# action say that it is the one that was shipped.
RULES = (
    (
        "automation_forward_on_acceptance",
        "action_forward_on_acceptance",
        ACCEPTED % False,
        "forward",
        "records.ticket_id._forward_on_acceptance()",
    ),
    (
        "automation_call_on_acceptance",
        "action_call_on_acceptance",
        ACCEPTED % True,
        "action_call_to_room()",
        CALL,
    ),
    (
        "automation_withdraw_restricted",
        "action_withdraw_restricted",
        "[('kind', '=', 'restricted')]",
        "_withdraw_from_boards()",
        "records.sudo().ticket_id.finding_ids._withdraw_from_boards()",
    ),
)


def migrate(cr, _version):
    """Hang the rules on the steps of complaints: on tickets, every helpdesk team paid for them.

    They are data that stays, so an update of the file doesn't change them. A rule to which
    somebody gave another action is left as it is.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    on_tickets = env["ir.model"]._get(TICKET)
    for rule_name, action_name, domain, shipped, code in RULES:
        rule = env.ref(f"kaiyang_complaint.{rule_name}", raise_if_not_found=False)
        action = env.ref(f"kaiyang_complaint.{action_name}", raise_if_not_found=False)
        if (
            rule
            and action
            and rule.model_id == on_tickets
            and rule.action_server_ids == action
            and shipped in (action.code or "")
        ):
            _move(rule, action, domain, code)
    env.invalidate_all()
    env["base.automation"]._update_registry()


def _move(rule, action, domain, code):
    """Give rule and action another model, in one step: Odoo wants both to have the same."""
    cr, model_id = rule.env.cr, rule.env["ir.model"]._get_id(EVENT)
    cr.execute(
        SQL(
            "DELETE FROM base_automation_ir_model_fields_rel WHERE base_automation_id = %s", rule.id
        )
    )
    cr.execute(
        SQL(
            """UPDATE base_automation SET model_id = %s, trigger = 'on_create',
            filter_pre_domain = NULL, filter_domain = %s WHERE id = %s""",
            model_id,
            domain,
            rule.id,
        )
    )
    cr.execute(
        SQL(
            "UPDATE ir_act_server SET model_id = %s, code = %s WHERE id = %s",
            model_id,
            code,
            action.id,
        )
    )
