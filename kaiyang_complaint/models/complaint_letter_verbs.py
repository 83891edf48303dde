from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.letter_kinds import KINDS
from ..tools.wording import shortened
from .complaint_finding_returns import RETURN
from .complaint_letter_paper import REPORT

# How much of a letter its request tells.
TOLD = 120
ANSWER_DUE = "kaiyang_complaint.activity_letter_answer"


class ComplaintLetterVerbs(models.AbstractModel):
    """What people do with letters, from the request for consent to the answer."""

    _name = "complaint.letter.verbs"
    _description = "Acts on a Letter"
    _inherit = ["complaint.submitted"]

    # --- consent ----------------------------------------------------------------------------

    def action_request(self):
        """Put letters before the leader whose consent their kind takes (七.3, 七.6).

        :raise UserError: where a letter lacks something, says what it must not, or takes no consent
        """
        self.check_access("write")
        self._assert_state("draft")
        for letter in self:
            role = KINDS[letter.kind].approval
            if not role:
                raise UserError(self.env._("This letter takes no consent: issue it."))
            letter._assert_ready()
            letter._guarded_write({"state": "requested", "consented": letter._digest()})
            approval = self.env["complaint.approval"]._ask(
                letter, "letter", letter._request_text(), role=role
            )
            letter._guarded_write({"approval_id": approval.id})
        self.sudo().activity_unlink([RETURN])

    def _request_text(self):
        """Put into a few lines what is asked: leaders decide from a list, and open the letter."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        lines = [
            f"{kinds[self.kind]}：{self.subject}",
            self.env._("Addressee: %s", self.addressee),
            shortened(self.body.strip().partition("\n")[0], TOLD),
        ]
        if self.ticket_ids:
            cases = "、".join(self.ticket_ids.sorted("number").mapped("display_name"))
            lines.append(self.env._("Cases: %s", shortened(cases, TOLD)))
        return "\n".join(lines)

    def _approval_decided(self, approval):
        """Take what the leader decided: the letter may be issued, or never will."""
        self.ensure_one()
        states = {"approved": "approved", "rejected": "refused", "withdrawn": "draft"}
        self._guarded_write({"state": states[approval.state]})
        self._message_log(body=approval.instruction or self._state_label())

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def action_withdraw(self):
        """Take letters back that are not issued yet; they need their consent again.

        :raise UserError: where a letter is issued, or was never asked for
        """
        self._take_back("requested", consented=False)

    def action_instruct(self):
        """Consent to letters with a written instruction: ask for it."""
        return self._to_decide().action_instruct()

    # --- the way out ------------------------------------------------------------------------

    def action_issue(self):
        """Issue letters: number of the year, frozen text, PDF kept for good.

        :raise UserError: where a letter still takes consent, lacks something, or says what it
            must not; nothing was issued then, and no number is lost
        """
        self.check_access("write")
        for letter in self.sorted("id"):
            letter._assert_state("approved" if KINDS[letter.kind].approval else "draft")
            letter._assert_as_consented()
            letter._assert_ready()
            letter._issue()

    def _issue(self, number=None, paper=None, **facts):
        """Give a letter its number and freeze it.

        :param paper: what is printed instead of the letter's own form: the name of a report, and
            the record of the process that it prints
        """
        series = self.env["ir.sequence"]._letter_series(self.company_id, self.kind)
        self._guarded_write(
            {
                "name": number or series._draw_of_year(self.company_id),
                "state": "issued",
                "issued_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
                **facts,
            }
        )
        self._freeze_enclosures()
        self._keep_paper(*paper or (REPORT, self))
        if KINDS[self.kind].states:
            self._note_on_cases(self.env._("%s was issued.", self.display_name))

    def action_send(self):
        """Put on record that letters left, and how.

        :raise UserError: where it was not said how, or a letter is not issued
        """
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("issued")
        self._assert_sent_how()
        for letter in self:
            letter.sudo().proof_ids._freeze()
            letter._mark_sent()
            note = self.env._("%(no)s was sent to %(to)s.", no=letter.name, to=letter.addressee)
            letter._note_on_cases(note)

    def _mark_sent(self, **facts):
        """Record that a letter left; the clerk is reminded of an answer that is asked for."""
        self._guarded_write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "sent_by_id": self.env.uid,
                **facts,
            }
        )
        if self.answer_by:
            self.activity_schedule(ANSWER_DUE, self.answer_by, user_id=self.sent_by_id.id)

    def action_record_answer(self, values):
        """Put the answer to a letter on record.

        :param dict values: ``answer``, ``answered_at``, optionally ``attachments``: pairs of a file
            name and its bytes in base64
        :raise UserError: where the letter was not sent, or the answer lacks something
        """
        self.ensure_one()
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("sent")
        self._assert_reply(values)
        files = self._attach(values.get("attachments") or [])
        self._mark_answered(
            answer=values["answer"].strip(), answered_at=values["answered_at"], files=files
        )

    def _mark_answered(self, answer, answered_at, files, by=None):
        """Record the answer to a letter, and end what reminded of it."""
        files._freeze()
        self._guarded_write(
            {
                "state": "answered",
                "answer": answer,
                "answered_at": answered_at,
                "answer_recorded_by_id": (by or self.env.user).id,
                "answer_file_ids": [(6, 0, files.ids)],
            }
        )
        self.sudo().activity_unlink([ANSWER_DUE])

    def action_cancel(self, reason=None):
        """Cancel letters that have not left; what has a number keeps it. Without a reason, ask.

        :raise UserError: where a letter left already, or is a draft that can be deleted
        """
        self._assert_own_procedure()
        self.check_access("write")
        self._assert_state("approved", "issued")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_cancel")
        self._mark_cancelled(reason)
        return True

    def _mark_cancelled(self, reason):
        self._guarded_write({"state": "cancelled", "cancel_reason": reason})

    def _note_on_cases(self, text):
        for ticket in self.sudo().ticket_id:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)

    def _assert_own_procedure(self):
        """Refuse acts on letters that their own process drives."""
        if any(not KINDS[kind].states for kind in self.mapped("kind")):
            raise UserError(
                self.env._("This letter follows its own process: act where it was made.")
            )

    # --- answers ----------------------------------------------------------------------------

    @api.depends("state", "answer_by")
    def _compute_answer_status(self):
        for letter in self:
            today = (letter.company_id or self.env.company)._complaint_today()
            awaited = letter.state == "sent" and letter.answer_by
            late = awaited and letter.answer_by < today
            letter.answer_status = awaited and ("overdue" if late else "waiting")

    @api.model
    def _search_answer_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._complaint_today()
        awaited = Domain("state", "=", "sent") & Domain("answer_by", "!=", False)
        domains = {
            "overdue": awaited & Domain("answer_by", "<", today),
            "waiting": awaited & Domain("answer_by", ">=", today),
            False: ~awaited,
        }
        return Domain.OR(domains[status] for status in value)

    def action_open_process(self):
        """Open what the letter was made by: the referral, the assessment.

        :raise AccessError: where the user may not read it
        """
        self.ensure_one()
        process = self.env[KINDS[self.kind].process or "complaint.referral"]
        made_by = process.search([("letter_id", "=", self.id)], limit=1)
        if not made_by:
            raise AccessError(self.env._("This letter has no process that you may read."))
        return made_by.get_formview_action()
