from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

from ...tools import flow, look_through, masking
from ...tools.codes import LEADERS, STAFF_ONLY
from ..access.access_revocation import AccessRevocation

# While an inquiry may begin, or be taken up again.
INQUIRED = flow.RUNNING - {"fed_back"}
# What decides whether slips or the room's own inquiry answer.
ROUTE = frozenset({"is_outside_matter", "is_discipline_matter", "conduct_ids"})
KINDS = [("outside", "Referral"), ("discipline", "Transfer to Discipline Inspection")]
# What a restriction, or who may still read a restricted complaint, follows from.
DECIDES_ACCESS = frozenset({"conduct_ids", "is_discipline_matter", "user_id"})
# What the text for the unit is made from, what is masked in it, and what the room asks.
SOURCES = (
    "description",
    "service_item",
    "room_opinion",
    "partner_id",
    "partner_name",
    "partner_email",
    "complainant_phone",
    "complainant_address",
    "complainant_id_number",
)
UNSEEN = {"reviewed_at": False, "reviewed_by_id": False}


class HelpdeskTicket(models.Model):
    """The ways of handling: slips, inquiry, referral, meeting, restriction, urging (五(二))."""

    _inherit = "helpdesk.ticket"

    is_forwardable = fields.Boolean(
        compute="_compute_is_forwardable", help="Nothing stands between acceptance and the slip."
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
        string="Who Answers",
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
        help="What the complaint is about, as it goes onto the slip.",
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

    _awaiting_review = models.Index("(user_id) WHERE awaits_review IS TRUE")

    # --- routes (五(二)) --------------------------------------------------------------------------

    @api.depends(
        "needs_meeting", "meeting_ids.held_at", "reopened_at", "is_restricted", "is_outside_matter"
    )
    def _compute_is_forwardable(self):
        for ticket in self:
            ticket.is_forwardable = not ticket._what_keeps_slips()

    def write(self, vals):
        """Restrict access at once where a change asks for it, and follow the route that it sets.

        :raise UserError: where it would lift a restriction, which takes a reason, or change a
            route that was taken already
        """
        self._assert_route_open(vals)
        reviewed = self._sources_of_review(vals)
        restricting = bool(self and DECIDES_ACCESS & vals.keys())
        before = self._restricted_now() if restricting else {}
        # The ORM forgets items that are out of use where it links others.
        everything = self.with_context(active_test=False) if restricting else self
        result = super(HelpdeskTicket, everything).write(vals)
        if restricting:
            self._follow_restriction(before)
        if ROUTE & vals.keys():
            self.sudo().filtered("is_complaint")._advance()
        for ticket, sources in reviewed.items():
            ticket._forget_review(sources)
        return result

    def _assert_route_open(self, vals):
        """Refuse to change whether a complaint is about window staff once it went a way."""
        if "is_outside_matter" in vals:
            ticked = bool(vals["is_outside_matter"])
            for ticket in self.filtered("is_complaint"):
                if ticket.is_outside_matter != ticked:
                    ticket._assert_matter_open()

    def _restricted_now(self):
        """Return the restricted complaints, each with the clerk in charge."""
        return {ticket: ticket.user_id for ticket in self.sudo() if ticket.is_restricted}

    def _follow_restriction(self, before):
        """Revoke the access that was lost by a change, which may lift no restriction.

        :param before: what ``_restricted_now`` said before the change
        """
        tickets = self.sudo()
        restricted = tickets.filtered(lambda one: one in before)
        tickets._assert_not_lifted(restricted)
        narrowed = tickets.filtered("is_restricted") - restricted
        narrowed._take_charge()
        handed_over = restricted.filtered(lambda one: one.user_id != before[one])
        (narrowed + handed_over)._narrow()

    def _respondents_changed(self):
        """Pass slips on where the representative is complained about by now."""
        result = super()._respondents_changed()
        self.slip_ids._readdress()
        return result

    def _assert_forwardable(self):
        """Refuse slips that the regulation keeps from leaving.

        :raise UserError: saying why, and what to do
        """
        obstacle = self._what_keeps_slips()
        if obstacle:
            raise UserError(obstacle)

    def _what_keeps_slips(self):
        """Return why no slip may leave, or nothing."""
        self.ensure_one()
        if self.is_restricted:
            return self.env._("A restricted complaint never goes to the unit complained about.")
        if self.is_outside_matter:
            return self.env._("What is not about window staff is referred, not forwarded.")
        if self.needs_meeting and not self._meeting_of_round():
            return self.env._(
                "Major complaints, and those of several units or of unclear responsibility, go to "
                "a meeting first: it decides who answers. No slip leaves before."
            )
        return ""

    def _answers_of_round(self):
        """Let referrals answer like slips, and the room's own last inquiry where no slip may go."""
        own = self._inquiries_of_round().sorted("id")[-1:] if self._is_own() else ()
        return [
            *super()._answers_of_round(),
            *(inquiry._answer() for inquiry in own),
            *(referral._answer() for referral in self._referrals_of_round()),
        ]

    def _is_own(self):
        """Tell a complaint that the room handles itself: no slip may ever go."""
        return self.is_restricted or self.is_outside_matter

    def _inquiries_of_round(self):
        return self.investigation_ids.filtered(self._begun_in_round)

    def _referrals_of_round(self):
        return self.referral_ids.filtered(self._begun_in_round)

    def _begun_in_round(self, process):
        since = self._since()
        return since and process.created_at >= since

    # --- the room's own inquiry --------------------------------------------------------------

    @api.depends("complaint_state", "investigation_ids.state")
    def _compute_lacks_investigation(self):
        for ticket in self:
            states = ticket._inquiries_of_round().mapped("state")
            ticket.lacks_investigation = (
                ticket.complaint_state == "replied" and "concluded" not in states
            )

    def action_investigate(self):
        """Open the investigation that is under way, or a new one.

        :raise UserError: before acceptance, and once the complainant was told the result
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_under_inquiry()
        under_way = self.investigation_ids.filtered(lambda inquiry: inquiry.state == "draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Investigation"),
            "res_model": "complaint.investigation",
            "res_id": under_way[:1].id,
            "view_mode": "form",
            "context": {"default_ticket_id": self.id},
        }

    def _assert_under_inquiry(self):
        """Refuse an inquiry into what is not accepted, or settled already."""
        for ticket in self:
            if ticket.complaint_state not in INQUIRED:
                raise UserError(
                    self.env._(
                        "%s can't be investigated now: that goes from its acceptance until the "
                        "complainant is told the result.",
                        ticket.display_name,
                    )
                )

    def _told_by_units(self):
        """Return what the units replied in the present round, each under its name."""
        slips = (self._since() and self._slips_of_round()) or self.slip_ids.browse()
        replies = slips.reply_ids.filtered(lambda reply: reply.state == "accepted")
        return "\n".join(f"{reply.slip_id.unit_id.name}：{reply.facts}" for reply in replies)

    def action_forward(self):
        """Send a slip to the chief representative of each unit complained about (四.6, 五(二)).

        :raise UserError: where there is no unit, no representative, or the case is restricted,
            not about window staff, waits for its meeting, or nobody looked through its text
        """
        self._begin("forward")
        for ticket in self:
            ticket._assert_forwardable()
            ticket._create_slips().action_send()

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
        for ticket in self:
            under_way = ticket.complaint_state in ("accepted", "handling")
            ticket.referral_due = under_way and ticket._owed_referral()

    def _assert_matter_open(self):
        """Refuse to change what a complaint is about once slips or a referral went out on it."""
        if set(self._slips_of_round().mapped("state")) - {"declined"}:
            raise UserError(
                self.env._(
                    "A slip of %s is with a unit: whether it is about window staff is settled. "
                    "The unit may decline the slip; then this can be changed.",
                    self.display_name,
                )
            )
        if self._referrals_of_round().filtered(
            lambda referral: referral.state not in ("draft", "refused")
        ):
            raise UserError(
                self.env._(
                    "A referral of %s is under way: take it back first, as long as it has not "
                    "left.",
                    self.display_name,
                )
            )
        if self.complaint_state in ("replied", "fed_back"):
            raise UserError(self.env._("%s has its answer already.", self.display_name))

    # --- what the room inquires and hands on ------------------------------------------------

    def _inquiries_concluded(self):
        """Return the room's own inquiries that were concluded in the present round."""
        inquiries = self._inquiries_of_round()
        return inquiries.filtered(lambda inquiry: inquiry.state == "concluded")

    def _owes_transfer(self):
        """Tell whether a breach was found that nobody transferred yet; results know it."""
        return False

    def _is_transfer_due(self):
        """Tell whether the last inquiry, or a finding after it, verified a breach (七.5)."""
        last = self._inquiries_concluded().sorted("id")[-1:]
        return last.is_transfer_due or bool(last and self._owes_transfer())

    def _findings_of_round(self):
        """Return in words what the room's last inquiry found, for a letter."""
        last = self._inquiries_concluded().sorted("id")[-1:]
        found = (last.respondent_facts, last.evidence, last.cause, last.measures)
        return "\n".join(text.strip() for text in found if text)

    def _owed_referral(self):
        """Return the kind of referral that the concluded inquiry asks for and that nobody made."""
        concluded = self._inquiries_concluded()
        made = self._referrals_of_round().filtered(
            lambda referral: referral.state not in ("draft", "refused")
        )
        breach = self.is_restricted and self._is_transfer_due()
        if breach and "discipline" not in made.mapped("kind"):
            return "discipline"
        return "outside" if self.is_outside_matter and concluded and not made else False

    def _due_day(self):
        """Return the day on which the complaint is due, where that lies ahead."""
        due = self.due_at and self.company_id._complaint_local(self.due_at).date()
        return due and due > self.company_id._complaint_today() and due

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

    @api.depends("meeting_ids.held_at", "accepted_at", "reopened_at")
    def _compute_decision_ids(self):
        for ticket in self:
            ticket.decision_ids = ticket._meeting_of_round().line_ids

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

    def _meeting_of_round(self):
        """Return the meeting that decided who answers, if it was held in the present round."""
        since = self._since()
        held = self.meeting_ids.filtered(
            lambda meeting: meeting.state == "held" and since and meeting.held_at >= since
        )
        return held.sorted(lambda meeting: (meeting.held_at, meeting.id))[-1:]

    def _units_in_charge(self):
        """Return the units that answer; the first one leads."""
        decided = self._meeting_of_round()
        return decided._units_in_charge() if decided else self._units_complained_about()

    def _lead_unit(self, unit):
        """Return which unit leads where one is asked: the main one, or the only one."""
        return self._units_in_charge()[:1] if self._meeting_of_round() else unit

    def _units_not_asked(self):
        """Return the units in charge that have no slip of the present round, in their order."""
        return self._units_in_charge() - self._slips_with_units().unit_id

    def _slips_with_units(self):
        """Return the slips of the present round that are with a unit, or were answered by it."""
        return self._slips_of_round().filtered(lambda slip: slip.state != "declined")

    def _move_to(self, state, **facts):
        """Call meetings off that a complaint no longer waits for."""
        result = super()._move_to(state, **facts)
        if state == "fed_back" or state in flow.ENDS:
            overtaken = self.env._("The complaint was settled meanwhile.")
            self.sudo().meeting_ids._under_way()._call_off(overtaken)
        return result

    # --- slips ------------------------------------------------------------------------------

    def _create_slips(self):
        """Make a slip for each unit that was not asked yet; the first unit leads.

        :raise UserError: where no unit is known
        """
        self.ensure_one()
        units = self._units_in_charge()
        if not units:
            raise UserError(self.env._("Choose the window or the unit the complaint is about."))
        units = self._units_not_asked()
        drafts = self._drafted_for(units)
        slips = drafts + self.env["complaint.slip"].create(
            [self._slip_values(unit) for unit in units - drafts.unit_id]
        )
        order = units.ids
        return slips.sorted(lambda slip: order.index(slip.unit_id.id))

    def _drafted_for(self, units):
        """Return a slip for each unit that somebody prepared one for, with the unit's task."""
        drafts = self.slip_ids.filtered(lambda slip: slip.state == "draft").grouped("unit_id")
        chosen = [slips[0] for unit, slips in drafts.items() if unit in units]
        for slip in chosen:
            slip.room_opinion = self._task_of(slip.unit_id) or slip.room_opinion
        return self.env["complaint.slip"].union(*chosen)

    def _slip_values(self, unit):
        return {
            "ticket_id": self.id,
            "unit_id": unit.id,
            "representative_id": self._representative_of(unit).id,
            "room_opinion": self._task_of(unit)
            or self.room_opinion
            or self.company_id.complaint_default_opinion,
        }

    def _representative_of(self, unit):
        """Return who gets the slip of a unit: its first representative not complained about."""
        respondents = self.respondent_ids.filtered(lambda person: person.unit_id == unit)
        return unit._current_representative(respondents.staff_id)

    def _task_of(self, unit):
        """Return what the meeting of the round asks of a unit."""
        lines = self._meeting_of_round().line_ids
        return lines.filtered(lambda line: line.unit_id == unit)[:1].task

    def _follow_decision(self):
        """Send the slips that a meeting decided on; leave them to the desk where they can't go yet.

        Those that nobody looked through wait, and so do those that nobody could receive.
        """
        self.ensure_one()
        units = self._units_in_charge()
        ready = self.is_forwardable and all(self._representative_of(unit) for unit in units)
        if ready and self.reviewed_at and self.complaint_state in ("accepted", "handling"):
            self._send_slips()

    def _send_slips(self):
        """Forward a complaint, or send the slips it still lacks, and let the decided unit lead."""
        if self.complaint_state == "accepted":
            self.action_forward()
            return
        self._create_slips().action_send()
        lead = self._units_in_charge()[:1]
        for slip in self._slips_with_units():
            slip._guarded_write({"is_lead": slip.unit_id == lead})

    # --- restriction (七.5) -----------------------------------------------------------------------

    def _assert_not_lifted(self, restricted):
        """Let a restriction be lifted by its own act alone."""
        lifted = restricted.filtered(lambda ticket: not ticket.is_restricted)
        if lifted and not self._is_guarded():
            raise UserError(
                self.env._(
                    "%s is restricted. Only “Lift Restriction” takes that back: it asks for the "
                    "reason.",
                    lifted[0].display_name,
                )
            )

    def _take_charge(self):
        """Give complaints that nobody is in charge of to the clerk who restricts them.

        Nobody in the room could read them otherwise.
        """
        user = self.env.user
        orphans = self.filtered(
            lambda ticket: not ticket.user_id and user in ticket.team_id.user_ids
        )
        if orphans:
            orphans._guarded_write({"user_id": user.id})

    def _narrow(self):
        """Take from everybody who may not read the complaints what they still hold of them."""
        if self:
            # Who may no longer read a case loses what they hold of it, archived or not.
            tickets = self._thawed()
            AccessRevocation(tickets.env).revoke(tickets)

    def web_save(self, vals, specification, next_id=None):
        """Save a form; who thereby lost the complaint is not shown it once more."""
        if self and DECIDES_ACCESS & vals.keys():
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
        self._assert_may_restrict()
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_restrict")
        self._log_restriction(self.env._("Restricted: %s", reason))
        self.sudo().write({"is_discipline_matter": True})
        if not self.has_access("read"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "kaiyang_complaint.complaint_action"
            )
        return True

    def action_lift_restriction(self, reason=None):
        """Open complaints to the whole room again: the mark was wrong. Without a reason, ask.

        The conduct items that restrict are taken off; the chatter tells which, and why.

        :raise AccessError: for anyone but the leaders and the clerk in charge
        :raise UserError: where a complaint is not restricted, or has ended
        """
        self._assert_may_lift()
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_lift_restriction")
        for ticket in self.sudo().with_context(active_test=False):
            ticket._lift_restriction(reason)
        return True

    def _lift_restriction(self, reason):
        items = self.conduct_ids.filtered("is_discipline_matter")
        self._guarded_write(
            {
                "is_discipline_matter": False,
                "conduct_ids": [Command.unlink(item.id) for item in items],
            }
        )
        self._log_restriction(
            self.env._(
                "Restriction lifted: %(reason)s Conduct items taken off: %(items)s.",
                reason=reason,
                items="、".join(items.mapped("name")) or self.env._("none"),
            )
        )

    def _assert_may_restrict(self):
        self.check_access("read")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self._assert_leader()
        self._assert_open_for_change()

    def _assert_may_lift(self):
        self.check_access("read")
        if any(ticket.user_id != self.env.user for ticket in self):
            self._assert_leader()
        self._assert_open_for_change()
        for ticket in self:
            if not ticket.is_restricted:
                raise UserError(self.env._("%s is not restricted.", ticket.display_name))

    def _assert_leader(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in LEADERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("This is for the leaders, or the clerk in charge of the complaint.")
            )

    def _log_restriction(self, text):
        for ticket in self:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)

    # --- what goes with it ----------------------------------------------------------------------

    @api.model
    def _narrowed_processes(self):
        """Return the processes that have something to take back, by their ``_narrow()``."""
        return ["complaint.feedback", "complaint.slip", "complaint.meeting", "complaint.finding"]

    # --- urging and supervision (五(二)6) ---------------------------------------------------------

    def action_urge(self, opinion=None):
        """Urge every unit that has yet to reply (催办). Without an opinion, ask for it.

        :raise UserError: where no slip is with a unit, or a unit must not be told
        """
        self.check_access("read")
        slips = self.slip_ids.filtered(lambda slip: slip.state in ("sent", "received"))
        if not slips:
            raise UserError(self.env._("No slip is with a unit: there is nobody to urge."))
        return slips.action_urge(opinion)

    def action_supervise(self, opinion=None):
        """Call on those who handle complaints to see to them (督办). Without an opinion, ask.

        The clerk in charge is told, and the units that have yet to reply.

        :raise AccessError: for anyone but the leaders
        :raise UserError: where a complaint is not under way
        """
        self._assert_may_supervise()
        opinion = self._said(opinion)
        if not opinion:
            title = self.env._("Supervise: What Is to Be Done")
            return self.env["complaint.reason.wizard"]._open(self, "action_supervise", title)
        escalations = self.env["complaint.escalation"]
        escalations._by_hand([ticket._supervision_values(opinion) for ticket in self.sudo()])
        return True

    def action_ask_leader(self, question=None):
        """Put a matter before the leader in charge, who answers in writing (请示). Without it, ask.

        :raise UserError: where a complaint is not under way, or nobody could answer
        """
        self.check_access("write")
        self._assert_under_way()
        question = self._said(question)
        if not question:
            title = self.env._("Ask the Leader: What Is to Be Decided")
            return self.env["complaint.reason.wizard"]._open(self, "action_ask_leader", title)
        for ticket in self:
            self.env["complaint.approval"]._ask(ticket, "instruction", question)
        return True

    def _approval_decided(self, approval):
        """Have nothing to do: the answer is the instruction, and who asked has a to-do."""

    def _assert_may_supervise(self):
        self.check_access("read")
        leaders = ("leader", "director")
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in leaders]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only the leaders may supervise a complaint."))
        self._assert_under_way()

    def _assert_under_way(self):
        for ticket in self:
            if ticket.complaint_state not in flow.RUNNING:
                raise UserError(self.env._("%s is not under way.", ticket.display_name))

    def _clerks(self):
        """Return the clerk in charge, or everybody in the room where nobody is in charge."""
        self.ensure_one()
        return self.user_id or self.team_id.user_ids

    def _supervision_values(self, opinion):
        """Return the entry of the ledger, with those who are told as a rule would tell them."""
        deadline = self._running("handling")[:1] or self.deadline_ids.browse()
        slips = self.slip_ids._urgeable()
        clerks = self._clerks()
        allowed = self._confidants(clerks.partner_id.ids)[self.id]
        clerks = clerks.filtered(lambda user: user.partner_id.id in allowed)
        return {
            "effect": "supervision",
            "ticket_id": self.id,
            "deadline_id": deadline.id,
            "due_at": deadline.due_at,
            "opinion": self._scrubbed(opinion),
            "user_ids": (clerks + slips._addressees().user_id).ids,
            "told_slip_ids": slips.ids,
        }

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
        "reopened_at",
    )
    def _compute_awaits_review(self):
        for ticket in self:
            ticket.awaits_review = (
                ticket.complaint_state in ("accepted", "handling")
                and not ticket.reviewed_at
                and not ticket._what_keeps_slips()
                and (ticket.complaint_state == "accepted" or bool(ticket._units_not_asked()))
            )

    def _sources_of_review(self, vals):
        """Return what a change may make a reviewed text out of date, by complaint."""
        if self._is_guarded() or vals.keys().isdisjoint(SOURCES):
            return {}
        prepared = self.sudo().filtered(lambda ticket: ticket.reviewed_at or ticket.slip_summary)
        return {ticket: [ticket[name] for name in SOURCES] for ticket in prepared}

    def _forget_review(self, before):
        """Take back what was looked through, where it was made from something else than is there.

        A text that was prepared from another reason is of no use any more.
        """
        changed = {name for name, value in zip(SOURCES, before, strict=True) if self[name] != value}
        if changed:
            stale = {"slip_summary": False} if "description" in changed else {}
            self._guarded_write({**UNSEEN, **stale})

    # --- what leaves ------------------------------------------------------------------------

    def _text_to_review(self):
        """Return the text for the unit and the opinion of the room, for a person to check."""
        self.ensure_one()
        drafted = self.slip_ids.filtered(lambda slip: slip.state == "draft")[:1].room_opinion
        opinion = self.room_opinion or drafted or self.company_id.complaint_default_opinion
        return look_through.compose(self._stretches()), self._scrubbed(opinion)

    def _stretches(self):
        """Return the text for the unit stretch by stretch: as prepared, or as masking proposes."""
        proposed = self._masked_stretches(html2plaintext(self.description or ""))
        prepared = self.sudo().slip_summary
        if not prepared:
            return proposed
        taken = look_through.taken_up(proposed, prepared)
        if taken is not None:
            return taken
        # What a person changed by hand stays so: what still tells something is marked, not masked.
        return [{**one, "masked": False} for one in self._masked_stretches(prepared)]

    def _masked_stretches(self, text):
        return look_through.stretches(masking.segments(text, self.sudo()._known_identifiers()))

    def _exposed(self, text):
        """List what a text still gives away of people."""
        return masking.exposed(text, self.sudo()._known_identifiers())

    def action_review_text(self, summary, opinion=None):
        """Put on record what a person saw, and perhaps changed, of what leaves (五(二)1).

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
            raise UserError(self._what_keeps_slips())
        if not self._said(summary):
            raise UserError(
                self.env._("The text for the unit is empty. Write what the unit is to look into.")
            )
        self._prepare_text(summary, opinion)
        self._guarded_write({"reviewed_at": fields.Datetime.now(), "reviewed_by_id": self.env.uid})
        return True

    def _prepare_text(self, summary, opinion):
        """Keep what was written of the text for the unit: nobody has looked it through yet."""
        standard = self.company_id.complaint_default_opinion
        replaced = {self.room_opinion, standard, False}
        opinion = self._said(opinion) or standard
        self._guarded_write(
            {"slip_summary": self._said(summary), "room_opinion": opinion, **UNSEEN}
        )
        drafts = self.slip_ids.filtered(
            lambda slip: slip.state == "draft" and slip.room_opinion in replaced
        )
        drafts.write({"room_opinion": opinion})

    # --- leaving ----------------------------------------------------------------------------

    def _forward_on_acceptance(self):
        """Forward what was just accepted, may leave, and was looked through; the rest waits."""
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
        self._assert_forwardable()
        return self.env["complaint.review.wizard"]._open(self)

    def _what_keeps_from_sending(self, slip):
        """Return why a slip, or those of all units in charge, would not leave now, or nothing."""
        self.ensure_one()
        people = self._people_to_send_to(slip)
        if obstacle := self._what_keeps_slips():
            return obstacle
        if not people:
            return self.env._("Choose the window or the unit the complaint is about.")
        lacking = "、".join(unit.name for unit, person in people if not person)
        if lacking:
            return self.env._(
                "No representative of %s is in office who is not complained about. Name one first.",
                lacking,
            )
        return ""

    def _people_to_send_to(self, slip):
        """Return who would get the slips: pairs of a unit and its representative."""
        if slip:
            return [(slip.unit_id, slip.representative_id)]
        drafts = self.slip_ids.filtered(lambda one: one.state == "draft").grouped("unit_id")
        return [
            (unit, drafts[unit][:1].representative_id or self._representative_of(unit))
            if unit in drafts
            else (unit, self._representative_of(unit))
            for unit in self._units_not_asked()
        ]

    def _addressees(self, slip):
        """Return in words who would get a slip, until when the reply is due, and their own task."""
        policies = self.env["complaint.sla.policy"].sudo()._candidates(self.company_id)
        days = (self.policy_id or policies._first_match(self)).reply_days
        lines = []
        for unit, person in self._people_to_send_to(slip):
            parts = [
                unit.name,
                person.display_name or self.env._("nobody in office"),
                self.env._("reply within %s working days", days),
            ]
            if task := self._task_of(unit):
                parts.append(self.env._("task: %s", self._scrubbed(task)))
            lines.append(" · ".join(parts))
        return lines
