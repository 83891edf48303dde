from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from psycopg2.extras import Json

from odoo.addons.kaiyang_complaint.models.case.helpdesk_ticket import MOMENTS


def migrate(cr, _version):
    """Keep what was done before complaints were reopened: until now the clock told it."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for ticket in env["helpdesk.ticket"].search([("reopened_at", "!=", False)]):
        past = {}
        for name, moment in MOMENTS.items():
            records = ticket[name]
            past[records._name] = records.filtered(
                lambda one, moment=moment, since=ticket.reopened_at: (
                    one[moment] and one[moment] < since
                )
            ).ids
        cr.execute(
            SQL("UPDATE helpdesk_ticket SET past_acts = %s WHERE id = %s", Json(past), ticket.id)
        )
    env.invalidate_all()
