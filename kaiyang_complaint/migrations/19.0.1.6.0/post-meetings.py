def migrate(cr, _version):
    """Tell when meetings were held from when that was put on record: it was one moment before."""
    cr.execute(
        """UPDATE complaint_meeting
              SET recorded_at = held_at, held_at = LEAST(starts_at, held_at)
            WHERE held_at IS NOT NULL AND recorded_at IS NULL"""
    )
