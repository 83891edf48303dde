def migrate(cr, _version):
    """Let complaints know the import they came with: its drafts wait in a list of their own."""
    cr.execute(
        """
        UPDATE helpdesk_ticket AS ticket
           SET import_id = line.import_id
          FROM complaint_import_line AS line
         WHERE line.ticket_id = ticket.id
           AND ticket.import_id IS NULL
        """
    )
