"""Pages of a foreign PDF that are taken over as they are drawn, because an archive takes them.

Letters stay letters and lines stay lines: such a page is sharp at any size, can be searched, and
takes no more room than it came with. What ISO 19005-3 asks of a drawing is checked here as far as
its parts show it; where anything is in doubt, the page is drawn as a picture instead.
"""

import contextlib
import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from ...tools import sheets
from . import conformity
from .conformity import NonConformingError

# Larger and smaller pages are none (ISO 19005-3, 6.1.13).
LEAST, MOST = 3, 14400
# How much a page may be enlarged, to fill its sheet.
LARGER = 2.0
CORNERS = 4
BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
FAULTS = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, IndexError)
FAULTS = (*FAULTS, RuntimeError, NotImplementedError, pikepdf.PdfError, NonConformingError)


@dataclass
class Drawing:
    """A page as it is drawn: a form of its PDF, and where it stands there (left, top)."""

    form: Stream
    left: float
    top: float
    width: float
    height: float
    letter: float = 0

    def add_to(self, pdf):
        """Put it on sheets at the end of a PDF."""
        form = pdf.copy_foreign(self.form)
        for piece in sheets.pieces(self.width, self.height, most=LARGER, letter=self.letter):
            x, y = piece.x, piece.y
            across, down = piece.width * piece.scale, piece.height * piece.scale
            # The upper left corner of the piece comes to where the piece begins.
            move_x = x - (self.left + piece.left) * piece.scale
            move_y = y + down - (self.top - piece.top) * piece.scale
            content = (
                f"q {x:.3f} {y:.3f} {across:.3f} {down:.3f} re W n "
                f"{piece.scale:.6f} 0 0 {piece.scale:.6f} {move_x:.3f} {move_y:.3f} cm /Fm Do Q"
            )
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *(round(side, 3) for side in piece.sheet)]),
                Resources=Dictionary(XObject=Dictionary(Fm=form)),
                Contents=pdf.make_stream(content.encode()),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


class Source:
    """A foreign PDF whose pages are looked at one by one."""

    def __init__(self, pdf):
        self._pdf = pdf
        self._checked = conformity.Checked()
        conformity.drop_unseen(pdf)
        self._undrawn = conformity.undrawn_pages(pdf)
        # Notes and fields become part of the page where they have a drawing of their own.
        pdf.flatten_annotations("all")
        # Fonts that are named and not used may well not be inside.
        pdf.remove_unreferenced_resources()

    def page(self, number):
        """Return a page as a drawing; nothing where it has to be drawn as a picture."""
        if number in self._undrawn:
            return None
        try:
            page = self._pdf.pages[number]
            box = Array(_box(page))
            for name in BOXES:
                page.obj[name] = box
            self._checked.assert_page(page)
            return _drawing(page.as_form_xobject())
        except FAULTS:
            return None


@contextlib.contextmanager
def source(content):
    """Open a foreign PDF, to take its pages over; nothing is given where that fails."""
    with contextlib.ExitStack() as stack:
        opened = None
        with contextlib.suppress(*FAULTS):
            opened = Source(stack.enter_context(pikepdf.open(io.BytesIO(content))))
        yield opened


def _box(page):
    """Return the part of a page that is shown (ISO 32000-1, 14.11.2).

    :raise ValueError: where that is none, or larger than a page may be
    """
    media, shown = _rectangle(page.mediabox), _rectangle(page.cropbox)
    box = [
        *(max(one, other) for one, other in zip(media[:2], shown[:2], strict=True)),
        *(min(one, other) for one, other in zip(media[2:], shown[2:], strict=True)),
    ]
    width, height = box[2] - box[0], box[3] - box[1]
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise ValueError("no page")
    return box


def _rectangle(box):
    if len(box) != CORNERS:
        raise ValueError("no rectangle")
    left, bottom, right, top = (float(side) for side in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _drawing(form):
    """Return a form with the place it takes, turned as its page is."""
    left, bottom, right, top = (float(side) for side in form.BBox)
    a, b, c, d, e, f = (float(one) for one in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    along = [b * x + d * y + f for x, y in corners]
    width, height = max(across) - min(across), max(along) - min(along)
    return Drawing(form, min(across), max(along), width, height)
