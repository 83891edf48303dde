from odoo import models

from ..report.letter_sheet import paragraphs_of
from ..tools.board_words import month_words

KIND = "board"
BODY = "kaiyang_complaint.letter_body_board"


class ComplaintBoardLetter(models.AbstractModel):
    """红黑榜公示 on paper: issued when the board is shown, its very PDF kept (七.2)."""

    _name = "complaint.board.letter"
    _description = "Paper of a Board"

    def _issue_letter(self):
        """Issue the notice of a board as it is shown."""
        self.ensure_one()
        letter = self.env["complaint.letter"].sudo()._guarded().create(self._letter_values())
        letter._issue()
        letter._mark_sent(sent_how="handed_over", sent_note=self.env._("Published in the hall"))
        self._guarded_write({"letter_id": letter.id})

    def _letter_values(self):
        values = {"board": self, "screen": self._screen()}
        body = self.env["ir.qweb"].sudo()._render(BODY, values)
        return {
            "kind": KIND,
            "company_id": self.company_id.id,
            "subject": f"{month_words(self.month)}政务服务红黑榜公示",
            "body": "\n".join(paragraphs_of(body)),
            "approval_id": self.approval_id.id,
        }

    def _cancel_letter(self, reason):
        """Cancel the notice of a board that was withdrawn; it stays on record."""
        self.letter_id.sudo()._mark_cancelled(reason)

    def action_print(self):
        """Open the notice as it was frozen when the board was shown."""
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("kaiyang_complaint.report_letter")
        return report.report_action(self.letter_id)
