from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..exceptions import busy


class ComplaintAssessment(models.Model):
    """The points of a month: computed from findings, reviewed, approved, published (七.1).

    What was published stands as it is: a finding that is overturned later gives its points back
    in the open month.
    """

    _name = "complaint.assessment"
    _description = "Monthly Assessment"
    _inherit = [
        "complaint.assessment.compute",
        "complaint.assessment.totals",
        "complaint.assessment.letter",
        "complaint.assessment.approval",
        "complaint.assessment.verbs",
        "complaint.guarded",
        "complaint.centre",
        "complaint.discretion",
        "mail.activity.mixin",
    ]
    _order = "month desc, id desc"
    _rec_names_search = ["name"]
    _check_company_auto = True
    _reference_path = "name"
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
            ("published", "Published"),
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
        help="By what findings and rules are recognised that it rests on.",
    )
    decision = fields.Selection(related="approval_id.state", string="Last Decision")
    letter_id = fields.Many2one(
        "complaint.letter", string="Notice as Issued", readonly=True, copy=False
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)

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
        """Change the month of an assessment that was not computed yet; the rest are verbs.

        :raise UserError: for everything else
        """
        moved = not self._is_guarded() and {"month", "company_id"} & vals.keys()
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

        :raise BusyError: where somebody else opened it just now; the server tries again
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
            if assessment._is_over() and not assessment.activity_ids:
                assessment._remind_managers()

    @api.model
    def action_open_list(self):
        """Open the list of assessments; a manager finds the current month there."""
        if self.has_access("create"):
            self._open_months(self._centres() & self.env.companies)
        action = "kaiyang_complaint.complaint_assessment_action"
        return self.env["ir.actions.act_window"]._for_xml_id(action)
