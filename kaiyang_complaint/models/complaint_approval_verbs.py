from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

TO_DECIDE = "kaiyang_complaint.activity_to_decide"
DECIDED = "kaiyang_complaint.activity_decided"


class ComplaintApprovalVerbs(models.AbstractModel):
    """What leaders, and those who asked, do with requests: one or many at once (五, 六.3)."""

    _name = "complaint.approval.verbs"
    _description = "Acts on a Request"

    def action_withdraw(self):
        """Take requests back that nobody decided yet.

        :raise AccessError: where the user may not change what they are about
        :raise UserError: where the request was decided
        """
        self.check_access("read")
        for approval in self:
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
        self._settle("approved", self._said(instruction))

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
        instruction = self._said(instruction)
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
        approvals = self.sudo()
        approvals._guarded_write(
            {
                "state": state,
                "instruction": instruction or False,
                **(decided if state != "withdrawn" else {}),
            }
        )
        approvals.activity_unlink([TO_DECIDE])
        if state != "withdrawn":
            approvals.filtered(lambda one: one.kind == "instruction")._tell_askers()
        for approval in approvals:
            approval.origin._approval_decided(approval)

    def _tell_askers(self):
        """Give the answer to those who asked a question and may still read the complaint.

        What else was asked for shows in the record of the process that asked.
        """
        activity_type = self.env.ref(DECIDED)
        model_id = self.env["ir.model"]._get_id("helpdesk.ticket")
        labels = dict(self._fields["state"]._description_selection(self.env))
        values = []
        for asker, approvals in self.grouped("requested_by_id").items():
            readable = approvals.ticket_id._as_seen_by(asker)._filtered_access("read")
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
