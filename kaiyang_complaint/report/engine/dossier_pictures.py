"""Pictures that people attach, of any kind and size, as pictures a page of the archive can hold."""

import io
import math
import warnings

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from ...tools import bounded, budgets, sheets


class UnprintableError(Exception):
    """A file that can't be converted to pages, with the reason as the dossier prints it."""


class _Tiff(TiffImagePlugin.TiffImageFile):
    """A TIFF that opens at sizes which Pillow takes for an attack: ours are weighed before."""

    def load_prepare(self):
        if self._im is None:
            self.im = Image.core.new(self.mode, self._tile_size)
        return super().load_prepare()


# Tried in this order, and no others: some of Pillow's call other programs.
KINDS = (
    (JpegImagePlugin.JpegImageFile, b"\xff\xd8\xff"),
    (PngImagePlugin.PngImageFile, b"\x89PNG\r\n\x1a\n"),
    (_Tiff, b"II"),
    (_Tiff, b"MM"),
    (GifImagePlugin.GifImageFile, b"GIF8"),
    (WebPImagePlugin.WebPImageFile, b"RIFF"),
    (BmpImagePlugin.BmpImageFile, b"BM"),
    (Jpeg2KImagePlugin.Jpeg2KImageFile, b"\x00\x00\x00\x0cjP"),
)
# How a picture that was transferred as a whole ends; a film may follow it (live photos).
ENDS = {b"\xff\xd8\xff": b"\xff\xd9", b"\x89PNG\r\n\x1a\n": b"IEND"}
# What opens the dots of a JPEG; the end of its thumbnail comes before.
SCAN, LENGTH = 0xDA, 2
# A4 at 200 dpi: what a scanner of the office makes of a sheet. The longer side comes second.
SHEET = (1654, 2339)
# What scanners put into a number: 8, 10, 12, 14 or 16 bits. Shades of grey in parts of one: 1.0.
RANGES = (1.0, 255, 1023, 4095, 16383, 65535)
MOST_FRAMES = 500
# A scan of 20,000 x 20,000 in shades of grey still opens; nothing takes a worker's memory.
MOST_BYTES = 450_000_000
BYTES_A_DOT = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
MOST_BYTES_A_DOT = 4
# What such a JPEG keeps of each dot of its full size until the last one is read.
PROGRESSIVE_BYTES = 3
BAND_ROWS = 32
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def is_picture(content):
    """Return by its first bytes whether a file is a picture that can be drawn."""
    return any(content.startswith(start) for _kind, start in KINDS)


def pictures(content):
    """Yield the pictures in a file, upright, in colours or grey, and no larger than a sheet.

    :raise UnprintableError: where the file is broken, or takes more memory than it is worth
    """
    try:
        picture = _quietly(_opened, content)
        frames = getattr(picture, "n_frames", 1) if _is_tiff(picture) else 1
        if frames > MOST_FRAMES:
            raise UnprintableError("页数过多")
        for number in range(frames):
            bounded.step(budgets.PAGE_SECONDS)
            if number:
                picture.seek(number)
            yield _quietly(_reduced, picture)
    except UnprintableError:
        raise
    # Decoders of strangers' files fail in more ways than they tell.
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise UnprintableError("图像文件已损坏") from error
    except (MemoryError, Image.DecompressionBombError) as error:
        raise UnprintableError("图像过大") from error


def sheet_for(width, height):
    """Return the dots of the sheet, upright or across, that suits a picture; of a strip as many.

    A strip is cut into pieces later: it is as wide as a sheet, and of any length.
    """
    sheet = SHEET if width <= height else SHEET[::-1]
    if not sheets.is_long(width, height):
        return sheet
    along = sheets.MOST_PIECES * SHEET[1]
    return (sheet[0], along) if width <= height else (along, sheet[1])


def _quietly(act, argument):
    """Do something without filling our log with what is odd about an untrusted file."""
    with warnings.catch_warnings(action="ignore"):
        return act(argument)


def _opened(content):
    for kind, start in KINDS:
        if content.startswith(start):
            if content.find(ENDS.get(start, b""), _dots(content)) < 0:
                raise UnprintableError("图像文件不完整")
            return kind(io.BytesIO(content))
    raise UnprintableError("不是图像文件")


def _dots(content):
    """Return where the dots of a JPEG begin, behind its properties; 0 of other pictures."""
    if not content.startswith(KINDS[0][1]):
        return 0
    at = LENGTH
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != bytes([SCAN]):
        # Before a mark any number of bytes may stand that are all set.
        is_mark = content[at + 1 : at + 2] != b"\xff"
        at += LENGTH + int.from_bytes(content[at + 2 : at + 4], "big") if is_mark else 1
    return at


def _is_tiff(picture):
    return isinstance(picture, TiffImagePlugin.TiffImageFile)


def _reduced(picture):
    """Return one picture, scaled down band by band: only one copy of it is ever held whole."""
    _weigh(picture, PROGRESSIVE_BYTES if picture.info.get("progressive") else 0)
    picture.draft(None, sheet_for(*picture.size))
    _weigh(picture, BYTES_A_DOT.get(picture.mode, MOST_BYTES_A_DOT))
    picture.load()
    width, height = picture.size
    sheet = sheet_for(width, height)
    factor = max(1, min(width // sheet[0], height // sheet[1]))
    shades = _shades(picture)
    small = _in_bands(picture, factor, shades) if factor > 1 else _plain(picture, shades)
    small.thumbnail(sheet, Image.Resampling.LANCZOS)
    turn = TURNS.get(picture.getexif().get(ORIENTATION))
    return small.transpose(turn) if turn is not None else small


def _weigh(picture, bytes_a_dot):
    width, height = picture.size
    if width * height * bytes_a_dot > MOST_BYTES:
        raise UnprintableError("图像过大")


def _in_bands(picture, factor, shades):
    width, height = picture.size
    size = (-(-width // factor), -(-height // factor))
    small = None
    for top in range(0, height, BAND_ROWS * factor):
        bottom = min(height, top + BAND_ROWS * factor)
        band = _plain(picture.crop((0, top, width, bottom)), shades).reduce(factor)
        small = small or Image.new(band.mode, size)
        small.paste(band, (0, top // factor))
    return small


def _shades(picture):
    """Return black and white of a scan whose dots are numbers; nothing for other pictures."""
    if picture.mode != "F" and not picture.mode.startswith("I"):
        return None
    darkest, lightest = _numbers(picture).getextrema()
    if not (math.isfinite(darkest) and math.isfinite(lightest)):
        raise UnprintableError("图像文件已损坏")
    if darkest < 0 or lightest > RANGES[-1]:
        return darkest, max(lightest, darkest + 1)
    is_part = picture.mode == "F"
    return 0, next(most for most in RANGES[not is_part :] if lightest <= most)


def _numbers(picture):
    return picture if picture.mode in ("F", "I", "I;16") else picture.convert("I")


def _plain(picture, shades=None):
    """Return a picture in colours of screens or in grey, on white where it was transparent."""
    if shades:
        black, white = shades
        scale = 255 / (white - black)
        numbers = _numbers(picture).convert("F")
        return numbers.point(lambda value: value * scale - black * scale).convert("L")
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
        return white.convert("L" if picture.mode == "LA" else "RGB")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")
