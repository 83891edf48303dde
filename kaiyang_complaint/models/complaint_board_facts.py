from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import board_words

ENTRY = "complaint.board.entry"
READ = {
    "complaint.feedback": ["company_id", "state", "confirmed_at", "satisfaction", "ticket_id"],
    "complaint.respondent": ["ticket_id", "staff_id", "window_id", "unit_id"],
    "complaint.finding": ["company_id", "confirmed_month", "is_counted", "staff_id", "window_id"],
    "helpdesk.ticket": ["is_restricted"],
}
# Who was rated, how often and how well, without those a counted finding of the month names.
# Of a person, the place where they were rated last.
RED = """
    WITH rated AS (
        SELECT DISTINCT f.id, f.satisfaction::integer AS mark, r.staff_id, r.window_id, r.unit_id
          FROM complaint_feedback f
          JOIN helpdesk_ticket t ON t.id = f.ticket_id AND NOT COALESCE(t.is_restricted, FALSE)
          JOIN complaint_respondent r ON r.ticket_id = f.ticket_id
         WHERE f.company_id = %(company)s AND f.state = 'confirmed'
           AND f.satisfaction IS NOT NULL
           AND f.confirmed_at >= %(start)s AND f.confirmed_at < %(end)s
    ), found AS (
        SELECT staff_id, window_id, unit_id FROM complaint_finding
         WHERE company_id = %(company)s AND confirmed_month = %(month)s AND is_counted
    )
"""
RED_WINDOWS = """
    SELECT NULL, m.window_id, m.unit_id, AVG(m.mark), COUNT(*)
      FROM (SELECT DISTINCT id, mark, window_id, unit_id FROM rated) m
      JOIN complaint_window w ON w.id = m.window_id AND w.active
     WHERE NOT EXISTS (SELECT FROM found
                        WHERE found.window_id = m.window_id
                          AND found.unit_id IS NOT DISTINCT FROM m.unit_id)
  GROUP BY m.window_id, m.unit_id
    HAVING COUNT(*) >= %(least)s AND AVG(m.mark) >= %(average)s
  ORDER BY AVG(m.mark) DESC, COUNT(*) DESC, m.window_id
     LIMIT %(limit)s
"""
RED_STAFF = """
    SELECT m.staff_id, (ARRAY_AGG(m.window_id ORDER BY m.id DESC))[1],
           (ARRAY_AGG(m.unit_id ORDER BY m.id DESC))[1], AVG(m.mark), COUNT(*)
      FROM (SELECT DISTINCT ON (id, staff_id) id, mark, staff_id, window_id, unit_id
              FROM rated ORDER BY id, staff_id) m
      JOIN complaint_window_staff s ON s.id = m.staff_id AND s.active
     WHERE NOT EXISTS (SELECT FROM found WHERE found.staff_id = m.staff_id)
  GROUP BY m.staff_id
    HAVING COUNT(*) >= %(least)s AND AVG(m.mark) >= %(average)s
  ORDER BY AVG(m.mark) DESC, COUNT(*) DESC, m.staff_id
     LIMIT %(limit)s
"""


class ComplaintBoardFacts(models.AbstractModel):
    """What the facts of a month propose for its board (七.2).

    Red: windows and people without a counted finding, enough ratings, the best satisfaction.
    Black: counted findings, by the month in which they were confirmed. Restricted cases propose
    nobody for the black side, and rate nobody: a leader alone may add what they brought to light.
    """

    _name = "complaint.board.facts"
    _description = "Facts of a Board"

    def action_propose(self):
        """Propose entries from the facts, any number of times; what people decided stays.

        :raise UserError: where the board stands
        """
        self.check_access("write")
        self._assert_state("draft")
        for board in self.sudo():
            board._propose()
        return True

    def _propose(self):
        known = {entry._key(): entry for entry in self._decidable()}
        fresh, found = [], set()
        for sequence, facts in enumerate(self._red_facts() + self._black_facts(), 1):
            facts["sequence"] = sequence
            key = self._key_of(facts)
            found.add(key)
            if key in known:
                known[key]._take_facts(self._of_known(facts))
            else:
                fresh.append({**facts, "reason": facts["composed"], "board_id": self.id})
        gone = [entry for key, entry in known.items() if key not in found]
        self._drop(gone)
        self.env[ENTRY]._guarded().create([{**facts, "source": "facts"} for facts in fresh])

    def _decidable(self):
        return self.entry_ids.filtered(lambda entry: entry.state in ("proposed", "left_out"))

    def _drop(self, entries):
        """Delete what the facts propose no longer; what people added or left out stays."""
        gone = (
            self.env[ENTRY]
            .union(*entries)
            .filtered(lambda entry: entry.source == "facts" and entry.state == "proposed")
        )
        gone._guarded().unlink()

    def _key_of(self, facts):
        staff = facts["staff_id"] or 0
        place = (0, 0) if staff else (facts["window_id"], facts["unit_id"] or False)
        return (facts["colour"], staff, *place)

    def _of_known(self, facts):
        return {name: value for name, value in facts.items() if name != "colour"}

    # --- red --------------------------------------------------------------------------------

    def _red_facts(self):
        """Return the best windows, then the best people; one left out makes room for the next."""
        out = self._decidable().filtered(lambda e: e.colour == "red" and e.state == "left_out")
        people = out.filtered("staff_id")
        return [
            *self._red_of(RED_WINDOWS, out - people),
            *self._red_of(RED_STAFF, people),
        ]

    def _red_of(self, query, left_out):
        most = self.company_id.complaint_board_red_count
        facts = []
        for staff, window, unit, average, count in self._red_rows(query, most + len(left_out)):
            facts.append(
                {
                    "colour": "red",
                    "staff_id": staff or False,
                    "window_id": window or False,
                    "unit_id": unit or False,
                    "composed": board_words.red_words(),
                    "figures": board_words.red_figures(average, count),
                }
            )
        keys = {entry._key() for entry in left_out}
        chosen = [one for one in facts if self._key_of(one) not in keys][:most]
        return [one for one in facts if one in chosen or self._key_of(one) in keys]

    def _red_rows(self, query, limit):
        for name, names in READ.items():
            self.env[name].flush_model(names)
        company = self.company_id
        start, end = self._moments()
        return self.env.execute_query(
            SQL(
                RED + query,
                company=company.id,
                month=self.month,
                start=start,
                end=end,
                least=company.complaint_board_min_count,
                average=company.complaint_board_min_average,
                limit=limit,
            )
        )

    def _moments(self):
        """Return the UTC moments at which the month begins and ends where the centre stands."""
        company, day = self.company_id, timedelta(days=1)
        after = self.month + relativedelta(months=1)
        return company._complaint_midnight(self.month - day), company._complaint_midnight(
            after - day
        )

    # --- black ------------------------------------------------------------------------------

    def _black_facts(self):
        """Return who is answerable for the counted findings of the month, and for which."""
        parties = defaultdict(list)
        for finding in self._counted_findings():
            parties[finding._board_party()].append(finding.id)
        least = self.company_id.complaint_board_black_count
        findings = self.env["complaint.finding"]
        return [
            findings.browse(ids)._board_facts() for ids in parties.values() if len(ids) >= least
        ]

    def _counted_findings(self):
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("confirmed_month", "=", self.month),
                ("is_counted", "=", True),
                ("ticket_id.is_restricted", "=", False),
            ]
        )
        if self.company_id.complaint_board_black_from == "main":
            domain &= Domain("responsibility", "=", "main")
        return self.env["complaint.finding"].search(domain, order="confirmed_at, id")
