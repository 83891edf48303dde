from odoo import fields, models


class ComplaintAnswerWizard(models.TransientModel):
    """Takes down what was answered to a letter or a referral, and puts it on record."""

    _name = "complaint.answer.wizard"
    _description = "Answer to a Letter"
    _inherit = ["complaint.dialog.mixin"]

    letter_id = fields.Many2one("complaint.letter", string="Official Letter", readonly=True)
    referral_id = fields.Many2one("complaint.referral", readonly=True)
    answered_at = fields.Datetime(
        string="Answer Received On", required=True, default=fields.Datetime.now
    )
    answer = fields.Text(string="Answer Given", required=True)
    file_ids = fields.Many2many("ir.attachment", string="Files of the Answer")

    def action_confirm(self):
        """Record the answer. Its own checks and the user's own rights decide."""
        self.ensure_one()
        files = self.file_ids
        (self.referral_id or self.letter_id).action_record_answer(
            {
                "answer": self.answer,
                "answered_at": self.answered_at,
                "attachments": [(file.name, file.datas) for file in files],
            }
        )
        files.filtered(lambda file: file.res_model == self._name).unlink()
        return {"type": "ir.actions.act_window_close"}
