from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import flow


class ComplaintSupervision(models.AbstractModel):
    """How a complaint that drags on is urged by the desk and supervised by leaders (五(二)6)."""

    _name = "complaint.supervision"
    _description = "Supervision of a Complaint"

    escalation_ids = fields.One2many(
        "complaint.escalation",
        "ticket_id",
        string="Escalations",
        groups="kaiyang_complaint.group_complaint_user",
    )

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
