from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ...tools.codes import TICKET
from ..access.clean_input import clean_text
from ..access.notices import in_language_of
from ..access.readers import as_seen_by

# What these ask is about neither a complaint nor a letter: the record that asks says what.
RESULTS = ("assessment", "board", "publication")
TO_DECIDE = "kaiyang_complaint.activity_to_decide"
DECIDED = "kaiyang_complaint.activity_decided"


class ComplaintApproval(models.Model):
    """A request to a leader and what they decided: one model for all that is asked (五, 六.3).

    A process asks by ``_ask``; decided or withdrawn, the request reports back to the record that
    asked, its ``origin``, by ``origin._approval_decided(approval)``.
    """

    _name = "complaint.approval"
    _description = "Request to a Leader"
    _inherit = [
        "complaint.lock.mixin",
        "complaint.procedure.mixin",
        "complaint.confidential.mixin",
        "mail.activity.mixin",
        "complaint.signer.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "pending",
        "instruction": False,
        "decided_by_id": False,
        "decided_at": False,
    }

    _signers = ("requested_by_id", "decided_by_id")
    _rec_names_search = ["ticket_id.number", "ticket_id.name", "letter_id.subject", "subject"]
    _reference_path = "ticket_id.number"
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Complaint",
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    letter_id = fields.Many2one(
        "complaint.letter",
        string="Official Letter",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    letter_text = fields.Text(related="letter_id.body", string="Text of the Letter")
    subject = fields.Char(
        readonly=True, help="What a request is about that has no complaint and no letter."
    )
    about = fields.Char(string="Subject of the Request", compute="_compute_about")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    kind = fields.Selection(
        [
            ("extension", "Extension"),
            ("referral", "Referral"),
            ("transfer", "Transfer to Discipline Inspection"),
            ("meeting", "Meeting"),
            ("instruction", "Instruction"),
            ("letter", "Official Letter"),
            ("assessment", "Monthly Assessment"),
            ("board", "Red and Black Board"),
            ("publication", "Publication of a Common Issue"),
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
    request = fields.Text(required=True, readonly=True, help="The request and its reason.")
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
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide", search="_search_can_decide")
    due_at = fields.Datetime(related="ticket_id.due_at")
    due_status = fields.Selection(related="ticket_id.due_status")

    _pending_by_role = models.Index("(company_id, role) WHERE state = 'pending'")
    _about_something = models.Constraint(
        "CHECK (ticket_id IS NOT NULL OR letter_id IS NOT NULL OR subject IS NOT NULL)",
        "A request is about a complaint, a letter or a result.",
    )

    @api.model
    def _origin_models(self):
        """Return the models whose records ask: each has a verb ``_approval_decided``."""
        return [
            ("complaint.extension", self.env._("Extension")),
            ("complaint.referral", self.env._("Referral")),
            ("complaint.meeting", self.env._("Meeting")),
            ("complaint.letter", self.env._("Official Letter")),
            ("complaint.assessment", self.env._("Monthly Assessment")),
            ("complaint.board", self.env._("Red and Black Board")),
            ("complaint.common.issue", self.env._("Common Issue")),
            ("helpdesk.ticket", self.env._("Complaint")),
        ]

    @api.depends("ticket_id.company_id", "letter_id.company_id", "origin")
    def _compute_company_id(self):
        for approval in self:
            about = approval.letter_id or approval.ticket_id or approval.origin
            approval.company_id = about and about.company_id

    @api.depends("ticket_id", "letter_id", "subject")
    def _compute_about(self):
        for approval in self:
            named = approval.ticket_id.display_name or approval.letter_id.subject
            approval.about = named or approval.subject

    @api.depends("kind", "ticket_id", "letter_id", "subject")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            number = approval.ticket_id.number or approval.letter_id.subject or approval.subject
            words = (kinds.get(approval.kind), number)
            approval.display_name = " ".join(filter(None, words))

    @api.depends_context("uid")
    @api.depends("state", "role", "requested_by_id")
    def _compute_can_decide(self):
        for approval in self:
            approval.can_decide = approval.state == "pending" and approval._may_decide()

    @api.model
    def _search_can_decide(self, operator, value):
        # Odoo answers the other questions from this one.
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

        What is asked stays on record in the words, and the language, of who asks.

        :param origin: what asks: a complaint, a letter, a result, or what has a complaint as
            ``ticket_id``
        :param kind: one of the kinds of requests
        :param request: what is asked for, and why
        :param role: whose decision it is: ``leader`` or ``director``
        :raise UserError: where nobody is in office who could decide
        """
        approval = self.sudo().create(
            {
                **self._about(origin, kind),
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

    def _about(self, origin, kind):
        """Return the values that say what a request of a kind is about."""
        if kind in RESULTS:
            return {"subject": origin.display_name}
        ticket = origin if origin._name == TICKET else origin.ticket_id
        is_letter = origin._name == "complaint.letter"
        return {"ticket_id": ticket.id, "letter_id": is_letter and origin.id}

    def _tell_deciders(self):
        """Create an activity for every user who may decide.

        :raise UserError: where nobody may
        """
        deciders = self._deciders()
        # Refused now: a request that nobody may decide would wait for ever.
        if not deciders:
            raise UserError(
                self.env._(
                    "No user can decide this: create another user with the role “%s”.",
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

    # --- decision ---------------------------------------------------------------------------------

    def action_withdraw(self):
        """Take requests back that nobody decided yet.

        :raise AccessError: where the user may not change what they are about
        :raise UserError: where the request was decided
        """
        self.check_access("read")
        for approval in self:
            # Who may change what is asked about may take the question back, also a colleague.
            owner = approval.letter_id or approval.ticket_id or approval.origin
            owner.check_access("write")
        self._assert_pending()
        self._settle("withdrawn")

    # --- deciding ---------------------------------------------------------------------------

    def action_approve(self, instruction=None):
        """Approve requests, with a written instruction or without.

        :raise AccessError: for others than leaders of the role, and for who asked
        :raise UserError: where a request was decided before, or can't be granted any more
        """
        self._assert_decider()
        self._settle("approved", clean_text(self.env, instruction))

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
        instruction = clean_text(self.env, instruction)
        if not instruction:
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
                raise AccessError(self.env._("You can't decide your own request."))
            if not approval._may_decide():
                raise AccessError(
                    self.env._("This request must be decided by a leader with another role.")
                )
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
        approvals = self.sudo()
        approvals._procedure_write(
            {
                "state": state,
                "instruction": instruction or False,
                **(decided if state != "withdrawn" else {}),
            }
        )
        approvals.activity_unlink([TO_DECIDE])
        if state != "withdrawn":
            approvals.filtered(lambda one: one.kind == "instruction")._tell_askers()
        # Last: the process may go on by itself, and asks what was decided and by whom.
        for approval in approvals:
            approval.origin._approval_decided(approval)

    def _tell_askers(self):
        """Give the answer to those who asked a question and may still read the complaint.

        What else was asked for shows in the record of the process that asked.
        """
        activity_type = self.env.ref(DECIDED)
        model_id = self.env["ir.model"]._get_id("helpdesk.ticket")
        values = []
        for asker, theirs in self.grouped("requested_by_id").items():
            approvals = in_language_of(theirs, asker)
            labels = dict(self._fields["state"]._description_selection(approvals.env))
            # The case may have been restricted since: then the answer is not for who asked.
            readable = as_seen_by(approvals.ticket_id, asker)._filtered_access("read")
            values += [
                {
                    "activity_type_id": activity_type.id,
                    "summary": f"{approval.display_name}：{labels[approval.state]}",
                    "note": plaintext2html(approval.instruction or ""),
                    "res_model_id": model_id,
                    "res_id": approval.ticket_id.id,
                    "user_id": asker.id,
                    "automated": True,
                }
                for approval in approvals
                if approval.ticket_id.id in readable.ids
            ]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
