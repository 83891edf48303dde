from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import scoring

TARGETS = [
    ("window", "Window"),
    ("staff", "Staff Member"),
    ("representative", "Chief Representative"),
]
# Points are whole tenths: they add up without drift.
POINTS = (6, 1)
TENTHS = 10


class ComplaintDeductionRule(models.Model):
    """What an upheld complaint costs a window, a person or a chief representative (七.1).

    For each of the three the first rule from above that fits a finding applies.
    """

    _name = "complaint.deduction.rule"
    _description = "Deduction Rule"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(
        string="Rule", required=True, help="How the rule is cited beside a deduction."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        help="Applies to this centre only; to all centres where empty.",
    )
    target = fields.Selection(TARGETS, string="Deducted From", required=True, default="window")
    points = fields.Float(
        digits=POINTS, required=True, help="Points to deduct: less than zero, such as −3."
    )
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        domain="[('conduct_number', '>', 0)]",
        ondelete="restrict",
        help="Any item where empty.",
    )
    aspect_id = fields.Many2one(
        "complaint.aspect", ondelete="restrict", help="Items of any aspect where empty."
    )
    conclusion = fields.Selection(
        [("upheld", "Upheld"), ("partly", "Partly Upheld")], help="Either where empty."
    )
    responsibility = fields.Selection(
        [("main", "Main Responsibility"), ("secondary", "Secondary Responsibility")],
        help="Either where empty.",
    )
    repeat_from = fields.Integer(
        string="From Complaint No.",
        required=True,
        default=1,
        help="Applies from the n-th upheld complaint of the calendar year against the same one on.",
    )
    explanation = fields.Char(string="Applies To", compute="_compute_explanation")
    line_ids = fields.One2many("complaint.assessment.line", "rule_id")
    line_count = fields.Integer(compute="_compute_line_count")

    _points_deducted = models.Constraint(
        "CHECK (points < 0 AND points > -1000)",
        "A rule deducts points: enter less than zero, such as −3, and not a thousand.",
    )
    _repeat_positive = models.Constraint(
        "CHECK (repeat_from >= 1)", "Complaints of a year are counted from 1."
    )

    @api.constrains("conduct_id", "aspect_id")
    def _check_conduct_of_aspect(self):
        for rule in self:
            aspect = rule.conduct_id.sudo().aspect_id
            if rule.conduct_id and rule.aspect_id and aspect != rule.aspect_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” fits nothing: “%(item)s” is about another aspect. Leave one "
                        "of them empty.",
                        rule=rule.name,
                        item=rule.conduct_id.name,
                    )
                )

    @api.depends(
        "target", "conduct_id", "aspect_id", "conclusion", "responsibility", "repeat_from", "points"
    )
    def _compute_explanation(self):
        for rule in self:
            words = [
                rule.conduct_id.name or rule.aspect_id.name or self.env._("any item"),
                rule._label("conclusion") or self.env._("upheld or in part"),
                rule._label("responsibility") or self.env._("main or secondary responsibility"),
                rule._repeat_words(),
            ]
            rule.explanation = self.env._(
                "%(target)s: %(points)s for %(conditions)s",
                target=rule._label("target"),
                points=f"{rule.points:g}",
                conditions="；".join(words),
            )

    @api.depends("line_ids")
    def _compute_line_count(self):
        counted = self.env["complaint.assessment.line"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in counted}
        for rule in self:
            rule.line_count = counts.get(rule.id, 0)

    def action_open_lines(self):
        """Open the deductions that rest on the rule."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_assessment_line_action"
        )
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}

    def _label(self, name):
        """Return the word that stands for the value of a selection, or nothing."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    def _repeat_words(self):
        if self.repeat_from <= 1:
            return self.env._("every complaint")
        return self.env._("from complaint no. %s of the year on", self.repeat_from)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        used = self.filtered("line_ids")
        if used:
            raise UserError(
                self.env._(
                    "Deductions are based on “%s”: archive the rule instead; it then no longer "
                    "applies.",
                    used[0].name,
                )
            )

    @api.model
    def _of_company(self, company):
        """Return the rules of a centre, in their order."""
        return self.sudo().search([("company_id", "in", (company.id, False))])

    def _as_values(self):
        """Return the rules as the calculation takes them."""
        return [
            scoring.Rule(
                rule.id,
                rule.target,
                round(rule.points * TENTHS),
                rule.conduct_id.id or 0,
                rule.aspect_id.id or 0,
                rule.conclusion or "",
                rule.responsibility or "",
                rule.repeat_from,
            )
            for rule in self
        ]
