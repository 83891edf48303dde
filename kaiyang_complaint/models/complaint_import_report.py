import base64
import csv
import io

from odoo import api, fields, models

from ..tools.cells import SIGNS, quote


class ComplaintImportReport(models.AbstractModel):
    """Tells what became of each row of a file, on the screen, as a file and as text."""

    _name = "complaint.import.report"
    _description = "Report of an Import"

    line_ids = fields.One2many("complaint.import.line", "import_id", string="Report")
    line_count = fields.Integer(string="Rows Done", compute="_compute_results")
    taken_count = fields.Integer(string="Taken", compute="_compute_results")
    skipped_count = fields.Integer(string="Skipped", compute="_compute_results")
    wrong_count = fields.Integer(string="Wrong", compute="_compute_results")
    progress = fields.Float(compute="_compute_results")
    report = fields.Binary(string="Report as a File", compute="_compute_report")

    @api.depends("line_ids.result", "row_count")
    def _compute_results(self):
        lines = self.env["complaint.import.line"].sudo()
        groups = lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "result"], ["__count"]
        )
        counts = {(record.id, result): count for record, result, count in groups}
        for record in self:
            record.taken_count = counts.get((record.id, "taken"), 0)
            record.skipped_count = counts.get((record.id, "skipped"), 0)
            record.wrong_count = counts.get((record.id, "wrong"), 0)
            record.line_count = record.taken_count + record.skipped_count + record.wrong_count
            record.progress = 100 * record.line_count / (record.row_count or 1)

    def _compute_report(self):
        for record in self:
            record.report = base64.b64encode(record._report_csv().encode("utf-8-sig"))

    def _report_csv(self):
        """Return the report as a table that a spreadsheet program opens."""
        names = ("row", "external_ref", "result", "reason")
        lines = self.env["complaint.import.line"].search_fetch([("import_id", "=", self.id)], names)
        results = dict(lines._fields["result"]._description_selection(self.env))
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(lines._fields[name]._description_string(self.env) for name in names)
        for line in lines:
            row = (line.row, line.external_ref, results[line.result], line.reason)
            table.writerow(quote([cell or "" for cell in row], SIGNS))
        return text.getvalue()

    def action_download_report(self):
        """Download the report on each row."""
        self.ensure_one()
        name = self.env._("Report of the Import")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report/{name}.csv?download=true",
        }

    def action_open_lines(self):
        """Open the report on each row, with the result named in the context, if one is."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_import_line_action"
        )
        result = self.env.context.get("result")
        shown = {f"search_default_{result}": 1} if result else {}
        return action | {"domain": [("import_id", "=", self.id)], "context": shown}

    def _report_rows(self):
        """Return the report as lines of text: the totals, then the wrong rows with the reason."""
        rows = [
            self.env._(
                "Taken: %(taken)s. Skipped: %(skipped)s. Wrong: %(wrong)s.",
                taken=self.taken_count,
                skipped=self.skipped_count,
                wrong=self.wrong_count,
            )
        ]
        wrong = self.env["complaint.import.line"].search(
            [("import_id", "=", self.id), ("result", "=", "wrong")]
        )
        rows += [self.env._("Row %(row)s: %(reason)s", row=w.row, reason=w.reason) for w in wrong]
        return rows + ([self.error] if self.error else [])
