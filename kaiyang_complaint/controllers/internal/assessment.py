from odoo import http
from odoo.http import request, route

from ...report.result.monthly_book import AssessmentBook
from .spooled import XLSX, spooled


class Assessment(http.Controller):
    """Hands out a month's assessment as a spreadsheet."""

    @route("/complaint/assessment/<int:res_id>.xlsx", type="http", auth="user", methods=["GET"])
    def download(self, res_id):
        """Send a month to those who may read it, with the lines that they may read."""
        assessment = request.env["complaint.assessment"].search([("id", "=", res_id)])
        if not assessment:
            raise request.not_found()
        title = f"{assessment.company_id._complaint_title()} {assessment.display_name}"
        book = AssessmentBook(title, assessment)
        return spooled(book.save, f"{assessment._paper_name()}.xlsx", XLSX)
