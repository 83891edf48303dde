from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, plaintext2html
from odoo.tools.misc import clean_context

from ..access.clean_input import clean_text
from ..access.complaint_procedure_mixin import GUARD
from ..access.notices import in_language_of
from ..access.readers import Readers
from ..case.on_duty import OnDuty
from .forwarding import Forwarding

CLOSED = ("requested", "held", "cancelled")
# What the leader approves.
PROPOSAL = frozenset({"why", "analysis"})
# What stands in the calendar.
CALENDAR = frozenset({"starts_at", "hours", "place"})
DECIDED = "kaiyang_complaint.activity_meeting_decided"
UNDER_WAY = ("accepted", "handling", "on_hold")


class ComplaintMeeting(models.Model):
    """The meeting with the units' leaders on who answers for a complaint (五(二)5)."""

    _name = "complaint.meeting"
    _description = "Meeting"
    _inherit = ["complaint.case.part.mixin", "complaint.signer.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "approval_id": False,
        "event_id": False,
        "held_at": False,
        "recorded_at": False,
        "recorded_by_id": False,
        "cancel_reason": False,
    }

    _signers = ("chair_id", "recorded_by_id")
    _rec_names_search = ["ticket_id.number", "ticket_id.name"]
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
    held_at = fields.Datetime(
        readonly=True, copy=False, help="When it was held, whenever that was put on record."
    )
    recorded_at = fields.Datetime(
        readonly=True, copy=False, help="When the decision was put on record: it counts from then."
    )
    to_telephone = fields.Char(
        compute="_compute_to_telephone",
        help="Invitees without an e-mail address: no invitation reaches them by itself.",
    )
    recorded_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    cancel_reason = fields.Text(string="Cancellation Reason", readonly=True, copy=False)
    event_id = fields.Many2one(
        "calendar.event",
        string="In the Calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

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

    @api.depends("invitee_ids.email", "invitee_ids.phone")
    def _compute_to_telephone(self):
        for meeting in self:
            silent = meeting.invitee_ids.filtered(lambda one: not (one.email or "").strip())
            meeting.to_telephone = "、".join(
                " ".join(filter(None, (one.partner_id.name, one.phone))) for one in silent
            )

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
        if not self._by_procedure():
            self._assert_open()
            if PROPOSAL & vals.keys() and any(meeting.state != "draft" for meeting in self):
                raise UserError(self.env._("Approved content can't be changed."))
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
        if self._by_procedure():
            return
        if any(meeting.state == "requested" for meeting in self):
            raise UserError(
                self.env._("The meeting is pending approval. Withdraw the request to change it.")
            )
        self._assert_state(*(set(dict(self._fields["state"].selection)) - set(CLOSED)))
        self.ticket_id._assert_open_for_change()

    # --- what was decided -------------------------------------------------------------------

    def _units_in_charge(self):
        """Return the units that answer: the main one, which leads, then the secondary ones."""
        by_share = self.line_ids.grouped("responsibility")
        none = self.line_ids.browse()
        return (by_share.get("main", none) + by_share.get("secondary", none)).unit_id

    # --- attendees --------------------------------------------------------------------------------

    def _lay_table(self):
        """Put the units complained about before new meetings, and their people to the table."""
        units, guests = [], []
        for meeting in self:
            # What the caller put before the meeting already stays.
            concerned = meeting.ticket_id._units_complained_about() - meeting.line_ids.unit_id
            units += [{"meeting_id": meeting.id, "unit_id": unit.id} for unit in concerned]
            room = meeting._people_of_centre()
            for role, people in room:
                guests += meeting._invitation_values(people, role)
        self.env["complaint.meeting.invitee"].create(guests)
        self.env["complaint.meeting.line"].create(units)

    def _people_of_centre(self):
        """Return the leaders in charge and the clerk."""
        group = self.env.ref("kaiyang_complaint.group_complaint_leader").sudo()
        leaders = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        clerk = self.ticket_id.user_id or self.env.user
        return (("leader", leaders.partner_id), ("clerk", clerk.sudo().partner_id))

    def _invitation_values(self, people, role, unit=None):
        """Return the invitations of some contacts who may come and were not invited yet."""
        welcome = people - self._excluded_partners(people) - self.invitee_ids.partner_id
        return [
            {
                "meeting_id": self.id,
                "partner_id": person.id,
                "role": role,
                "unit_id": unit and unit.id,
            }
            for person in welcome
        ]

    def _excluded_partners(self, people):
        """Return those of some contacts who are complained about, or may not know of the case."""
        ticket = self.sudo().ticket_id
        if ticket.is_restricted:
            allowed = Readers(ticket).of_all(people.ids)
            return people.filtered(lambda person: person.id not in allowed)
        # Also those no longer in office: being complained about does not end with it.
        representatives = self.env["complaint.representative"].sudo()
        accused = representatives.with_context(active_test=False).search(
            [("staff_id", "in", ticket.respondent_ids.staff_id.ids)]
        )
        return people & accused.user_id.partner_id

    def _withdraw_for_restriction(self):
        """Cancel invitations of people who lost access to a complaint (七.5).

        A meeting that was to be with such people is called off; one that is over leaves their
        calendar.
        """
        for meeting in self:
            strangers = meeting._excluded_partners(meeting.invitee_ids.partner_id)
            if not strangers:
                continue
            meeting._under_way()._call_off(self.env._("The complaint was restricted."))
            meeting._entry()._write_entry(
                {"partner_ids": [Command.unlink(person.id) for person in strangers]}
            )

    # --- calendar -------------------------------------------------------------------------------

    def _entry(self):
        """Return the entries of the meetings as the meetings write them."""
        # As superuser and without the caller's context: defaults and links of a form would end up
        # in the calendar entry.
        context = {**clean_context(self.env.context), "active_model": None, "active_id": None}
        return self.sudo().event_id.with_context(
            context, complaint_guard=GUARD, skip_contact_description=True
        )

    def _enter_calendar(self):
        """Enter the meeting into the calendar of everybody invited, who get a mail."""
        # The number alone, and private: calendars are read by people who may not know the case.
        event = self._entry().create(
            {
                **self._entry_values(),
                "name": self.env._("Meeting on complaint %s", self.ticket_id.number),
                "privacy": "private",
                "user_id": self.env.uid,
                "partner_ids": [Command.set(self.invitee_ids.partner_id.ids)],
            }
        )
        self._procedure_write({"event_id": event.id})

    def _entry_values(self):
        return {
            "start": self.starts_at,
            "stop": self.starts_at + timedelta(hours=self.hours or 1),
            "location": self.place,
        }

    def _move_event(self):
        """Move the entries of meetings whose time or place has changed; the calendar tells."""
        for meeting in self.filtered("event_id"):
            meeting._entry()._write_entry(meeting._entry_values())

    def _follow_invitees(self):
        """Invite who came to the table after the meeting was convened, and let go who left it."""
        for meeting in self.filtered(lambda one: one.state == "convened"):
            people = meeting.invitee_ids.partner_id
            meeting._entry()._write_entry({"partner_ids": [Command.set(people.ids)]})

    def _leave_calendar(self):
        """Notify invitees of a cancelled meeting, and remove it from their calendar."""
        for meeting in self.filtered("event_id"):
            event = meeting._entry()
            if event.start > fields.Datetime.now():
                event._tell_cancelled()
            event._write_entry({"active": False})

    # --- actions ----------------------------------------------------------------------------------

    def action_request(self):
        """Ask the leader in charge to let meetings be held.

        :raise UserError: where the analysis or the units are missing, or no meeting is due
        """
        self.check_access("write")
        self._assert_state("draft")
        for meeting in self:
            meeting._assert_due()
            meeting._assert_given(meeting._missing("why", "analysis", "line_ids"))
            meeting._procedure_write({"state": "requested"})
            text = meeting._request_text()
            approval = self.env["complaint.approval"]._ask(meeting, "meeting", text)
            meeting._procedure_write({"approval_id": approval.id})
            meeting.ticket_id.activity_unlink([DECIDED])
            meeting.ticket_id._message_log(body=self.env._("The leader was asked for a meeting."))

    def _assert_due(self):
        """Refuse a meeting where a slip may leave without, or nothing is to be decided any more."""
        ticket = self.ticket_id
        ticket._assert_open_for_change()
        if ticket.complaint_state not in UNDER_WAY:
            raise UserError(
                self.env._("%s is not being handled: there is nothing to meet on.", ticket.name)
            )
        if not ticket.needs_meeting:
            raise UserError(
                self.env._(
                    "One unit alone is complained about, and nothing major: no meeting is due. "
                    "Where responsibility is unclear, set the class that says so."
                )
            )

    def _missing(self, *names):
        """Return the labels of fields that were left empty."""
        return [
            self._fields[name]._description_string(self.env)
            for name in names
            if not (self[name].strip() if isinstance(self[name], str) else self[name])
        ]

    def _assert_given(self, missing):
        """Refuse to go on without something.

        :raise UserError: naming it
        """
        if missing:
            raise UserError(self.env._("The meeting still lacks: %s.", "、".join(missing)))

    def _request_text(self):
        """Describe the request as text: leaders decide from a list."""
        reasons = dict(self._fields["why"]._description_selection(self.env))
        lines = [
            self.env._("Meet on %s.", self.ticket_id.display_name),
            self.env._("Called because: %s", reasons[self.why]),
            self.env._("Units: %s", "、".join(self.line_ids.unit_id.mapped("name"))),
            self.env._("Analysis: %s", self.analysis),
        ]
        if self.starts_at:
            local = self.company_id._complaint_local(self.starts_at)
            day = format_date(self.env, local.date(), date_format="long")
            lines.append(f"{day} {local:%H:%M} {self.place or ''}".strip())
        return "\n".join(lines)

    def _approval_decided(self, approval):
        """Go on with what the leader approved; what was not goes back to the desk."""
        self.ensure_one()
        if approval.state == "approved":
            chair = self.chair_id or approval.decided_by_id
            self._procedure_write({"state": "approved", "chair_id": chair.id})
            self._tell_clerk(approval, lambda env: env._("The leader approved the meeting."))
        elif self.state == "requested":
            self._procedure_write({"state": "draft"})
            if approval.state == "rejected":
                self._tell_clerk(approval, lambda env: env._("The leader rejected the meeting."))

    def _tell_clerk(self, approval, note):
        """Give a to-do to the clerk in charge, and put it into the history of the complaint.

        :param note: a function that returns it for an environment, in whose language it is
        """
        clerk = OnDuty(self.ticket_id).clerk() or approval.requested_by_id
        self.ticket_id._message_log(body=note(self.env))
        self.ticket_id.activity_schedule(
            DECIDED,
            user_id=clerk.id,
            summary=note(in_language_of(self, clerk).env),
            note=plaintext2html(approval.instruction or ""),
        )

    # --- convening and holding ------------------------------------------------------------------

    def action_convene(self):
        """Invite everybody by the calendar; it names the complaint's number and nothing else.

        :raise UserError: where the leader has not approved, or time, place or guests are missing
        """
        self.check_access("write")
        self._assert_state("approved")
        for meeting in self:
            meeting._assert_given(meeting._missing("starts_at", "place", "invitee_ids"))
            if meeting._local_day() < meeting.company_id._complaint_today():
                raise UserError(self.env._("Invitations require a future date: correct the date."))
            meeting._enter_calendar()
            meeting._procedure_write({"state": "convened"})
            meeting.ticket_id.activity_unlink([DECIDED])
            notes = [self.env._("The meeting was convened.")]
            if meeting.to_telephone:
                notes.append(
                    self.env._(
                        "To invite by telephone, without an address: %s.", meeting.to_telephone
                    )
                )
            meeting.ticket_id._message_log(body=" ".join(notes))

    def _local_day(self):
        return self.company_id._complaint_local(self.starts_at).date()

    def action_all_present(self):
        """Record as present everyone without another record."""
        self.check_access("write")
        unknown = self.invitee_ids.filtered(lambda one: not one.attendance)
        unknown.write({"attendance": "present"})

    def action_hold(self):
        """Put down what meetings decided; the slips leave by it, the main unit's in the lead.

        A meeting called on the spot needs no invitation before.

        :raise UserError: naming what the decision lacks; nothing changes then
        """
        self.check_access("write")
        self._assert_state("approved", "convened")
        for meeting in self:
            meeting.ticket_id._assert_open_for_change()
            meeting._assert_given(meeting._undecided())
            if meeting._local_day() > meeting.company_id._complaint_today():
                raise UserError(self.env._("The meeting date is in the future: correct the date."))
            now = fields.Datetime.now()
            meeting._procedure_write(
                {
                    "state": "held",
                    # One that was planned for later today is held now.
                    "held_at": min(meeting.starts_at, now),
                    "recorded_at": now,
                    "recorded_by_id": self.env.uid,
                }
            )
            meeting.ticket_id.activity_unlink([DECIDED])
            meeting.ticket_id._message_log(body=meeting._decision_text())
            Forwarding(meeting.ticket_id).follow_decision()

    def _undecided(self):
        """Return what is missing for a decision: one unit bears the main responsibility."""
        missing = self._missing("starts_at", "place", "chair_id", "minutes", "line_ids")
        for line in self.line_ids.filtered(lambda line: not line.responsibility):
            missing.append(self.env._("the responsibility of %s", line.unit_id.name))
        main = self.line_ids.filtered(lambda line: line.responsibility == "main")
        if self.line_ids and len(main) != 1:
            missing.append(self.env._("exactly one unit with the main responsibility"))
        unknown = self.invitee_ids.filtered(lambda one: not one.attendance)
        if unknown:
            names = "、".join(unknown.partner_id.mapped("name"))
            missing.append(self.env._("whether they came: %s", names))
        return missing

    def _decision_text(self):
        shares = dict(self.line_ids._fields["responsibility"]._description_selection(self.env))
        decided = "；".join(
            f"{line.unit_id.name}：{shares[line.responsibility]}" for line in self.line_ids
        )
        return self.env._("The meeting decided on responsibility: %s", decided)

    # --- calling off ------------------------------------------------------------------------------

    def action_cancel(self, reason=None):
        """Call meetings off; those invited are told. Without a reason, ask for it.

        :raise UserError: where a meeting was held or called off before
        """
        self.check_access("write")
        self._assert_state("draft", "requested", "approved", "convened")
        reason = clean_text(self.env, reason)
        if not reason:
            title = self.env._("Call the Meeting Off")
            return self.env["complaint.reason.wizard"]._open(self, "action_cancel", title)
        self._call_off(reason)
        return True

    def _call_off(self, reason):
        """Take meetings out of the calendar, and what was asked back from the leader."""
        if not self:
            return
        self._leave_calendar()
        pending = self.approval_id.filtered(lambda approval: approval.state == "pending")
        self._procedure_write({"state": "cancelled", "cancel_reason": reason})
        pending._settle("withdrawn")
        self.ticket_id.activity_unlink([DECIDED])
        for meeting in self:
            meeting.ticket_id._message_log(
                body=self.env._("The meeting was called off: %s", reason)
            )
