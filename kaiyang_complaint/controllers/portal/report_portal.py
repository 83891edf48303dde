"""Written reports on the pages of the chief representatives: read, write, submit, print (七.3)."""

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request, route

from ...tools.written_reports import WAITING, WRITTEN
from .slip_portal import SlipPortal
from .uploads import max_file_size, max_total_size, received_files

TODO = Domain("state", "in", WAITING)
# The pages get values and no records: what is not named here can't slip through a template.
ROW = (
    "display_name",
    "state",
    "window_id",
    "unit_id",
    "period",
    "asked_at",
    "due_at",
    "remaining_days",
    "due_status",
)
SHEET = (
    *ROW,
    *WRITTEN,
    "upheld_count",
    "conduct_names",
    "submitted_at",
    "is_late",
    "return_reason",
    "received_at",
    "withdraw_reason",
)


class ReportPortal(SlipPortal):
    """What a representative sees and does of the written reports asked of their unit."""

    _reports_shown = 80

    def _prepare_home_portal_values(self, counters):
        """Count the reports to write, for the card that only representatives see."""
        values = super()._prepare_home_portal_values(counters)
        if self._is_representative() and (not counters or "complaint_report_count" in counters):
            reports = request.env["complaint.written.report"]
            values["complaint_report_count"] = reports.search_count(TODO)
        return values

    # --- the pages -------------------------------------------------------------------------------

    @route("/my/reports", type="http", auth="user", website=True)
    def portal_my_reports(self, notice=None, **_kw):
        """List what was asked of the unit: what waits comes first."""
        if not self._is_representative():
            return request.redirect("/my")
        reports = request.env["complaint.written.report"]
        waiting = reports.search(TODO, order="due_at, id")
        others = reports.search(~TODO, limit=self._reports_shown)
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "complaint_reports",
            "rows": self._report_rows(waiting + others),
            "notice": self._report_notice(notice),
        }
        return request.render("kaiyang_complaint.portal_my_reports", values)

    def _report_rows(self, reports, names=ROW):
        """Return what the pages show of reports: values the user may read, made presentable."""
        labels = dict(reports._fields["state"]._description_selection(request.env))
        rows = reports.read(names)
        for report, row in zip(reports, rows, strict=True):
            row["label"] = labels[report.state]
            row["waits"] = report.state in WAITING
            row["tz"] = report.company_id.complaint_tz
            row["centre"] = report.company_id.sudo()._complaint_title()
            row["urgency"], row["remaining"] = self._report_urgency(row)
        return rows

    def _report_urgency(self, row):
        """Return status and text of a pending report against its limit, as slips do."""
        state = "received" if row["waits"] else "accepted"
        return self._urgency({**row, "state": state})

    def _report_notice(self, code):
        notices = {
            "saved": request.env._("Saved. Nothing was sent yet."),
            "submitted": request.env._("The report was sent to the complaint room."),
            "unknown": request.env._("This report does not exist, or it is not your unit's."),
        }
        return notices.get(code)

    @route("/my/reports/<int:report_id>", type="http", auth="user", website=True)
    def portal_my_report(self, report_id, notice=None, **_kw):
        """Show a report: what is asked, what is written, what became of it."""
        report = self._find_report(report_id)
        if not report:
            return self._no_such_report()
        return self._render_report(report, notice=self._report_notice(notice))

    def _find_report(self, report_id):
        """Return a report among those the user may see: unknown and foreign are the same."""
        reports = request.env["complaint.written.report"]
        return reports.search([("id", "=", report_id)]) if self._is_representative() else reports

    def _no_such_report(self):
        return request.redirect("/my/reports?notice=unknown")

    def _render_report(self, report, typed=None, error=None, notice=None):
        """Render a report; after an error with everything that was typed."""
        [row] = self._report_rows(report, SHEET)
        files = report._files_for_unit()
        page = {
            **self._prepare_portal_layout_values(),
            "page_name": "complaint_report",
            "report": row,
            "typed": typed or row,
            "error": error,
            "notice": notice,
            "files": [
                {"id": file.id, "name": file.name, "loose": not file.complaint_frozen}
                for file in files
            ],
            "has_letter": bool(report._letter_paper()),
            "max_file_size": max_file_size(request.env),
            "max_total_size": max_total_size(request.env),
        }
        status = 422 if error else 200
        return request.render("kaiyang_complaint.portal_my_report", page, status=status)

    # --- papers and files ------------------------------------------------------------------------

    @route("/my/reports/<int:report_id>/print", type="http", auth="user", website=True)
    def portal_report_print(self, report_id, **_kw):
        """Download a report as it is addressed to the centre and to the own unit."""
        report = self._find_report(report_id)
        if not report or report.state == "withdrawn":
            return self._no_such_report()
        # The routes of reports are for the desk; whether the user may see it was asked above.
        reports = request.env["ir.actions.report"].sudo()
        name = "kaiyang_complaint.report_written_report"
        content = reports._render_qweb_pdf(name, report.ids)[0]
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"书面说明 {report.display_name}.pdf")),
        ]
        return request.make_response(content, headers)

    @route("/my/reports/<int:report_id>/letter", type="http", auth="user", website=True)
    def portal_report_letter(self, report_id, **_kw):
        """Download the letter that asks for the report."""
        report = self._find_report(report_id)
        return self._download(report and report._letter_paper())

    @route("/my/reports/<int:report_id>/file/<int:file_id>", type="http", auth="user", website=True)
    def portal_report_file(self, report_id, file_id, **_kw):
        """Download a file that hangs on a report the user may see."""
        report = self._find_report(report_id)
        files = report and report._files_for_unit()
        return self._download(files and files.filtered(lambda file: file.id == file_id))

    def _download(self, file):
        if not file:
            return self._no_such_report()
        stream = request.env["ir.binary"]._get_stream_from(file)
        return stream.get_response(as_attachment=True)

    # --- acts ------------------------------------------------------------------------------------

    @route(
        "/my/reports/<int:report_id>/write",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_report_write(self, report_id, act="save", **typed):
        """Keep a draft or submit it. Where it is refused nothing changes, and nothing is lost."""
        report = self._find_report(report_id)
        if not report:
            return self._no_such_report()
        try:
            with request.env.cr.savepoint():
                notice = self._write_report(report, act, typed)
        except UserError as error:
            return self._render_report(report, typed=typed, error=str(error))
        return request.redirect(f"/my/reports/{report_id}?notice={notice}")

    def _write_report(self, report, act, typed):
        """Save or submit the text; return the code of the message to show."""
        values = {name: typed.get(name) for name in WRITTEN}
        values["attachments"] = received_files(request, "attachments")
        removed = request.httprequest.form.getlist("removed")
        values["removed"] = [int(file_id) for file_id in removed if file_id.isdigit()]
        if act == "submit":
            if not typed.get("sure"):
                raise UserError(
                    request.env._("Confirm that the report is complete. Nothing was sent.")
                )
            report.action_submit(values)
            return "submitted"
        report.action_save_draft(values)
        return "saved"
