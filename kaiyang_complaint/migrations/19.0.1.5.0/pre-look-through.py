from odoo.tools import sql


def migrate(cr, _version):
    """Add the column: Odoo would compute it of all tickets, and mark each as changed."""
    if not sql.column_exists(cr, "helpdesk_ticket", "awaits_review"):
        cr.execute("ALTER TABLE helpdesk_ticket ADD COLUMN awaits_review bool DEFAULT false")
        cr.execute("ALTER TABLE helpdesk_ticket ALTER COLUMN awaits_review DROP DEFAULT")
