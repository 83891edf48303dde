from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import flow, look_through
from ...tools.codes import STAFF_ONLY
from ..access.clean_input import clean_text
from ..case.helpdesk_ticket import CurrentRound
from .forwarding import Forwarding
from .restriction import Restriction
from .text_review import SOURCES, TextReview

# What decides whether slips or the room's own inquiry answer.
ROUTE = frozenset(
    {"is_outside_matter", "is_discipline_matter", "conduct_ids", "restriction_lifted_at"}
)
KINDS = [("outside", "Referral"), ("discipline", "Transfer to Discipline Inspection")]
# What a restriction, or who may still read a restricted complaint, follows from.
DECIDES_ACCESS = frozenset(
    {"conduct_ids", "is_discipline_matter", "restriction_lifted_at", "user_id"}
)


class HelpdeskTicket(models.Model):
    """The ways of handling: slips, inquiry, referral, meeting, restriction, urging (五(二))."""

    _inherit = "helpdesk.ticket"

    is_forwardable = fields.Boolean(
        compute="_compute_is_forwardable", help="The slip can be forwarded after acceptance."
    )
    investigation_ids = fields.One2many(
        "complaint.investigation", "ticket_id", string="Investigations"
    )
    lacks_investigation = fields.Boolean(
        compute="_compute_lacks_investigation",
        help="Answered, and no investigation of this round is concluded (四.4).",
    )
    is_outside_matter = fields.Boolean(
        string="Not About Window Staff",
        copy=False,
        help="The room inquires itself, the leader in charge signs it off, and the matter is "
        "referred to the unit concerned (五(二)4).",
    )
    referral_ids = fields.One2many("complaint.referral", "ticket_id", string="Referrals")
    referral_due = fields.Selection(
        KINDS,
        compute="_compute_referral_due",
        help="The room's inquiry is concluded, and what it found has yet to be handed on.",
    )
    needs_meeting = fields.Boolean(
        compute="_compute_needs_meeting",
        help="Major, of several units, or of unclear responsibility: no slip leaves before the "
        "meeting has decided who answers (五(二)5).",
    )
    meeting_ids = fields.One2many("complaint.meeting", "ticket_id", string="Meetings")
    open_meeting_id = fields.Many2one("complaint.meeting", compute="_compute_open_meeting_id")
    decision_ids = fields.One2many(
        "complaint.meeting.line",
        string="Responding Unit",
        compute="_compute_decision_ids",
        help="What the meeting of the present round decided, and what the units answered.",
    )
    escalation_ids = fields.One2many(
        "complaint.escalation",
        "ticket_id",
        string="Escalations",
        groups="kaiyang_complaint.group_complaint_user",
    )
    slip_summary = fields.Text(
        string="Text for the Unit",
        readonly=True,
        copy=False,
        groups=STAFF_ONLY,
        help="Subject of the complaint, as printed on the slip.",
    )
    reviewed_at = fields.Datetime(
        string="Looked Through At",
        readonly=True,
        copy=False,
        help="When a person saw the text that leaves; no slip leaves before.",
    )
    reviewed_by_id = fields.Many2one(
        "res.users", string="Looked Through By", readonly=True, ondelete="restrict", copy=False
    )
    awaits_review = fields.Boolean(
        string="To Look Through",
        compute="_compute_awaits_review",
        store=True,
        help="Nothing keeps the slip from leaving but that nobody looked through its text.",
    )

    _awaiting_review = models.Index("(company_id, user_id) WHERE awaits_review IS TRUE")

    # --- routes (五(二)) --------------------------------------------------------------------------

    @api.depends(
        "needs_meeting",
        "meeting_ids.recorded_at",
        "reopened_at",
        "is_restricted",
        "is_outside_matter",
        "slip_ids.decline_choice",
    )
    def _compute_is_forwardable(self):
        for ticket in self:
            ticket.is_forwardable = not ticket._slip_obstacle()

    def write(self, vals):
        """Restrict access at once where a change asks for it, and follow the route that it sets.

        :raise UserError: where it would lift a restriction, which takes a reason, or change a
            route that was taken already
        """
        if "is_outside_matter" in vals:
            for ticket in self.filtered("is_complaint"):
                Forwarding(ticket).assert_route_open(bool(vals["is_outside_matter"]))
        reviewable = not (self._by_procedure() or vals.keys().isdisjoint(SOURCES))
        reviewed = TextReview.sources_of(self) if reviewable else {}
        restricting = bool(self and DECIDES_ACCESS & vals.keys())
        # Taken before the change: afterwards nobody could tell what became restricted by it.
        before = Restriction(self).present() if restricting else {}
        alleged = Restriction(self).alleged() if restricting else {}
        # The ORM forgets items that are out of use where it links others.
        everything = self.with_context(active_test=False) if restricting else self
        result = super(HelpdeskTicket, everything).write(vals)
        if restricting:
            Restriction(self).renew(alleged, vals)
            Restriction(self).follow(before)
        if ROUTE & vals.keys():
            self.sudo().filtered("is_complaint")._advance()
        # Last, since it compares the texts as they were with those that were written.
        for ticket, sources in reviewed.items():
            TextReview(ticket).forget(sources)
        return result

    def _slip_obstacle(self):
        """Return why no slip may leave, or nothing."""
        self.ensure_one()
        if self.is_restricted:
            return self.env._("A restricted complaint never goes to the unit complained about.")
        if self.is_outside_matter:
            return self.env._("What is not about window staff is referred, not forwarded.")
        if self.needs_meeting and not CurrentRound(self).meeting():
            return self.env._(
                "Major complaints, and those of several units or of unclear responsibility, go to "
                "a meeting first: it decides who answers. No slip leaves before."
            )
        declined = CurrentRound(self).declines()
        if "open" in declined.mapped("decline_choice"):
            return self.env._(
                "A unit that the meeting had named declined its slip. Choose on that slip who "
                "answers instead: another unit, a new meeting, or the room itself."
            )
        if "meeting" in declined.mapped("decline_choice"):
            return self.env._("A new meeting decides who answers. No slip leaves before.")
        return ""

    def _answers_of_round(self):
        """Let referrals answer like slips, and the room's own last inquiry where no slip may go."""
        present = CurrentRound(self)
        # Where slips go out, an inquiry of the room stands beside them and holds nothing up.
        is_own = self._is_own() or present.is_with_room()
        own = present.inquiries().sorted("id")[-1:] if is_own else ()
        answers = super()._answers_of_round()
        # Where other units answer, what one declined is still owed; where none does, the
        # complaint is back with the room.
        if set(answers) - {"declined"} and present.waits_for_choice():
            answers = [*answers, "received"]
        return [
            *answers,
            *(inquiry._slip_state() for inquiry in own),
            *(referral._slip_state() for referral in present.referrals()),
        ]

    def _is_own(self):
        """Return whether the room handles a complaint itself, so that no slip is issued."""
        return self.is_restricted or self.is_outside_matter

    # --- the room's own inquiry --------------------------------------------------------------

    @api.depends("complaint_state", "investigation_ids.state")
    def _compute_lacks_investigation(self):
        for ticket in self:
            states = CurrentRound(ticket).inquiries().mapped("state")
            ticket.lacks_investigation = (
                ticket.complaint_state == "replied" and "concluded" not in states
            )

    def action_investigate(self):
        """Open the investigation that is under way, or a new one.

        :raise UserError: before acceptance, and once the complainant was told the result
        """
        self.ensure_one()
        self.check_access("write")
        self.env["complaint.investigation"]._assert_open_to_inquiry(self)
        under_way = self.investigation_ids.filtered(lambda inquiry: inquiry.state == "draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Investigation"),
            "res_model": "complaint.investigation",
            "res_id": under_way[:1].id,
            "view_mode": "form",
            "context": {"default_ticket_id": self.id},
        }

    def action_forward(self):
        """Send a slip to the chief representative of each unit complained about (四.6, 五(二)).

        :raise UserError: where there is no unit, no representative, or the case is restricted,
            not about window staff, waits for its meeting, or nobody looked through its text
        """
        self._begin("forward")
        for ticket in self:
            forwarding = Forwarding(ticket)
            forwarding.assert_allowed()
            forwarding.create_slips().action_send()

    # --- not about window staff (五(二)4) ---------------------------------------------------------

    @api.depends(
        "complaint_state",
        "is_outside_matter",
        "is_restricted",
        "investigation_ids.state",
        "investigation_ids.is_transfer_due",
        "finding_ids.state",
        "referral_ids.state",
    )
    def _compute_referral_due(self):
        referrals = self.env["complaint.referral"]
        for ticket in self:
            under_way = ticket.complaint_state in ("accepted", "handling")
            ticket.referral_due = under_way and referrals._kind_owed(ticket)

    # --- what the room inquires and hands on ------------------------------------------------

    def _owes_transfer(self):
        """Return whether a breach was found that nobody transferred yet; results know it."""
        return False

    def action_refer(self):
        """Open the referral that is due: the one in preparation, or a new one (五(二)4, 七.5).

        :raise UserError: where none is due
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["complaint.referral"]._open(self)

    # --- meeting and responsibility (五(二)5) -----------------------------------------------------

    @api.depends("complaint_class", "window_unit_id", "respondent_ids.unit_id")
    def _compute_needs_meeting(self):
        for ticket in self:
            several = len(ticket._units_complained_about()) > 1
            ticket.needs_meeting = ticket.complaint_class == "major" or several

    @api.depends("meeting_ids.state")
    def _compute_open_meeting_id(self):
        for ticket in self:
            ticket.open_meeting_id = ticket.meeting_ids._under_way()[:1]

    @api.depends("meeting_ids.recorded_at", "accepted_at", "reopened_at")
    def _compute_decision_ids(self):
        for ticket in self:
            ticket.decision_ids = CurrentRound(ticket).meeting().line_ids

    def action_propose_meeting(self):
        """Open the meeting that is being prepared, or propose one (五(二)5).

        :raise UserError: where none is due, or the complaint is not under way
        """
        self.ensure_one()
        self.check_access("write")
        meeting = self.open_meeting_id
        if not meeting:
            meeting = self.env["complaint.meeting"].create({"ticket_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meeting"),
            "res_model": meeting._name,
            "res_id": meeting.id,
            "view_mode": "form",
        }

    def _after_result(self, state):
        """Call meetings off that a complaint no longer waits for."""
        result = super()._after_result(state)
        if state in flow.ROUND_ENDS:
            overtaken = self.env._("The complaint was settled meanwhile.")
            self.sudo().meeting_ids._under_way()._call_off(overtaken)
        return result

    # --- restriction (七.5) -----------------------------------------------------------------------

    def web_save(self, vals, specification, next_id=None):
        """Save a form; who thereby lost the complaint is not shown it once more."""
        if self and DECIDES_ACCESS & vals.keys():
            # Odoo reads the record back after saving, and would answer a permitted change by an
            # access error.
            self.write(vals)
            vals = {}
            if not self.has_access("read"):
                return []
        return super().web_save(vals, specification, next_id=next_id)

    # --- by hand --------------------------------------------------------------------------------

    def action_restrict(self, reason=None):
        """Mark complaints as breach of discipline: access is narrowed at once (七.5).

        Without a reason, ask for it.

        :raise AccessError: for anyone but clerks and leaders
        :raise UserError: where a complaint has ended
        """
        restriction = Restriction(self)
        restriction.assert_may_restrict()
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_restrict")
        restriction.impose(reason)
        if not self.has_access("read"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "kaiyang_complaint.complaint_action"
            )
        return True

    def action_lift_restriction(self, reason=None):
        """Open complaints to the whole room again. Without a reason, ask.

        What is alleged, and what was transferred, stays; the chatter tells who lifted it, and why.

        :raise AccessError: for anyone but the leaders and, as long as no transfer was put before
            them, the clerk in charge
        :raise UserError: where a complaint is not restricted, or has ended
        """
        restriction = Restriction(self)
        restriction.assert_may_lift()
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_lift_restriction")
        restriction.lift(reason)
        return True

    # --- urging and supervision (五(二)6) ---------------------------------------------------------

    def action_urge(self, opinion=None):
        """Urge every unit that has yet to reply (催办). Without an opinion, ask for it.

        :raise UserError: where no slip is with a unit, or a unit must not be told
        """
        self.check_access("read")
        slips = self.slip_ids.filtered(lambda slip: slip.state in ("sent", "received"))
        if not slips:
            raise UserError(self.env._("No slip is with a unit: no reminder is needed."))
        return slips.action_urge(opinion)

    def action_supervise(self, opinion=None):
        """Call on those who handle complaints to see to them (督办). Without an opinion, ask.

        The clerk in charge is told, and the units that have yet to reply.

        :raise AccessError: for anyone but the leaders
        :raise UserError: where a complaint is not under way
        """
        self.check_access("read")
        leaders = ("leader", "director")
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in leaders]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only the leaders may supervise a complaint."))
        self._assert_under_way()
        opinion = clean_text(self.env, opinion)
        if not opinion:
            title = self.env._("Supervise: What Is to Be Done")
            return self.env["complaint.reason.wizard"]._open(self, "action_supervise", title)
        self.env["complaint.escalation"]._supervise(self, opinion)
        return True

    def action_ask_leader(self, question=None):
        """Put a matter before the leader in charge, who answers in writing (请示). Without it, ask.

        :raise UserError: where a complaint is not under way, or nobody could answer
        """
        self.check_access("write")
        self._assert_under_way()
        question = clean_text(self.env, question)
        if not question:
            title = self.env._("Ask the Leader: What Is to Be Decided")
            return self.env["complaint.reason.wizard"]._open(self, "action_ask_leader", title)
        for ticket in self:
            self.env["complaint.approval"]._ask(ticket, "instruction", question)
        return True

    def _approval_decided(self, approval):
        """Have nothing to do: the answer is the instruction, and who asked has a to-do."""

    def _assert_under_way(self):
        for ticket in self:
            if ticket.complaint_state not in flow.RUNNING:
                raise UserError(self.env._("%s is not under way.", ticket.display_name))

    # --- text that leaves (五(二)1) ---------------------------------------------------------------

    @api.depends(
        "complaint_state",
        "reviewed_at",
        "complaint_class",
        "is_restricted",
        "is_outside_matter",
        "window_unit_id",
        "respondent_ids.unit_id",
        "meeting_ids.state",
        "slip_ids.state",
        "slip_ids.decline_choice",
        "reopened_at",
    )
    def _compute_awaits_review(self):
        for ticket in self:
            ticket.awaits_review = (
                ticket.complaint_state in ("accepted", "handling")
                and not ticket.reviewed_at
                and not ticket._slip_obstacle()
                and (
                    ticket.complaint_state == "accepted"
                    or bool(Forwarding(ticket).units_not_asked())
                )
            )

    # --- what leaves ------------------------------------------------------------------------

    def _text_to_review(self):
        """Return the text for the unit and the opinion of the room, for a person to check."""
        self.ensure_one()
        review = TextReview(self)
        return look_through.compose(review.stretches()), review.opinion()

    def action_review_text(self, summary, opinion=None):
        """Record what a person saw, and perhaps changed, of what leaves (五(二)1).

        The slips carry exactly this. A change of the reason, of the matter, of the opinion or of
        the complainant's particulars asks for it again.

        :param str summary: the text for the unit
        :param str opinion: what the room asks of the unit; nothing: the standard wording
        :raise AccessError: where the user may not change the complaint
        :raise UserError: where there is no text, nothing may ever leave, or the case has ended
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_open_for_change()
        if self._is_own():
            raise UserError(self._slip_obstacle())
        if not clean_text(self.env, summary):
            raise UserError(
                self.env._("The text for the unit is empty. Write what the unit is to look into.")
            )
        TextReview(self).prepare(summary, opinion)
        self._procedure_write(
            {"reviewed_at": fields.Datetime.now(), "reviewed_by_id": self.env.uid}
        )
        return True

    # --- leaving ----------------------------------------------------------------------------

    def _forward_on_acceptance(self):
        """Forward what was just accepted, may leave, and was looked through; the rest waits."""
        # The automation rule filters by state and channel alone; what may not leave yet waits for
        # the desk.
        self.filtered(
            lambda ticket: (
                ticket.complaint_state == "accepted"
                and ticket.reviewed_at
                and ticket.representative_id
                and ticket.is_forwardable
            )
        ).action_forward()

    def action_look_through(self):
        """Open the page that shows the text that leaves, to accept or to forward the complaint.

        :raise UserError: where the complaint can't be accepted or forwarded now
        """
        self.ensure_one()
        self.check_access("write")
        if self.complaint_state == "draft":
            self._begin("accept")
            self._assert_complete()
            self._check_intake()
        elif self.complaint_state != "handling":
            self._begin("forward")
        Forwarding(self).assert_allowed()
        return self.env["complaint.review.wizard"]._open(self)
