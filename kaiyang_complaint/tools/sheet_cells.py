"""What stands in a cell: the text that the sheet shows, and what it is known to be."""

import re
from datetime import date, datetime, time, timedelta

from . import moments, number_formats

# What a cell is known to be, beside a text.
NUMBER, DATE, TEXT, FORMULA = "number", "date", "text", "formula"
AS_TEXT = "@"
UNREADABLE = "\ufffd"
# This long, and ending so, a number lost its last digits.
LONG, NOUGHTS = 15, "000"
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\ufeff]")
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?[eE]\+\d{2,3}")
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|#{3,}", re.IGNORECASE)
_UNREADABLE_RUN = re.compile(f"{UNREADABLE}+")


class Cell(str):
    """A text with what its cell says of it.

    :param moment: the moment that the cell means where a moment is expected
    :param kind: what the cell is known to be

    >>> cell = Cell("000123", kind=NUMBER)
    >>> cell, cell.kind, cell.moment
    ('000123', 'number', None)
    """

    __slots__ = ("kind", "moment")

    def __new__(cls, text, moment=None, kind=""):
        """Make a text that knows more."""
        cell = super().__new__(cls, text)
        cell.moment, cell.kind = moment, kind
        return cell

    def __reduce__(self):
        return Cell, (str(self), self.moment, self.kind)


def clean(value, code="", is_1904=False):
    r"""Return what a cell shows.

    :param value: of the cell; one of a csv file is a text
    :param code: the format of the cell
    :param is_1904: whether the days of the book are counted from 1904

    >>> clean(" 2549\t"), clean('="0012"'), clean(13812345678.0), clean(None)
    ('2549', '0012', '13812345678', '')
    >>> clean("一\x00二\r\n三"), clean("=1+1"), clean(123, "000000")
    ('一二\n三', '=1+1', '000123')
    >>> clean(datetime(2026, 5, 9, 9, 5)), clean(date(2026, 5, 9)), clean(time(9, 5))
    ('2026-05-09 09:05:00', '2026-05-09', '09:05:00')
    >>> str(clean(44689.378472, is_1904=True).moment)
    '2026-05-09 09:05:00'
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return _clean_moment(value)
    if isinstance(value, int | float):
        days = value + (1462 if is_1904 else 0)
        return Cell(number_formats.shown(value, code), moments.from_serial(days), NUMBER)
    if isinstance(value, time | timedelta):
        return Cell(str(value), kind=DATE)
    text = clean_text(str(value))
    if text.startswith('="') and text.endswith('"'):
        return Cell(text[2:-1], kind=TEXT)
    return Cell(text, kind=TEXT) if code == AS_TEXT else text


def clean_text(text):
    """Return a text without its wrapping, and without what nobody sees."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return _UNREADABLE_RUN.sub(UNREADABLE, text)


def _clean_moment(value):
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    if moment.year < moments.LATEST:
        # The serial number of a moment is not exact.
        moment += timedelta(milliseconds=500)
    moment = moment.replace(microsecond=0)
    shows_time = isinstance(value, datetime) and moment.time() != time()
    return Cell(str(moment if shows_time else moment.date()), moment, DATE)


def is_uncalculated(cell):
    """Return whether a cell holds a formula that no program calculated, or one that failed.

    >>> is_uncalculated(Cell("=A1", kind=FORMULA)), is_uncalculated("#N/A"), is_uncalculated("####")
    (True, True, True)
    >>> is_uncalculated("=1+1"), is_uncalculated("#12")
    (False, False)
    """
    return getattr(cell, "kind", "") == FORMULA or bool(_ERROR.fullmatch(cell))


def is_altered(cell):
    """Return whether a cell can't be the number that was meant: a spreadsheet changed it.

    It was shortened to 15 digits, or taken for a date, or a character is lost.

    >>> is_altered("1.23457E+14"), is_altered("123456789012345000"), is_altered("123457000000000")
    (True, True, True)
    >>> is_altered(Cell("2026-05-09", kind=DATE)), is_altered("KY\ufffd1")
    (True, True)
    >>> is_altered("20260509000123"), is_altered("12345600"), is_altered("E+12")
    (False, False, False)
    >>> is_altered(Cell("123456789012345000", kind=TEXT)), is_altered(Cell("1.2E+14", kind=TEXT))
    (False, True)
    """
    kind = getattr(cell, "kind", "")
    shortened = kind != TEXT and cell.isdecimal() and len(cell) >= LONG and cell.endswith(NOUGHTS)
    scientific = _SCIENTIFIC.fullmatch(cell)
    return bool(shortened or scientific or kind == DATE or UNREADABLE in cell)
