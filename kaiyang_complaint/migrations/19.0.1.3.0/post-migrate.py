from dateutil.relativedelta import relativedelta
from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.kaiyang_complaint.models.result.complaint_finding import LOOKED_INTO

# Tables of two dialogs that became one.
GONE = (
    "complaint_letter_answer_ir_attachment_rel",
    "complaint_letter_answer",
    "complaint_referral_answer_ir_attachment_rel",
    "complaint_referral_answer",
)


def migrate(cr, _version):
    """Propose findings on what was looked into before there were any; clear up old dialogs."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "zh_CN"})
    for table in GONE:
        cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(table)))
    _propose_findings(env)


def _propose_findings(env):
    """Propose what people are to confirm, for the complaints of this year and of last month.

    What was upheld then counts towards two months running and three in a year (七.3).
    """
    tickets = env["helpdesk.ticket"]
    of_year = Domain.OR(_since_year_began(company) for company in env["res.company"].search([]))
    looked_into = tickets.search(of_year & Domain("complaint_state", "in", LOOKED_INTO))
    env["complaint.finding"]._propose(looked_into)


def _since_year_began(company):
    month = company._complaint_today().replace(day=1)
    first = min(month.replace(month=1), month - relativedelta(months=1))
    since = company._complaint_midnight(first - relativedelta(days=1))
    return Domain("company_id", "=", company.id) & Domain("accepted_at", ">=", since)
