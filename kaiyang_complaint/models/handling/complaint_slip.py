from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import flow
from ...tools.codes import ACTIVITY_UNIT_ANSWERED, SLIP_WITH_UNIT
from ..access.access_revocation import AccessRevocation
from ..access.clean_input import clean_text
from ..access.notices import NOTICE_STATES, Notices, in_language_of, now_told
from ..case.helpdesk_ticket import BESIDE_THE_CASE, CurrentRound
from ..case.on_duty import OnDuty
from ..case.refused_move import refused_move
from .declined_unit import CHOICES, DeclinedUnit
from .forwarding import Forwarding
from .reassignment import NOT_TOLD, Reassignment
from .text_review import TextReview
from .urging import Urging

STATES = [
    ("draft", "To Send"),
    ("sent", "Sent"),
    ("received", "Signed For"),
    ("replied", "Replied"),
    ("accepted", "Reply Accepted"),
    ("declined", "Declined"),
]
UNANSWERED = ("sent", "received")
# Fields still writable after sending: not what the slip says.
AFTER_SENDING = {"representative_id", "attachment_ids"}


class ComplaintSlip(models.Model):
    """The slip that forwards a complaint to a unit: all its chief representative gets to see."""

    _name = "complaint.slip"
    _description = "Forwarding Slip"
    _inherit = [
        "complaint.lock.mixin",
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
        "complaint.due.mixin",
        "mail.activity.mixin",
        "complaint.signer.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "name": False,
        "state": "draft",
        "sent_at": False,
        "issued_by_id": False,
        "received_at": False,
        "received_by_id": False,
        "decline_reason": False,
        "declined_meeting_id": False,
        "decline_choice": False,
        "successor_unit_id": False,
        "contact_released_at": False,
        "contact_released_by_id": False,
        "contact_release_reason": False,
        "escalation_ids": False,
        **NOT_TOLD,
    }

    _signers = ("representative_id", "issued_by_id", "received_by_id")
    _reference_path = "name"
    name = fields.Char(string="Slip No.", readonly=True, copy=False)
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        groups="kaiyang_complaint.group_complaint_user",
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    unit_id = fields.Many2one(
        "complaint.window.unit",
        string="Unit in Charge",
        required=True,
        index=True,
        check_company=True,
    )
    representative_id = fields.Many2one(
        "complaint.representative", index="btree_not_null", check_company=True, tracking=True
    )
    conflicted_user_ids = fields.Many2many(
        "res.users",
        "complaint_slip_barred_rel",
        string="Representatives Complained About",
        compute="_compute_conflicted_user_ids",
        store=True,
        compute_sudo=True,
        help="Representatives who are complained about: the slip stays hidden from them.",
    )
    is_lead = fields.Boolean(string="Lead Unit")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", tracking=True)
    room_opinion = fields.Text(string="Opinion of the Room")
    summary = fields.Text(
        compute="_compute_summary",
        store=True,
        readonly=False,
        precompute=True,
        help="Subject of the complaint, without the complainant.",
    )
    is_reviewed = fields.Boolean(
        string="Looked Through",
        compute="_compute_is_reviewed",
        compute_sudo=True,
        help="A person saw the text of the slip as it is, and let it leave so.",
    )
    respondent_names = fields.Char(
        string="Respondents", compute="_compute_respondent_names", compute_sudo=True
    )
    complainant_label = fields.Char(
        string="Complainant",
        compute="_compute_complainant_label",
        compute_sudo=True,
        help="Named or anonymous: what a unit knows of the complainant.",
    )
    service_item = fields.Char(
        string="Matter", compute="_compute_service_item", store=True, compute_sudo=True
    )
    service_datetime = fields.Datetime(related="ticket_id.service_datetime", related_sudo=True)
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Released Attachments",
        domain=[("res_model", "=", "complaint.slip"), ("res_field", "=", False)],
    )
    issued_by_id = fields.Many2one(
        "res.users", string="Slip Issued By", readonly=True, ondelete="restrict", copy=False
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(string="Signed For At", readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users", string="Signed For By", readonly=True, ondelete="restrict", copy=False
    )
    decline_reason = fields.Text(readonly=True, copy=False)
    declined_meeting_id = fields.Many2one(
        "complaint.meeting",
        string="Named by the Meeting",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="kaiyang_complaint.group_complaint_user",
        help="The unit declined what this meeting had decided (五(二)5).",
    )
    decline_choice = fields.Selection(
        [("open", "To Choose"), *CHOICES],
        string="Answered Instead By",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )
    successor_unit_id = fields.Many2one(
        "complaint.window.unit",
        string="Asked Instead",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
        groups="kaiyang_complaint.group_complaint_user",
    )
    reply_ids = fields.One2many("complaint.slip.reply", "slip_id", string="Replies")
    measure_ids = fields.One2many("complaint.measure", "slip_id", string="Rectification")
    deadline_ids = fields.One2many("complaint.deadline", "slip_id", string="Deadlines")
    due_at = fields.Datetime(string="Reply Due", compute="_compute_due_at", store=True)
    is_provisional = fields.Boolean(
        string="Provisional Date",
        compute="_compute_is_provisional",
        compute_sudo=True,
        help="The limit runs into a year whose schedule is not published yet.",
    )
    fellow_units = fields.Char(
        compute="_compute_fellow_units",
        compute_sudo=True,
        help="Who answers besides the lead unit, or which unit leads the others.",
    )
    escalation_ids = fields.Many2many(
        "complaint.escalation",
        "complaint_escalation_slip_rel",
        "complaint_slip_id",
        "complaint_escalation_id",
        string="Escalations",
        readonly=True,
        groups="kaiyang_complaint.group_complaint_user",
    )
    urged_count = fields.Integer(string="Times Urged", compute="_compute_urged", compute_sudo=True)
    urged_at = fields.Datetime(string="Last Urged", compute="_compute_urged", compute_sudo=True)
    notice_state = fields.Selection(
        NOTICE_STATES,
        string="Notice",
        compute="_compute_notice_state",
        search="_search_notice_state",
        compute_sudo=True,
        groups="kaiyang_complaint.group_complaint_user",
        help="Why the representative may not know of the slip, as far as it is seen here.",
    )
    told_at = fields.Datetime(string="Told by Telephone", readonly=True, copy=False)
    told_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups="kaiyang_complaint.group_complaint_user"
    )
    told_note = fields.Text(
        string="Who Was Told",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )
    contact_released_at = fields.Datetime(readonly=True, copy=False)
    contact_released_by_id = fields.Many2one(
        "res.users",
        string="Released By",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )
    contact_release_reason = fields.Text(
        string="Contact Released For",
        readonly=True,
        copy=False,
        groups="kaiyang_complaint.group_complaint_user",
    )

    _open_by_unit = models.Index("(unit_id, due_at) WHERE state IN ('sent', 'received')")

    @api.depends("name", "unit_id")
    def _compute_display_name(self):
        for slip in self:
            slip.display_name = slip.name or self.env._("Draft slip to %s", slip.unit_id.name)

    @api.depends("ticket_id.description", "ticket_id.slip_summary", "ticket_id.reviewed_at")
    def _compute_summary(self):
        for slip in self:
            ticket = slip.sudo().ticket_id
            # What was sent stays as the unit received it.
            if slip.state != "draft":
                slip.summary = slip.summary
            elif ticket.reviewed_at:
                slip.summary = ticket.slip_summary
            else:
                slip.summary = ticket and TextReview(ticket).proposed_text()

    @api.depends("summary", "ticket_id.slip_summary", "ticket_id.reviewed_at")
    def _compute_is_reviewed(self):
        for slip in self:
            ticket = slip.ticket_id
            slip.is_reviewed = ticket.reviewed_at and slip.summary == ticket.slip_summary

    @api.depends("ticket_id.service_item", "ticket_id.partner_name", "ticket_id.complainant_phone")
    def _compute_service_item(self):
        for slip in self:
            ticket = slip.ticket_id
            slip.service_item = ticket and ticket._scrubbed(ticket.service_item)

    @api.depends("unit_id.representative_ids.staff_id", "ticket_id.respondent_ids.staff_id")
    def _compute_conflicted_user_ids(self):
        for slip in self:
            accused = slip.ticket_id.respondent_ids.staff_id
            slip.conflicted_user_ids = slip.unit_id.representative_ids.filtered(
                lambda person, accused=accused: person.staff_id in accused
            ).user_id

    @api.depends("unit_id", "ticket_id.respondent_ids.unit_id")
    def _compute_respondent_names(self):
        for slip in self:
            people = slip.ticket_id.respondent_ids
            concerned = people.filtered(lambda person, unit=slip.unit_id: person.unit_id == unit)
            slip.respondent_names = "、".join(concerned.mapped("display_name"))

    @api.depends("ticket_id.complainant_identity", "ticket_id.is_confidential")
    def _compute_complainant_label(self):
        """Return whether the complainant gave a name, and nothing of it: not even a surname."""
        for slip in self:
            anonymous = slip.ticket_id.complainant_identity == "anonymous"
            label = "匿名" if anonymous else "实名"
            confidential = not anonymous and slip.ticket_id.is_confidential
            slip.complainant_label = f"{label}，要求保密" if confidential else label

    @api.depends("deadline_ids.due_at", "deadline_ids.state")
    def _compute_due_at(self):
        for slip in self:
            # Cancelled limits stay on record and count no more.
            counted = slip.deadline_ids.filtered(lambda deadline: deadline.state != "cancelled")
            slip.due_at = max(counted.mapped("due_at"), default=False)

    @api.depends("deadline_ids.is_provisional", "deadline_ids.state")
    def _compute_is_provisional(self):
        for slip in self:
            running = slip.deadline_ids.filtered(lambda deadline: deadline.state == "running")
            slip.is_provisional = any(running.mapped("is_provisional"))

    def _files_for_unit(self):
        """Return the files representatives may open: those released to them, and their own.

        What the desk attached to its internal notes stays with the desk.

        :raise AccessError: where the user may not read the slips
        """
        self.check_access("read")
        slips = self.sudo()
        noted = slips.message_ids.filtered(
            lambda message: message.is_internal or message.subtype_id.internal
        ).attachment_ids
        # A file of an internal note is attached to the slip as well: it is left out by the note.
        return (slips.attachment_ids - noted) + slips.reply_ids.attachment_ids

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse slips of a complaint that has ended."""
        slips = super().create(vals_list)
        slips.ticket_id._assert_open_for_change()
        return slips

    def write(self, vals):
        """Refuse changes of what was sent, and of a case that has ended.

        Who writes another text for the unit on a draft has seen it: the case keeps it so.
        """
        changed = {name for name in vals if not name.startswith(BESIDE_THE_CASE)}
        if changed and not self._by_procedure():
            self.check_access("write")
            if changed - AFTER_SENDING:
                self._assert_state("draft")
            self.ticket_id._assert_open_for_change()
        result = super().write(vals)
        if "summary" in vals and not self._by_procedure():
            for slip in self:
                slip.ticket_id.action_review_text(vals["summary"], slip.room_opinion)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    # --- several units (四.6, 五(二)5) ------------------------------------------------------------

    @api.depends("ticket_id.slip_ids.state", "ticket_id.slip_ids.is_lead", "is_lead")
    def _compute_fellow_units(self):
        for slip in self:
            present = CurrentRound(slip.ticket_id).slips_with_units()
            others = (present - slip) if slip in present else present.browse()
            shown = others if slip.is_lead else others.filtered("is_lead")
            slip.fellow_units = "、".join(shown.unit_id.mapped("name"))

    def _assert_may_leave(self):
        """Refuse a slip before acceptance and after the reply, and one that may not leave yet.

        Nor does a second slip go to a unit, or any to a unit that nobody charged.
        """
        ticket = self.ticket_id
        if ticket.complaint_state not in ("accepted", "handling"):
            raise UserError(refused_move(ticket, "handling"))
        Forwarding(ticket).assert_allowed()
        self._assert_charged()

    def _assert_charged(self):
        ticket = self.ticket_id
        forwarding = Forwarding(ticket)
        others = forwarding.round.slips_with_units() - self
        if self.unit_id in others.unit_id:
            raise UserError(self.env._("%s has its slip already.", self.unit_id.name))
        if forwarding.round.meeting():
            if self.unit_id not in forwarding.units_in_charge():
                raise UserError(
                    self.env._(
                        "The meeting did not hold %s responsible: it gets no slip.",
                        self.unit_id.name,
                    )
                )
        elif others:
            raise UserError(
                self.env._(
                    "Another unit has a slip already: who answers of several is decided by a "
                    "meeting. Set the class of the complaint so."
                )
            )

    def _issue(self):
        """Number the slip, decide whether it leads, start its clock and tell the representative."""
        ticket = self.ticket_id
        lead = Forwarding(ticket).lead_unit(self.unit_id)
        # Before the state: whatever reacts to the sending reads whether this unit leads.
        self._procedure_write({"is_lead": self.unit_id == lead})
        # By what ever left, also what was declined: a number is never used for another slip.
        issued = ticket.slip_ids.filtered("sent_at")
        self._procedure_write(
            {
                "name": f"{ticket.number}-{len(issued) + 1:02d}",
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
                "room_opinion": self._opinion_to_send(),
                # Frozen as it leaves: a draft's text follows the complaint, that of a sent slip
                # must not.
                "summary": self.summary,
            }
        )
        self._keep_names(["representative_id"])
        self.env["complaint.deadline"].sudo()._start_reply(self)
        ticket._time_feedback()
        self._notify_of_sending()

    # --- actions ----------------------------------------------------------------------------------

    def action_send(self):
        """Send slips to their representatives and start the units' clocks.

        :raise UserError: where nobody represents the unit, nobody looked through the text, it is
            not a draft, or the complaint is not under way or must not be known to the unit
        """
        self.check_access("write")
        self._assert_state("draft")
        for slip in self:
            slip._assert_may_leave()
            slip._assert_addressed()
            slip._assert_reviewed()
            slip._issue()
        self.ticket_id.activity_feedback([ACTIVITY_UNIT_ANSWERED])
        self.ticket_id._advance()

    def _assert_addressed(self):
        """Refuse a slip without an active representative who is not complained about."""
        person = self.representative_id
        if (
            person not in self.unit_id.representative_ids._in_office()
            or person.user_id in self.conflicted_user_ids
        ):
            raise UserError(
                self.env._(
                    "No representative of %s is in office who is not complained about. "
                    "Name one first.",
                    self.unit_id.name,
                )
            )

    def _assert_reviewed(self):
        """Refuse a slip whose text no person has seen as it leaves (五(二)1)."""
        if not self.is_reviewed:
            raise UserError(
                self.env._(
                    "Nobody has looked through the text of %s that leaves. Press “Look Through "
                    "and Forward” there: it shows what is masked, and lets you change it.",
                    self.ticket_id.display_name,
                )
            )

    def action_look_through(self):
        """Open the page that shows the text of a draft slip, to send it from there.

        :raise UserError: where it may not leave
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_state("draft")
        self._assert_may_leave()
        return self.env["complaint.review.wizard"]._open(self.ticket_id, self)

    def _opinion_to_send(self):
        """Return the opinion as it was looked through; another one, such as a task, is masked."""
        seen = self.room_opinion == self.ticket_id.room_opinion
        return self.room_opinion if seen else self.ticket_id._scrubbed(self.room_opinion)

    def action_accept_reply(self, values=None):
        """Take the units' replies: the room holds them for sound.

        :param dict values: where the channel asks for it (五(一)1), what the room considered with
            the representative: ``considered_with``, ``consideration``, optionally
            ``considered_at``; or ``no_consideration_reason``. Without values, ask for them.
        :raise UserError: where a slip has no reply to accept, or the above is missing
        """
        self.check_access("write")
        self._assert_state("replied")
        asked = self.filtered(lambda slip: slip._owes_consideration())
        if asked and values is None:
            return self.env["complaint.consideration.wizard"]._open(self)
        replies = self._last_reply()
        if asked:
            asked._last_reply()._procedure_write(replies._consideration(values))
        self._procedure_write({"state": "accepted"})
        replies._procedure_write({"state": "accepted"})
        self.env["complaint.measure"]._follow_up(replies)
        self.ticket_id.activity_feedback([ACTIVITY_UNIT_ANSWERED])
        self.ticket_id._advance()
        return True

    def _owes_consideration(self):
        """Return whether the room has yet to consider the matter with the representative.

        A meeting, and a joint assessment in an investigation, have done so.
        """
        self.ensure_one()
        present = CurrentRound(self.sudo().ticket_id)
        asked = present.ticket.channel_id.asks_for_consideration
        return asked and not (present.meeting() or present.inquiries().opinion_ids)

    def action_return_reply(self, reason=None, phrase_ids=None):
        """Return replies for rework; the unit's limit runs on. Without a reason, ask for it.

        :param phrase_ids: the standard reasons among them, for the figures of a unit
        """
        self.check_access("write")
        self._assert_state("replied")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return_reply")
        phrases = self.env["complaint.phrase"]._chosen("return", phrase_ids)
        self._procedure_write({"state": "received"})
        for slip in self:
            shown = {
                "return_reason": slip.ticket_id._scrubbed(reason),
                "return_phrase_ids": [Command.set(phrases.ids)],
            }
            slip._last_reply()._procedure_write({"state": "returned", **shown})
        self.ticket_id.activity_feedback([ACTIVITY_UNIT_ANSWERED])
        for slip in self:
            # The limit goes on from its own start: a poor reply gains no time.
            slip.sudo().deadline_ids._resume_replies()
            slip.ticket_id._time_feedback()
            slip._notify_representative(
                lambda slip: slip.env._("Reply to slip %s returned", slip.name),
                "kaiyang_complaint.slip_notice_returned",
            )
        return True

    # --- the representative, or the desk where paper came back -------------------------------

    def action_receive(self):
        """Sign for slips: the unit has them (签收)."""
        self._assert_addressee()
        self._assert_state("sent")
        self.sudo()._procedure_write(
            {
                "state": "received",
                "received_at": fields.Datetime.now(),
                "received_by_id": self.env.uid,
            }
        )

    def action_reply(self, values):
        """Answer a slip with the result of the unit's inquiry.

        :param dict values: ``facts``, ``responsibility`` (``staff|unit|other|none``), ``measures``,
            unless nobody is responsible ``measures_owner`` and ``measures_by`` (a date),
            optionally ``result`` and ``attachments``: pairs of a file name and its bytes in base64
        :raise UserError: where one of the three is missing; the slip stays as it was
        """
        self.ensure_one()
        self._assert_addressee()
        self._assert_state("received")
        slip = self.sudo()
        slip.env["complaint.slip.reply"]._submit(slip, values)
        slip._procedure_write({"state": "replied"})
        slip.ticket_id._running("reply", slip)._stop()
        slip.ticket_id._time_feedback()
        slip._tell_desk(lambda slip: slip.env._("The unit replied to slip %s.", slip.name))

    def action_decline(self, reason=None):
        """Send a slip back that is not the unit's business. Without a reason, ask for it."""
        self._assert_addressee()
        self._assert_state("sent", "received")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_decline")
        for slip in self.sudo():
            slip._revoke_contact(self.env._("The unit declined the slip."))
            facts = {"decline_reason": reason, **DeclinedUnit(slip).to_choose()}
            slip._procedure_write({"state": "declined", **facts})
            slip.deadline_ids._cancel()
            slip.ticket_id._time_feedback()
            slip.ticket_id._advance()
            slip._tell_desk(lambda slip: slip.env._("The unit declined slip %s.", slip.name))
        return True

    def action_choose(self, choice=None, unit_id=None):
        """Choose who answers instead of a unit that declined. Without a choice, ask for it.

        :param choice: ``unit``, ``meeting`` or ``room``
        :param unit_id: of the unit that is asked instead
        :return: the meeting, or the inquiry, to go on with
        :raise UserError: where nothing is to choose, or the unit declined before
        """
        self.ensure_one()
        self.check_access("write")
        declined = DeclinedUnit(self)
        declined.assert_open()
        if not choice:
            title = self.env._("Choose Who Answers Instead")
            return self.env["complaint.decline.wizard"]._ask(title, slip_id=self.id)
        return declined.choose(choice, unit_id)

    # --- helpers ------------------------------------------------------------------------------

    def _assert_addressee(self):
        """Let the unit's representatives act, and the desk for them where paper came back.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        # The desk signs and answers for a unit that sends paper back.
        if self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self.check_access("write")
            return
        for slip in self.sudo():
            if self.env.user not in slip.unit_id.representative_ids.user_id:
                raise AccessError(self.env._("This slip is addressed to another unit."))

    def _last_reply(self):
        return self.env["complaint.slip.reply"].browse(
            [slip.sudo().reply_ids.sorted("id")[-1:].id for slip in self]
        )

    def _notify_representative(self, subject, template, **values):
        """Write to the representative; the message names the slip, never the complainant.

        :param subject: a function that returns it for the slip in the language of the reader
        :param values: what the template shows besides the slip
        """
        self.ensure_one()
        person = self._addressee()
        if person:
            slip = in_language_of(self.sudo(), person.user_id)
            Notices(slip).send(person.user_id, subject(slip), template, slip=slip, **values)

    def _notify_of_sending(self):
        self._notify_representative(
            lambda slip: slip.env._("New complaint slip %s", slip.name),
            "kaiyang_complaint.slip_notice_sent",
        )

    def _tell_desk(self, note):
        """Give a to-do about what the unit did to the clerk in charge, or who stands in.

        :param note: a function that returns it for the slip in the language of the reader
        """
        self.ensure_one()
        clerk = OnDuty(self.ticket_id).clerk() or self.issued_by_id
        self.ticket_id.activity_schedule(
            ACTIVITY_UNIT_ANSWERED,
            user_id=clerk.id,
            summary=note(in_language_of(self, clerk)),
        )

    # --- notices that do not arrive ---------------------------------------------------------------

    @api.depends("state", "awaits_feedback", "representative_id", "told_at", "unit_id")
    def _compute_notice_state(self):
        waiting = self.filtered(lambda slip: slip.state in UNANSWERED or slip.awaits_feedback)
        people = {slip: (slip._addressee().user_id, slip.told_at) for slip in waiting}
        states = Notices(waiting).states(people)
        for slip in self:
            slip.notice_state = states.get(slip)

    @api.model
    def _search_notice_state(self, operator, value):
        waiting = Domain("state", "in", UNANSWERED) | Domain("awaits_feedback", "=", True)
        of_centres = Domain("company_id", "in", self.env.companies.ids)
        return Notices(self.sudo().search(of_centres & waiting)).search(operator, value)

    def action_note_call(self, note=None):
        """Record that the representative was told by telephone. Without a note of whom, ask.

        :raise UserError: where the slip is not with its unit
        """
        self.check_access("write")
        self._assert_state(*SLIP_WITH_UNIT, "accepted")
        note = clean_text(self.env, note)
        if not note:
            title = self.env._("Told by Telephone: Who, at Which Number")
            return self.env["complaint.reason.wizard"]._open(self, "action_note_call", title)
        self._procedure_write({**now_told(self.env), "told_note": note})
        return True

    def action_notify_again(self):
        """Send the notice of slips once more, say to an address that was corrected.

        :raise UserError: where a slip is not with its unit, or nobody there may be told
        """
        self.check_access("write")
        self._assert_state(*UNANSWERED)
        self._assert_reachable()
        for slip in self:
            slip._notify_of_sending()
        return True

    # --- urging (五(二)6) -------------------------------------------------------------------------

    @api.depends("escalation_ids")
    def _compute_urged(self):
        for slip in self:
            notes = slip.escalation_ids.filtered(lambda one: one.effect == "urging")
            slip.urged_count = len(notes)
            slip.urged_at = max(notes.mapped("fired_at"), default=False)

    def action_urge(self, opinion=None):
        """Urge the units to reply (催办), on record. Without an opinion, ask for it.

        :raise AccessError: for anyone but clerks and leaders
        :raise UserError: where a slip is not with its unit, or the unit must not be told
        """
        Urging(self).assert_allowed()
        self._assert_state("sent", "received")
        self._assert_reachable()
        opinion = clean_text(self.env, opinion)
        if not opinion:
            title = self.env._("Urge: What Is Asked of the Unit")
            return self.env["complaint.reason.wizard"]._open(self, "action_urge", title)
        escalations = self.env["complaint.escalation"]
        escalations._by_hand(Urging(self.sudo()).values(opinion))
        return True

    def _assert_reachable(self):
        """Refuse reminders without a recipient.

        :raise UserError: saying why
        """
        for slip in self.sudo():
            if slip.ticket_id.is_restricted:
                raise UserError(
                    self.env._("A restricted complaint never goes to the unit complained about.")
                )
            if not slip._addressee():
                raise UserError(
                    self.env._(
                        "No representative of %s is in office who is not complained about. "
                        "Name one first.",
                        slip.unit_id.name,
                    )
                )

    def _urgeable(self):
        """Return the slips that units have yet to reply to, where someone there may be told."""
        return self.filtered(
            lambda slip: (
                slip.state in ("sent", "received")
                and not slip.ticket_id.is_restricted
                and slip._addressee()
            )
        )

    # --- addressee --------------------------------------------------------------------------------

    def _addressee(self):
        """Return who is notified about a slip: its representative, or another active one."""
        self.ensure_one()
        slip = self.sudo()
        in_office = slip.unit_id.representative_ids._in_office().filtered(
            lambda person: person.user_id not in slip.conflicted_user_ids
        )
        return (slip.representative_id & in_office) or in_office[:1]

    def _addressees(self):
        """Return who is notified about some slips."""
        return self.env["complaint.representative"].union(*(slip._addressee() for slip in self))

    def _with_unit(self):
        return self.filtered(lambda slip: slip.state in SLIP_WITH_UNIT)

    # --- back to the centre ---------------------------------------------------------------------

    def _withdraw_for_restriction(self):
        """Withdraw issued slips because the complaint was restricted; the unit gets no reason."""
        # Two acts, in this order: recalling ends what is with a unit; the contact may be released
        # on a slip that was answered already, which is not recalled.
        self._recall(self.env._("Recalled by the complaint room."))
        self._revoke_contact(self.env._("The complaint was restricted."))

    def _recall(self, reason):
        """Take slips back from their units; the complaint is where it was before it went out."""
        slips = self.sudo()._with_unit()
        if not slips:
            return
        slips._revoke_contact(reason)
        slips._procedure_write({"state": "declined", "decline_reason": reason})
        slips.deadline_ids._cancel()
        slips.ticket_id.activity_unlink([ACTIVITY_UNIT_ANSWERED])
        slips.ticket_id._time_feedback()
        slips.ticket_id._advance()

    # --- to another representative --------------------------------------------------------------

    def _readdress(self):
        """Pass slips on whose representative left office, or is complained about by now.

        The next representative in office gets them, and is told. Where there is none who is not
        complained about, the slip goes back to the centre; where nobody is in office at all, it
        waits for who will be.
        """
        slips = self.sudo()
        # What representatives have something to do with.
        held = slips._with_unit() | slips.filtered("awaits_feedback")
        orphans = held.filtered(lambda slip: not Reassignment(slip).is_well_addressed())
        if not orphans:
            return
        for slip in orphans:
            Reassignment(slip).run()
        AccessRevocation(self.env).close_thread(orphans)

    def _end_delegation(self, reason):
        """Withdraw delegated feedback; the feedback chapter extends it."""

    # --- release of the contact (五(三)) ----------------------------------------------------------

    def action_release_contact(self, reason=None):
        """Let units see the complainant's name and telephone, for an answer of their own.

        Without a reason, ask for it.

        :raise UserError: where the complainant is anonymous or asks for confidentiality, the
            complaint is restricted, or no unit has the slip
        """
        self.check_access("write")
        self._assert_contact_releasable()
        reason = clean_text(self.env, reason)
        if not reason:
            title = self.env._("Disclosure Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_release_contact", title)
        self.env["complaint.access.log"]._log(self, "release", reason)
        self._procedure_write(
            {
                "contact_released_at": fields.Datetime.now(),
                "contact_released_by_id": self.env.uid,
                "contact_release_reason": reason,
            }
        )
        return True

    def action_revoke_contact(self, reason=None):
        """Take the contact back from units; what was seen stays on record."""
        self.check_access("write")
        self._revoke_contact(clean_text(self.env, reason) or self.env._("Revoked by hand."))

    def _revoke_contact(self, reason):
        """End releases that are open, for whatever reason the procedure gives."""
        open_ones = self.sudo().filtered("contact_released_at")
        if open_ones:
            self.env["complaint.access.log"]._log(open_ones, "revoke", reason)
            open_ones._procedure_write(
                {
                    "contact_released_at": False,
                    "contact_released_by_id": False,
                    "contact_release_reason": False,
                }
            )

    def action_show_contact(self, reason):
        """Return the complainant's ``name`` and ``phone`` to the unit they were released to.

        Every time is recorded, with the reason.

        :raise AccessError: where the contact is not, or no longer, released to the user's unit
        :raise UserError: without a reason
        """
        self.ensure_one()
        self._assert_addressee()
        slip = self.sudo()
        if not slip.contact_released_at or slip._contact_obstacle():
            raise AccessError(self.env._("The contact of this complainant is not released."))
        reason = clean_text(self.env, reason)
        if not reason:
            raise UserError(
                self.env._("Enter the purpose for viewing the contact details. Nothing was shown.")
            )
        self.env["complaint.access.log"]._log(self, "show", reason)
        return {"name": slip.ticket_id.partner_name, "phone": slip.ticket_id.complainant_phone}

    def _assert_contact_releasable(self):
        for slip in self:
            slip._assert_contact_open()
            if slip.contact_released_at:
                raise UserError(self.env._("The contact is released to this unit already."))

    def _assert_contact_open(self):
        obstacle = self.sudo()._contact_obstacle()
        if obstacle:
            raise UserError(obstacle)

    def _contact_obstacle(self):
        """Return why the contact must not be known to the unit, or nothing."""
        ticket = self.ticket_id
        if ticket.complaint_state in flow.ENDS:
            return self.env._("The complaint has ended: there is nothing left to answer.")
        if ticket.is_restricted:
            return self.env._("The complainant of a restricted case must not be disclosed outside.")
        if ticket.complainant_identity == "anonymous":
            return self.env._("The complainant is anonymous: there is no contact to release.")
        if ticket.is_confidential:
            return self.env._("The complainant asks that their identity be kept from the unit.")
        if self.state in ("draft", "declined"):
            return self.env._(
                "Slip %s is not with a unit: contact details can't be disclosed.", self.name
            )
        return ""
