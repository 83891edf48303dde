from odoo import api, fields, models
from odoo.exceptions import UserError

CLOSED = ("requested", "held", "cancelled")
# What the leader approves.
PROPOSAL = frozenset({"why", "analysis"})
# What stands in the calendar.
CALENDAR = frozenset({"starts_at", "hours", "place"})


class ComplaintMeeting(models.Model):
    """The meeting with the units' leaders on who answers for a complaint (五(二)5)."""

    _name = "complaint.meeting"
    _description = "Meeting"
    _inherit = [
        "complaint.meeting.table",
        "complaint.meeting.verbs",
        "complaint.process",
        "complaint.signer.mixin",
    ]
    _signers = ("chair_id", "recorded_by_id")
    _order = "id desc"
    _rec_names_search = ["ticket_id.number", "ticket_id.name"]
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "approval_id": False,
        "event_id": False,
        "held_at": False,
        "recorded_by_id": False,
        "cancel_reason": False,
    }

    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("requested", "Waiting for the Leader"),
            ("approved", "To Convene"),
            ("convened", "Convened"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    why = fields.Selection(
        [
            ("major", "Major Matter"),
            ("units", "Several Units"),
            ("unclear", "Unclear Responsibility"),
        ],
        string="Called Because",
        compute="_compute_why",
        store=True,
        readonly=False,
        precompute=True,
    )
    analysis = fields.Text(help="What is known, and what is open: the leader decides by it.")
    starts_at = fields.Datetime(string="Meeting At")
    hours = fields.Float(string="Length (h)", default=1.0)
    place = fields.Char()
    chair_id = fields.Many2one(
        "res.users",
        string="Chaired By",
        domain="[('share', '=', False)]",
        help="At first the leader who approved the meeting.",
    )
    line_ids = fields.One2many("complaint.meeting.line", "meeting_id", string="Units")
    invitee_ids = fields.One2many("complaint.meeting.invitee", "meeting_id", string="Invitees")
    minutes = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment", "complaint_meeting_file_rel", string="Files", copy=False
    )
    approval_id = fields.Many2one("complaint.approval", readonly=True, copy=False)
    approval_state = fields.Selection(related="approval_id.state", string="Decision")
    instruction = fields.Text(related="approval_id.instruction")
    held_at = fields.Datetime(string="Decided At", readonly=True, copy=False)
    recorded_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    cancel_reason = fields.Text(string="Called Off Because", readonly=True, copy=False)

    _one_under_way = models.UniqueIndex(
        "(ticket_id) WHERE state NOT IN ('held', 'cancelled')",
        "A meeting on this complaint is being prepared already.",
    )

    @api.depends("ticket_id")
    def _compute_display_name(self):
        for meeting in self:
            number = meeting.ticket_id.number or ""
            meeting.display_name = self.env._("Meeting on %s", number)

    @api.depends("ticket_id")
    def _compute_why(self):
        for meeting in self:
            several = len(meeting.ticket_id._units_complained_about()) > 1
            meeting.why = meeting.why or ("units" if several else "major")

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan meetings, with the units concerned and their people put to the table.

        :raise UserError: where none is due, or the complaint is not under way
        """
        self.flush_model(["state"])  # or the index takes a meeting that is over for an open one
        meetings = super().create(vals_list)
        for meeting in meetings:
            meeting._assert_due()
        meetings._lay_table()
        return meetings

    def write(self, vals):
        """Change what is still open; the calendar follows.

        :raise UserError: for what was approved, held or called off, and for another complaint
        """
        if not self._is_guarded():
            self._assert_open()
            if PROPOSAL & vals.keys() and any(meeting.state != "draft" for meeting in self):
                raise UserError(self.env._("What the leader approved can't be changed any more."))
            if any(vals.get("ticket_id", one.ticket_id.id) != one.ticket_id.id for one in self):
                raise UserError(self.env._("A meeting stays with its complaint."))
        result = super().write(vals)
        if CALENDAR & vals.keys():
            self._move_event()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    def _under_way(self):
        """Return the meetings that were neither held nor called off."""
        return self.filtered(lambda meeting: meeting.state not in ("held", "cancelled"))

    def _assert_open(self):
        """Refuse changes while the leader decides, and after the end.

        :raise UserError: saying what can be done instead
        """
        if self._is_guarded():
            return
        if any(meeting.state == "requested" for meeting in self):
            raise UserError(
                self.env._("The meeting waits for the leader. Withdraw the request to change it.")
            )
        self._assert_state(*(set(dict(self._fields["state"].selection)) - set(CLOSED)))
        self.ticket_id._assert_open_for_change()

    # --- what was decided -------------------------------------------------------------------

    def _units_in_charge(self):
        """Return the units that answer: the main one, which leads, then the secondary ones."""
        by_share = self.line_ids.grouped("responsibility")
        none = self.line_ids.browse()
        return (by_share.get("main", none) + by_share.get("secondary", none)).unit_id
