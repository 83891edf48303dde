from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from .complaint_deduction_rule import POINTS, TARGETS

# What is ranked: by which field of which lines.
RANKED = {
    "unit": ("unit_id", Domain.TRUE),
    "window": ("window_id", Domain("target", "=", "window")),
    "staff": ("staff_id", Domain("target", "=", "staff")),
    "representative": ("representative_id", Domain("target", "=", "representative")),
}
SHOWN = 20


class ComplaintAssessmentTotals(models.AbstractModel):
    """What a month adds up to, and who stands where."""

    _name = "complaint.assessment.totals"
    _description = "Totals of an Assessment"

    window_points = fields.Float(string="Windows", digits=POINTS, compute="_compute_totals")
    staff_points = fields.Float(string="Staff", digits=POINTS, compute="_compute_totals")
    representative_points = fields.Float(
        string="Representatives", digits=POINTS, compute="_compute_totals"
    )
    total_points = fields.Float(string="Total", digits=POINTS, compute="_compute_totals")
    line_count = fields.Integer(string="Lines", compute="_compute_totals")
    hidden_count = fields.Integer(
        compute="_compute_hidden_count", help="Lines that rest on cases you may not read."
    )
    adjusted_count = fields.Integer(string="Adjusted Lines", compute="_compute_totals")
    draft_count = fields.Integer(compute="_compute_draft_count")
    is_stale = fields.Boolean(compute="_compute_is_stale")
    is_over = fields.Boolean(compute="_compute_is_over")
    ranking = fields.Html(compute="_compute_ranking", sanitize=False)

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
        """Tell whether the month is computed from what stands today.

        What was submitted is held against its findings only: rules changed later change no month
        that a leader was shown.
        """
        self.ensure_one()
        basis, known = self._basis(), self.basis or {}
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

        :return: dicts with ``rank``, ``record``, ``points``, ``count``; equals share a rank
        """
        field, lines = RANKED[name]
        own = Domain("assessment_id", "in", self._origin.ids) & Domain(field, "!=", False)
        rows = self.env["complaint.assessment.line"]._read_group(
            own & lines & domain, [field], ["points:sum", "__count"]
        )
        rows = sorted(rows, key=lambda row: (row[1], row[0].id))
        places = {}
        for place, row in enumerate(rows, 1):
            places.setdefault(row[1], place)
        return [
            {"rank": places[points], "record": record, "points": points, "count": count}
            for record, points, count in rows
        ]
