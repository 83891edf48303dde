from odoo import api, fields, models
from odoo.exceptions import UserError

CONCLUSIONS = [
    ("upheld", "Upheld"),
    ("partly", "Partly upheld"),
    ("not_upheld", "Not upheld"),
]
LIABLE = [
    ("staff", "Staff Member"),
    ("window", "Window"),
    ("unit", "Unit"),
    ("other", "Others"),
]


class ComplaintFinding(models.Model):
    """What came out against one respondent: all of section seven rests on it (七).

    Whom it is about is what was true when the complaint was accepted, copied once: whoever moves,
    or hands a window over, takes nothing along.
    """

    _name = "complaint.finding"
    _description = "Finding"
    _inherit = [
        "complaint.finding.boards",
        "complaint.finding.reckoning",
        "complaint.finding.terms",
        "complaint.finding.verbs",
        "complaint.finding.consequences",
        "complaint.finding.returns",
        "complaint.finding.reports",
    ]
    _order = "id desc"
    _rec_names_search = ["staff_id.name", "window_id.number", "unit_id.name"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "confirmed_at": False,
        "confirmed_by_id": False,
        "overturned_at": False,
        "overturned_by_id": False,
        "overturn_reason": False,
        "replaced_id": False,
    }

    respondent_id = fields.Many2one(
        "complaint.respondent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('ticket_id', '=', ticket_id)]",
    )
    staff_id = fields.Many2one(
        "complaint.window.staff",
        string="Staff Member",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    window_id = fields.Many2one(
        "complaint.window",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(
        "complaint.window.unit",
        index=True,
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        check_company=True,
        ondelete="restrict",
        compute="_compute_party",
        store=True,
        readonly=False,
        precompute=True,
        help="Who answered for the unit when the complaint was accepted.",
    )
    conduct_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Conduct Item",
        ondelete="restrict",
        domain="[('conduct_number', '>', 0)]",
        help="The item under which it was found.",
    )
    facts = fields.Text(string="Facts Found")
    conclusion = fields.Selection(CONCLUSIONS)
    responsibility = fields.Selection(
        [("main", "Main"), ("secondary", "Secondary"), ("none", "Without Responsibility")]
    )
    liable = fields.Selection(
        LIABLE,
        help="Whose fault it is. Only what is the fault of window staff or a window counts (七.1).",
    )
    is_breach = fields.Boolean(
        string="Breach of Discipline", help="To be transferred to discipline inspection (七.5)."
    )
    state = fields.Selection(
        [("draft", "To Confirm"), ("confirmed", "Confirmed"), ("overturned", "Overturned")],
        required=True,
        readonly=True,
        default="draft",
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    overturned_at = fields.Datetime(readonly=True, copy=False)
    overturned_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    overturn_reason = fields.Text(string="Overturned Because", readonly=True, copy=False)
    replaced_id = fields.Many2one(
        "complaint.finding",
        string="Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    replacement_ids = fields.One2many("complaint.finding", "replaced_id")
    is_replaced = fields.Boolean(compute="_compute_is_replaced")

    _one_standing = models.UniqueIndex(
        "(respondent_id) WHERE state != 'overturned'",
        "There is a finding on this respondent already: overturn it first.",
    )
    _counted_of_staff = models.Index("(staff_id, accepted_at) WHERE is_counted")
    _counted_of_window = models.Index("(window_id, unit_id, accepted_month) WHERE is_counted")
    _counted_in_month = models.Index("(company_id, confirmed_month) WHERE is_counted")
    _overturned_in_month = models.Index("(company_id, overturned_month) WHERE state = 'overturned'")
    _to_confirm = models.Index("(company_id) WHERE state = 'draft'")

    # --- whom it is about, and when -----------------------------------------------------------

    @api.depends("respondent_id")
    def _compute_party(self):
        """Copy the parties once: the respondent's, and who answered for the unit then."""
        for finding in self:
            party = finding.respondent_id
            finding.staff_id = party.staff_id
            finding.window_id = party.window_id
            finding.unit_id = party.unit_id
            finding.representative_id = finding._representative_then()

    def _representative_then(self):
        """Return the chief representative in office on the day the complaint was accepted."""
        if not self.ticket_id:
            return self.env["complaint.representative"]
        accepted_at = self.ticket_id.accepted_at or fields.Datetime.now()
        day = self.ticket_id.company_id._complaint_local(accepted_at).date()
        people = self.unit_id.with_context(active_test=False).representative_ids
        then = people.filtered(
            lambda one: (
                (not one.date_from or one.date_from <= day)
                and (one.date_to >= day if one.date_to else one.active)
            )
        )
        return then.sorted("sequence")[:1] or self.unit_id.representative_id

    @api.depends("replacement_ids")
    def _compute_is_replaced(self):
        for finding in self:
            finding.is_replaced = bool(finding.replacement_ids)

    @api.depends("respondent_id", "conclusion", "state")
    def _compute_display_name(self):
        """Tell respondent and conclusion, never the case or who complained."""
        conclusions = dict(self._fields["conclusion"]._description_selection(self.env))
        open_ended = self.env._("Not found yet")
        for finding in self:
            conclusion = conclusions.get(finding.conclusion, open_ended)
            finding.display_name = f"{finding.respondent_id.display_name or ''}：{conclusion}"

    def _standing(self):
        """Return the findings that were not overturned."""
        return self.filtered(lambda finding: finding.state != "overturned")

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Note findings on complaints that were accepted; verbs confirm them.

        :raise UserError: where a complaint was not, or is archived, or the respondent is of
            another
        """
        self.flush_model(["state"])  # or the index takes what was overturned for standing
        findings = super().create(vals_list)
        findings._assert_findable()
        return findings

    def write(self, vals):
        """Change drafts.

        :raise UserError: for what was confirmed, and for another complaint or respondent
        """
        if not self._is_guarded():
            self.check_access("write")
            self._assert_draft()
            for name in ("ticket_id", "respondent_id"):
                if name in vals and any(vals[name] != one[name].id for one in self):
                    raise UserError(self.env._("A finding stays with its respondent."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_draft()

    def _assert_not_frozen(self, states):
        """Let what was proposed after the archiving be decided on: no paper of the case has it."""
        late = self.sudo().filtered(lambda one: one.state == "draft" and one._is_late())
        return super(ComplaintFinding, self - late.with_env(self.env))._assert_not_frozen(states)

    def _is_late(self):
        """Tell whether it takes an overturned one's place, or was proposed on old papers."""
        archived_at = self.ticket_id.dossier_id.archived_at
        return self.replaced_id or (archived_at and self.create_date > archived_at)
