from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import flow, tracking_code


class ComplaintVerbs(models.AbstractModel):
    """What a person does with a complaint. Each verb checks, does its part and moves the state."""

    _name = "complaint.verbs"
    _description = "Acts on a Complaint"
    _inherit = ["complaint.supervision"]

    def _verb_labels(self):
        return {
            "accept": self.env._("Accept"),
            "refuse_out_of_scope": self.env._("Out of Scope"),
            "mark_invalid": self.env._("Mark as Invalid"),
            "reconsider": self.env._("Reconsider"),
            "forward": self.env._("Forward"),
            "settle_on_spot": self.env._("Settle on the Spot"),
            "hold": self.env._("Put on Hold"),
            "resume": self.env._("Resume"),
            "close": self.env._("Close"),
            "archive_dossier": self.env._("Archive"),
            "reopen": self.env._("Reopen"),
        }

    def _begin(self, verb):
        """Check that the user may change the complaints and that their state allows the act.

        :raise AccessError: where the user may not write
        :raise UserError: where the act is not open, naming what is
        """
        self.check_access("write")
        for ticket in self:
            if ticket.complaint_state not in flow.VERBS[verb].sources:
                raise UserError(ticket._illegal_move(flow.VERBS[verb].target))

    def action_accept(self):
        """Register complaints: number of the year, clock, respondents (二, 四.1, 五(一)).

        :raise UserError: naming the elements that a complaint still lacks
        """
        self._begin("accept")
        self._assert_complete()
        self._check_intake()
        self._ensure_respondent()
        self._start_handling_clock()
        for ticket in self.sorted("id"):
            ticket._move_to(
                "accepted",
                number=ticket._next_number(),
                tracking_code=tracking_code.draw(),
                accepted_at=fields.Datetime.now(),
            )

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

    def _ensure_respondent(self):
        """Hold the window itself as respondent where nobody is named: findings need one."""
        nameless = self.filtered(
            lambda ticket: not (ticket.respondent_ids or ticket.is_outside_matter)
        )
        self.env["complaint.respondent"].create(
            [{"ticket_id": ticket.id, "window_id": ticket.window_id.id} for ticket in nameless]
        )

    def _next_number(self):
        """Draw the number of the year: gapless, for an acceptance that fails gives it back.

        :raise BusyError: where somebody else draws at this moment; the server tries again
        """
        self.ensure_one()
        room = self.team_id.sudo()
        return room._draw(room.complaint_sequence_id)

    def action_forward(self):
        """Send a slip to the chief representative of each unit complained about (四.6, 五(二)).

        :raise UserError: where there is no unit, no representative, or the case is restricted,
            not about window staff, waits for its meeting, or nobody looked through its text
        """
        self._begin("forward")
        for ticket in self:
            ticket._assert_forwardable()
            ticket._create_slips().action_send()

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
        """Close complaints whose complainants were told the result and asked for opinions (六)."""
        self._begin("close")
        self._move_to("closed")

    def action_reopen(self, reason=None):
        """Take closed complaints up again: a new round with its own limit, on record.

        :raise AccessError: for anyone but a manager of the desk
        """
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("Only a manager of the complaint desk may reopen a case."))
        self._begin("reopen")
        reason = self._said(reason)
        if not reason:
            return self._ask_reason("action_reopen")
        self._move_to(
            "accepted",
            reopened_at=fields.Datetime.now(),
            end_reason=reason,
            settled_on_spot=False,
            reviewed_at=False,
            reviewed_by_id=False,
        )
        self._start_handling_clock()
        return True

    def _ask_reason(self, verb):
        """Open the dialog that asks for the reason of an act."""
        return self.env["complaint.reason.wizard"]._open(self, verb)
