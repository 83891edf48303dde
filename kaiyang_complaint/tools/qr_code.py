"""QR codes drawn into a page or a paper: no other program, and no address, learns what they hold.

``/report/barcode`` would write it into the log of the server.
"""

from markupsafe import Markup
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # the white edge that a reader needs, in modules (ISO/IEC 18004)
SVG = Markup(
    '<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
    'aria-label="{label}" shape-rendering="crispEdges">'
    '<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
)


def draw(text, label):
    """Return a text as a QR code of medium correction, in SVG.

    :param label: what the picture is, for those who don't see it
    >>> draw("https://a.example/complaint/track", "<x>")[:76]
    Markup('<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37" role=')
    >>> "&lt;x&gt;" in draw("a", "<x>")
    True
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    modules = code.get_matrix()
    path = "".join(
        f"M{start + QUIET} {row + QUIET}h{length}v1h-{length}z"
        for row, cells in enumerate(modules)
        for start, length in _runs(cells)
    )
    return SVG.format(size=len(modules) + 2 * QUIET, label=label, path=path)


def _runs(cells):
    """Yield where the dark modules of a row begin, and how many stand side by side.

    >>> list(_runs([True, True, False, True]))
    [(0, 2), (3, 1)]
    """
    start = None
    for place, dark in enumerate([*cells, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
