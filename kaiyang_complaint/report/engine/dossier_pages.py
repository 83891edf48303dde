"""What people attached to a case, as pages of a dossier.

Pages of a foreign PDF whose drawing meets the rules of an archive stay as they are. Of all else a
picture is taken; what it says is laid behind it in letters without ink, so that it can be searched.
"""

import contextlib
import ctypes
import io
import math
import re
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdfium2 import raw

from ...tools import bounded, budgets, sheets
from . import dossier_pictures, foreign_page, inkless_font
from .dossier_pictures import UnprintableError

DPI, LEAST_DPI = 200, 100
POINTS = 72
QUALITY = 82
MOST_PAGES = 1000
MOST_LINES = 3000
# A strip or a large sheet is drawn as fine as this many dots allow.
MOST_DOTS = 60_000_000
# A page that is taken over is drawn this long: what takes hours does so at any size.
SMALL_DOTS = 200
# A page of which so many lines in a hundred are smaller has small letters.
SMALL = 10
# Points: only a page that is longer may be reduced so far that its letters are too small.
LARGE = 1200
PDF_START = re.compile(rb"%PDF-\d")
HEAD = 1024
UNWRITABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Picture:
    """A page as a picture, its lines of text, and the pieces in which it stands on sheets.

    All in its own dots; of a line: left, top, right, bottom.
    """

    image: Image.Image
    lines: list[tuple[str, tuple[float, float, float, float]]]
    pieces: list[sheets.Piece]


def _photo(image):
    """Return a picture that somebody took or scanned, no larger than its dots allow."""
    least = POINTS / LEAST_DPI
    return Picture(image, [], sheets.pieces(*image.size, most=least, natural=least))


def write_pages(content, target):
    """Write what a file shows as PDF pages and return how many there are.

    :raise UnprintableError: where it can't be shown, with the reason
    """
    drawn = _drawn_pages(content)
    with pikepdf.new() as pdf:
        font = inkless_font.InklessFont(pdf)
        for page in drawn:
            if isinstance(page, foreign_page.Drawing):
                page.add_to(pdf)
            else:
                _add_pages(pdf, page, font)
        font.finish()
        pdf.save(target)
        return len(pdf.pages)


def assert_readable(content):
    """Draw the first page of a file, to see that it has one.

    :raise UnprintableError: where it can't be shown, with the reason
    """
    with contextlib.closing(_drawn_pages(content)) as drawn:
        next(drawn)


def _drawn_pages(content):
    """Yield the pages of a file, as pictures or as drawings that are taken over."""
    if not content:
        raise UnprintableError("空文件")
    if PDF_START.search(content[:HEAD]):
        yield from _pdf_pages(content)
    elif dossier_pictures.is_picture(content):
        yield from map(_photo, dossier_pictures.pictures(content))
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
        _assert_has_pages(pdf)
        with foreign_page.source(content) as source:
            for number in range(len(pdf)):
                bounded.step(budgets.PAGE_SECONDS)
                yield _taken_over(source, pdf, number) or _drawn(pdf, number)
    # A page without width or height is none.
    except (pypdfium2.PdfiumError, ArithmeticError) as error:
        raise UnprintableError("PDF文件已损坏") from error
    finally:
        pdf.close()


def _assert_has_pages(pdf):
    """Refuse what has no pages, or says on its only page that another program would fill it."""
    if not 0 < len(pdf) <= MOST_PAGES:
        raise UnprintableError("页数过多" if len(pdf) else "PDF文件没有页面")
    form = pdf.get_formtype()
    if form == raw.FORMTYPE_XFA_FULL:
        raise UnprintableError("PDF为动态表单（XFA），页面上没有内容")
    if form != raw.FORMTYPE_NONE:
        pdf.init_forms()


def _taken_over(source, pdf, number):
    """Return a page as it is drawn, once it was drawn small in its time; nothing if it can't be."""
    drawing = source and source.page(number)
    if drawing:
        page = pdf[number]
        page.render(scale=min(1, SMALL_DOTS / max(drawing.width, drawing.height))).close()
        drawing.letter = _small_letter(page, drawing.width, drawing.height)
        page.close()
    return drawing


def _drawn(pdf, number):
    page = pdf[number]
    try:
        width, height = _size(page)
        letter = _small_letter(page, width, height)
        pieces = sheets.pieces(width, height, most=foreign_page.LARGER, letter=letter)
        scale = pieces[0].scale * DPI / POINTS
        bitmap = page.render(scale=min(scale, math.sqrt(MOST_DOTS / (width * height))))
        # A copy: the bitmap's memory belongs to the engine.
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        dots = image.width / width, image.height / height
        return Picture(
            image, list(_lines(page, image.size)), [one.in_dots(*dots) for one in pieces]
        )
    finally:
        page.close()


def _small_letter(page, width, height):
    """Return how tall the small letters of a large page are; 0 of a page that is not reduced."""
    if max(width, height) < LARGE:
        return 0
    text = page.get_textpage()
    try:
        boxes = map(text.get_rect, range(min(text.count_rects(), MOST_LINES)))
        # A line that runs along the page is narrow instead of low.
        tall = sorted(min(right - left, top - bottom) for left, bottom, right, top in boxes)
        return tall[len(tall) * SMALL // 100] if tall else 0
    finally:
        text.close()


def _size(page):
    """Return width and height of a page; where what it shows lies outside of it, of all of it."""
    if not all(page.get_size()):
        page.set_cropbox(*page.get_mediabox())
    return page.get_size()


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


def _add_pages(pdf, picture, font):
    for piece in picture.pieces:
        _add_page(pdf, picture, piece, font)


def _add_page(pdf, picture, piece, font):
    right, bottom = piece.left + piece.width, piece.top + piece.height
    image = picture.image
    if (piece.width, piece.height) != image.size:
        image = image.crop(tuple(map(round, (piece.left, piece.top, right, bottom))))
    lines = [
        (words, (x1 - piece.left, y1 - piece.top, x2 - piece.left, y2 - piece.top))
        for words, (x1, y1, x2, y2) in picture.lines
        if x1 < right and x2 > piece.left and y1 < bottom and y2 > piece.top
    ]
    width, height = piece.width * piece.scale, piece.height * piece.scale
    content = [_inkless(line, piece, font) for line in lines]
    content.append(f"q {width:.3f} 0 0 {height:.3f} {piece.x:.3f} {piece.y:.3f} cm /Im Do Q")
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 3) for side in piece.sheet)]),
        Resources=Dictionary(XObject=Dictionary(Im=_image(pdf, image))),
        Contents=pdf.make_stream("\n".join(content).encode()),
    )
    if lines:
        page.Resources.Font = Dictionary(F=font.object)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _inkless(line, piece, font):
    """Write a line of text without ink, as wide and as tall as it is on the picture."""
    words, (x1, y1, x2, y2) = line
    size = max((y2 - y1) * piece.scale, 1)
    stretch = (x2 - x1) * piece.scale * 100 / (len(words) * size * inkless_font.WIDTH / 1000)
    x, y = piece.x + x1 * piece.scale, piece.y + (piece.height - y2) * piece.scale
    return (
        f"BT 3 Tr /F {size:.2f} Tf {max(stretch, 1):.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm"
        f" <{font.codes(words).hex()}> Tj ET"
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
