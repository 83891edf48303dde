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
    """Keep also who was told, of what was urged."""
    parts = ["told_slip_ids", "user_ids", "deadline_id"]
    for one in env["complaint.escalation"].search([]):
        one._keep_names([name for name in parts if name not in (one.signer_names or {})])
