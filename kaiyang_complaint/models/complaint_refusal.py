from odoo import models


class ComplaintRefusal(models.AbstractModel):
    """What the desk does not take: out of its scope, or invalid (四.2, 四.3)."""

    _name = "complaint.refusal"
    _description = "Refusal of a Complaint"

    def action_mark_invalid(self, reason=None):
        """Refuse complaints without a respondent and a matter, or unreasonable ones (四.3).

        No number, no clock. Without a reason, ask for it.
        """
        self._begin("mark_invalid")
        if not (reason or "").strip():
            return self._ask_reason("action_mark_invalid")
        self._move_to("invalid", end_reason=reason)
        return True

    def action_reconsider(self):
        """Take invalid complaints back as drafts."""
        self._begin("reconsider")
        self._guarded()._move_to("draft", end_reason=False)
