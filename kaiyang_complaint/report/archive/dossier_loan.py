from odoo import models

from ..engine.sheet import Sheet

KINDS = [("original", "原件"), ("copy", "复制件"), ("reading", "在档案室查阅")]


class LoanSheet(Sheet):
    """A loan as the borrower signs for it."""

    kinds = KINDS


class LoanSlip(models.AbstractModel):
    """借阅登记单: what the borrower signs, and the archivist when it comes back."""

    _name = "report.kaiyang_complaint.report_dossier_loan"
    _description = "Loan Slip"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.dossier.loan"
    _sheet_type = LoanSheet
