import json

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

# Where the name of somebody stands, by the model that a field points to.
NAMES = {
    "res.users": """
        SELECT account.id, person.name FROM res_users AS account
          JOIN res_partner AS person ON person.id = account.partner_id
    """,
    "complaint.representative": """
        SELECT office.id, person.name FROM complaint_representative AS office
          JOIN res_users AS account ON account.id = office.user_id
          JOIN res_partner AS person ON person.id = account.partner_id
    """,
    "res.partner": "SELECT id, name FROM res_partner",
}
KEEP = """
    UPDATE %(table)s AS record
       SET signer_names = coalesce(record.signer_names, '{}')
           || jsonb_build_object(%(key)s, named.name)
      FROM (%(names)s) AS named (id, name)
     WHERE named.id = record.%(field)s
       AND NOT coalesce(record.signer_names, '{}') ? %(key)s
"""

KEEP_URGED = """
    UPDATE complaint_escalation AS record
       SET signer_names = kept.names::jsonb
      FROM (VALUES %s) AS kept (id, names)
     WHERE kept.id = record.id
"""


def migrate(cr, _version):
    """Keep the names of the people on papers that are out: as they are called now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in env.registry.descendants(["complaint.signer.mixin"], "_inherit"):
        model = env[name]
        for signer in () if model._abstract else model._signers:
            field = model._fields[signer]
            if field.type == "many2one" and field.comodel_name in NAMES:
                cr.execute(
                    SQL(
                        KEEP,
                        table=SQL.identifier(model._table),
                        field=SQL.identifier(signer),
                        key=signer,
                        names=SQL(NAMES[field.comodel_name]),
                    )
                )
    _keep_urged(env)


def _keep_urged(env):
    """Keep also who was told, of what was urged; the records don't count as changed by that."""
    parts = ["told_slip_ids", "user_ids", "deadline_id"]
    kept = []
    for one in env["complaint.escalation"].search([]):
        before = one.signer_names or {}
        names = {part: one._name_now(part) for part in parts if part not in before}
        now = {**before, **{part: name for part, name in names.items() if name}}
        if now != before:
            kept.append((one.id, json.dumps(now)))
    if kept:
        env.cr.execute_values(KEEP_URGED, kept)
        env["complaint.escalation"].invalidate_model(["signer_names"])
