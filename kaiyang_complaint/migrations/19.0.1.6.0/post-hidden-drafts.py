def migrate(cr, _version):
    """Show complaints again that were hidden: that is no end of a complaint."""
    cr.execute("UPDATE helpdesk_ticket SET active = TRUE WHERE is_complaint AND NOT active")
