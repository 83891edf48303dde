from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import plaintext2html

from ...exceptions import busy
from ...tools import flow, tracking_code
from ...tools.codes import ACTIVITY_REOPENED, STAFF_ONLY
from ..access.clean_input import clean_text
from ..access.notices import in_language_of
from .on_duty import OnDuty
from .refused_move import refused_move

# What decides which limit applies.
POLICY_INPUTS = frozenset({"channel_id", "complaint_class", "settled_on_spot"})
# A draft may lack its reason (二), but the column of the helpdesk may not be empty.
NOTHING_YET = "<p><br></p>"
# What may still change on a complaint that has ended: it is not part of the case.
BESIDE_THE_CASE = ("message_", "activity_", "color", "kanban_state", "access_token")
# The desk's views of complaints, and the actions of the helpdesk that are not offered there.
DESK_VIEWS = (
    "complaint_view_form",
    "complaint_view_form_intake",
    "complaint_view_kanban",
    "complaint_view_list",
    "complaint_view_list_ended",
)
REFUSED_ACTIONS = (
    "helpdesk_mgmt.action_duplicate_ticket",
    "helpdesk_mgmt.model_helpdesk_ticket_action_share",
)
# What belongs to rounds, and the field that is set once a record is part of the handling.
MOMENTS = {
    "slip_ids": "sent_at",
    "call_ids": "called_at",
    "meeting_ids": "held_at",
    "investigation_ids": "created_at",
    "referral_ids": "created_at",
    "feedback_ids": "confirmed_at",
}
# What the chatter doesn't tell of a complaint.
UNTRACKED = frozenset({"stage_id", "duplicate_id"})


def stage_of(env, state, company):
    """Return the column of the board that shows a state: the centre's own, or the shared."""
    domain = [("complaint_state", "=", state), ("company_id", "in", (company.id, False))]
    return env["helpdesk.ticket.stage"].search(domain, order="company_id", limit=1)


class CurrentRound:
    """The present round of handling: it begins with acceptance, and again with a reopening.

    What was done by then is of an earlier round. It is kept by id: the clock of a server may be set
    back, and what is done afterwards counts all the same.

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket = ticket
        self.has_begun = bool(ticket.accepted_at)
        self.past = {name: set(ids) for name, ids in (ticket.past_acts or {}).items()}

    def of(self, records, moment="created_at"):
        """Return those of some records of the complaint that belong to the round.

        :param moment: the field that says when a record became part of the handling
        """
        past = self.past.get(records._name, ())
        return records.filtered(lambda one: self.has_begun and one[moment] and one.id not in past)

    def done(self):
        """Return what was done until now, for the next round to leave out: model -> ids."""
        parts = {self.ticket[name]: moment for name, moment in MOMENTS.items()}
        return {records._name: records.filtered(moment).ids for records, moment in parts.items()}

    def slips(self):
        """Return the slips that were sent in the round."""
        return self.of(self.ticket.slip_ids, "sent_at")

    def slips_with_units(self):
        """Return the slips of the round that are with a unit, or were answered by it."""
        return self.slips().filtered(lambda slip: slip.state != "declined")

    def feedback(self):
        """Return the feedback that was confirmed in the round."""
        return self.of(self.ticket.feedback_ids, "confirmed_at")[:1]

    def meeting(self):
        """Return the meeting that decided who answers, if it was held in the round."""
        held = self.of(self.ticket.meeting_ids, "recorded_at")
        held = held.filtered(lambda meeting: meeting.state == "held")
        return held.sorted(lambda meeting: (meeting.recorded_at, meeting.id))[-1:]

    def declines(self):
        """Return the slips that units declined which the last meeting of the round had named."""
        declined = self.ticket.slip_ids.filtered("declined_meeting_id")
        if not declined:
            return declined
        # What a later meeting decides takes the place of all that was declined before.
        decided = self.meeting()
        return declined.filtered(lambda slip: slip.declined_meeting_id == decided)

    def is_with_room(self):
        """Return whether the room itself answers for a unit that declined."""
        return "room" in self.declines().mapped("decline_choice")

    def waits_for_choice(self):
        """Return whether it is open who answers for a unit that declined."""
        return bool({"open", "meeting"} & set(self.declines().mapped("decline_choice")))

    def inquiries(self):
        """Return the room's own inquiries."""
        return self.of(self.ticket.investigation_ids)

    def concluded(self):
        """Return the room's own inquiries that were concluded."""
        return self.inquiries().filtered(lambda inquiry: inquiry.state == "concluded")

    def referrals(self):
        """Return the referrals, whatever became of them."""
        return self.of(self.ticket.referral_ids)

    def next_state(self):
        """Return where the answers, and the feedback, of the round take the complaint."""
        answers = self.ticket._answers_of_round()
        return flow.next_state(self.ticket.complaint_state, answers, bool(self.feedback()))


class HelpdeskTicket(models.Model):
    """A complaint is a ticket of a complaint room; tickets of other teams are left alone."""

    _name = "helpdesk.ticket"
    _inherit = [
        "complaint.lock.mixin",
        "complaint.confidential.mixin",
        "helpdesk.ticket",
        "complaint.due.mixin",
        "complaint.procedure.mixin",
        "complaint.signer.mixin",
    ]
    _check_company_auto = True
    # The record is the complaint itself.
    _case_path = ""
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
        "reopened_by_id": False,
        "restriction_lifted_at": False,
        "past_acts": False,
        "common_issue_ids": False,
        "slip_summary": False,
        "reviewed_at": False,
        "reviewed_by_id": False,
    }

    _signers = ("receptionist_id",)
    _reference_path = "number"
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, precompute=True, index="trigram"
    )
    number = fields.Char(index="trigram")
    is_complaint = fields.Boolean(
        string="Is Complaint", related="team_id.is_complaint_room", store=True
    )
    channel_code = fields.Char(related="channel_id.complaint_code")
    # What the channel asks of the desk: for forms, which can't look into another record.
    is_visit = fields.Boolean(related="channel_id.is_visit")
    is_letter = fields.Boolean(related="channel_id.is_letter")
    asks_for_recording = fields.Boolean(related="channel_id.asks_for_recording")
    asks_for_signature = fields.Boolean(related="channel_id.asks_for_signature")
    asks_for_contact = fields.Boolean(related="channel_id.asks_for_contact")
    has_external_ref = fields.Boolean(related="channel_id.has_external_ref")
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
        string="Number on the Website",
        copy=False,
        index="btree_not_null",
        help="The site's own number of the complaint.",
    )
    room_opinion = fields.Text(
        string="Opinion of the Room", help="Instructions to the unit, printed on the slip."
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
    accepted_at = fields.Datetime(readonly=True, copy=False, help="The handling limit starts here.")
    policy_id = fields.Many2one(
        "complaint.sla.policy",
        string="Limit Policy",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    due_at = fields.Datetime(
        string="Due",
        compute="_compute_due_at",
        store=True,
        copy=False,
        help="End of the next time limit.",
    )
    is_provisional = fields.Boolean(
        string="Provisional Date",
        compute="_compute_is_provisional",
        help="The limit runs into a year whose schedule is not published yet.",
    )
    accept_by = fields.Datetime(
        compute="_compute_accept_by",
        store=True,
        help="One working day after a complaint came in: by then it is accepted or refused (四.1).",
    )
    waits_too_long = fields.Boolean(
        string="Acceptance Overdue",
        compute="_compute_waits_too_long",
        help="A draft that should have been accepted or refused.",
    )
    complaint_state = fields.Selection(
        flow.STATES, string="State", readonly=True, copy=False, tracking=True
    )
    held_state = fields.Selection(
        flow.STATES, readonly=True, copy=False, help="The state a complaint on hold returns to."
    )
    end_reason = fields.Text(string="Reason Given", readonly=True, copy=False, tracking=True)
    reopened_at = fields.Datetime(
        readonly=True, copy=False, help="Slips and feedback from before belong to an earlier round."
    )
    reopened_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    past_acts = fields.Json(
        readonly=True, copy=False, help="What was done before the last reopening, by model."
    )
    open_verbs = fields.Char(string="Available Actions", compute="_compute_open_verbs")
    tracking_code = fields.Char(
        string="Query Code",
        readonly=True,
        copy=False,
        groups=STAFF_ONLY,
        help="Tell the complainant: with the number and this code they can look up on the "
        "website how far their complaint is.",
    )

    _number_unique = models.UniqueIndex(
        "(team_id, number) WHERE is_complaint AND number != '/'",
        "Another complaint already has this number.",
    )
    _external_ref_unique = models.UniqueIndex(
        "(team_id, external_ref) WHERE external_ref IS NOT NULL",
        "A complaint with this number of the website is already registered.",
    )
    # Not "WHERE is_complaint": the planner does not match that with the ORM's "IS TRUE".
    # By centre first: each asks for its own.
    _by_state = models.Index(
        "(company_id, complaint_state, user_id) WHERE complaint_state IS NOT NULL"
    )
    _open_by_due = models.Index("(company_id, due_at) WHERE due_at IS NOT NULL")
    # The order of the list and the board: its first page is read off the index.
    _as_listed = models.Index(
        "(company_id, complainant_identity DESC, due_at, accept_by, id DESC) "
        "WHERE is_complaint IS TRUE"
    )
    _external_refs = models.Index(
        lambda registry: (
            "USING gin (external_ref gin_trgm_ops) WHERE external_ref IS NOT NULL"
            if registry.has_trigram
            else ""
        )
    )
    # What the page looks up; drafts have no code but those of the online form.
    _by_tracked_number = models.Index("(number) WHERE tracking_code IS NOT NULL")
    _by_tracked_ref = models.Index("(external_ref) WHERE tracking_code IS NOT NULL")

    # --- what makes a ticket a complaint ---------------------------------------------------

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
                # Nothing is registered out of sight.
                vals.pop("active", None)
                # What was given counts more than the defaults; the mixin refuses what only the
                # procedure sets.
                vals.update({**defaults[vals["team_id"]], **vals})
                vals["description"] = vals.get("description") or NOTHING_YET
        tickets = super().create(vals_list)
        for ticket in tickets:
            # The room came from a default of the user: the procedure starts after all.
            if ticket.is_complaint and not ticket.complaint_state:
                defaults = self._complaint_defaults(ticket.team_id)
                ticket._procedure_write({**self._procedural, **defaults})
        return tickets

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
            "stage_id": stage_of(self.env, "draft", room.company_id).id,
        }

    def _in_procedure(self, vals=None):
        if vals is None:
            return any(self.mapped("is_complaint"))
        team = self.env["helpdesk.ticket.team"].browse(vals.get("team_id"))
        return team.sudo().is_complaint_room

    def write(self, vals):
        """Write tickets as ever, and of complaints what a person may write."""
        complaints = self.filtered("is_complaint")
        if "team_id" in vals:
            self._assert_team_kind(vals["team_id"])
        if not complaints or self._by_procedure():
            return super().write(vals)
        # A list may hold tickets of both kinds: ours are guarded, the others written as ever.
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
        if not vals.get("active", True):
            raise UserError(
                self.env._(
                    "A complaint is not hidden: a registered one stays on record, and a draft is "
                    "refused, or deleted for a reason that is kept."
                )
            )
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
        """Give complaints no token: no link opens one without a login (四.6).

        Odoo would write one for anybody who asks for ``/mail/view``, and an archived case would
        refuse that by its number.
        """
        return "" if self.is_complaint else super()._portal_ensure_token()

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Show a complaint room its own columns only."""
        if self.env.context.get("complaint_kanban"):
            return stages.search([("complaint_state", "!=", False)])
        return super()._read_group_stage_ids(stages, domain)

    def copy(self, default=None):
        """Refuse to duplicate complaints: what another person says is taken down anew.

        :raise UserError: for complaints
        """
        if any(self.mapped("is_complaint")):
            if not self._by_procedure():
                raise UserError(
                    self.env._(
                        "A complaint is not duplicated: register the other one, and link the two "
                        "by “Same Matter”."
                    )
                )
            default = {"number": "/", **(default or {})}
        return super().copy(default)

    @api.model
    def get_views(self, views, options=None):
        """Offer on the desk's own views no act of the helpdesk that complaints refuse."""
        result = super().get_views(views, options)
        ours = {self.env.ref(f"kaiyang_complaint.{name}").id for name in DESK_VIEWS}
        refused = {self.env.ref(name).id for name in REFUSED_ACTIONS}
        for view in result["views"].values():
            actions = view.get("toolbar", {}).get("action")
            if actions and view.get("id") in ours:
                kept = [action for action in actions if action["id"] not in refused]
                view["toolbar"]["action"] = kept
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        complaints = self.filtered("is_complaint")
        if any(ticket.complaint_state != "draft" for ticket in complaints):
            raise UserError(
                self.env._("Only a draft can be deleted: a registered complaint stays on record.")
            )
        # Superuser mode is no door: whoever gets here by it has decided before.
        if complaints and not (self._by_procedure() or self.env.su):
            raise UserError(
                self.env._("A draft is deleted for a reason that is kept: press “Delete Draft”.")
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

    # --- limits (六) ------------------------------------------------------------------------------

    @api.depends("accept_by", "complaint_state")
    def _compute_waits_too_long(self):
        now = fields.Datetime.now()
        for ticket in self:
            waiting = ticket.complaint_state == "draft" and ticket.accept_by
            ticket.waits_too_long = bool(waiting and ticket.accept_by < now)

    @api.depends("received_at", "is_complaint")
    def _compute_accept_by(self):
        for ticket in self:
            if not (ticket.is_complaint and ticket.received_at):
                ticket.accept_by = False
                continue
            company = ticket.company_id
            received = company._complaint_local(ticket.received_at).date()
            ticket.accept_by = company._complaint_due_at(received, company.complaint_accept_days)

    @api.depends("deadline_ids.due_at", "deadline_ids.state", "deadline_ids.kind")
    def _compute_due_at(self):
        for ticket in self:
            # Units have limits of their own, and a written report is no part of handling: neither
            # says when the complaint is due.
            running = ticket.deadline_ids.filtered(
                lambda deadline: (
                    deadline.state == "running"
                    and not deadline.slip_id
                    and deadline.kind != "report"
                )
            )
            ticket.due_at = min(running.mapped("due_at"), default=False)

    @api.depends("deadline_ids.is_provisional", "deadline_ids.state")
    def _compute_is_provisional(self):
        for ticket in self:
            running = ticket.deadline_ids.filtered(
                lambda deadline: deadline.state == "running" and deadline.kind != "report"
            )
            ticket.is_provisional = any(running.mapped("is_provisional"))

    def _reapply_policy(self):
        """Choose the policy again for complaints whose handling limit runs, and recount by it."""
        for ticket in self.env["complaint.sla.policy"]._reapply(self):
            ticket._after_advance(ticket.complaint_state)

    def _time_feedback(self):
        """Let the limit of feedback run once everybody who has to answer has done so (五(三)).

        A unit that is asked, or asked again, ends it without judging it.
        """
        deadlines = self.env["complaint.deadline"].sudo()
        for ticket in self:
            # A unit that declined owes nothing; the others have to answer before feedback is due.
            states = set(ticket._answers_of_round()) - {"declined"}
            if not states or states - {"replied", "accepted"}:
                ticket._running("feedback")._cancel()
            elif not ticket._running("feedback"):
                deadlines._start(ticket, "feedback", ticket.policy_id.feedback_days)

    def action_extend(self):
        """Open the request for a longer limit of handling (六.3).

        :raise UserError: where the limit has run out, is the longest there is, or none runs
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["complaint.extension"]._open(self)

    def _running(self, kind, slip=None):
        """Return the running limits of one kind, those of a slip where one is given."""
        return self.sudo().deadline_ids._running(kind, slip)

    # --- states -----------------------------------------------------------------------------------

    @api.depends("complaint_state")
    def _compute_open_verbs(self):
        for ticket in self:
            verbs = flow.open_verbs(ticket.complaint_state) if ticket.complaint_state else []
            ticket.open_verbs = f",{','.join(verbs)},"

    def _mail_track(self, tracked_fields, initial_values):
        """Say a complaint's step once, by its state, and never the title of another complaint.

        That one may be restricted later.
        """
        if self.is_complaint:
            tracked_fields = {
                name: field for name, field in tracked_fields.items() if name not in UNTRACKED
            }
        return super()._mail_track(tracked_fields, initial_values)

    # --- the one writer ---------------------------------------------------------------------

    def _move_to(self, state, **facts):
        """Move complaints to a state that the table allows, with what is written beside it.

        :raise UserError: where the table knows no way, naming what can be done instead
        """
        for ticket in self:
            if not flow.can_move(ticket.complaint_state, state):
                raise UserError(refused_move(ticket, state))
        # Every move passes the lock: a reopening has to leave the archive, and the table above, not
        # the lock, decides which moves are legal. Whoever calls this has checked the user.
        tickets = self._unlocked()
        # What reaches an end, and what leaves one: a reopening begins another round.
        ended = tickets.filtered(lambda one: flow.ROUND_ENDS & {state, one.complaint_state})
        if ended:
            ended._before_round_ends(state)
        events = tickets._with_procedure().env["complaint.case.event"]
        steps = [(one, events._kind_of_move(one.complaint_state, state)) for one in tickets]
        for company, ours in tickets.grouped("company_id").items():
            stage = stage_of(self.env, state, company)
            ours._procedure_write({"complaint_state": state, "stage_id": stage.id, **facts})
        events._record(steps)
        if state in flow.RESULTS:
            self._after_result(state)

    def _before_round_ends(self, state):
        """End what must not outlast a round of handling, or its end; later chapters add to it."""

    def _after_result(self, state):
        """Follow up what was looked into, told or ended; later chapters add to it."""

    # --- the other doors ----------------------------------------------------------------------

    def _drag_to(self, stage):
        """Carry out the action of a card dragged to another column, or refuse it.

        :raise UserError: where no act without further input leads there
        """
        for ticket in self:
            if stage.complaint_state == ticket.complaint_state:
                continue
            # Each verb that a drag may stand for (``flow.VERBS``).
            acts = {
                "accept": ticket.action_accept,
                "forward": ticket.action_forward,
                "hold": ticket.action_hold,
                "close": ticket.action_close,
            }
            verb = flow.drag_verb(ticket.complaint_state, stage.complaint_state)
            if not verb:
                raise UserError(refused_move(ticket, stage.complaint_state or "draft"))
            acts[verb]()

    def _assert_open_for_change(self):
        """Refuse changes of a complaint that has ended.

        :raise UserError: naming the way back
        """
        ended = self.filtered(lambda ticket: ticket.complaint_state in flow.ENDS)
        if ended and not self._by_procedure():
            raise UserError(
                self.env._(
                    "%s has ended and can't be changed. A manager may reopen it.",
                    ended[0].display_name,
                )
            )

    # --- what the processes report back -----------------------------------------------------

    def _advance(self):
        """Take each complaint where the facts of its slips and feedback lead.

        Every process calls this when it has changed; none writes the complaint's state itself.
        """
        for ticket in self.sudo():
            # Several facts may have come together, such as the last reply and the feedback: it goes
            # on until they lead no further.
            while (state := CurrentRound(ticket).next_state()) != ticket.complaint_state:
                ticket._move_to(state)
                ticket._after_advance(state)

    def _answers_of_round(self):
        """Return the progress of the units asked to answer in the current round."""
        return CurrentRound(self).slips().mapped("state")

    def _after_advance(self, state):
        """Stop the limits that a state meets: the policy says in which one handling ends (六).

        One that was met too early runs on: the room took its inquiry up again. Feedback ends
        what a change of policy may have left running.
        """
        self.ensure_one()
        # It was replied or fed back before, and went back: a unit was asked again, or the room
        # inquires anew.
        if state == "handling" and not self._running("handling"):
            self.sudo().deadline_ids._resume_last("handling")
        if state in ("handling", "replied"):
            self._time_feedback()
        if state in (self.policy_id.stops_at, "fed_back"):
            self._running("handling")._stop()
        if state == "fed_back":
            self._running("feedback")._stop()

    # --- actions ----------------------------------------------------------------------------------

    def _begin(self, verb):
        """Check that the user may change the complaints and that their state allows the act.

        :raise AccessError: where the user may not write
        :raise UserError: where the act is not open, naming what is
        """
        self.check_access("write")
        for ticket in self:
            if ticket.complaint_state not in flow.VERBS[verb].sources:
                raise UserError(refused_move(ticket, flow.VERBS[verb].target))

    def action_accept(self):
        """Register complaints: number of the year, clock, respondents (二, 四.1, 五(一)).

        :raise UserError: naming the elements that a complaint still lacks
        :raise BusyError: where someone else draws a number at this moment; the server tries again
        """
        self._begin("accept")
        self._assert_complete()
        self._check_intake()
        nameless = self.filtered(
            lambda ticket: not (ticket.respondent_ids or ticket.is_outside_matter)
        )
        if nameless:
            # Findings need a respondent: where nobody is named, it is the window itself.
            self.env["complaint.respondent"].create(
                [{"ticket_id": ticket.id, "window_id": ticket.window_id.id} for ticket in nameless]
            )
        self.env["complaint.sla.policy"]._start_handling(self)
        # The number is drawn last, after everything that may refuse: the row of the sequence is
        # locked until the transaction ends, and whoever accepts meanwhile is turned away and tried
        # again.
        for ticket in self.sorted("id"):
            room = ticket.team_id.sudo()
            today = (room.company_id or self.env.company)._complaint_today()
            with busy(self.env):
                # Gapless: an acceptance that fails gives the number back.
                number = room.complaint_sequence_id.next_by_id(sequence_date=today)
            ticket._move_to(
                "accepted",
                number=number,
                # Who sent it by the online form has a code already.
                tracking_code=ticket.sudo().tracking_code or tracking_code.draw(),
                accepted_at=fields.Datetime.now(),
            )

    def _check_intake(self):
        """Refuse acceptance while what the channels demand was not recorded; channels add to it."""

    def _assert_complete(self):
        incomplete = self.filtered("missing_elements")
        if incomplete:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(complaint)s is not complete yet. Still missing: %(missing)s.",
                        complaint=ticket.display_name,
                        missing=ticket.missing_elements_label,
                    )
                    for ticket in incomplete
                )
            )

    def action_hold(self):
        """Put complaints aside. No clock stops: the law knows no pause (六)."""
        self._begin("hold")
        for ticket in self:
            ticket._move_to("on_hold", held_state=ticket.complaint_state)

    def action_resume(self):
        """Take complaints up where they were put aside, with what came in meanwhile."""
        self._begin("resume")
        for ticket in self:
            ticket._move_to(ticket.held_state, held_state=False)
            ticket._after_advance(ticket.complaint_state)
        self._advance()

    def action_close(self):
        """Close complaints whose complainants were told the result and asked for opinions (六).

        :raise UserError: naming what they lack
        """
        self._begin("close")
        for ticket in self:
            lacking = ticket._what_keeps_open()
            if lacking:
                raise UserError(
                    self.env._(
                        "%(complaint)s can't be closed yet:\n%(missing)s",
                        complaint=ticket.display_name,
                        missing="\n".join(lacking),
                    )
                )
        self._move_to("closed")

    def _what_keeps_open(self):
        """Return what a complaint lacks before it may be closed, in sentences that say what to do.

        Later chapters add to it.
        """
        self.ensure_one()
        return []

    def action_reopen(self, reason=None):
        """Take closed complaints up again: a new round with its own limit, on record.

        :raise AccessError: for anyone but a manager of the desk
        """
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("Only a manager of the complaint desk may reopen a case."))
        self._begin("reopen")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_reopen")
        for ticket in self:
            ticket._move_to(
                "accepted",
                reopened_at=fields.Datetime.now(),
                reopened_by_id=self.env.uid,
                past_acts=CurrentRound(ticket.sudo()).done(),
                end_reason=reason,
                settled_on_spot=False,
                # The text is looked through again: what became known since may be in it.
                reviewed_at=False,
                reviewed_by_id=False,
            )
        self.env["complaint.sla.policy"]._start_handling(self)
        for ticket in self:
            clerk = OnDuty(ticket).clerk()
            told = in_language_of(ticket, clerk)
            ticket.activity_schedule(
                ACTIVITY_REOPENED,
                user_id=clerk.id,
                summary=told.env._("Reopened by %s", self.env.user.name),
                note=plaintext2html(reason),
            )
        return True
