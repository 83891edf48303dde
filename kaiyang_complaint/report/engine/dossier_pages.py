"""What people attached to a case, as pages of a dossier: a picture of each page on A4.

Foreign PDFs hardly ever meet the rules of an archive. A picture does; what it says is laid behind
it in letters without ink, so that it can be searched.
"""

import contextlib
import ctypes
import io
import re
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdfium2 import raw

from ...tools import bounded, budgets
from . import dossier_pictures, inkless_font
from .dossier_pictures import UnprintableError

A4 = (595.276, 841.89)
# Room for the number of the page, and for the printer.
TOP, SIDE, BOTTOM = 34, 20, 20
DPI, LEAST_DPI = 200, 100
POINTS = 72
QUALITY = 82
MOST_PAGES = 1000
MOST_LINES = 3000
PDF_START = re.compile(rb"%PDF-\d")
HEAD = 1024
UNWRITABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]")


@dataclass
class Picture:
    """A page as a picture, and its lines of text: left, top, right, bottom in its own dots."""

    image: Image.Image
    lines: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)


def write_pages(content, target):
    """Write what a file shows as PDF pages and return how many there are.

    :raise UnprintableError: where it can't be shown, with the reason
    """
    drawn = _drawn_pages(content)
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(inkless_font.font(pdf))
        for picture in drawn:
            _add_page(pdf, picture, font)
        pdf.save(target)
        return len(pdf.pages)


def assert_readable(content):
    """Draw the first page of a file, to see that it has one.

    :raise UnprintableError: where it can't be shown, with the reason
    """
    with contextlib.closing(_drawn_pages(content)) as drawn:
        next(drawn)


def _drawn_pages(content):
    """Yield the pages of a file as pictures."""
    if not content:
        raise UnprintableError("空文件")
    if PDF_START.search(content[:HEAD]):
        yield from _pdf_pages(content)
    elif dossier_pictures.is_picture(content):
        yield from map(Picture, dossier_pictures.pictures(content))
    else:
        raise UnprintableError("不能打印的格式")


# --- pages of a foreign PDF -----------------------------------------------------------------


def _pdf_pages(content):
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        raise UnprintableError("PDF文件已加密" if locked else "PDF文件已损坏") from error
    try:
        if not 0 < len(pdf) <= MOST_PAGES:
            raise UnprintableError("页数过多" if len(pdf) else "PDF文件没有页面")
        pdf.init_forms()
        for number in range(len(pdf)):
            bounded.step(budgets.PAGE_SECONDS)
            yield _drawn(pdf, number)
    # A page without width or height is none.
    except (pypdfium2.PdfiumError, ArithmeticError) as error:
        raise UnprintableError("PDF文件已损坏") from error
    finally:
        pdf.close()


def _drawn(pdf, number):
    page = pdf[number]
    try:
        width, height = page.get_size()
        sheet = dossier_pictures.sheet_for(width, height)
        scale = min(sheet[0] / width, sheet[1] / height, DPI / POINTS)
        bitmap = page.render(scale=scale)
        # A copy: the bitmap's memory belongs to the engine.
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        return Picture(image, list(_lines(page, image.size)))
    finally:
        page.close()


def _lines(page, size):
    """Yield the pieces of text of a page and where they stand on its picture."""
    text = page.get_textpage()
    try:
        for number in range(min(text.count_rects(), MOST_LINES)):
            box = text.get_rect(number)
            words = UNWRITABLE.sub(" ", text.get_text_bounded(*box)).strip()
            if words:
                yield words, _on_picture(page, size, box)
    finally:
        text.close()


def _on_picture(page, size, box):
    """Return the place of a box on the picture of its page, turned as the page is."""
    left, bottom, right, top = box
    dots = []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        dots.append((across.value, down.value))
    (x1, y1), (x2, y2) = dots
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


# --- pages of the dossier -------------------------------------------------------------------


def _add_page(pdf, picture, font):
    width, height = picture.image.size
    page_size = A4 if width <= height else A4[::-1]
    room = (page_size[0] - 2 * SIDE, page_size[1] - TOP - BOTTOM)
    scale = min(room[0] / width, room[1] / height, POINTS / LEAST_DPI)
    left = (page_size[0] - width * scale) / 2
    bottom = page_size[1] - TOP - height * scale
    content = [_inkless(line, left, bottom, height, scale) for line in picture.lines]
    content.append(
        f"q {width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {bottom:.3f} cm /Im Do Q"
    )
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 3) for side in page_size)]),
        Resources=Dictionary(XObject=Dictionary(Im=_image(pdf, picture.image))),
        Contents=pdf.make_stream("\n".join(content).encode()),
    )
    if picture.lines:
        page.Resources.Font = Dictionary(F=font)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _inkless(line, left, bottom, height, scale):
    """Write a line of text without ink, as wide and as tall as it is on the picture."""
    words, (x1, y1, x2, y2) = line
    size = max((y2 - y1) * scale, 1)
    stretch = (x2 - x1) * scale * 100 / (len(words) * size * inkless_font.WIDTH / 1000)
    x, y = left + x1 * scale, bottom + (height - y2) * scale
    return (
        f"BT 3 Tr /F {size:.2f} Tf {max(stretch, 1):.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm"
        f" <{words.encode('utf-16-be').hex()}> Tj ET"
    )


def _image(pdf, image):
    if image.mode == "RGB" and _is_grey(image):
        image = image.convert("L")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=QUALITY, optimize=True)
    return pdf.make_stream(
        content.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )


def _is_grey(image):
    red, green, blue = (channel.tobytes() for channel in image.split())
    return red == green == blue
