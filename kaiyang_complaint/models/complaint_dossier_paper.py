import hashlib
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo import models
from odoo.exceptions import UserError

from ..report import dossier_binding, paper, pdfa
from ..report.dossier_binding import File
from ..report.dossier_drawing import Drawing
from ..report.dossier_pictures import UnprintableError
from ..report.dossier_sheet import SECTIONS, DossierSheet, Row
from ..tools.file_names import clean_name

CHINESE = "zh_CN"
UNKNOWN = "application/octet-stream"
REPORT = "kaiyang_complaint.report_dossier"


class ComplaintDossierPaper(models.AbstractModel):
    """A dossier on paper: cover, catalogue, the papers themselves, 备考表 (GB/T 9705)."""

    _name = "complaint.dossier.paper"
    _description = "Dossier on Paper"

    def _paper_pdf(self):
        """Return the PDF of the whole dossier; its items learn their pages and hashes.

        Of an archived dossier that is the file that was archived. Who may read a dossier gets all
        of it, whatever paper or file its items came from.

        :raise UserError: naming the paper that can't be printed, or what no archive would take
        """
        self.ensure_one()
        self.check_access("read")
        dossier = self.sudo()._in_chinese()
        if dossier.state == "archived":
            return dossier.attachment_id.raw
        with TemporaryDirectory(prefix="dossier-") as folder:
            target = Path(folder) / "dossier.pdf"
            dossier._bind(Path(folder), target)
            return target.read_bytes()

    def _in_chinese(self):
        """Return the dossier as it is filed, whatever language its compiler works in."""
        installed = self.env["res.lang"]._get_data(code=CHINESE)
        return self.with_context(lang=CHINESE) if installed else self

    def _bind(self, folder, target):
        rows = self._rows(folder)
        self._note_rows(rows)
        values = {"sheet": DossierSheet(self, rows)}
        frame = paper.write_pdf(str(self.env["ir.qweb"]._render(REPORT, values)))
        dossier_binding.bind(frame, rows, target)
        flaws = pdfa.flaws(target)
        if flaws:
            raise UserError(
                self.env._("This is no PDF that an archive takes:\n%s", "\n".join(flaws))
            )

    def _note_rows(self, rows):
        """Put down on the items where they are, and by what they are recognised."""
        for row in rows:
            vals = {
                "page_from": row.page_from if row.page_count else 0,
                "page_count": row.page_count,
                "sha256": row.sha256,
                "is_embedded": not row.page_count,
                "file_only_reason": row.reason,
            }
            item = row.item
            if any((item[name] or "") != (value or "") for name, value in vals.items()):
                item._guarded_write(vals)

    def _files_only(self):
        """Say which papers could not be printed and stay files, and why; nothing where all were."""
        named = [
            f"“{item.title}” ({item.file_only_reason})"
            for item in self.item_ids
            if item.file_only_reason and not item.left_out
        ]
        files = "、".join(named)
        return (
            self.env._("Kept as files, because they can't be printed: %s.", files) if files else ""
        )

    # --- its papers and files ---------------------------------------------------------------

    def _rows(self, folder):
        """Return the rows of the catalogue; the papers and files themselves wait on disk."""
        items = self.item_ids.filtered(lambda item: not item.left_out)
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
            pages = self._pages(item, file.content, path.with_suffix(".pages"), drawing)
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

    def _pages(self, item, content, target, drawing):
        """Return a PDF of the pages: of our own papers as they are, of all else as pictures."""
        if self._is_own(item) and not pdfa.flaws(io.BytesIO(content)):
            return io.BytesIO(content)
        drawing.write_pages(content, target)
        return target

    def _is_own(self, item):
        """Tell whether we made this PDF ourselves: printed now, or kept when a letter left."""
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
