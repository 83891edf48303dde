from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

TO_DECIDE = "kaiyang_complaint.activity_to_decide"


class ComplaintApproval(models.Model):
    """A request to a leader and what they decided: one model for all that is asked (五, 六.3).

    A process asks by ``_ask``; decided or withdrawn, the request reports back to the record that
    asked, its ``origin``, by ``origin._approval_decided(approval)``.
    """

    _name = "complaint.approval"
    _description = "Request to a Leader"
    _inherit = ["complaint.guarded", "complaint.discretion", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "pending",
        "instruction": False,
        "decided_by_id": False,
        "decided_at": False,
    }

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("extension", "Extension"),
            ("referral", "Referral"),
            ("transfer", "Transfer to Discipline Inspection"),
        ],
        required=True,
        readonly=True,
    )
    origin = fields.Reference(
        selection="_origin_models",
        string="Asked In",
        readonly=True,
        help="The record of the process that asked, and that learns of the decision.",
    )
    request = fields.Text(required=True, readonly=True, help="What is asked for, and why.")
    requested_by_id = fields.Many2one("res.users", required=True, readonly=True)
    requested_at = fields.Datetime(required=True, readonly=True)
    role = fields.Selection(
        [("leader", "Leader in Charge"), ("director", "Main Leader")],
        string="Decided By Role",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("pending", "To Decide"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="pending",
    )
    instruction = fields.Text(readonly=True, help="The leader's written instruction.")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide", search="_search_can_decide")
    due_at = fields.Datetime(related="ticket_id.due_at")
    due_status = fields.Selection(related="ticket_id.due_status")

    _pending_by_role = models.Index("(company_id, role) WHERE state = 'pending'")

    @api.model
    def _origin_models(self):
        """Return the models whose records ask: each has a verb ``_approval_decided``."""
        return [
            ("complaint.extension", self.env._("Extension")),
            ("complaint.referral", self.env._("Referral")),
        ]

    @api.depends("kind", "ticket_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            number = approval.ticket_id.number or ""
            approval.display_name = f"{kinds.get(approval.kind, '')} {number}".strip()

    @api.depends_context("uid")
    @api.depends("state", "role", "requested_by_id")
    def _compute_can_decide(self):
        for approval in self:
            approval.can_decide = approval.state == "pending" and approval._may_decide()

    @api.model
    def _search_can_decide(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        roles = [
            role
            for role in dict(self._fields["role"].selection)
            if self.env.user.has_group(f"kaiyang_complaint.group_complaint_{role}")
        ]
        return Domain(
            [
                ("state", "=", "pending"),
                ("role", "in", roles),
                ("requested_by_id", "!=", self.env.uid),
            ]
        )

    # --- asking -----------------------------------------------------------------------------

    def _ask(self, origin, kind, request, role="leader"):
        """Put a request of the user before the leaders of a role and return it.

        :param origin: the record that asks, with a ``ticket_id``
        :param kind: one of the kinds of requests
        :param request: what is asked for, and why
        :param role: whose decision it is: ``leader`` or ``director``
        :raise UserError: where nobody is in office who could decide
        """
        approval = self.sudo().create(
            {
                "ticket_id": origin.ticket_id.id,
                "kind": kind,
                "origin": f"{origin._name},{origin.id}",
                "request": request,
                "role": role,
                "requested_by_id": self.env.uid,
                "requested_at": fields.Datetime.now(),
            }
        )
        approval._tell_deciders()
        return approval.sudo(False)

    def _tell_deciders(self):
        """Give a to-do to everybody who may decide.

        :raise UserError: where nobody may
        """
        deciders = self._deciders()
        if not deciders:
            raise UserError(
                self.env._(
                    "Nobody in office could decide this: it takes another user who is “%s”.",
                    dict(self._fields["role"]._description_selection(self.env))[self.role],
                )
            )
        for user in deciders:
            self.activity_schedule(TO_DECIDE, user_id=user.id, note=plaintext2html(self.request))

    def _deciders(self):
        """Return the users of the role in this centre, without the one who asks."""
        members = self.env.ref(f"kaiyang_complaint.group_complaint_{self.role}").all_user_ids
        return members.filtered(
            lambda user: self.company_id in user.company_ids and user != self.requested_by_id
        )

    def action_withdraw(self):
        """Take requests back that nobody decided yet.

        :raise AccessError: where the user may not change the complaint
        :raise UserError: where the request was decided
        """
        self.check_access("read")
        self.ticket_id.check_access("write")
        self._assert_pending()
        self._settle("withdrawn")

    # --- deciding ---------------------------------------------------------------------------

    def action_approve(self, instruction=None):
        """Approve requests, with a written instruction or without.

        :raise AccessError: for others than leaders of the role, and for who asked
        :raise UserError: where a request was decided before, or can't be granted any more
        """
        self._assert_decider()
        self._settle("approved", instruction)

    def action_instruct(self):
        """Ask for the instruction that goes with an approval."""
        self._assert_decider()
        title = self.env._("Approve with Instruction")
        return self.env["complaint.reason.wizard"]._open(self, "action_approve", title)

    def action_reject(self, instruction=None):
        """Reject requests. A rejection needs words: without an instruction, ask for it.

        :raise AccessError: for others than leaders of the role, and for who asked
        :raise UserError: where a request was decided before
        """
        self._assert_decider()
        if not (instruction or "").strip():
            return self.env["complaint.reason.wizard"]._open(self, "action_reject")
        self._settle("rejected", instruction)
        return True

    def _assert_decider(self):
        """Let the leaders of the role decide what others ask, once.

        :raise AccessError: for everybody else
        :raise UserError: where it was decided before
        """
        self.check_access("read")
        for approval in self:
            if approval.requested_by_id == self.env.user:
                raise AccessError(self.env._("Nobody decides a request of their own."))
            if not approval._may_decide():
                raise AccessError(self.env._("This request waits for a leader of another role."))
        self._assert_pending()

    def _may_decide(self):
        return self.requested_by_id != self.env.user and self.env.user.has_group(
            f"kaiyang_complaint.group_complaint_{self.role}"
        )

    def _assert_pending(self):
        for approval in self:
            if approval.state != "pending":
                raise UserError(
                    self.env._("The request “%s” was settled before.", approval.display_name)
                )

    def _settle(self, state, instruction=None):
        """Write down what became of requests, end the to-dos and report back to who asked."""
        decided = {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        for approval in self.sudo():
            approval._guarded_write(
                {
                    "state": state,
                    "instruction": (instruction or "").strip() or False,
                    **(decided if state != "withdrawn" else {}),
                }
            )
            approval.activity_feedback([TO_DECIDE], user_id=self.env.uid)
            approval.activity_unlink([TO_DECIDE])
            approval.origin._approval_decided(approval)
