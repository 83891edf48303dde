from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What decides which limit applies.
POLICY_INPUTS = frozenset({"channel_id", "complaint_class", "settled_on_spot"})
# A draft may lack its reason (二), but the column of the helpdesk may not be empty.
NOTHING_YET = "<p><br></p>"
# What may still change on a complaint that has ended: it is not part of the case.
BESIDE_THE_CASE = ("message_", "activity_", "color", "kanban_state", "access_token")


class HelpdeskTicket(models.Model):
    """A complaint is a ticket of a complaint room; tickets of other teams are left alone."""

    _name = "helpdesk.ticket"
    _inherit = [
        "complaint.rest",
        "complaint.discretion",
        "helpdesk.ticket",
        "complaint.parties",
        "complaint.elements",
        "complaint.intake",
        "complaint.clock",
        "complaint.judgement",
        "complaint.branches",
        "complaint.flow",
        "complaint.verbs",
        "complaint.refusal",
        "complaint.correspondence",
        "complaint.repeats",
        "complaint.spot",
        "complaint.restriction",
        "complaint.chart",
        "complaint.archiving",
        "complaint.letter.writing",
        "complaint.guarded",
        "complaint.signer.mixin",
    ]
    _signers = ("receptionist_id",)
    _check_company_auto = True
    _reference_path = "number"
    _procedural = {
        "number": "/",
        "tracking_code": False,
        "complaint_state": "draft",
        "held_state": False,
        "accepted_at": False,
        "due_at": False,
        "policy_id": False,
        "announced_at": False,
        "settled_on_spot": False,
        "end_reason": False,
        "invalid_ground": False,
        "reopened_at": False,
        "common_issue_ids": False,
        "slip_summary": False,
        "reviewed_at": False,
        "reviewed_by_id": False,
    }

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)
    is_complaint = fields.Boolean(compute="_compute_is_complaint", store=True)
    channel_code = fields.Selection(related="channel_id.complaint_code")
    announcement = fields.Char(related="company_id.complaint_announcement")
    complaint_class = fields.Selection(
        [
            ("general", "General"),
            ("complex", "Complex"),
            ("major", "Major, Several Units or Unclear Responsibility"),
        ],
        string="Class",
        copy=False,
        tracking=True,
    )
    external_ref = fields.Char(
        string="Number on the Website", copy=False, help="The site's own number of the complaint."
    )
    room_opinion = fields.Text(
        string="Opinion of the Room", help="What the room asks of the unit; it goes onto the slip."
    )
    settled_on_spot = fields.Boolean(readonly=True, copy=False)
    respondent_ids = fields.One2many(
        "complaint.respondent", "ticket_id", string="Respondents", copy=True
    )
    slip_ids = fields.One2many("complaint.slip", "ticket_id", string="Slips")
    feedback_ids = fields.One2many("complaint.feedback", "ticket_id")
    deadline_ids = fields.One2many("complaint.deadline", "ticket_id", string="Deadlines")
    extension_ids = fields.One2many("complaint.extension", "ticket_id", string="Extensions")
    approval_ids = fields.One2many("complaint.approval", "ticket_id", string="Approvals")

    _number_unique = models.UniqueIndex(
        "(team_id, number) WHERE is_complaint AND number != '/'",
        "Another complaint already has this number.",
    )
    _external_ref_unique = models.UniqueIndex(
        "(team_id, external_ref) WHERE external_ref IS NOT NULL",
        "A complaint with this number of the website is already registered.",
    )
    # Not "WHERE is_complaint": the planner does not match that with the ORM's "IS TRUE".
    _by_state = models.Index("(complaint_state, user_id) WHERE complaint_state IS NOT NULL")
    _open_by_due = models.Index("(due_at) WHERE due_at IS NOT NULL")

    # --- what makes a ticket a complaint ---------------------------------------------------

    @api.depends("team_id")
    def _compute_is_complaint(self):
        for ticket in self:
            ticket.is_complaint = ticket.team_id.is_complaint_room

    @api.depends("service_item", "channel_id")
    def _compute_name(self):
        for ticket in self:
            untitled = not ticket.name or ticket.name == ticket.channel_id.name
            if untitled and ticket.team_id.is_complaint_room:
                ticket.name = ticket.service_item or ticket.channel_id.name
            else:
                ticket.name = ticket.name or False

    @api.depends("number", "is_complaint")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for ticket in self.filtered("is_complaint"):
            number = self.env._("Draft") if ticket.number == "/" else ticket.number
            ticket.display_name = f"{number} {ticket.name or ''}"
        return result

    @api.constrains("company_id", "team_id")
    def _check_centre(self):
        for ticket in self:
            if ticket.is_complaint and ticket.team_id.company_id not in (
                ticket.company_id,
                self.env["res.company"],
            ):
                raise ValidationError(
                    self.env._("A complaint belongs to the centre of its complaint room.")
                )

    def _prepare_ticket_number(self, values):
        """Drafts of complaints have no number: acceptance gives it (四.2, 四.3)."""
        team = self.env["helpdesk.ticket.team"].browse(values.get("team_id"))
        if team.is_complaint_room:
            return "/"
        return super()._prepare_ticket_number(values)

    def _creation_subtype(self):
        if self.complaint_state:
            return self.env.ref("kaiyang_complaint.subtype_registered")
        return super()._creation_subtype()

    def _kind(self):
        return self.env._("Complaint")

    def _confidential(self):
        return self.filtered(lambda ticket: ticket.sudo().is_complaint)

    # --- doors -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Start the complaints among new tickets at the beginning of their procedure."""
        teams = self.env["helpdesk.ticket.team"].sudo()
        teams = teams.browse({vals["team_id"] for vals in vals_list if vals.get("team_id")})
        defaults = {
            room.id: self._complaint_defaults(room) for room in teams if room.is_complaint_room
        }
        for vals in vals_list:
            if vals.get("team_id") in defaults:
                vals.update({**defaults[vals["team_id"]], **vals})
                vals["description"] = vals.get("description") or NOTHING_YET
        tickets = super().create(vals_list)
        tickets._start_late()
        return tickets

    def _start_late(self):
        """Start the procedure of complaints whose room came from a default of the user."""
        for ticket in self:
            if ticket.is_complaint and not ticket.complaint_state:
                defaults = self._complaint_defaults(ticket.team_id)
                ticket._guarded_write({**self._procedural, **defaults})

    @api.model
    def _complaint_defaults(self, room):
        """Return what a new complaint of a room starts with."""
        return {
            "company_id": (room.company_id or self.env.company).id,
            "complaint_class": "general",
            "complainant_identity": "named",
            "received_at": fields.Datetime.now(),
            "receptionist_id": self.env.uid,
            "user_id": self.env.uid if self.env.user in room.user_ids else False,
            "stage_id": self._stage_of("draft", room.company_id).id,
        }

    def _starts_procedure(self, vals):
        team = self.env["helpdesk.ticket.team"].browse(vals.get("team_id"))
        return team.sudo().is_complaint_room

    def _in_procedure(self):
        return any(self.mapped("is_complaint"))

    def write(self, vals):
        """Write tickets as ever, and of complaints what a person may write."""
        complaints = self.filtered("is_complaint")
        if "team_id" in vals:
            self._assert_team_kind(vals["team_id"])
        if not complaints or self._is_guarded():
            return super().write(vals)
        if complaints != self:
            (self - complaints).write(vals)
        vals = complaints._permitted(vals)
        result = super(HelpdeskTicket, complaints).write(vals)
        if POLICY_INPUTS & vals.keys():
            complaints._reapply_policy()
        return result

    def _permitted(self, vals):
        """Return what is left to write once a person's changes were checked.

        A stage stands for the act that leads there, and is performed.
        """
        self._refuse_procedural(vals)
        if any(not name.startswith(BESIDE_THE_CASE) for name in vals if name != "stage_id"):
            self._assert_open_for_change()
        self._assert_announced(vals)
        if not vals.get("active", True):
            self._unlink_only_drafts()
        if "stage_id" in vals:
            vals = dict(vals)
            self._drag_to(self.env["helpdesk.ticket.stage"].browse(vals.pop("stage_id")))
        return vals

    def get_formview_id(self, access_uid=None):
        """Open complaints in the form of the desk, wherever they are opened from."""
        if self and self[0].is_complaint:
            return self.env.ref("kaiyang_complaint.complaint_view_form").id
        return super().get_formview_id(access_uid)

    def _portal_ensure_token(self):
        """Give complaints no token: no link opens one without a login (design §5).

        Odoo would write one for anybody who asks for ``/mail/view``, and an archived case would
        refuse that by its number.
        """
        return "" if self.is_complaint else super()._portal_ensure_token()

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show a complaint room its own columns only."""
        if self.env.context.get("complaint_board"):
            return stages.search([("complaint_state", "!=", False)])
        return super()._read_group_stage_ids(stages, domain)

    def copy(self, default=None):
        """Copy a complaint as a draft that has no number."""
        if self.is_complaint:
            default = {"number": "/", **(default or {})}
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(ticket.is_complaint and ticket.complaint_state != "draft" for ticket in self):
            raise UserError(
                self.env._("Only a draft can be deleted: a registered complaint stays on record.")
            )

    def _assert_team_kind(self, team_id):
        """Refuse to make a ticket a complaint, or a complaint a ticket, by moving it."""
        team = self.env["helpdesk.ticket.team"].browse(team_id)
        if any(
            ticket.is_complaint != team.is_complaint_room
            or (
                ticket.is_complaint and ticket.complaint_state != "draft" and ticket.team_id != team
            )
            for ticket in self
        ):
            raise UserError(
                self.env._("A complaint stays in its complaint room, and a ticket out of it.")
            )
