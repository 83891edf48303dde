from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

URGERS = ("clerk", "leader", "director")


class ComplaintSlipUrging(models.AbstractModel):
    """How a unit that has yet to reply is urged, by a rule or by hand (五(二)6)."""

    _name = "complaint.slip.urging"
    _description = "Urging of a Slip"

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
        self._assert_may_urge()
        self._assert_state("sent", "received")
        self._assert_reachable()
        opinion = self._said(opinion)
        if not opinion:
            title = self.env._("Urge: What Is Asked of the Unit")
            return self.env["complaint.reason.wizard"]._open(self, "action_urge", title)
        escalations = self.env["complaint.escalation"]
        escalations._by_hand([slip._urging_values(opinion) for slip in self.sudo()])
        return True

    def _assert_may_urge(self):
        """Let clerks and leaders urge, whoever of them may read the slips."""
        self.check_access("read")
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in URGERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only the complaint room and the leaders may urge."))

    def _assert_reachable(self):
        """Refuse to urge where nobody may be told.

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

    def _urging_values(self, opinion):
        deadline = self.deadline_ids.filtered(lambda one: one.state == "running")[:1]
        return {
            "effect": "urging",
            "ticket_id": self.ticket_id.id,
            "slip_id": self.id,
            "deadline_id": deadline.id,
            "due_at": deadline.due_at,
            "opinion": self.ticket_id._scrubbed(opinion),
            "user_ids": self._addressee().user_id.ids,
            "told_slip_ids": self.ids,
        }

    def _urgeable(self):
        """Return the slips that units have yet to reply to, where somebody there may be told."""
        return self.filtered(
            lambda slip: (
                slip.state in ("sent", "received")
                and not slip.ticket_id.is_restricted
                and slip._addressee()
            )
        )

    def _addressee(self):
        """Return who is told about a slip: its representative, or who else is in office now."""
        self.ensure_one()
        slip = self.sudo()
        in_office = slip.unit_id.representative_ids.filtered(
            lambda person: person.active and person.user_id not in slip.barred_user_ids
        )
        return (slip.representative_id & in_office) or in_office.sorted("sequence")[:1]

    def _addressees(self):
        """Return who is told about some slips."""
        return self.env["complaint.representative"].union(*(slip._addressee() for slip in self))
