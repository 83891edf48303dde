from odoo import models

from ..engine.sheet import Sheet
from ..letter.letter_sheet import COUNTED, upheld_words


class WrittenReportSheet(Sheet):
    """The written report of a chief representative on its way to both addressees (七.3)."""

    @property
    def unit(self):
        """The unit that reports, and whose head the sheet bears."""
        return self.record.unit_id.name or ""

    @property
    def window(self):
        """The window, as part of a sentence."""
        window = self.record.window_id
        return f"{window.number}号窗口（{window.name}）"

    @property
    def addressees(self):
        """Both addressees, the centre first."""
        own = self.record.unit_addressee or self.unit
        return f"{self.company._complaint_title()}、{own}"

    @property
    def months(self):
        """The months, as part of a sentence."""
        words, year = [], None
        for month in self.record._months():
            words.append(f"{'' if month.year == year else f'{month.year}年'}{month.month}月")
            year = month.year
        return "、".join(words)

    @property
    def count_in_words(self):
        """How many months running these are: 两, 三, and so on."""
        count = len(self.record._months()) if self.record else self.company.complaint_report_months
        return COUNTED.get(count, count)

    @property
    def upheld_in_words(self):
        """That the complaints were upheld, and whether in part."""
        return upheld_words(self.record.sudo().finding_ids.mapped("conclusion"))

    @property
    def author(self):
        """Who signs: whoever submitted it for the unit, or the representative who is asked."""
        record = self.record.sudo()
        writer = record.submitted_by_id
        own = writer in record.unit_id.with_context(active_test=False).representative_ids.user_id
        return record._name_of("submitted_by_id" if own else "representative_id")

    @property
    def files(self):
        """The names of what is attached, without the endings of file names."""
        names = self.record.sudo()._files_for_unit().mapped("name")
        return [name.rpartition(".")[0] or name for name in names]


class WrittenReport(models.AbstractModel):
    """书面说明: the written report; what was not submitted yet shows as a draft."""

    _name = "report.kaiyang_complaint.report_written_report"
    _description = "Written Report"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.written.report"
    _sheet_type = WrittenReportSheet
    _states = ("asked", "returned", "submitted", "accepted")
