from odoo import fields, models
from odoo.exceptions import UserError

from ..access.clean_input import clean_datetime, clean_text, clean_values

# What only the procedure writes: names and values on a new record, for ``_procedural``.
DISPATCHED = {
    "sent_at": False,
    "sent_by_id": False,
    "answer": False,
    "answered_at": False,
    "answer_recorded_by_id": False,
}


class ComplaintDispatchMixin(models.AbstractModel):
    """An outgoing document: how and when it was sent, its answer, and when that came."""

    _name = "complaint.dispatch.mixin"
    _description = "Outgoing Document"

    sent_how = fields.Selection(
        [("post", "By post"), ("handed_over", "Handed over"), ("electronic", "Electronically")],
        copy=False,
    )
    sent_note = fields.Char(
        string="Proof of Sending", copy=False, help="Registered mail no., who signed …"
    )
    sent_at = fields.Datetime(string="Dispatched At", readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    answer = fields.Text(readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    answer_recorded_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", copy=False
    )

    def _assert_sent_how(self):
        for record in self:
            if not record.sent_how:
                raise UserError(
                    self.env._("Enter how “%s” is dispatched first.", record.display_name),
                )

    def _assert_reply(self, values):
        """Demand the words of the answer, and a moment between sending and now."""
        answered_at = clean_datetime(self.env, clean_values(self.env, values).get("answered_at"))
        if not clean_text(self.env, values.get("answer")) or not answered_at:
            raise UserError(self.env._("Enter the answer and its date."))
        if not self.sent_at.replace(microsecond=0) <= answered_at <= fields.Datetime.now():
            raise UserError(self.env._("An answer comes after the letter, and not in the future."))
