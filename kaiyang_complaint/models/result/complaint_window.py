from odoo import fields, models
from odoo.tools import SQL

from .complaint_award_exclusion_mixin import ASKERS_ONLY, OF_MONTH


class ComplaintWindow(models.Model):
    """A window in the results: bars from awards, written reports (七.3)."""

    _name = "complaint.window"
    _inherit = ["complaint.window", "complaint.award.exclusion.mixin"]

    _bar_link = "window_id"
    _award_titles = OF_MONTH
    bar_ids = fields.One2many(
        "complaint.bar", "window_id", string="Bars", readonly=True, groups=ASKERS_ONLY
    )
    written_report_ids = fields.One2many(
        "complaint.written.report", "window_id", string="Written Reports"
    )
    written_report_count = fields.Integer(compute="_compute_written_report_count")

    # --- written reports --------------------------------------------------------------------------

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
        """Lock the counts of windows until the end of the transaction.

        Two findings confirmed at once would not see each other, and no report were asked for: who
        comes second is tried again.
        """
        if self:
            ids = tuple(sorted(self.ids))
            self.env.cr.execute(
                SQL("UPDATE complaint_window SET write_date = write_date WHERE id IN %s", ids)
            )
