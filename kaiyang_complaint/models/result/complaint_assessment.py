import hashlib
from collections import Counter, defaultdict

from dateutil.relativedelta import relativedelta
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...exceptions import busy
from ...report.result.monthly_notice import AssessmentSheet
from ...tools import scoring
from ...tools.masking import exposed
from ..intake.known_identifiers import known_identifiers
from .complaint_deduction_rule import POINTS, TARGETS

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
# What is ranked: by which field of which lines.
RANKED = {
    "unit": ("unit_id", Domain.TRUE),
    "window": ("window_id", Domain("target", "=", "window")),
    "staff": ("staff_id", Domain("target", "=", "staff")),
    "representative": ("representative_id", Domain("target", "=", "representative")),
}
SHOWN = 20
REPORT = "kaiyang_complaint.report_assessment"
ASSESS = "kaiyang_complaint.activity_assess"


class ComplaintAssessment(models.Model):
    """The points of a month: computed from findings, reviewed, approved, published (七.1).

    What was published stands as it is: a finding that is overturned later gives its points back
    in the open month.
    """

    _name = "complaint.assessment"
    _description = "Monthly Assessment"
    _inherit = [
        "complaint.approval.mixin",
        "complaint.procedure.mixin",
        "complaint.company.mixin",
        "complaint.confidential.mixin",
        "mail.activity.mixin",
    ]
    _order = "month desc, id desc"
    _check_company_auto = True
    _procedural = {
        "name": False,
        "state": "draft",
        "computed_at": False,
        "basis": False,
        "approval_id": False,
        "letter_id": False,
        "published_at": False,
        "published_by_id": False,
    }

    _rec_names_search = ["name"]
    _reference_path = "name"
    name = fields.Char(string="Notice No.", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    month = fields.Date(
        required=True,
        default=lambda self: self.env.company._complaint_today().replace(day=1),
        help="Findings count in the month in which they were confirmed.",
    )
    state = fields.Selection(
        [
            ("draft", "In Review"),
            ("submitted", "Waiting for Approval"),
            ("approved", "To Publish"),
            ("published", "Circulated"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    line_ids = fields.One2many("complaint.assessment.line", "assessment_id", string="Deductions")
    computed_at = fields.Datetime(string="Computed", readonly=True, copy=False)
    basis = fields.Json(
        readonly=True,
        copy=False,
        help="Identifies the findings and rules it is based on.",
    )
    decision = fields.Selection(related="approval_id.state", string="Last Decision")
    letter_id = fields.Many2one(
        "complaint.letter", string="Notice as Issued", readonly=True, copy=False
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    window_points = fields.Float(string="Windows", digits=POINTS, compute="_compute_totals")
    staff_points = fields.Float(string="Staff", digits=POINTS, compute="_compute_totals")
    representative_points = fields.Float(
        string="Representatives", digits=POINTS, compute="_compute_totals"
    )
    total_points = fields.Float(string="Total", digits=POINTS, compute="_compute_totals")
    line_count = fields.Integer(string="Lines", compute="_compute_totals")
    hidden_count = fields.Integer(
        compute="_compute_hidden_count", help="Lines based on cases you are not allowed to read."
    )
    adjusted_count = fields.Integer(string="Adjusted Lines", compute="_compute_totals")
    draft_count = fields.Integer(compute="_compute_draft_count")
    reopened_count = fields.Integer(
        compute="_compute_reopened_count",
        compute_sudo=True,
        help="Complaints of the month that are reopened: what was found may change.",
    )
    is_stale = fields.Boolean(compute="_compute_is_stale")
    is_over = fields.Boolean(compute="_compute_is_over")
    ranking = fields.Html(compute="_compute_ranking", sanitize=False)

    _month_unique = models.UniqueIndex(
        "(company_id, month)", "The centre has an assessment of this month already."
    )
    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "Another notice already has this number."
    )
    _month_first = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "An assessment is of a whole month."
    )

    @api.depends("month", "name")
    def _compute_display_name(self):
        for assessment in self:
            month = format_date(self.env, assessment.month, date_format="yyyy-MM")
            assessment.display_name = " ".join(filter(None, (month, assessment.name)))

    @api.onchange("month")
    def _onchange_month(self):
        self.month = self.month and self.month.replace(day=1)

    @api.constrains("month")
    def _check_month(self):
        for assessment in self:
            if assessment.month > assessment.company_id._complaint_today():
                raise ValidationError(self.env._("This month has not begun yet."))

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Open assessments, each of a whole month.

        :raise UserError: where the values skip the procedure, or a month is open already
        """
        return super().create([self._whole_month(vals) for vals in vals_list])

    def write(self, vals):
        """Change the month of an assessment not computed yet; all else changes by actions.

        :raise UserError: for everything else
        """
        moved = not self._by_procedure() and {"month", "company_id"} & vals.keys()
        if moved and any(one.computed_at or one.line_ids for one in self):
            raise UserError(
                self.env._("An assessment stays with its month: open another one instead.")
            )
        return super().write(self._whole_month(vals))

    def _whole_month(self, vals):
        if not vals.get("month"):
            return vals
        return {**vals, "month": fields.Date.to_date(vals["month"]).replace(day=1)}

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")
        if any(self.line_ids.mapped("kind")):
            raise UserError(
                self.env._(
                    "Deductions of the month are on record: the assessment can't be deleted."
                )
            )

    # --- months -----------------------------------------------------------------------------

    @api.model
    def _open_months(self, companies):
        """Open the current month of centres that have not opened it yet.

        :raise BusyError: where someone else opened it just now; the server tries again
        """
        wanted = {company: company._complaint_today().replace(day=1) for company in companies}
        assessments = self.sudo()
        opened = assessments.search(
            [("company_id", "in", companies.ids), ("month", "in", list(set(wanted.values())))]
        )
        known = {(one.company_id, one.month) for one in opened}
        missing = [
            {"company_id": company.id, "month": month}
            for company, month in wanted.items()
            if (company, month) not in known
        ]
        with busy(self.env):
            return assessments.create(missing)

    @api.model
    def _centres(self):
        """Return the companies that have a complaint room."""
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        return rooms.company_id

    @api.model
    def _cron_open(self):
        """Open the month of every centre, and remind managers of months that are over."""
        self._open_months(self._centres())
        for assessment in self.search([("state", "=", "draft")]):
            # Not again while a to-do is open, and none in a month that still runs.
            if assessment._is_over() and not assessment.activity_ids:
                assessment._remind_managers()

    @api.model
    def action_open_list(self):
        """Open the list of assessments; a manager finds the current month there."""
        if self.has_access("create"):
            self._open_months(self._centres() & self.env.companies)
        action = "kaiyang_complaint.complaint_assessment_action"
        return self.env["ir.actions.act_window"]._for_xml_id(action)

    # --- computation ------------------------------------------------------------------------------

    def _compute_lines(self):
        """Update the lines from findings and rules; keep manual decisions.

        :return: how many lines are new, changed, gone
        """
        self.ensure_one()
        # Read and stored by SQL, in as many queries for thousands of findings as for one: what the
        # ORM has yet to write must be there, and what it remembers is forgotten afterwards.
        self.env.flush_all()
        rules = self.env["complaint.deduction.rule"]._of_company(self.company_id)._as_values()
        findings = [scoring.Finding(*row) for row in self._rows(FINDINGS)]
        repeats = any(rule.repeat_from > 1 for rule in rules)
        # How often somebody was at fault earlier in the year is only asked where a rule needs it.
        before = {row[:2]: row[2] for row in self._rows(BEFORE)} if repeats else {}
        deducted = scoring.score(rules, findings, self.month, before)
        overturned = {row[1:3]: row for row in self._rows(OVERTURNED)}
        published = [scoring.Published(*row[1:]) for row in overturned.values()]
        counts = self._store(deducted, scoring.corrections(published), overturned)
        self.env.invalidate_all()
        self._procedure_write({"computed_at": fields.Datetime.now(), "basis": self._basis()})
        return counts

    def _store(self, deducted, given_back, overturned):
        """Store lines: what is deducted, and what is given back of which overturned lines."""
        lines = [(line, "finding", None) for line in deducted]
        # Points of a published month are never touched: what is overturned comes back as a line of
        # this month.
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
        # With the names: the notice prints them.
        cited = [*rules._as_values(), *rules.mapped("name")]
        ((findings,),) = self._rows(BASIS, overturned=self._of_month(OVERTURNED))
        return {
            "findings": findings,
            "rules": hashlib.sha256(repr(cited).encode()).hexdigest(),
        }

    # --- totals -----------------------------------------------------------------------------------

    @api.depends("line_ids.points", "line_ids.target", "line_ids.is_adjusted")
    def _compute_totals(self):
        """Add up all lines, also those that the user may not read."""
        rows = (
            self.env["complaint.assessment.line"]
            .sudo()
            ._read_group(
                [("assessment_id", "in", self.ids)],
                ["assessment_id", "target", "is_adjusted"],
                ["points:sum", "__count"],
            )
        )
        points, counts = defaultdict(float), defaultdict(int)
        for assessment, target, adjusted, total, count in rows:
            points[assessment.id, target] += total
            counts[assessment.id, adjusted] += count
        for one in self:
            for target, _label in TARGETS:
                one[f"{target}_points"] = points[one._origin.id, target]
            one.total_points = sum(one[f"{target}_points"] for target, _label in TARGETS)
            one.adjusted_count = counts[one._origin.id, True]
            one.line_count = one.adjusted_count + counts[one._origin.id, False]

    @api.depends("line_count")
    @api.depends_context("uid")
    def _compute_hidden_count(self):
        # Counted as the user: totals are of all lines, and the page says how many it doesn't show.
        lines = self.env["complaint.assessment.line"].with_user(self.env.uid)
        rows = lines._read_group(
            [("assessment_id", "in", self.ids)], ["assessment_id"], ["__count"]
        )
        readable = {assessment.id: count for assessment, count in rows}
        for one in self:
            one.hidden_count = one.line_count - readable.get(one._origin.id, 0)

    @api.depends("month", "company_id", "state")
    def _compute_draft_count(self):
        """Count findings that wait for confirmation, up to the end of a month in review."""
        for one in self:
            in_review = one.month and one.state == "draft"
            domain = one._drafts_domain() if in_review else Domain.FALSE
            one.draft_count = self.env["complaint.finding"].search_count(domain)

    @api.depends("line_ids.finding_id.ticket_id.complaint_state")
    def _compute_reopened_count(self):
        for one in self:
            one.reopened_count = len(one._reopened_cases(one.line_ids))

    def _reopened_cases(self, lines):
        """Return the complaints of some lines that were reopened after the finding, and run."""
        return lines.sudo().filtered("is_reopened").finding_id.ticket_id

    def _drafts_domain(self):
        """Return the findings not confirmed that were on record when the month ended."""
        return Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "draft"),
                ("create_date", "<", self._ends_at()),
            ]
        )

    @api.depends("basis", "computed_at", "state", "month")
    def _compute_is_stale(self):
        for one in self:
            open_one = one._origin.computed_at and one.state != "published"
            one.is_stale = bool(open_one and not one._origin._is_current())

    def _is_current(self):
        """Return whether the month is computed from what stands today.

        What was submitted is held against its findings only: rules changed later change no month
        that a leader was shown.
        """
        self.ensure_one()
        basis, known = self._basis(), self.basis or {}
        # A draft follows the rules as they change.
        names = ("findings", "rules") if self.state == "draft" else ("findings",)
        return all(basis[name] == known.get(name) for name in names)

    @api.depends("month", "company_id")
    def _compute_is_over(self):
        for one in self:
            one.is_over = bool(one.month) and one._is_over()

    def _is_over(self):
        return self.month < self.company_id._complaint_today().replace(day=1)

    @api.depends("line_ids.points")
    @api.depends_context("uid", "lang")
    def _compute_ranking(self):
        for one in self:
            rankings = [
                {"label": label, "rows": one._ranked(name)[:SHOWN]}
                for name, label in self._ranked_labels()
            ]
            values = {"rankings": [found for found in rankings if found["rows"]]}
            one.ranking = self.env["ir.qweb"]._render(
                "kaiyang_complaint.assessment_ranking", values
            )

    def _ranked_labels(self):
        return [
            ("unit", self.env._("Window Units")),
            ("window", self.env._("Windows")),
            ("staff", self.env._("Staff Members")),
            ("representative", self.env._("Chief Representatives")),
        ]

    def _ranked(self, name, domain=Domain.TRUE):
        """Rank who lost points, as far as the user may read of it: who lost most stands first.

        :return: dicts with ``rank``, ``record``, ``points``, ``count``; equals share a rank. The
            count is of complaints and of entries by hand: what was given back is none.
        """
        field, lines = RANKED[name]
        own = Domain("assessment_id", "in", self._origin.ids) & Domain(field, "!=", False)
        found = self.env["complaint.assessment.line"]._read_group(
            own & lines & domain, [field, "kind"], ["points:sum", "__count", "finding_id:recordset"]
        )
        points, counts = defaultdict(float), Counter()
        for party, kind, sum_of_points, count, findings in found:
            points[party] += sum_of_points
            counts[party] += {"manual": count, "correction": 0}.get(
                kind, len(findings.sudo().ticket_id)
            )
        # Who got back as much as was deducted lost nothing, and stands in no ranking.
        lost = {party: total for party, total in points.items() if round(total, 1) < 0}
        ordered = sorted(lost.items(), key=lambda one: (one[1], one[0].id))
        places = {}
        # Equals share the first of their places, as in sports: 1, 2, 2, 4.
        for place, (_party, total) in enumerate(ordered, 1):
            places.setdefault(total, place)
        return [
            {"rank": places[total], "record": party, "points": total, "count": counts[party]}
            for party, total in ordered
        ]

    # --- notice -----------------------------------------------------------------------------------

    def _issue_notice(self):
        """Issue the notice under the next number of its series; its very PDF is kept."""
        self.ensure_one()
        sheet = AssessmentSheet(self)
        letters = self.env["complaint.letter"].with_company(self.company_id).sudo()
        letter = letters._with_procedure().create(
            {
                "kind": "assessment",
                "subject": sheet.heading,
                "body": f"{sheet.opening}\n{sheet.summary}",
                "approval_id": self.approval_id.id,
            }
        )
        self._procedure_write({"letter_id": letter.id})
        letter._issue(paper=(REPORT, self))
        letter._mark_sent(sent_how="handed_over", sent_note=self.env._("Published in the hall"))
        self._procedure_write({"name": letter.name})

    def _paper_name(self):
        """Return the name of the file that is printed."""
        return f"月度考核通报 {self.display_name}"

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering again."""
        pdf = self.letter_id.pdf_id
        return pdf if report == self.env.ref(REPORT) else pdf.browse()

    def _note_printed(self):
        self.letter_id._note_printed()

    # --- actions ----------------------------------------------------------------------------------

    def action_compute(self):
        """Compute months from the current findings and rules; can be repeated.

        Lines by hand and what a reviewer decided stay.

        :raise UserError: where a month was submitted
        """
        self.check_access("write")
        for assessment in self:
            assessment._lock_rows()
            assessment._assert_state("draft")
            new, changed, gone = assessment._compute_lines()
            if new or changed or gone:
                assessment._message_log(
                    body=self.env._(
                        "Computed: %(new)s lines new, %(changed)s changed, %(gone)s gone.",
                        new=new,
                        changed=changed,
                        gone=gone,
                    )
                )
        return True

    def _lock_rows(self):
        """Lock the months until the end of the transaction.

        Waits for who acts at this moment: Odoo's ``lock_for_update`` would refuse instead.
        """
        if self.ids:
            ids = tuple(sorted(self.ids))
            self.env.cr.execute(
                SQL("SELECT 1 FROM complaint_assessment WHERE id IN %s ORDER BY id FOR UPDATE", ids)
            )
            # What was read before the lock may be out of date.
            self.invalidate_recordset(["state"])

    # --- publishing -------------------------------------------------------------------------

    def action_publish(self):
        """Publish approved months: the notice gets its number, and all of it is frozen.

        :raise UserError: where a month is not approved, or a finding was overturned since; no
            number is lost then
        """
        self.check_access("write")
        for assessment in self.sorted("month"):
            assessment._lock_rows()
            assessment._assert_state("approved")
            assessment._assert_current()
            assessment._procedure_write(
                {
                    "state": "published",
                    "published_at": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                }
            )
            assessment._issue_notice()
            assessment.activity_unlink([ASSESS])
            assessment._message_log(body=self.env._("%s was published.", assessment.name))
        return True

    def _closed_message(self):
        """Return why a month can't be changed any more, and what can be done."""
        if self.state == "published":
            return self.env._(
                "%s is published and stands as it is. A finding that is overturned gives its "
                "points back in the open month.",
                self.display_name,
            )
        return self.env._(
            "%s is submitted. Take it back first, as long as it is not published.",
            self.display_name,
        )

    # --- people, other screens --------------------------------------------------------------

    def _remind_managers(self):
        """Give a to-do to the managers of the room: the month is over."""
        group = self.env.ref("kaiyang_complaint.group_complaint_manager")
        managers = group.sudo().all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and user.id != SUPERUSER_ID
        )
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        for user in managers & rooms.user_ids or managers:
            self.activity_schedule(ASSESS, user_id=user.id)

    def _ends_at(self):
        """Return the UTC moment at which the month is over on the wall."""
        last = self.month + relativedelta(months=1, days=-1)
        return self.company_id._complaint_midnight(last)

    def action_open_drafts(self):
        """Open the findings of the month that nobody confirmed yet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_finding_action"
        )
        return {**action, "domain": list(self._drafts_domain()), "context": {}}

    def action_open_lines(self):
        """Open the lines of the month as a list, a pivot table and a chart."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_assessment_line_action"
        )
        return {
            **action,
            "name": self.display_name,
            "domain": [("assessment_id", "=", self.id)],
            "context": {"default_assessment_id": self.id},
        }

    def action_download(self):
        """Download the month as a spreadsheet, as far as the user may read it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/complaint/assessment/{self.id}.xlsx",
            "target": "download",
        }

    # --- approval ---------------------------------------------------------------------------------

    def action_submit(self):
        """Put months that are over before the leader in charge.

        :raise UserError: where a month is not over, or not computed from what stands today, or
            its reasons tell who complained
        """
        self.check_access("write")
        for assessment in self:
            assessment._lock_rows()
            assessment._assert_state("draft")
            assessment._assert_over()
            assessment._assert_current()
            assessment._assert_unnamed()
            assessment._procedure_write({"state": "submitted"})
            approval = self.env["complaint.approval"]._ask(
                assessment, "assessment", assessment._request_text()
            )
            assessment._procedure_write({"approval_id": approval.id})
            assessment.activity_unlink([ASSESS])
            assessment._message_log(body=self.env._("Submitted to the leader in charge."))
        return True

    def _assert_over(self):
        if not self._is_over():
            raise UserError(
                self.env._(
                    "%s is not over: it is submitted from the first day of the next month on.",
                    self.display_name,
                )
            )

    def _assert_current(self):
        """Refuse a month whose findings or rules have changed since.

        :raise UserError: naming the way on
        """
        if self.computed_at and self._is_current():
            return
        if self.state == "draft":
            message = self.env._("%s: compute it first. Its basis has changed since.")
        else:
            message = self.env._(
                "%s: a finding was overturned since. Take it back, compute it and submit it again."
            )
        raise UserError(message % self.display_name)

    def _assert_unnamed(self):
        """Refuse printed reasons that identify a complainant.

        :raise UserError: naming it
        """
        lines = self.env["complaint.assessment.line"].sudo()
        lines = lines.search([("assessment_id", "in", self.ids)])
        said = "；".join(lines.filtered(lambda line: line.kind == "manual").mapped("reason"))
        if not said:
            return
        found = exposed(said, known_identifiers(lines.ticket_id), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A notice must not identify the complainant. Remove from the reasons: %s.",
                    "、".join(found),
                )
            )

    def _request_text(self):
        """Describe the month in figures and text: leaders decide from a list."""
        lines = [
            self.env._(
                "Windows: %(window)s; staff: %(staff)s; representatives: %(representative)s; in "
                "all: %(total)s, by %(count)s lines.",
                window=self._format_points(self.window_points),
                staff=self._format_points(self.staff_points),
                representative=self._format_points(self.representative_points),
                total=self._format_points(self.total_points),
                count=self.line_count,
            )
        ]
        if self.adjusted_count:
            lines.append(self.env._("Adjusted with a reason: %s.", self.adjusted_count))
        if self.hidden_count:
            lines.append(self.env._("On restricted cases: %s.", self.hidden_count))
        if self.draft_count:
            lines.append(self.env._("Findings not confirmed yet: %s.", self.draft_count))
        if self.reopened_count:
            lines.append(self.env._("Complaints reopened, under review: %s.", self.reopened_count))
        ranked = [row for row in self._ranked("unit") if row["points"] < 0][:3]
        lines += [f"{row['record'].name} {self._format_points(row['points'])}" for row in ranked]
        return "\n".join(lines)

    def _format_points(self, points):
        """Return points as a request tells them: what was lost, or given back."""
        count = f"{abs(points):g}"
        if points > 0:
            return self.env._("%s points given back", count)
        return self.env._("%s points deducted", count)

    def _approval_decided(self, approval):
        """Apply the leader's decision: the month may be published, or is reviewed again."""
        self.ensure_one()
        states = {"approved": "approved", "rejected": "draft", "withdrawn": "draft"}
        self._procedure_write({"state": states[approval.state]})
        labels = dict(approval._fields["state"]._description_selection(self.env))
        said = "：".join(filter(None, (labels[approval.state], approval.instruction)))
        self._message_log(body=said, author_id=self.env.user.partner_id.id)
        if approval.state != "withdrawn":
            asker = approval.requested_by_id
            self.activity_schedule(ASSESS, user_id=asker.id, note=said)

    def action_withdraw(self):
        """Take months back that are not published; they need their approval again.

        :raise UserError: where a month was never submitted, or is published
        """
        for assessment in self._take_back("submitted"):
            assessment._message_log(body=self.env._("Taken back after the approval."))
        return True
