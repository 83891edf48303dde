def migrate(cr, _version):
    """Let recorded calls, channels that stay, ask for the joint consideration (五(一)1)."""
    cr.execute("UPDATE helpdesk_ticket_channel SET asks_for_consideration = asks_for_recording")
