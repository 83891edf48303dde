from odoo import models


class ComplaintDayReports(models.AbstractModel):
    """What waits at the desk of written reports (七.3)."""

    _name = "complaint.day.reports"
    _description = "Day: Written Reports"

    def _heaps_of_reports(self):
        shown = {
            "model": "complaint.written.report",
            "action": "kaiyang_complaint.complaint_written_report_action",
        }
        waiting = ("state", "in", ("asked", "returned"))
        late = [waiting, ("due_status", "=", "overdue")]
        unasked = [("state", "=", "draft"), ("letter_id.state", "in", (False, "draft"))]
        check = [("state", "=", "submitted")]
        labels = {
            "reports_late": (self.env._("Written reports overdue"), "danger", late),
            "reports_unasked": (self.env._("Written reports to ask for"), "warning", unasked),
            "reports": (self.env._("Written reports to check"), "info", check),
        }
        return [self._heap(key, *heap, shown) for key, heap in labels.items()]
