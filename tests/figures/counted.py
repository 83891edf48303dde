"""Figures as plain SQL counts them in the tables of the procedure, without the addon's code.

Each function returns ``{key: text}``, under the keys and in the writing of ``shown``.
"""

import re

import psycopg2
from dateutil.relativedelta import relativedelta

NOTHING = "—"
OPEN = "('accepted', 'handling', 'on_hold', 'replied', 'fed_back')"
# Every registered complaint with what statistics say of it.
CASES = r"""
    WITH centre AS (
        SELECT id, complaint_tz AS tz, complaint_repeat_days AS days FROM res_company WHERE id = 1
    ), announced AS (
        SELECT DISTINCT ON (date) date, kind FROM complaint_calendar_day
         WHERE company_id IS NULL OR company_id = 1
      ORDER BY date, company_id NULLS LAST
    ), cases AS (
        SELECT ticket.*,
               (ticket.received_at AT TIME ZONE 'UTC' AT TIME ZONE centre.tz)::date AS day,
               (SELECT CASE WHEN bool_or(late) THEN 0.0 WHEN bool_or(met) THEN 1.0 END
                  FROM (SELECT state = 'met' AS met,
                               state = 'missed'
                               OR state <> 'met' AND due_at < now() AT TIME ZONE 'UTC' AS late
                          FROM complaint_deadline
                         WHERE ticket_id = ticket.id AND kind = 'handling' AND state <> 'cancelled'
                       ) AS limits) AS on_time,
               (SELECT COALESCE(bool_or(due_at < now() AT TIME ZONE 'UTC'), FALSE)
                  FROM complaint_deadline
                 WHERE ticket_id = ticket.id AND kind = 'handling' AND state = 'running'
               ) AS overdue,
               (SELECT SUM((
                       SELECT COUNT(*)
                         FROM generate_series(
                              start_date + 1,
                              (stopped_at AT TIME ZONE 'UTC' AT TIME ZONE centre.tz)::date,
                              INTERVAL '1 day') AS passed (day)
                    LEFT JOIN announced ON announced.date = passed.day::date
                        WHERE COALESCE(
                              announced.kind = 'makeup', EXTRACT(ISODOW FROM passed.day) < 6)
                       ))
                  FROM complaint_deadline
                 WHERE ticket_id = ticket.id AND kind = 'handling' AND state <> 'cancelled'
                   AND stopped_at IS NOT NULL) AS handling_days,
               (ticket.id IN (SELECT ticket_id FROM complaint_extension WHERE state = 'granted')
               )::int AS extended,
               (SELECT MAX((conclusion IN ('upheld', 'partly'))::int) FROM complaint_finding
                 WHERE ticket_id = ticket.id AND state = 'confirmed') AS upheld,
               (SELECT satisfaction::int FROM complaint_feedback
                 WHERE ticket_id = ticket.id AND state = 'confirmed' AND satisfaction IS NOT NULL
                   AND (mode = 'in_person'
                        OR mode = 'phone' AND callee !~ '^\W*(无|没有|不详)?\W*$'
                           AND (slip_id IS NOT NULL OR called_number ~ '(\d\D*){7}'))
              ORDER BY confirmed_at DESC, id DESC LIMIT 1) AS step,
               (SELECT COUNT(*) > 0 FROM helpdesk_ticket AS before
                 WHERE before.window_id = ticket.window_id
                   AND before.complaint_state NOT IN ('draft', 'invalid')
                   AND NOT COALESCE(before.is_restricted, FALSE)
                   AND before.received_at >= ticket.received_at - centre.days * INTERVAL '1 day'
                   AND (before.received_at < ticket.received_at
                        OR before.received_at = ticket.received_at AND before.id < ticket.id)
               )::int AS repeated
          FROM helpdesk_ticket AS ticket JOIN centre ON centre.id = ticket.company_id
         WHERE ticket.complaint_state NOT IN ('draft', 'invalid')
    )
"""
RATES = """
    AVG(on_time)::float, AVG(upheld)::float, AVG((step >= 3)::int)::float
"""
TOTALS = f"""
    {CASES}
    SELECT COUNT(*), {RATES}, AVG(extended)::float, AVG(handling_days)::float,
           COALESCE(SUM(repeated), 0)
      FROM cases
"""
# How a case is one of a group, by the field of the report.
GROUPS = {
    "channel": ("", "cases.channel_id"),
    "conduct": (
        "LEFT JOIN complaint_conduct_rel AS link ON link.ticket_id = cases.id",
        "link.category_id",
    ),
    "aspect": (
        "LEFT JOIN complaint_aspect_rel AS link ON link.ticket_id = cases.id",
        "link.aspect_id",
    ),
    "unit": ("", "cases.window_unit_id"),
}
BY = """
    {cases}
    SELECT {group}, COUNT(*) FILTER (WHERE day >= %(month)s),
           COUNT(*) FILTER (WHERE day < %(month)s), {rates}
      FROM cases {join}
     WHERE day >= %(before)s AND day < %(after)s AND NOT COALESCE(is_restricted, FALSE)
  GROUP BY {group}
"""
STEPS = f"""
    {CASES}
    SELECT step, COUNT(*) FROM cases
     WHERE day >= %(month)s AND day < %(after)s AND NOT COALESCE(is_restricted, FALSE)
  GROUP BY step
"""
AGES = f"""
    {CASES}
    SELECT width_bucket(
               (now() AT TIME ZONE centre.tz)::date - day, ARRAY[-1000000, 4, 8, 16, 31]),
           COUNT(*), COUNT(*) FILTER (WHERE overdue)
      FROM cases CROSS JOIN centre
     WHERE complaint_state IN {OPEN}
       AND NOT COALESCE(is_restricted, FALSE)
  GROUP BY 1
"""
RESULTS = """
    WITH moments AS (
        SELECT %(month)s::timestamp AT TIME ZONE complaint_tz AT TIME ZONE 'UTC' AS begins,
               %(after)s::timestamp AT TIME ZONE complaint_tz AT TIME ZONE 'UTC' AS ends
          FROM res_company WHERE id = 1
    ), found AS (
        SELECT conclusion FROM complaint_finding, moments
         WHERE company_id = 1 AND state = 'confirmed'
           AND confirmed_at >= begins AND confirmed_at < ends
    ), entries AS (
        SELECT entry.colour FROM complaint_board_entry AS entry
          JOIN complaint_board AS board ON board.id = entry.board_id
         WHERE board.company_id = 1 AND board.month = %(month)s AND entry.state = 'shown'
    )
    SELECT (SELECT COUNT(*) FROM found WHERE conclusion = 'upheld'),
           (SELECT COUNT(*) FROM found WHERE conclusion = 'partly'),
           (SELECT COUNT(*) FROM found WHERE conclusion = 'not_upheld'),
           (SELECT SUM(line.points)
              FROM complaint_assessment AS month
              JOIN complaint_assessment_line AS line ON line.assessment_id = month.id
             WHERE month.company_id = 1 AND month.month = %(month)s AND month.state = 'published'),
           (SELECT COUNT(*) FROM complaint_bar
             WHERE company_id = 1 AND period = %(month)s AND state = 'active'),
           (SELECT COUNT(*) FROM entries WHERE colour = 'red'),
           (SELECT COUNT(*) FROM entries WHERE colour = 'black'),
           (SELECT COUNT(*) FROM complaint_written_report, moments
             WHERE company_id = 1 AND asked_at >= begins AND asked_at < ends)
"""
# What a notice tells: neither restricted cases nor nothing.
TOLD = """
    WITH told AS (
        SELECT line.*, finding.ticket_id AS case_id
          FROM complaint_assessment_line AS line
     LEFT JOIN complaint_finding AS finding ON finding.id = line.finding_id
     LEFT JOIN helpdesk_ticket AS ticket ON ticket.id = finding.ticket_id
         WHERE line.assessment_id = %(id)s AND line.points <> 0
           AND NOT COALESCE(ticket.is_restricted, FALSE)
    )
"""
SUMS = f"""
    {TOLD}
    SELECT COALESCE(SUM(points), 0),
           COALESCE(SUM(points) FILTER (WHERE target = 'window'), 0),
           COALESCE(SUM(points) FILTER (WHERE target = 'staff'), 0),
           COALESCE(SUM(points) FILTER (WHERE target = 'representative'), 0)
      FROM told
"""
RANKS = """
    {told}
    SELECT RANK() OVER (ORDER BY SUM(points)), {party},
           COUNT(DISTINCT case_id) FILTER (WHERE kind = 'finding')
           + COUNT(*) FILTER (WHERE kind = 'manual'),
           SUM(points)
      FROM told
     WHERE {party} IS NOT NULL AND {which}
  GROUP BY {party}
    HAVING SUM(points) < 0
  ORDER BY 1, 2
"""
RANKED = {"unit": ("unit_id", "TRUE"), "window": ("window_id", "target = 'window'")}
RATED = r"""
    SELECT ROUND(AVG(mark), 1), COUNT(*)
      FROM (SELECT DISTINCT feedback.id, feedback.satisfaction::int AS mark
              FROM complaint_board_entry AS entry
              JOIN complaint_board AS board ON board.id = entry.board_id
              JOIN res_company AS centre ON centre.id = board.company_id
              JOIN complaint_respondent AS party
                ON CASE WHEN entry.staff_id IS NOT NULL THEN party.staff_id = entry.staff_id
                        ELSE party.window_id = entry.window_id AND party.unit_id = entry.unit_id
                   END
              JOIN complaint_feedback AS feedback ON feedback.ticket_id = party.ticket_id
              JOIN helpdesk_ticket AS ticket ON ticket.id = feedback.ticket_id
             WHERE entry.id = %(id)s AND NOT COALESCE(ticket.is_restricted, FALSE)
               AND feedback.state = 'confirmed'
               AND feedback.satisfaction IS NOT NULL
               AND (feedback.mode = 'in_person'
                    OR feedback.mode = 'phone' AND feedback.callee !~ '^\W*(无|没有|不详)?\W*$'
                       AND (feedback.slip_id IS NOT NULL
                            OR feedback.called_number ~ '(\d\D*){7}'))
               AND date_trunc('month', feedback.confirmed_at AT TIME ZONE 'UTC'
                                       AT TIME ZONE centre.complaint_tz)::date = board.month
           ) AS ratings
"""
UPHELD = """
    SELECT COUNT(DISTINCT finding.ticket_id)
      FROM complaint_board_entry_finding_rel AS link
      JOIN complaint_finding AS finding ON finding.id = link.finding_id
     WHERE link.entry_id = %(id)s
"""
AT = "SELECT COUNT(*) FROM helpdesk_ticket WHERE is_complaint AND active AND complaint_state = '{}'"
OF_ROOM = "FROM helpdesk_ticket WHERE is_complaint AND active AND"
# What waits for a leader, and for an archivist, by the key of the tile.
TILES = {
    "late": f"""
        SELECT COUNT(*) {OF_ROOM} complaint_state = 'draft' AND import_id IS NULL
           AND accept_by < now() AT TIME ZONE 'UTC'
    """,
    "new": f"""
        SELECT COUNT(*) {OF_ROOM} complaint_state = 'draft' AND import_id IS NULL
           AND accept_by >= now() AT TIME ZONE 'UTC'
    """,
    "accepted": AT.format("accepted"),
    "replied": AT.format("replied"),
    "fed_back": AT.format("fed_back"),
    "answered": f"""
        SELECT COUNT(*) {OF_ROOM} complaint_state = 'handling'
           AND id IN (SELECT ticket_id FROM complaint_slip WHERE state = 'replied')
    """,
    "overdue": """
        SELECT COUNT(DISTINCT deadline.ticket_id) FROM complaint_deadline AS deadline
          JOIN helpdesk_ticket AS ticket ON ticket.id = deadline.ticket_id
         WHERE deadline.state = 'running' AND deadline.kind IN ('handling', 'feedback')
           AND deadline.due_at < now() AT TIME ZONE 'UTC' AND ticket.active
    """,
    "findings": "SELECT COUNT(*) FROM complaint_finding WHERE state = 'draft'",
    "study": "SELECT COUNT(*) FROM complaint_common_issue WHERE state = 'found'",
    "awaited": """
        SELECT COUNT(*) FROM complaint_referral
         WHERE state = 'sent' AND NOT COALESCE(unit_answers_itself, FALSE)
    """,
    "reports": "SELECT COUNT(*) FROM complaint_written_report WHERE state = 'submitted'",
    "letters": """
        SELECT COUNT(*) FROM complaint_letter
         WHERE state IN ('approved', 'issued') AND kind NOT IN ('referral', 'transfer')
    """,
    # Archivists learn of no restricted case before it is theirs (七.5).
    "closed": f"{AT.format('closed')} AND NOT COALESCE(is_restricted, FALSE)",
    "lent": "SELECT COUNT(*) FROM complaint_dossier_loan WHERE returned_at IS NULL",
    "archived": """
        SELECT COUNT(*) FROM complaint_dossier, res_company AS centre
         WHERE centre.id = complaint_dossier.company_id AND state = 'archived'
           AND date_trunc('month', archived_at AT TIME ZONE 'UTC' AT TIME ZONE centre.complaint_tz)
             = date_trunc('month', now() AT TIME ZONE centre.complaint_tz)
    """,
}


def number(value):
    """Return points or an average as plain digits.

    >>> number(-21.0), number(4.5), number(0)
    ('21', '4.5', '0')
    """
    return f"{abs(round(float(value), 1)):g}"


def percent(value):
    """Return a rate as it is written.

    >>> percent(0.5), percent(None)
    ('50.0%', '—')
    """
    return NOTHING if value is None else f"{value:.1%}"


class Counted:
    """A database, asked without the addon."""

    def __init__(self, database):
        self.cursor = psycopg2.connect(dbname=database).cursor()

    def rows(self, query, **values):
        self.cursor.execute(query, values)
        return self.cursor.fetchall()

    def months(self):
        """Return the months with complaints, those with one first, and two without any."""
        found = self.rows(
            f"{CASES} SELECT date_trunc('month', day)::date FROM cases GROUP BY 1 ORDER BY COUNT(*)"
        )
        months = [month for (month,) in found]
        return [
            *months,
            min(months) - relativedelta(months=1),
            max(months) + relativedelta(months=1),
        ]

    def statistics(self, month):
        """Count what the monthly report says."""
        values = {
            "month": month,
            "before": month - relativedelta(months=1),
            "after": month + relativedelta(months=1),
        }
        return {
            **self._totals(month),
            **self._groups(values),
            **self._steps(values),
            **self._ages(),
            **self._results(values),
        }

    def _totals(self, month):
        columns = (month, month - relativedelta(months=1), month - relativedelta(years=1))
        figures = {}
        for place, first in enumerate(columns):
            between = {"first": first, "last": first + relativedelta(months=1)}
            query = f"{TOTALS} WHERE day >= %(first)s AND day < %(last)s"
            ((count, *rates, extended, days, repeated),) = self.rows(query, **between)
            told = [str(count), *map(percent, rates), percent(extended)]
            told += [NOTHING if days is None else f"{days:.1f}", str(repeated)]
            figures |= {("total", line, place): text for line, text in enumerate(told)}
        return figures

    def _groups(self, values):
        figures = {}
        for name, (join, group) in GROUPS.items():
            query = BY.format(cases=CASES, group=group, join=join, rates=RATES)
            # The rates are those of the month alone.
            now = {
                key: rates
                for key, _now, _before, *rates in self.rows(
                    query, **{**values, "before": values["month"]}
                )
            }
            for key, count, before, *_rates in self.rows(query, **values):
                if count:
                    told = [str(count), str(before), *map(percent, now[key])]
                    figures |= {(name, key, place): text for place, text in enumerate(told)}
        return figures

    def _steps(self, values):
        counts = dict(self.rows(STEPS, **values))
        return {("step", step): f"{counts.get(step, 0)}件" for step in (5, 4, 3, 2, 1)}

    def _ages(self):
        found = {bucket: figures for bucket, *figures in self.rows(AGES)}
        figures = {}
        for bucket in range(1, 6):
            count, overdue = found.get(bucket, (0, 0))
            figures |= {("age", bucket, 0): str(count), ("age", bucket, 1): str(overdue)}
        return figures

    def _results(self, values):
        ((upheld, partly, not_upheld, points, *counts),) = self.rows(RESULTS, **values)
        figures = {("found",): f"{upheld} {partly} {not_upheld}"}
        figures["points",] = "" if points is None else number(points)
        for name, count in zip(("bars", "red", "black", "reports"), counts, strict=True):
            figures[name,] = str(count)
        return figures

    def notices(self):
        """Return the assessments that print."""
        return [one for (one,) in self.rows("SELECT id FROM complaint_assessment ORDER BY month")]

    def notice(self, assessment):
        """Count what the notice of an assessment says."""
        (sums,) = self.rows(SUMS, id=assessment)
        figures = {("sums",): " ".join(map(number, sums)) if any(sums) else ""}
        for name, (party, which) in RANKED.items():
            query = RANKS.format(told=TOLD, party=party, which=which)
            for place, (rank, who, count, points) in enumerate(self.rows(query, id=assessment)):
                figures[name, place] = f"{rank} {who} {count} {number(points)}"
        return figures

    def boards(self):
        """Count what the entries of boards say of ratings and of findings."""
        entries = self.rows(
            """SELECT id, colour FROM complaint_board_entry
                WHERE source = 'facts' AND figures IS NOT NULL"""
        )
        figures = {}
        for entry, colour in entries:
            ((*found,),) = self.rows(RATED if colour == "red" else UPHELD, id=entry)
            figures["entry", entry] = " ".join(map(str, found))
        return figures

    def tiles(self, keys):
        """Count what waits, for who sees the whole room."""
        return {("tile", key): str(self.rows(TILES[key])[0][0]) for key in keys & TILES.keys()}

    def dashboard(self):
        """Count the totals of the dashboard."""
        figures = {}
        for name, days in DASHBOARD.items():
            query = f"{CASES} SELECT {COLUMNS} FROM cases CROSS JOIN centre WHERE {days}"
            (row,) = self.rows(query)
            for measure, value in zip(MEASURES, row, strict=True):
                figures[name, measure] = written(value)
        return figures


MEASURES = ("__count", "on_time:avg", "upheld:avg", "satisfied:avg", "extended:avg", "repeat:sum")
COLUMNS = f"COUNT(*), {RATES}, AVG(extended)::float, SUM(repeated)"
TODAY = "(now() AT TIME ZONE centre.tz)::date"
DASHBOARD = {
    "Period": f"day >= date_trunc('year', {TODAY}) AND day <= {TODAY}",
    "This month": f"day >= date_trunc('month', {TODAY})",
    "Last month, to the same day": f"""
        day >= date_trunc('month', {TODAY}) - INTERVAL '1 month'
        AND day <= {TODAY} - INTERVAL '1 month'
    """,
    "Open complaints": f"complaint_state IN {OPEN}",
}


def written(value):
    """Return a value as two sides can compare it.

    >>> written(None), written(False), written(3), written(0.123456789)
    ('', '', '3', '0.1235')
    """
    return "" if value is None or value is False else f"{round(float(value), 4):g}"


def digits(text):
    """Return the numbers of a text.

    >>> digits("属实1项，部分属实0项，扣51.5分")
    ['1', '0', '51.5']
    """
    return re.findall(r"\d+(?:\.\d+)?", text)
