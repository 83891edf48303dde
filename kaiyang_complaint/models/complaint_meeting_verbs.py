from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

DECIDED = "kaiyang_complaint.activity_meeting_decided"
UNDER_WAY = ("accepted", "handling", "on_hold")


class ComplaintMeetingVerbs(models.AbstractModel):
    """What the desk does with a meeting: ask for it, convene it, note its decision (五(二)5)."""

    _name = "complaint.meeting.verbs"
    _description = "Acts on a Meeting"

    # --- asking the leader --------------------------------------------------------------------

    def action_request(self):
        """Ask the leader in charge to let meetings be held.

        :raise UserError: where the analysis or the units are missing, or no meeting is due
        """
        self.check_access("write")
        self._assert_state("draft")
        for meeting in self:
            meeting._assert_due()
            meeting._assert_given(meeting._missing("why", "analysis", "line_ids"))
            meeting._guarded_write({"state": "requested"})
            text = meeting._request_text()
            approval = self.env["complaint.approval"]._ask(meeting, "meeting", text)
            meeting._guarded_write({"approval_id": approval.id})
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
        """Put into words what is asked for: leaders decide from a list."""
        reasons = dict(self._fields["why"]._description_selection(self.env))
        lines = [
            self.env._("Meet on %s.", self.ticket_id.display_name),
            self.env._("Called because: %s", reasons[self.why]),
            self.env._("Units: %s", "、".join(self.line_ids.unit_id.mapped("name"))),
            self.env._("Analysis: %s", self.analysis),
        ]
        if self.starts_at:
            local = self.company_id._complaint_local(self.starts_at)
            lines.append(f"{local:%Y-%m-%d %H:%M} {self.place or ''}".strip())
        return "\n".join(lines)

    def _approval_decided(self, approval):
        """Go on with what the leader approved; what was not goes back to the desk."""
        self.ensure_one()
        if approval.state == "approved":
            chair = self.chair_id or approval.decided_by_id
            self._guarded_write({"state": "approved", "chair_id": chair.id})
            self._tell_clerk(approval, self.env._("The leader approved the meeting."))
        elif self.state == "requested":
            self._guarded_write({"state": "draft"})
            if approval.state == "rejected":
                self._tell_clerk(approval, self.env._("The leader rejected the meeting."))

    def _tell_clerk(self, approval, note):
        """Give a to-do to the clerk in charge, and put it into the history of the complaint."""
        self.ticket_id._message_log(body=note)
        self.ticket_id.activity_schedule(
            DECIDED,
            user_id=self.ticket_id.user_id.id or approval.requested_by_id.id,
            summary=note,
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
                raise UserError(self.env._("Invitations are for a day to come: mend the date."))
            meeting._enter_calendar()
            meeting._guarded_write({"state": "convened"})
            meeting.ticket_id.activity_unlink([DECIDED])
            meeting.ticket_id._message_log(body=self.env._("The meeting was convened."))

    def _local_day(self):
        return self.company_id._complaint_local(self.starts_at).date()

    def action_all_present(self):
        """Note everybody as present of whom nothing else was noted."""
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
                raise UserError(self.env._("The meeting is on a day to come: mend the date."))
            now = fields.Datetime.now()
            meeting._guarded_write(
                {"state": "held", "held_at": now, "recorded_by_id": self.env.uid}
            )
            meeting.ticket_id.activity_unlink([DECIDED])
            meeting.ticket_id._message_log(body=meeting._decision_text())
            meeting.ticket_id._follow_decision()

    def _undecided(self):
        """Say what is missing for a decision: one unit bears the main responsibility."""
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
        reason = self._said(reason)
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
        self._guarded_write({"state": "cancelled", "cancel_reason": reason})
        pending._settle("withdrawn")
        self.ticket_id.activity_unlink([DECIDED])
        for meeting in self:
            meeting.ticket_id._message_log(
                body=self.env._("The meeting was called off: %s", reason)
            )
