from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.codes import SUPERVISORS
from ..access.clean_input import clean_text


class ComplaintBoardWithdrawalMixin(models.AbstractModel):
    """What the hall is shown, and is withdrawn where need be: boards, and entries (七.2)."""

    _name = "complaint.board.withdrawal.mixin"
    _description = "Withdrawn from the Hall"

    withdraw_reason = fields.Text(string="Withdrawn Because", readonly=True, copy=False)
    withdrawn_at = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    may_withdraw = fields.Boolean(compute="_compute_may_withdraw")

    @api.depends_context("uid")
    def _compute_may_withdraw(self):
        user = self.env.user
        self.may_withdraw = self.env.su or any(
            user.has_group(f"kaiyang_complaint.group_complaint_{role}") for role in SUPERVISORS
        )

    def action_withdraw(self, reason=None):
        """Take what is shown off the display, at once. Without a reason, ask for it.

        :raise AccessError: for others than managers and leaders
        :raise UserError: where it is not shown
        """
        self.check_access("read")
        if not all(self.mapped("may_withdraw")):
            raise AccessError(
                self.env._("Published entries are withdrawn by the manager or a leader.")
            )
        self._assert_state("shown")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_withdraw")
        self.sudo()._withdraw_now(reason)
        return True

    def _withdraw_now(self, reason):
        """Withdraw, and keep on record what was shown and why it is no longer."""
        self._procedure_write(
            {
                "state": "withdrawn",
                "withdraw_reason": reason,
                "withdrawn_at": fields.Datetime.now(),
                "withdrawn_by_id": self.env.uid,
            }
        )
        # What replaces it may be made in the same transaction.
        self.flush_recordset(["state"])
        self._after_withdrawal(reason)

    def _after_withdrawal(self, reason):
        """Do what follows from a withdrawal."""
        raise NotImplementedError
