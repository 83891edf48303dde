"""What the archive hands out in one go: the dossiers of a batch, the catalogue of a year."""

from functools import partial
from io import BytesIO

from odoo import http
from odoo.http import request, route

from ...models.archive.volume_watch import found
from ...report.archive.dossier_catalogue import Catalogue
from ...report.engine import bound_pdf
from .spooled import XLSX, spooled


class DossierArchive(http.Controller):
    """Sends files that are made on disk and go away with the answer: memory holds none of them."""

    @route("/complaint/archive/batch/<int:batch_id>", type="http", auth="user", methods=["GET"])
    def print_batch(self, batch_id):
        """Send the dossiers of a batch to those who may read the batch, and each of them.

        They come as one PDF; what is too large for that, as a zip archive of several.
        """
        batch = self._own("complaint.dossier.batch", batch_id)
        files = batch._printed().sudo().attachment_id
        grouped = bound_pdf.parts([(self._source(file), file.file_size) for file in files])
        if len(grouped) == 1:
            name, mimetype = f"卷宗 {batch.display_name}.pdf", "application/pdf"
            return spooled(partial(bound_pdf.bind, grouped[0]), name, mimetype)
        name, mimetype = f"卷宗 {batch.display_name}.zip", "application/zip"
        return spooled(partial(bound_pdf.bind_parts, grouped), name, mimetype)

    @route(
        "/complaint/archive/catalogue/<int:wizard_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def catalogue(self, wizard_id):
        """Send the catalogue of a year, of the dossiers that the user may read."""
        wizard = self._own("complaint.dossier.catalogue", wizard_id)
        title = f"{wizard.company_id._complaint_title()} {wizard.year}"
        dossiers = wizard._dossiers()
        return spooled(Catalogue(title, dossiers).save, f"案卷目录 {wizard.year}.xlsx", XLSX)

    @route(
        "/complaint/archive/volume/<int:dossier_id>/examine",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def examine(self, dossier_id):
        """Send a volume as it is now, changed or not, to those who keep it."""
        dossier = self._own("complaint.dossier", dossier_id)
        dossier.check_access("write")
        file = dossier.sudo().attachment_id
        if found(dossier)[0] == "missing":
            raise dossier._altered_page()
        stream = file._to_http_stream()
        stream.download_name = f"待查 {file.name}"
        response = stream.get_response(as_attachment=True, max_age=None)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _own(self, model, record_id):
        """Return a record that the user may read; there is no other."""
        record = request.env[model].search([("id", "=", record_id)])
        if not record:
            raise request.not_found()
        return record

    def _source(self, file):
        """Return where a kept PDF is read from: its path, or what a database keeps of it."""
        return file._full_path(file.store_fname) if file.store_fname else BytesIO(file.raw)
