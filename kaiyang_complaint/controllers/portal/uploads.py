"""Files that come with a form of the portal."""

import base64

from odoo.exceptions import UserError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH

from ...tools.file_names import MAX_FILE_SIZE, MEGABYTE, clean_name


def max_total_size(env):
    """Return how many bytes the server takes in one request, a little left for the text."""
    limit = env["ir.config_parameter"].sudo().get_param("web.max_file_upload_size")
    return int(limit or DEFAULT_MAX_CONTENT_LENGTH) * 99 // 100


def max_file_size(env):
    """Return how many bytes one file may have."""
    return min(MAX_FILE_SIZE, max_total_size(env))


def received_files(request, field):
    """Return the files of a form as pairs of a name and base64.

    :raise UserError: naming the file that is too large
    """
    limit = max_file_size(request.env)
    pairs = []
    for file in request.httprequest.files.getlist(field):
        content = file.read(limit + 1)
        if len(content) > limit:
            raise UserError(
                request.env._(
                    "“%(name)s” is larger than %(limit)s MB. Nothing was sent.",
                    name=clean_name(file.filename),
                    limit=limit // MEGABYTE,
                )
            )
        if file.filename:
            pairs.append((file.filename, base64.b64encode(content)))
    return pairs
