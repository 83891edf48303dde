def migrate(cr, _version):
    """Drop the table of wrong guesses: others are counted now, and these mattered for minutes."""
    cr.execute("DROP TABLE IF EXISTS complaint_tracking_guess")
