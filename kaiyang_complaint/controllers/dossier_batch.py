"""The dossiers of a batch, on paper in one go."""

from contextlib import ExitStack
from io import BytesIO
from tempfile import TemporaryFile

from odoo import http
from odoo.http import content_disposition, request, route
from werkzeug.wsgi import wrap_file

from ..report import bound_pdf


class DossierBatchPrint(http.Controller):
    """Sends one PDF of many dossiers, bound from the files the archive keeps."""

    @route("/complaint/archive/batch/<int:batch_id>.pdf", type="http", auth="user", methods=["GET"])
    def print_batch(self, batch_id):
        """Send the PDF of a batch to those who may read the batch, and each dossier of it."""
        batch = request.env["complaint.dossier.batch"].search([("id", "=", batch_id)])
        if not batch:
            raise request.not_found()
        files = batch._printed().sudo().attachment_id
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(f"{batch.display_name}.pdf")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        with ExitStack() as stack:
            bound = stack.enter_context(TemporaryFile(prefix="dossiers-"))
            bound_pdf.bind(map(self._source, files), bound)
            bound.seek(0)
            body = wrap_file(request.httprequest.environ, bound)
            response = request.make_response(body, headers)
            response.direct_passthrough = True
            response.call_on_close(stack.pop_all().close)
        return response

    def _source(self, file):
        """Return where a kept PDF is read from: its path, or what a database keeps of it."""
        return file._full_path(file.store_fname) if file.store_fname else BytesIO(file.raw)
