from odoo import models

from ..report.monthly_notice import AssessmentSheet

REPORT = "kaiyang_complaint.report_assessment"


class ComplaintAssessmentLetter(models.AbstractModel):
    """The notice of a month (月度考核通报): a letter of the centre, issued when it is published."""

    _name = "complaint.assessment.letter"
    _description = "Notice of an Assessment"

    def _issue_notice(self):
        """Issue the notice under the next number of its series; its very PDF is kept."""
        self.ensure_one()
        sheet = AssessmentSheet(self)
        letters = self.env["complaint.letter"].with_company(self.company_id).sudo()
        letter = letters._guarded().create(
            {
                "kind": "assessment",
                "subject": sheet.heading,
                "body": f"{sheet.opening}\n{sheet.summary}",
                "approval_id": self.approval_id.id,
            }
        )
        self._guarded_write({"letter_id": letter.id})
        letter._issue(paper=(REPORT, self))
        letter._mark_sent(sent_how="handed_over", sent_note=self.env._("Published in the hall"))
        self._guarded_write({"name": letter.name})

    def _paper_name(self):
        """Return the name of the file that is printed."""
        return f"月度考核通报 {self.display_name}"

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering anew."""
        pdf = self.letter_id.pdf_id
        return pdf if report == self.env.ref(REPORT) else pdf.browse()

    def _note_printed(self):
        self.letter_id._note_printed()
