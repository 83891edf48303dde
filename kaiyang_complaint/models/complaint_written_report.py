from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.written_reports import WAITING, WRITTEN

DESK = "kaiyang_complaint.group_complaint_user"
BESIDE_THE_REPORT = ("message_", "activity_")


class ComplaintWrittenReport(models.Model):
    """The report of a chief representative whose window was at fault in two months running (七.3).

    It goes to two addressees, the centre and the representative's own unit, and counts once both
    have it. A representative reads what is asked, and nothing of the complaints.
    """

    _name = "complaint.written.report"
    _description = "Written Report"
    _inherit = [
        "complaint.written.report.asking",
        "complaint.written.report.pairs",
        "complaint.written.report.verbs",
        "complaint.guarded",
        "complaint.discretion",
        "complaint.timed",
        "mail.activity.mixin",
        "complaint.signer.mixin",
    ]
    _signers = ("representative_id", "submitted_by_id")
    _order = "second_month desc, id desc"
    _rec_names_search = ["window_id.number", "window_id.name", "unit_id.name"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "letter_id": False,
        "asked_at": False,
        "submitted_at": False,
        "submitted_by_id": False,
        "return_reason": False,
        "received_at": False,
        "received_by_id": False,
        "pdf_id": False,
        "withdraw_reason": False,
    }

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    window_id = fields.Many2one(
        "complaint.window", required=True, readonly=True, index=True, check_company=True
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        help="The unit that had the window in both months.",
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    barred_user_ids = fields.Many2many(
        "res.users",
        "complaint_written_report_barred_rel",
        string="Barred Representatives",
        compute="_compute_barred_user_ids",
        store=True,
        compute_sudo=True,
        groups=DESK,
        help="Representatives who were themselves at fault: the report is not asked of them.",
    )
    finding_ids = fields.Many2many(
        "complaint.finding",
        "complaint_written_report_finding_rel",
        "report_id",
        "finding_id",
        string="Findings",
        readonly=True,
        groups=DESK,
    )
    first_month = fields.Date(required=True, readonly=True)
    second_month = fields.Date(required=True, readonly=True)
    period = fields.Char(string="Months", compute="_compute_period")
    upheld_count = fields.Integer(
        string="Upheld Complaints", compute="_compute_of_findings", compute_sudo=True
    )
    conduct_names = fields.Char(
        string="Conduct Items Found", compute="_compute_of_findings", compute_sudo=True
    )
    letter_id = fields.Many2one(
        "complaint.letter",
        string="Letter That Asks",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=DESK,
    )
    letter_state = fields.Selection(
        related="letter_id.state", string="State of the Letter", groups=DESK
    )
    needs_letter = fields.Boolean(compute="_compute_needs_letter", groups=DESK)
    state = fields.Selection(
        [
            ("draft", "Letter in Preparation"),
            ("asked", "With the Representative"),
            ("returned", "Back for Rework"),
            ("submitted", "To Check"),
            ("accepted", "On File"),
            ("refused", "Not Asked For"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        tracking=True,
    )
    asked_at = fields.Datetime(readonly=True, copy=False)
    deadline_ids = fields.One2many(
        "complaint.deadline", "report_id", string="Deadlines", groups=DESK
    )
    due_at = fields.Datetime(
        string="Report Due", compute="_compute_due_at", store=True, compute_sudo=True
    )
    is_late = fields.Boolean(
        string="Came Late", compute="_compute_due_at", store=True, compute_sudo=True
    )
    causes = fields.Text(string="Causes of the Complaints")
    measures = fields.Text(string="Rectification Measures")
    measures_by = fields.Date(string="Rectified By")
    to_unit = fields.Boolean(
        string="Own Unit Has It", help="The report goes to the centre and to the own unit."
    )
    unit_addressee = fields.Char(
        string="Addressee in the Own Unit", help="Who received it there: the office, the leader …"
    )
    to_unit_on = fields.Date(string="Given to the Own Unit On")
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Attachments",
        domain=[("res_model", "=", "complaint.written.report"), ("res_field", "=", False)],
    )
    submitted_at = fields.Datetime(string="To the Centre At", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    return_reason = fields.Text(string="Returned Because", readonly=True, copy=False)
    received_at = fields.Datetime(string="Put on File At", readonly=True, copy=False)
    received_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    pdf_id = fields.Many2one(
        "ir.attachment", string="Report as Received", readonly=True, copy=False, groups=DESK
    )
    withdraw_reason = fields.Text(string="Withdrawn Because", readonly=True, copy=False)

    _once_a_pair = models.UniqueIndex(
        "(window_id, unit_id, second_month) WHERE state != 'withdrawn'",
        "The report on these two months is asked for already.",
    )
    _waiting = models.Index("(unit_id, due_at) WHERE state IN ('asked', 'returned')")
    _to_do = models.Index("(company_id, state) WHERE state IN ('draft', 'submitted')")

    @api.depends("window_id", "first_month", "second_month")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.sudo().window_id.display_name or ''} {report.period}"

    @api.depends("first_month", "second_month")
    def _compute_period(self):
        for report in self:
            months = filter(None, (report.first_month, report.second_month))
            report.period = " – ".join(f"{month:%Y-%m}" for month in months)

    @api.depends("finding_ids.is_counted", "finding_ids.conduct_id")
    def _compute_of_findings(self):
        for report in self:
            counted = report.finding_ids.filtered("is_counted")
            report.upheld_count = len(counted.ticket_id)
            report.conduct_names = "；".join(counted.conduct_id.sorted().mapped("name"))

    @api.depends("unit_id.representative_ids.staff_id", "finding_ids.staff_id")
    def _compute_barred_user_ids(self):
        for report in self:
            accused = report.finding_ids.staff_id
            report.barred_user_ids = report.unit_id.representative_ids.filtered(
                lambda person, accused=accused: person.staff_id in accused
            ).user_id

    @api.depends("state", "letter_id.state")
    def _compute_needs_letter(self):
        for report in self:
            gone = report.letter_id.state in (False, "refused", "cancelled")
            report.needs_letter = gone and report.state in ("draft", "refused")

    @api.depends("deadline_ids.due_at", "deadline_ids.state")
    def _compute_due_at(self):
        for report in self:
            counted = report.deadline_ids.filtered(lambda one: one.state != "cancelled")
            report.due_at = max(counted.mapped("due_at"), default=False)
            report.is_late = "missed" in counted.mapped("state")

    # --- guards -----------------------------------------------------------------------------

    def write(self, vals):
        """Take down what came on paper, while the report is asked for.

        :raise UserError: at any other time, and for what the findings say
        """
        if not self._is_guarded():
            names = {name for name in vals if not name.startswith(BESIDE_THE_REPORT)}
            fixed = names - {*WRITTEN, "attachment_ids"}
            if fixed:
                raise UserError(self.env._("What is asked follows from the findings."))
            if names:
                self._assert_state(*WAITING)
        return super().write(vals)

    def _status(self, left, now):
        """Judge only what is still waited for."""
        return super()._status(left, now) if self.state in WAITING else False

    def _cases(self):
        """Return the complaints that the report rests on."""
        return self.sudo().finding_ids.ticket_id

    def _scrubbed(self, text):
        """Return a text without anybody who complained."""
        for ticket in self._cases():
            text = ticket._scrubbed(text)
        return text
