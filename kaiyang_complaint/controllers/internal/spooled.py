"""Files that are made on disk and go away with the answer: memory holds none of them."""

from contextlib import ExitStack
from tempfile import TemporaryFile

from odoo.http import content_disposition, request
from werkzeug.wsgi import wrap_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spooled(write, name, mimetype):
    """Return the response that streams a temporary file."""
    headers = [
        ("Content-Type", mimetype),
        ("Content-Disposition", content_disposition(name)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
    with ExitStack() as stack:
        target = stack.enter_context(TemporaryFile(prefix="complaint-"))
        write(target)
        target.seek(0)
        body = wrap_file(request.httprequest.environ, target)
        response = request.make_response(body, headers)
        response.direct_passthrough = True
        response.call_on_close(stack.pop_all().close)
    return response
