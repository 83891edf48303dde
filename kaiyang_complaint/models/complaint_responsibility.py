from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import flow


class ComplaintResponsibility(models.AbstractModel):
    """Which units answer for a complaint: that of the window, or those a meeting chose (四.6)."""

    _name = "complaint.responsibility"
    _description = "Responsibility for a Complaint"

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
