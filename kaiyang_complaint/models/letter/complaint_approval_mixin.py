from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintApprovalMixin(models.AbstractModel):
    """What takes a leader's consent: decided on from its own form, taken back before it counts."""

    _name = "complaint.approval.mixin"
    _description = "Submitted to a Leader"

    approval_id = fields.Many2one("complaint.approval", readonly=True, copy=False)
    can_decide = fields.Boolean(related="approval_id.can_decide")
    instruction = fields.Text(related="approval_id.instruction")

    def action_approve(self):
        """Consent, to one or many at once.

        :raise AccessError: for others than leaders of the role, and for who asked
        :raise UserError: where nothing waits for a decision
        """
        return self._to_decide().action_approve()

    def action_reject(self):
        """Send back: ask for the words.

        :raise AccessError: for others than leaders of the role, and for who asked
        :raise UserError: where nothing waits for a decision
        """
        return self._to_decide().action_reject()

    def _to_decide(self):
        """Return the requests among these that wait for a decision."""
        self.check_access("read")
        approvals = self.approval_id.filtered(lambda one: one.state == "pending")
        if not approvals:
            raise UserError(self.env._("No pending approvals here."))
        return approvals

    def _take_back(self, waiting, **cleared):
        """Return to drafts what waits for consent, or has it; it needs its consent again.

        :param waiting: the state of what waits for consent
        :return: those that had it
        :raise UserError: where one is in another state
        """
        self.check_access("write")
        self._assert_state(waiting, "approved")
        undecided = self.filtered(lambda one: one.state == waiting)
        undecided.approval_id.action_withdraw()
        consented = self - undecided
        consented._procedure_write({"state": "draft", "approval_id": False, **cleared})
        return consented
