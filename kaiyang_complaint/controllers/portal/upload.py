import json

from odoo.addons.web.controllers.binary import Binary
from odoo.exceptions import UserError
from odoo.http import request, route


class Upload(Binary):
    """Files that are uploaded into a form."""

    @route()
    def upload_attachment(self, model, **kwargs):
        """Return why a file can't go out with a slip; Odoo itself would not say what is wrong."""
        if model == "complaint.slip":
            files = request.env["ir.attachment"]
            for upload in request.httprequest.files.getlist("ufile"):
                try:
                    files._without_metadata(upload.read(), upload.filename)
                except UserError as error:
                    return json.dumps([{"error": str(error)}])
                upload.seek(0)
        return super().upload_attachment(model, **kwargs)
