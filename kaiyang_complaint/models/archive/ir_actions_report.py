import io

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...report.engine import paper
from .rare_characters import with_chinese_font


class IrActionsReport(models.Model):
    """Reports on paper: rendered by WeasyPrint in this process, whatever else is installed.

    Their template puts each record into an ``<article data-oe-id="…">`` (``paper_layout``). Asked
    for no record they print the blank form, for the pen.
    """

    _inherit = "ir.actions.report"

    paper_engine = fields.Selection(
        [("weasyprint", "WeasyPrint")],
        string="PDF Engine",
        help="Renders the PDF with page numbers, headers and Chinese fonts, without wkhtmltopdf.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"paper_engine"}

    def report_action(self, docids, data=None, config=True):
        """Let the web client know the engine; our papers have no layout to configure first."""
        config = config and not self.paper_engine
        action = super().report_action(docids, data=data, config=config)
        if self.paper_engine:
            action["paper_engine"] = self.paper_engine
        return action

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Print in tests too: Odoo refrains there only for want of workers for wkhtmltopdf."""
        forced = bool(self._get_report(report_ref).paper_engine)
        reports = self.with_context(force_report_rendering=True) if forced else self
        return super(IrActionsReport, reports)._pre_render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.paper_engine:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        data = dict(data or {}, report_type="pdf")
        res_ids = None if data.get("blank") else res_ids or self._active_ids(report)
        if not res_ids:
            html = self._render_qweb_html(report, [], data=data)[0]
            return {False: {"stream": self._paper_stream(html.decode()), "attachment": None}}
        self._assert_may_print(report, res_ids)
        return self._paper_streams(report, data, self._chosen_for(report, res_ids))

    def _chosen_for(self, report, res_ids):
        """Return the records of a choice that a report is for; all of them where it is for none.

        Odoo offers it where it is for one of them at least.
        """
        records = self.env[report.model].browse(dict.fromkeys(res_ids))
        paper_model = self._get_rendering_context_model(report)
        if not isinstance(paper_model, self.pool["complaint.paper"]):
            return records.ids
        return (paper_model._meant_for(records) or records).ids

    def _active_ids(self, report):
        """Return the records of the view: the client names no others to a report with options."""
        if self.env.context.get("active_model") != report.model:
            return []
        return self.env.context.get("active_ids") or []

    def _paper_streams(self, report, data, res_ids):
        """Return a stream a record; what was kept as an attachment is not rendered again.

        :raise UserError: where the template does not give each record its document
        """
        records = self.env[report.model].browse(res_ids)
        streams = {record.id: self._kept_paper(report, record) for record in records}
        missing = [res_id for res_id in res_ids if not streams[res_id]["stream"]]
        if not missing:
            return streams
        html = self._render_qweb_html(report, missing, data=data)[0]
        documents = dict(paper.split_documents(html))
        if documents.keys() != set(missing):
            raise UserError(
                self.env._("The template of “%s” must put each record in an article.", report.name)
            )
        for res_id, document in documents.items():
            streams[res_id]["stream"] = self._paper_stream(document)
        return streams

    @api.model
    def _paper_stream(self, html):
        with with_chinese_font(self.env):
            return io.BytesIO(paper.write_pdf(html))

    def _kept_paper(self, report, record):
        """Return the attachment that a report kept of a record, as a stream where it is reused.

        A dossier is bound from its papers instead of rendered; an archived one is as it was.
        """
        if report == self.env.ref("kaiyang_complaint.report_dossier", raise_if_not_found=False):
            return {"stream": io.BytesIO(record._paper_pdf()), "attachment": None}
        frozen = record._frozen_paper(report) if hasattr(record, "_frozen_paper") else None
        if frozen:
            record._note_printed()
            return {"stream": io.BytesIO(frozen.sudo().raw), "attachment": frozen}
        keeps = report.attachment and not self.env.context.get("report_pdf_no_attachment")
        attachment = report.retrieve_attachment(record) if keeps else None
        reuse = attachment and report.attachment_use
        return {
            "stream": io.BytesIO(attachment.raw) if reuse else None,
            "attachment": attachment,
        }

    def _get_rendering_context(self, report, docids, data):
        if report.paper_engine:
            self._assert_may_print(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _assert_may_print(self, report, docids):
        """Hold the routes of reports to the groups of the report and to the rights on the records.

        :raise AccessError: where the user has neither the groups nor the right to read
        """
        if self.env.su:
            return
        if report.group_ids and not report.group_ids & self.env.user.all_group_ids:
            raise AccessError(self.env._("You are not allowed to print “%s”.", report.name))
        self.env[report.model].browse(docids or []).check_access("read")
