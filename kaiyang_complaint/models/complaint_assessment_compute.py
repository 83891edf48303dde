import hashlib

from odoo import fields, models
from odoo.tools import SQL

from ..tools import scoring

# Of the complaints of the month also what was found in earlier months: it is not deducted twice.
FINDINGS = """
    SELECT f.id, f.ticket_id, f.confirmed_month, f.liable,
           COALESCE(f.staff_id, 0), COALESCE(f.window_id, 0), COALESCE(f.representative_id, 0),
           COALESCE(f.conduct_id, 0), COALESCE(item.aspect_id, 0), f.conclusion, f.responsibility
      FROM complaint_finding f
 LEFT JOIN helpdesk_ticket_category item ON item.id = f.conduct_id
     WHERE f.is_counted AND f.confirmed_month <= %(month)s
       AND f.ticket_id IN (SELECT ticket_id FROM complaint_finding
                            WHERE company_id = %(company)s AND is_counted
                              AND confirmed_month = %(month)s)
  ORDER BY f.confirmed_at, f.id
"""
# In how many complaints of the year before somebody was found responsible.
BEFORE = """
    SELECT bearer.target, bearer.who, COUNT(DISTINCT f.ticket_id)
      FROM complaint_finding f
CROSS JOIN LATERAL (VALUES ('window', f.window_id), ('representative', f.representative_id),
                           ('staff', CASE WHEN f.liable = 'staff' THEN f.staff_id END)
                   ) AS bearer(target, who)
     WHERE f.company_id = %(company)s AND f.is_counted AND bearer.who IS NOT NULL
       AND f.confirmed_month >= %(year)s AND f.confirmed_month < %(month)s
  GROUP BY bearer.target, bearer.who
"""
# Published deductions whose finding was overturned, and that no other month gives back.
OVERTURNED = """
    SELECT line.id, line.finding_id, line.target, ROUND(line.points * 10)::int,
           EXISTS (SELECT FROM complaint_finding other
                    WHERE other.ticket_id = f.ticket_id AND other.is_counted
                      AND other.confirmed_month < %(month)s
                      AND CASE line.target
                          WHEN 'window' THEN other.window_id = line.window_id
                          WHEN 'representative'
                          THEN other.representative_id = line.representative_id
                          ELSE other.staff_id = line.staff_id AND other.liable = 'staff' END)
      FROM complaint_finding f
      JOIN complaint_assessment_line line ON line.finding_id = f.id AND line.kind = 'finding'
      JOIN complaint_assessment given ON given.id = line.assessment_id
     WHERE f.company_id = %(company)s AND f.state = 'overturned'
       AND f.overturned_month <= %(month)s AND given.state = 'published'
       AND NOT EXISTS (SELECT FROM complaint_assessment_line back
                        WHERE back.finding_id = f.id AND back.target = line.target
                          AND back.kind = 'correction' AND back.assessment_id <> %(assessment)s)
  ORDER BY line.id
"""
STORED = """
    SELECT id, finding_id, target, kind FROM complaint_assessment_line
     WHERE assessment_id = %(assessment)s AND kind <> 'manual'
"""
# What is no longer deducted goes, what is new comes, and what a reviewer decided stays. All joins
# go by keys: no plan depends on what the database happens to know of the sizes.
STORE = """
WITH wanted AS (
    SELECT * FROM unnest(%(findings)s::int[], %(targets)s::text[], %(kinds)s::text[],
                         %(tenths)s::int[], %(rules)s::int[], %(corrected)s::int[])
               AS w(finding_id, target, kind, tenths, rule_id, corrected_id)
), gone AS (
    DELETE FROM complaint_assessment_line line WHERE line.id = ANY(%(gone)s::int[])
 RETURNING 1
), put AS (
    INSERT INTO complaint_assessment_line AS line (
           assessment_id, company_id, month, kind, finding_id, target,
           staff_id, window_id, representative_id, unit_id, conduct_id,
           rule_id, rule_words, rule_points, points, is_adjusted, corrected_id,
           create_uid, create_date, write_uid, write_date)
    SELECT %(assessment)s, %(company)s, %(month)s, w.kind, f.id, w.target,
           CASE WHEN w.target = 'staff' THEN f.staff_id END,
           CASE WHEN w.target <> 'representative' THEN f.window_id END,
           CASE WHEN w.target = 'representative' THEN f.representative_id END,
           f.unit_id, f.conduct_id,
           rule.id, COALESCE(rule.name, old.rule_words), w.tenths / 10.0, w.tenths / 10.0,
           FALSE, old.id, %(uid)s, %(now)s, %(uid)s, %(now)s
      FROM wanted w
      JOIN complaint_finding f ON f.id = w.finding_id
 LEFT JOIN complaint_deduction_rule rule ON rule.id = w.rule_id
 LEFT JOIN complaint_assessment_line old ON old.id = w.corrected_id
    ON CONFLICT (finding_id, target, kind) WHERE finding_id IS NOT NULL DO UPDATE
       SET rule_id = EXCLUDED.rule_id, rule_words = EXCLUDED.rule_words,
           rule_points = EXCLUDED.rule_points,
           points = CASE WHEN line.is_adjusted THEN line.points ELSE EXCLUDED.points END,
           write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
     WHERE line.assessment_id = EXCLUDED.assessment_id
       AND (line.rule_id, line.rule_words, line.rule_points) IS DISTINCT FROM
           (EXCLUDED.rule_id, EXCLUDED.rule_words, EXCLUDED.rule_points)
 RETURNING xmax = 0 AS is_new
)
SELECT COUNT(*) FILTER (WHERE is_new), COUNT(*) FILTER (WHERE NOT is_new),
       (SELECT COUNT(*) FROM gone)
  FROM put
"""
# By this is recognised which findings a month rests on.
BASIS = """
    SELECT md5(string_agg(id || kind, ',' ORDER BY kind, id))
      FROM (SELECT id, 'counted' AS kind FROM complaint_finding
             WHERE company_id = %(company)s AND is_counted AND confirmed_month = %(month)s
            UNION ALL
            SELECT DISTINCT finding_id, 'overturned' FROM (%(overturned)s) AS given) AS rested_on
"""


class ComplaintAssessmentCompute(models.AbstractModel):
    """Computes a month: any number of times, and in as many queries for many findings as for few.

    It reads all findings, also those of restricted cases: whoever computes sees no more by it.
    """

    _name = "complaint.assessment.compute"
    _description = "Computation of an Assessment"

    def _compute_lines(self):
        """Bring the lines up to what findings and rules say; keep what people decided.

        :return: how many lines are new, changed, gone
        """
        self.ensure_one()
        self.env.flush_all()
        rules = self.env["complaint.deduction.rule"]._of_company(self.company_id)._as_values()
        findings = [scoring.Finding(*row) for row in self._rows(FINDINGS)]
        repeats = any(rule.repeat_from > 1 for rule in rules)
        before = {row[:2]: row[2] for row in self._rows(BEFORE)} if repeats else {}
        deducted = scoring.score(rules, findings, self.month, before)
        overturned = {row[1:3]: row for row in self._rows(OVERTURNED)}
        published = [scoring.Published(*row[1:]) for row in overturned.values()]
        counts = self._store(deducted, scoring.corrections(published), overturned)
        self.env.invalidate_all()
        self._guarded_write({"computed_at": fields.Datetime.now(), "basis": self._basis()})
        return counts

    def _store(self, deducted, given_back, overturned):
        """Store lines: what is deducted, and what is given back of which overturned lines."""
        lines = [(line, "finding", None) for line in deducted]
        lines += [
            (line, "correction", overturned[line.finding, line.target][0]) for line in given_back
        ]
        wanted = {(line.finding, line.target, kind) for line, kind, _old in lines}
        return self._rows(
            STORE,
            findings=[line.finding for line, _kind, _old in lines],
            targets=[line.target for line, _kind, _old in lines],
            kinds=[kind for _line, kind, _old in lines],
            tenths=[line.tenths for line, _kind, _old in lines],
            rules=[line.rule or None for line, _kind, _old in lines],
            corrected=[old for _line, _kind, old in lines],
            gone=[row[0] for row in self._rows(STORED) if row[1:] not in wanted],
            uid=self.env.uid,
            now=self.env.cr.now(),
        )[0]

    def _rows(self, query, **values):
        """Return the rows that a query finds for this month."""
        self.env.cr.execute(self._of_month(query, **values))
        return self.env.cr.fetchall()

    def _of_month(self, query, **values):
        return SQL(
            query,
            assessment=self.id,
            company=self.company_id.id,
            month=self.month,
            year=self.month.replace(month=1),
            **values,
        )

    def _basis(self):
        """Return by what the findings, and the rules, of the month are recognised."""
        self.env.flush_all()
        rules = self.env["complaint.deduction.rule"]._of_company(self.company_id)
        cited = [*rules._as_values(), *rules.mapped("name")]
        ((findings,),) = self._rows(BASIS, overturned=self._of_month(OVERTURNED))
        return {
            "findings": findings,
            "rules": hashlib.sha256(repr(cited).encode()).hexdigest(),
        }
