from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import flow


class ComplaintFlow(models.AbstractModel):
    """The state of a complaint: one writer, one table, no other door."""

    _name = "complaint.flow"
    _description = "Flow of a Complaint"

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
    open_verbs = fields.Char(compute="_compute_open_verbs")

    @api.depends("complaint_state")
    def _compute_open_verbs(self):
        for ticket in self:
            verbs = flow.open_verbs(ticket.complaint_state) if ticket.complaint_state else []
            ticket.open_verbs = f",{','.join(verbs)},"

    def _mail_track(self, tracked_fields, initial_values):
        """Say a complaint's step once: by its state, not by the column of the board as well."""
        if self.complaint_state:
            tracked_fields = {
                name: field for name, field in tracked_fields.items() if name != "stage_id"
            }
        return super()._mail_track(tracked_fields, initial_values)

    # --- the one writer ---------------------------------------------------------------------

    def _move_to(self, state, **facts):
        """Move complaints to a state that the table allows, with what is written beside it.

        :raise UserError: where the table knows no way, naming what can be done instead
        """
        for ticket in self:
            if not flow.can_move(ticket.complaint_state, state):
                raise UserError(ticket._illegal_move(state))
        tickets = self._thawed()
        tickets._before_move(state)
        for company, ours in tickets.grouped("company_id").items():
            stage = self._stage_of(state, company)
            ours._guarded_write({"complaint_state": state, "stage_id": stage.id, **facts})

    def _stage_of(self, state, company):
        """Return the column of the board that shows a state: the centre's own, or the shared."""
        domain = [("complaint_state", "=", state), ("company_id", "in", (company.id, False))]
        return self.env["helpdesk.ticket.stage"].search(domain, order="company_id", limit=1)

    def _illegal_move(self, state):
        """Explain a refused move: from where to where, and what can be done now."""
        state = state or self.held_state
        labels = dict(self._fields["complaint_state"]._description_selection(self.env))
        verbs = self._verb_labels()
        todo = "、".join(verbs[verb] for verb in flow.open_verbs(self.complaint_state))
        return self.env._(
            "%(complaint)s can't go from “%(origin)s” to “%(target)s”. What can be done now: "
            "%(todo)s.",
            complaint=self.display_name,
            origin=labels.get(self.complaint_state, ""),
            target=labels.get(state, ""),
            todo=todo or self.env._("wait for the unit's reply, or give feedback"),
        )

    # --- the other doors ----------------------------------------------------------------------

    def _drag_to(self, stage):
        """Do what a card dragged to another column stands for, or refuse it.

        :raise UserError: where no act without further input leads there
        """
        for ticket in self:
            if stage.complaint_state == ticket.complaint_state:
                continue
            verb = flow.drag_verb(ticket.complaint_state, stage.complaint_state)
            if not verb:
                raise UserError(ticket._illegal_move(stage.complaint_state or "draft"))
            getattr(ticket, f"action_{verb}")()

    def _assert_open_for_change(self):
        """Refuse changes of a complaint that has ended.

        :raise UserError: naming the way back
        """
        ended = self.filtered(lambda ticket: ticket.complaint_state in flow.ENDS)
        if ended and not self._is_guarded():
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
            while (state := ticket._next_state()) != ticket.complaint_state:
                ticket._move_to(state)
                ticket._after_advance(state)

    def _next_state(self):
        self.ensure_one()
        since = self._since()
        told = self.feedback_ids.filtered(
            lambda feedback: feedback.state == "confirmed" and feedback.confirmed_at >= since
        )
        return flow.next_state(self.complaint_state, self._answers_of_round(), bool(told))

    def _answers_of_round(self):
        """Return how far everybody is who was asked to answer in the present round."""
        return self._slips_of_round().mapped("state")

    def _since(self):
        """Return when the present round of handling began."""
        return self.reopened_at or self.accepted_at

    def _slips_of_round(self):
        """Return the slips that were sent in the present round of handling."""
        since = self._since()
        return self.slip_ids.filtered(lambda slip: slip.sent_at and slip.sent_at >= since)

    def _after_advance(self, state):
        """Stop the limits that a state meets (design §4: the policy says which).

        One that was met too early runs on: the room took its inquiry up again. Feedback ends
        what a change of policy may have left running.
        """
        self.ensure_one()
        if state == "handling":
            self._resume_clock("handling")
        if state in ("handling", "replied"):
            self._time_feedback()
        if state in (self.policy_id.stops_at, "fed_back"):
            self._stop_clock("handling")
        if state == "fed_back":
            self._stop_clock("feedback")
