from odoo import fields, models
from odoo.exceptions import UserError

# The grounds of the regulation, in its words.
INVALID_GROUNDS = {"no_object": "未提供投诉对象和投诉事项", "unreasonable": "无理取闹"}


class ComplaintRefusal(models.AbstractModel):
    """What the desk does not take: out of its scope, or invalid (四.2, 四.3)."""

    _name = "complaint.refusal"
    _description = "Refusal of a Complaint"
    _inherit = ["complaint.erasure"]

    invalid_ground = fields.Selection(
        [
            ("no_object", "Neither Respondent nor Matter"),
            ("unreasonable", "Unreasonable Trouble-making"),
            ("other", "Other"),
        ],
        string="Invalid Because",
        readonly=True,
        copy=False,
        tracking=True,
    )

    # --- out of scope ---------------------------------------------------------------------------

    def action_refuse_out_of_scope(self, authority_id=None, hint=None):
        """Turn away what the room is not competent for: not registered, not forwarded (四.2, 四.5).

        The drafts are deleted with all they hold; an entry remains that counts and names nobody.
        Without an answer to where the complainant is to go, ask for it.

        :param authority_id: the ``complaint.authority`` in charge, False where none is known
        :param hint: words for the note that is printed now; they are kept nowhere
        :return: the action that opens the dialog, or the entries with the note to print
        :raise AccessError: for anyone who may not change the complaints
        :raise UserError: where a complaint is no draft, or the authority is not in the directory
        """
        self._begin("refuse_out_of_scope")
        if authority_id is None and not hint:
            return self.env["complaint.refusal.wizard"]._open(self)
        entries = self.env["complaint.guidance.log"]._count(self, authority_id)
        self.env["complaint.import.line"]._forget(self)
        self._erase()
        return entries._open(hint)

    # --- invalid --------------------------------------------------------------------------------

    def action_mark_invalid(self, reason=None, ground=None):
        """Refuse complaints without a respondent and a matter, or unreasonable ones (四.3).

        No number, no clock. Without a ground and words, ask for them; the first ground needs none.

        :param reason: words that stay on record
        :param ground: a value of ``invalid_ground``; ``other`` where it is left out
        :raise UserError: where the ground contradicts what the complaint names
        """
        self._begin("mark_invalid")
        reason = self._said(reason)
        if not reason and ground != "no_object":
            return self.env["complaint.invalid.wizard"]._open(self)
        if ground == "no_object":
            self._assert_no_object()
        self._move_to("invalid", end_reason=reason, invalid_ground=ground or "other")
        return True

    def _assert_no_object(self):
        for ticket in self:
            respondents = ticket.respondent_ids or ticket.window_id or ticket.window_unit_id
            if respondents and ticket.service_item:
                raise UserError(
                    self.env._(
                        "%s names whom and what it complains about. Choose another ground, or "
                        "accept it.",
                        ticket.display_name,
                    )
                )

    def action_reconsider(self):
        """Take invalid complaints back as drafts."""
        self._begin("reconsider")
        self._guarded()._move_to("draft", end_reason=False, invalid_ground=False)

    def _invalid_words(self):
        """Return why the complaint is invalid, as it stands on paper."""
        if self.complaint_state != "invalid":
            return ""
        return "：".join(filter(None, (INVALID_GROUNDS.get(self.invalid_ground), self.end_reason)))
