import hashlib
import io

from odoo.exceptions import UserError

from ...report.archive.dossier_drawing import Drawing
from ...report.archive.dossier_sheet import SECTIONS, Row
from ...report.engine import dossier_binding, pdfa
from ...report.engine.dossier_binding import File
from ...report.engine.dossier_pictures import UnprintableError
from ...tools.file_names import clean_name

UNKNOWN = "application/octet-stream"


class BoundPapers:
    """The papers and files of a dossier, as its PDF is bound from them.

    :param dossier: the dossier, as the procedure reads it
    """

    def __init__(self, dossier):
        self.dossier, self.env = dossier, dossier.env

    def rows(self, folder):
        """Return the rows of the catalogue; the papers and files themselves wait on disk."""
        items = self.dossier.item_ids.filtered(lambda item: not item.left_out)
        items = items.sorted(lambda item: (item.sequence, item.id))
        printed, rows, page = self._printed_papers(items), [], 1
        with Drawing() as drawing:
            for number, item in enumerate(items, 1):
                file = self._file_of(item, printed.pop(item.id, None))
                file.name = f"{number:03d} {file.name}"
                row = self._row(item, file, folder / f"{number}.pdf", drawing)
                row.number, row.page_from = number, page
                rows.append(row)
                page += row.page_count
        return rows

    def _file_of(self, item, printed):
        """Return what an item consists of: the PDF that was printed, or the file."""
        if printed:
            name = clean_name(item.title.replace("/", "／"))
            return File(f"{name}.pdf", printed, "application/pdf")
        kept = item.attachment_id
        content = kept.raw or b""
        # One at a time: the cache would keep them all.
        kept.invalidate_recordset(["raw", "datas"])
        return File(clean_name(kept.name), content, kept.mimetype or UNKNOWN)

    def _row(self, item, file, path, drawing):
        reason, pages = "", None
        try:
            pages = self._pages(item, file, path.with_suffix(".pages"), drawing)
        except UnprintableError as error:
            reason = str(error)
        return Row(
            path=path,
            title=item.title,
            section=SECTIONS[item.section],
            page_count=dossier_binding.write_part(path, file, pages),
            item=item,
            file_name=file.name,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            reason=reason,
        )

    def _pages(self, item, file, target, drawing):
        """Return a PDF of the pages: of our own papers as they are, of all else as it is drawn."""
        if self._is_own(item) and not pdfa.flaws(io.BytesIO(file.content)):
            return io.BytesIO(file.content)
        drawing.write_pages(file.content, target, file.name)
        return target

    def _is_own(self, item):
        """Return whether we made this PDF ourselves: printed now, or kept when a letter left."""
        file = item.attachment_id
        if not file or file.res_model != "complaint.letter":
            return bool(item.report_id)
        return self.env["complaint.letter"].browse(file.res_id).exists().pdf_id == file

    def _printed_papers(self, items):
        """Return the PDFs of what is printed from records, by the ids of the items.

        :raise UserError: naming the paper that can't be printed
        """
        printed = {}
        for report, papers in items.filtered("report_id").grouped("report_id").items():
            try:
                streams = report._render_qweb_pdf_prepare_streams(
                    report.report_name, {}, papers.mapped("res_id")
                )
            except UserError as error:
                raise UserError(
                    self.env._(
                        "“%(paper)s” can't be printed: %(reason)s",
                        paper=papers[:1].title,
                        reason=error,
                    )
                ) from error
            for item in papers:
                printed[item.id] = streams[item.res_id]["stream"].getvalue()
        return printed
