from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_dispatched import DISPATCHED
from .complaint_outside import KINDS

APPROVAL_KINDS = {"outside": "referral", "discipline": "transfer"}


class ComplaintReferral(models.Model):
    """What the centre hands to an outside unit once the leader signed it off (五(二)4, 七.5).

    What the leader signed off is what leaves: from the request on the text stands still.
    """

    _name = "complaint.referral"
    _description = "Referral"
    _inherit = [
        "complaint.referral.content",
        "complaint.referral.terms",
        "complaint.referral.letter",
        "complaint.dispatched",
        "complaint.process",
    ]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "name": False,
        "state": "draft",
        "approval_id": False,
        "letter_id": False,
        **DISPATCHED,
    }

    name = fields.Char(string="Letter No.", readonly=True, copy=False)
    kind = fields.Selection(KINDS, required=True, default="outside")
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("requested", "Waiting for Sign-off"),
            ("approved", "To Dispatch"),
            ("sent", "Dispatched"),
            ("answered", "Answered"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    created_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    approval_id = fields.Many2one("complaint.approval", readonly=True, copy=False)
    instruction = fields.Text(related="approval_id.instruction")
    answer_file_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Files of the Answer",
        domain=[("res_model", "=", "complaint.referral"), ("res_field", "=", False)],
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL", "Another letter already has this number."
    )
    _under_way = models.Index("(state, company_id) WHERE state IN ('approved', 'sent')")

    @api.depends("name", "ticket_id")
    def _compute_display_name(self):
        for referral in self:
            number = referral.ticket_id.number or ""
            referral.display_name = referral.name or self.env._("Referral of %s", number)

    def _answer(self):
        """Say in the words of a slip how far the referral is."""
        if self.state == "sent" and self.unit_answers_itself:
            return "accepted"
        return {"answered": "accepted", "refused": "declined"}.get(self.state, "received")

    # --- guards -----------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare referrals of complaints that are under way; they leave by verbs.

        :raise UserError: where a complaint is not, or the values skip the procedure
        """
        now = fields.Datetime.now()
        referrals = super().create([{**vals, "created_at": now} for vals in vals_list])
        for referral in referrals:
            referral._assert_under_way()
        referrals.ticket_id._advance()
        return referrals

    def write(self, vals):
        """Change what was not asked for yet.

        :raise UserError: afterwards, and for another complaint
        """
        if not self._is_guarded():
            self._assert_changeable(vals)
        return super().write(vals)

    def unlink(self):
        """Delete drafts; what has a number stays on record."""
        tickets = self.ticket_id
        result = super().unlink()
        tickets._advance()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")
        if any(self.mapped("name")):
            raise UserError(self.env._("A letter that has a number stays on record."))

    # --- the way out ------------------------------------------------------------------------

    def action_request(self):
        """Put referrals before the leader in charge for sign-off (五(二)4).

        :raise UserError: where the room's inquiry is not concluded, the complaint is none that is
            referred, or the letter lacks something
        """
        self.check_access("write")
        self._assert_state("draft")
        for referral in self:
            referral._assert_may_leave()
            referral._assert_complete()
            referral._guarded_write({"state": "requested", **referral._scrubbed_texts()})
            referral._guarded_write({"approval_id": referral._ask_leader().id})
            referral.ticket_id._message_log(body=self.env._("Sign-off of a referral asked for."))
        self.ticket_id._advance()

    def _ask_leader(self):
        """Put the letter into words: leaders decide from a list."""
        lines = [
            self.env._("Addressee: %s", self.authority_id.name),
            f"{self._fields['matter']._description_string(self.env)}: {self.matter}",
            f"{self._fields['summary']._description_string(self.env)}: {self.summary}",
        ]
        kind = APPROVAL_KINDS[self.kind]
        return self.env["complaint.approval"]._ask(self, kind, "\n".join(lines))

    def _approval_decided(self, approval):
        """Take what the leader decided; a letter signed off gets its number."""
        self.ensure_one()
        if approval.state == "withdrawn":
            self._guarded_write({"state": "draft"})
        elif approval.state == "rejected":
            self._guarded_write({"state": "refused"})
            self.ticket_id._message_log(body=self.env._("The referral was refused."))
        else:
            self._guarded_write({"state": "approved"})
            self._issue_letter()
            note = self.env._("Referral %s was signed off.", self.name)
            self.ticket_id._message_log(body=note)
        self.ticket_id._advance()

    def action_withdraw(self):
        """Take referrals back that did not leave yet; they need a sign-off again.

        :raise UserError: where a referral left, or was never asked for
        """
        self.check_access("write")
        self._assert_state("requested", "approved")
        for referral in self:
            if referral.state == "requested":
                referral.approval_id.action_withdraw()
            else:
                referral._cancel_letter()
                referral._guarded_write({"state": "draft", "approval_id": False})
        self.ticket_id._advance()

    def action_send(self):
        """Put on record that referrals left, and how. From now on they stand as they are.

        :raise UserError: where a referral was not signed off, or must not leave any more
        """
        self.check_access("write")
        self._assert_state("approved")
        self._assert_sent_how()
        for referral in self:
            referral._assert_may_leave()
            sent = {"sent_at": fields.Datetime.now(), "sent_by_id": self.env.uid}
            referral._guarded_write({"state": "sent", **sent})
            referral._send_letter()
            referral._log_contact()
            note = self.env._(
                "Referral %(no)s was sent to %(to)s.",
                no=referral.name,
                to=referral.authority_id.name,
            )
            referral.ticket_id._message_log(body=note)
        self.ticket_id._advance()

    def _log_contact(self):
        """Put on record that the complainant's contact left the house, to whom and why."""
        if self.names_complainant:
            reason = f"{self.authority_id.name}: {self.consent or self.basis}"
            self.env["complaint.access.log"]._log(self, "refer", reason)

    def action_record_answer(self, values):
        """Put the answer of the unit on record.

        :param dict values: ``answer``, ``answered_at``, optionally ``attachments``: pairs of a file
            name and its bytes in base64
        :raise UserError: where the referral is not with the unit, or the answer lacks something
        """
        self.ensure_one()
        self.check_access("write")
        self._assert_state("sent")
        self._assert_reply(values)
        self.ticket_id._assert_open_for_change()
        self._guarded_write(
            {
                "state": "answered",
                "answer": values["answer"].strip(),
                "answered_at": values["answered_at"],
                "answer_recorded_by_id": self.env.uid,
            }
        )
        files = self._attach(values.get("attachments") or [])
        self.letter_id.sudo()._mark_answered(self.answer, self.answered_at, files)
        self.ticket_id._advance()
