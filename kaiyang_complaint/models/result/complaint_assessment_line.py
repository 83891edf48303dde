from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.flow import RUNNING
from .complaint_deduction_rule import POINTS, TARGETS

PARTIES = {"window": "window_id", "staff": "staff_id", "representative": "representative_id"}
# What a reviewer may change of a line that was computed.
REVIEWED = frozenset({"points", "reason"})


class ComplaintAssessmentLine(models.Model):
    """Points of a window, a person or a chief representative in a month, and what for (七.1)."""

    _name = "complaint.assessment.line"
    _description = "Deduction"
    _inherit = ["complaint.procedure.mixin"]
    _order = "assessment_id desc, unit_id, target, points, id"
    _rec_names_search = ["staff_id.name", "window_id.number", "unit_id.name"]
    _check_company_auto = True
    _procedural = {
        "kind": "manual",
        "finding_id": False,
        "rule_id": False,
        "rule_words": False,
        "rule_points": 0.0,
        "is_adjusted": False,
        "corrected_id": False,
    }

    assessment_id = fields.Many2one(
        "complaint.assessment",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    month = fields.Date(related="assessment_id.month", store=True, index=True)
    state = fields.Selection(related="assessment_id.state")
    kind = fields.Selection(
        [("finding", "Computed"), ("manual", "By Hand"), ("correction", "Correction")],
        required=True,
        readonly=True,
        default="manual",
    )
    finding_id = fields.Many2one("complaint.finding", readonly=True, ondelete="restrict")
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        compute="_compute_ticket_id",
        search="_search_ticket_id",
    )
    is_reopened = fields.Boolean(
        string="Under Review",
        compute="_compute_is_reopened",
        compute_sudo=True,
        help="The complaint was reopened after the finding, and has not ended again.",
    )
    target = fields.Selection(TARGETS, string="Deducted From", required=True, default="window")
    staff_id = fields.Many2one(
        "complaint.window.staff", string="Staff Member", index=True, check_company=True
    )
    window_id = fields.Many2one("complaint.window", index=True, check_company=True)
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        index=True,
        check_company=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
    )
    party = fields.Char(string="Person", compute="_compute_party")
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        domain="[('conduct_number', '>', 0)]",
        ondelete="restrict",
    )
    rule_id = fields.Many2one(
        "complaint.deduction.rule", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    rule_words = fields.Char(string="Rule Applied", readonly=True)
    rule_points = fields.Float(string="By the Rule", digits=POINTS, readonly=True)
    points = fields.Float(
        digits=POINTS, required=True, help="Less than zero: deducted. More: given back."
    )
    is_adjusted = fields.Boolean(string="Adjusted", readonly=True)
    reason = fields.Char(
        string="Reason Given",
        help="Why points were entered by hand, or are others than the rule says. The reason of a "
        "line by hand stands in the notice: it names nobody who complained.",
    )
    corrected_id = fields.Many2one(
        "complaint.assessment.line",
        string="Gives Back",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _once = models.UniqueIndex(
        "(finding_id, target, kind) WHERE finding_id IS NOT NULL",
        "The finding has been deducted from this one already.",
    )
    _points_likely = models.Constraint(
        "CHECK (abs(points) < 1000)", "A thousand points or more can't be right: enter them again."
    )
    _finding_unless_manual = models.Constraint(
        "CHECK ((kind = 'manual') = (finding_id IS NULL))", "A deduction requires a finding."
    )

    @api.depends("finding_id.ticket_id")
    @api.depends_context("uid")
    def _compute_ticket_id(self):
        """Name the case to those who may read it: archivists learn of none that is open again."""
        cases = self.sudo().finding_id.ticket_id.with_env(self.env)._filtered_access("read")
        for line in self:
            line.ticket_id = line.sudo().finding_id.ticket_id.with_env(self.env) & cases

    @api.model
    def _search_ticket_id(self, operator, value):
        return Domain("finding_id.ticket_id", operator, value)

    @api.depends("finding_id.ticket_id.reopened_at", "finding_id.ticket_id.complaint_state")
    def _compute_is_reopened(self):
        for line in self:
            case, found = line.finding_id.ticket_id, line.finding_id.confirmed_at
            again = case.reopened_at and found and case.reopened_at > found
            line.is_reopened = bool(again and case.complaint_state in RUNNING)

    @api.depends("staff_id", "window_id", "representative_id", "target")
    def _compute_unit_id(self):
        for line in self:
            line.unit_id = (line.kind == "manual" and line._party().unit_id) or line.unit_id

    @api.depends("staff_id", "window_id", "representative_id", "target")
    def _compute_party(self):
        for line in self:
            line.party = line._party().display_name

    @api.depends("party", "points")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.party or ''} {line.points:+g}".strip()

    def _party(self):
        """Return who bears the points."""
        return self[PARTIES[self.target or "window"]]

    @api.onchange("target")
    def _onchange_target(self):
        kept = PARTIES[self.target or "window"]
        for name in PARTIES.values():
            if name != kept:
                self[name] = False

    @api.constrains("target", "staff_id", "window_id", "representative_id", "points", "reason")
    def _check_complete(self):
        for line in self:
            fault = line._fault()
            if fault:
                raise ValidationError(fault)

    def _fault(self):
        """Return what a line lacks, or nothing."""
        if not self._party():
            return self.env._("Choose who bears the points.")
        if (self.kind == "manual" or self.is_adjusted) and not (self.reason or "").strip():
            return self.env._("%s: points of your own take a reason.", self.party)
        if self.kind == "manual" and not self.points:
            return self.env._("%s: enter the points, less than zero to deduct.", self.party)
        given, taken = self.kind == "correction", self.kind == "finding"
        if (taken and self.points > 0) or (given and self.points < 0):
            return self.env._(
                "%s: a finding deducts points, a correction gives points back.", self.party
            )
        return ""

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter points by hand, with the reason, as long as the month is in review.

        :raise UserError: afterwards, or where the values skip the procedure
        """
        lines = super().create(vals_list)
        lines._assert_in_review()
        return lines

    def write(self, vals):
        """Adjust what was computed, with the reason; change what was entered by hand.

        :raise UserError: once the month is submitted
        """
        if self._by_procedure():
            return super().write(vals)
        self._assert_in_review()
        computed = self.filtered(lambda line: line.kind != "manual")
        if computed and vals.keys() - REVIEWED:
            raise UserError(
                self.env._("Of a computed line only the points are changed, with the reason.")
            )
        if "assessment_id" in vals:
            raise UserError(self.env._("Points stay in their month."))
        for line in computed:
            points = round(vals.get("points", line.points), 1)
            line._procedure_write({**vals, "is_adjusted": points != line.rule_points})
        return super(ComplaintAssessmentLine, self - computed).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_hand(self):
        if self._by_procedure():
            return
        self._assert_in_review()
        if any(line.kind != "manual" for line in self):
            raise UserError(
                self.env._(
                    "A computed line can't be deleted: set its points to 0, with the reason."
                )
            )

    def _assert_in_review(self):
        """Refuse changes of a month that was submitted.

        :raise UserError: saying what can be done instead
        """
        for assessment in self.assessment_id:
            if assessment.state != "draft":
                raise UserError(assessment._closed_message())
        self.assessment_id._lock_rows()

    def action_reset(self):
        """Take the points of the rule again."""
        self.check_access("write")
        for line in self.filtered("is_adjusted"):
            line.write({"points": line.rule_points, "reason": False})

    def action_open_evidence(self):
        """Open the finding on which the line rests, and by it the case.

        :raise UserError: where it rests on none
        """
        self.ensure_one()
        if not self.finding_id:
            raise UserError(self.env._("This line was entered by hand: read its reason."))
        return self.finding_id.get_formview_action()

    def action_open_case(self):
        """Open the complaint for which points were deducted, or given back.

        :raise AccessError: where the user may not read it
        :raise UserError: where the line was entered by hand
        """
        self.ensure_one()
        case = self.sudo().finding_id.ticket_id.with_env(self.env)
        if not case:
            raise UserError(self.env._("This line was entered by hand: read its reason."))
        case.check_access("read")
        return case.get_formview_action()
