from odoo import fields, models
from odoo.exceptions import UserError


class ComplaintLetterReports(models.AbstractModel):
    """A letter that asks for a written report: it asks when it leaves, refused never (七.3)."""

    _name = "complaint.letter.reports"
    _description = "Letter That Asks for a Written Report"

    written_report_ids = fields.One2many(
        "complaint.written.report", "letter_id", string="Written Reports"
    )

    def _asking_reports(self):
        """Return the reports that letters ask for, with the rights of the procedure."""
        return self.sudo().written_report_ids

    def _mark_sent(self, **facts):
        """Let what is asked for be asked for; its limit is the date by which an answer is due."""
        for report in self._asking_reports().filtered(lambda one: one.state == "draft"):
            report.letter_id._set_answer_by(report._asked_until())
        result = super()._mark_sent(**facts)
        self._asking_reports()._ask()
        return result

    def _set_answer_by(self, day):
        """Set until when an answer is waited for; the text was issued, and stays."""
        fixed = [self._fields[name] for name in ("body", "composed")]
        with self.env.protecting(fixed, self):
            self._guarded_write({"answer_by": day})

    def _approval_decided(self, approval):
        """Ask for nothing that the leader does not want to be asked."""
        result = super()._approval_decided(approval)
        if self.state == "refused":
            self._asking_reports()._guarded_write({"state": "refused"})
        return result

    def action_record_answer(self, values):
        """Refuse to answer by hand what a written report answers.

        :raise UserError: saying where it is put on file
        """
        if self._asking_reports():
            raise UserError(
                self.env._(
                    "This letter is answered by the written report: put the report on file, under "
                    "Use of Results, Written Reports."
                )
            )
        return super().action_record_answer(values)

    def action_open_written_report(self):
        """Open the report that the letter asks for."""
        self.ensure_one()
        return self.written_report_ids[:1].get_formview_action()
