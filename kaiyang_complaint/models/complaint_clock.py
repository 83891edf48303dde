from odoo import api, fields, models

ACCEPTANCE_DAYS = 1


class ComplaintClock(models.AbstractModel):
    """The limits of a complaint: which policy applies, what runs, when it is due (六)."""

    _name = "complaint.clock"
    _description = "Limits of a Complaint"
    _inherit = ["complaint.timed"]

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
        help="When the limit that runs out next ends.",
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
        compute="_compute_waits_too_long", help="A draft that should have been accepted or refused."
    )

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
            received = ticket.company_id._complaint_local(ticket.received_at).date()
            ticket.accept_by = ticket.company_id._complaint_due_at(received, ACCEPTANCE_DAYS)

    @api.depends("deadline_ids.due_at", "deadline_ids.state", "deadline_ids.kind")
    def _compute_due_at(self):
        for ticket in self:
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

    def _start_handling_clock(self):
        """Choose each complaint's policy and start its limit from today."""
        policies = self.env["complaint.sla.policy"].sudo()._candidates(self.company_id)
        for ticket in self:
            policy = policies._first_match(ticket)
            ticket._guarded_write({"policy_id": policy.id})
            ticket._start_clock("handling", policy.limit_days)

    def _reapply_policy(self):
        """Choose the policy anew for complaints whose handling limit runs, and recount by it.

        What ran out or was met keeps the policy that applied; an extension that was granted stays.
        """
        policies = self.env["complaint.sla.policy"].sudo()._candidates(self.company_id)
        for ticket in self.filtered(lambda ticket: ticket._running("handling")):
            policy = policies._first_match(ticket)
            if policy != ticket.policy_id:
                before = ticket.policy_id
                ticket._guarded_write({"policy_id": policy.id})
                ticket._relimit("handling", before.limit_days, policy.limit_days)
                ticket._relimit("reply", before.reply_days, policy.reply_days)
                ticket._after_advance(ticket.complaint_state)

    def _relimit(self, kind, old_days, new_days):
        """Give the running limits of one kind another length; an extension is never shortened."""
        extended = self.sudo().extension_ids.deadline_id
        running = self._running(kind).filtered(
            lambda deadline: (
                deadline.limit_days < new_days
                if deadline in extended
                else deadline.limit_days == old_days
            )
        )
        running.write({"limit_days": new_days})
        running._recount()

    def _start_clock(self, kind, limit_days, slip=None, start_date=None):
        """Start one limit; one of the same kind that still runs gives way to it."""
        self.ensure_one()
        self._running(kind, slip)._cancel()
        deadlines = self.env["complaint.deadline"].sudo()
        return deadlines._start(self, kind, limit_days, slip, start_date)

    def _stop_clock(self, kind, slip=None):
        """Stop the running limits of one kind."""
        self._running(kind, slip)._stop()

    def _resume_clock(self, kind):
        """Let the last limit of a kind run on that was stopped, where none runs."""
        if not self._running(kind):
            known = self.sudo().deadline_ids.filtered(
                lambda deadline: deadline.kind == kind and deadline.state != "cancelled"
            )
            last = known.sorted("id")[-1:]
            last._resume(last.limit_days)

    def _time_feedback(self):
        """Let the limit of feedback run once everybody who has to answer has done so (五(三)).

        A unit that is asked, or asked again, ends it without judging it.
        """
        for ticket in self:
            states = set(ticket._answers_of_round()) - {"declined"}
            if not states or states - {"replied", "accepted"}:
                ticket._running("feedback")._cancel()
            elif not ticket._running("feedback"):
                ticket._start_clock("feedback", ticket.policy_id.feedback_days)

    def action_extend(self):
        """Open the request for a longer limit of handling (六.3).

        :raise UserError: where the limit has run out, is the longest there is, or none runs
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["complaint.extension"]._open(self)

    def _running(self, kind, slip=None):
        return self.sudo().deadline_ids.filtered(
            lambda deadline: (
                deadline.state == "running"
                and deadline.kind == kind
                and (not slip or deadline.slip_id == slip)
            )
        )
