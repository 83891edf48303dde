BEFORE = "投诉受理工作制度第"
NOW = "《制度》第"


def migrate(cr, _version):
    """Let clauses, data that stays, cite the regulation by its short title.

    Papers put the title in full, a setting of the centre, where they cite it first.
    """
    cr.execute(
        """
        UPDATE complaint_clause
           SET citation = %s || substr(citation, %s)
         WHERE starts_with(citation, %s)
        """,
        (NOW, len(BEFORE) + 1, BEFORE),
    )
