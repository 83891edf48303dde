from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What only those set who answer for the measures.
OF_LEADERS = frozenset(
    {
        "user_id",
        "due_date",
        "measures",
        "method",
        "medium",
        "published_on",
        "link",
        "published_text",
        "file_ids",
    }
)


class ComplaintCommonIssue(models.Model):
    """What many complain of: studied, met with measures, made public (五(三) common issues).

    Restricted complaints belong to none: nobody learns of them by a number or a name here.
    """

    _name = "complaint.common.issue"
    _description = "Common Issue"
    _inherit = [
        "complaint.common.issue.verbs",
        "complaint.common.issue.finder",
        "complaint.guarded",
        "complaint.discretion",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "found",
        "source": "hand",
        "dismissal": False,
        "closed_at": False,
        "recurrence_count": 0,
    }

    name = fields.Char(string="Issue", compute="_compute_name", store=True, readonly=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        domain="[('conduct_number', '>', 0), ('is_discipline_matter', '=', False)]",
        tracking=True,
    )
    unit_id = fields.Many2one("complaint.window.unit", check_company=True, tracking=True)
    source = fields.Selection(
        [
            ("conduct", "Frequent under One Item"),
            ("words", "Frequent in Similar Words"),
            ("hand", "Proposed by Hand"),
        ],
        string="Found By",
        required=True,
        readonly=True,
        default="hand",
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        "complaint_common_issue_rel",
        "issue_id",
        "ticket_id",
        string="Complaints",
        domain=[("is_complaint", "=", True), ("is_restricted", "=", False)],
        check_company=True,
    )
    complaint_count = fields.Integer(
        string="Number of Complaints", compute="_compute_of_complaints", store=True
    )
    date_from = fields.Date(string="From", compute="_compute_of_complaints", store=True)
    date_to = fields.Date(string="Until", compute="_compute_of_complaints", store=True)
    state = fields.Selection(
        [
            ("found", "To Study"),
            ("studying", "Being Studied"),
            ("measured", "Measures Set"),
            ("published", "Published"),
            ("dismissed", "Dismissed"),
        ],
        required=True,
        readonly=True,
        default="found",
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    due_date = fields.Date(string="Measures Due", tracking=True)
    measures = fields.Text(string="Measures of Improvement")
    method = fields.Text(help="How the measures are carried out, and by whom.")
    medium = fields.Char(help="Where it is made public: the site, the account, the paper.")
    published_on = fields.Date()
    link = fields.Char()
    published_text = fields.Text(
        string="Text Published", help="Without anything that tells who complained."
    )
    file_ids = fields.Many2many(
        "ir.attachment",
        "complaint_common_issue_file_rel",
        "issue_id",
        "attachment_id",
        string="As Published",
        help="Read files before they are published: only the text is searched for names.",
    )
    exposed = fields.Char(
        compute="_compute_exposed", help="Names and numbers of complainants in what is published."
    )
    dismissal = fields.Text(string="Dismissed Because", readonly=True, copy=False)
    closed_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When it was last published or dismissed: later complaints mean that it is back.",
    )
    recurrence_count = fields.Integer(
        string="Times Back",
        readonly=True,
        copy=False,
        help="How often it came back after it was published.",
    )
    may_lead = fields.Boolean(compute="_compute_may_lead")

    _one_open = models.UniqueIndex(
        "(company_id, conduct_id, unit_id) WHERE state IN ('found', 'studying', 'measured')",
        "An issue of this unit under this item is open already: add the complaints to it.",
    )
    _to_study = models.Index("(company_id, state) WHERE state NOT IN ('published', 'dismissed')")

    @api.depends("conduct_id", "unit_id")
    def _compute_name(self):
        for issue in self:
            parts = (issue.unit_id.name, issue.conduct_id.name)
            issue.name = issue.name or "：".join(filter(None, parts))

    @api.depends("ticket_ids.received_at", "ticket_ids.is_restricted")
    def _compute_of_complaints(self):
        for issue in self:
            tickets = issue.ticket_ids.filtered(lambda ticket: not ticket.is_restricted)
            days = [
                issue.company_id._complaint_local(ticket.received_at).date()
                for ticket in tickets
                if ticket.received_at
            ]
            issue.complaint_count = len(tickets)
            issue.date_from = min(days, default=False)
            issue.date_to = max(days, default=False)

    @api.depends_context("uid")
    def _compute_may_lead(self):
        self.may_lead = self._may_lead()

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Propose issues; what leaders set waits for leaders.

        :raise AccessError: for measures or a publication by a clerk
        """
        for vals in vals_list:
            self._assert_may_set(vals)
        issues = super().create(vals_list)
        issues._assert_named()
        return issues

    def write(self, vals):
        """Change what is open; what was published or dismissed stays as it is.

        :raise AccessError: for measures or a publication by a clerk
        :raise UserError: where an issue is closed
        """
        if not self._is_guarded():
            self._assert_may_set(vals)
            beside = ("message_", "activity_")
            if any(not name.startswith(beside) for name in vals):
                self._assert_open()
        result = super().write(vals)
        self._assert_named()
        return result

    def _assert_named(self):
        if any(not issue.name for issue in self):
            raise UserError(self.env._("Say in a few words what the issue is."))

    def _is_closed(self):
        return self.state in ("published", "dismissed")

    def _assert_may_set(self, vals):
        given = {name for name in OF_LEADERS & vals.keys() if vals[name]}
        if given and not self._may_lead():
            names = [self._fields[name]._description_string(self.env) for name in sorted(given)]
            raise AccessError(self.env._("%s: set by the manager or a leader.", "、".join(names)))

    def _assert_open(self):
        closed = self.filtered(lambda issue: issue._is_closed())
        if closed:
            raise UserError(
                self.env._("“%s” is closed. Take it up again to change it.", closed[0].name)
            )

    @api.model
    def _may_lead(self):
        """Tell whether the user answers for measures: the manager and the leaders do."""
        return self.env.su or any(
            self.env.user.has_group(f"kaiyang_complaint.group_complaint_{role}")
            for role in ("manager", "leader", "director")
        )
