from odoo import fields, models
from odoo.tools import SQL


class ComplaintWindowReports(models.AbstractModel):
    """A window and the written reports on it (七.3)."""

    _name = "complaint.window.reports"
    _description = "Written Reports on a Window"

    written_report_ids = fields.One2many(
        "complaint.written.report", "window_id", string="Written Reports"
    )
    written_report_count = fields.Integer(compute="_compute_written_report_count")

    def _compute_written_report_count(self):
        reports = self.env["complaint.written.report"]
        rows = reports._read_group([("window_id", "in", self.ids)], ["window_id"], ["__count"])
        counts = dict(rows)
        for window in self:
            window.written_report_count = counts.get(window, 0)

    def action_open_written_reports(self):
        """Open the written reports on the window."""
        name = "kaiyang_complaint.complaint_written_report_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        return action | {"domain": [("window_id", "in", self.ids)], "context": {}, "path": False}

    def _one_at_a_time(self):
        """Let nobody else look at what counts against windows until this transaction ends.

        Two findings confirmed at once would not see each other, and no report were asked for: who
        comes second is tried again.
        """
        if self:
            ids = tuple(sorted(self.ids))
            self.env.cr.execute(
                SQL("UPDATE complaint_window SET write_date = write_date WHERE id IN %s", ids)
            )
