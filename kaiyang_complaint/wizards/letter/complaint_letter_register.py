from odoo import fields, models

from ...tools.letter_kinds import LABELS


class ComplaintLetterRegister(models.TransientModel):
    """Asks which year, and which kind of letters, the register is printed of."""

    _name = "complaint.letter.register"
    _description = "Register of Letters"

    year = fields.Integer(
        required=True, default=lambda self: self.env.company._complaint_today().year
    )
    kind = fields.Selection(LABELS, help="Every kind where empty.")

    _sane_year = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2200)", "Give the year with its four digits."
    )

    def action_print(self):
        """Print the register (发文登记簿), as far as the user may read its letters."""
        self.ensure_one()
        report = self.env.ref("kaiyang_complaint.report_letter_register")
        data = {"blank": True, "year": self.year, "kind": self.kind or ""}
        return report.report_action(None, data=data)
