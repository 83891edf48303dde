"""Read the rows of a spreadsheet that a website exported: csv or xlsx.

Odoo's own reader (``base_import``) keeps the whole sheet in memory, takes GB18030 for GB2312,
forgets where a row stood once an empty one came before it, and gives up a file for one bad cell.
"""

import csv
import re
from typing import NamedTuple
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from . import bounded, budgets, import_book, import_fields, import_text, sheet_budget
from .budgets import OverBudgetError
from .sheet_cells import clean

ZIP_MAGIC = b"PK\x03\x04"
# What other files begin with -> what they are.
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOOKED_AT = 2048
_WEB = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:html|!doctype|table|head|meta|body|div|style|script|!--)|mime-version:)",
    re.IGNORECASE,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|workbook)", re.IGNORECASE)
# What libraries raise on a damaged file.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    InvalidFileException,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
    csv.Error,
)
# Lines of a sheet in which its header is looked for: empty ones count as well.
TOP = import_fields.HEADER_WITHIN * 3


class UnreadableError(ValueError):
    """A file that is no csv and no xlsx.

    :param kind: ``web`` (a web page), ``xml`` (XML of 2003), ``old`` (xls), ``locked`` (with a
        password), or nothing
    """

    def __init__(self, kind=""):
        super().__init__(kind)
        self.kind = kind

    def __str__(self):
        return f"neither a csv nor an xlsx file{self.kind and f': {self.kind}'}"


class Line(NamedTuple):
    """A row that holds something: its number as a spreadsheet program shows it, and its cells."""

    number: int
    cells: list
    is_hidden: bool = False
    is_broken: bool = False


class Table(NamedTuple):
    """The rows of a file, and how it was read.

    :param lines: the rows
    :param sheets: the names of the sheets of a workbook
    :param sheet: the name of the one that was read
    :param delimiter: what stands between the cells of a text
    :param merged: how many cells are merged over several rows
    """

    lines: list
    sheets: tuple = ()
    sheet: str = ""
    delimiter: str = ""
    merged: int = 0


def read_table(content, sheet="", delimiter="", most=budgets.MOST_ROWS, only=None):
    r"""Return the rows of a file. Empty rows are passed over.

    An xlsx file is counted first, and then opened in a process that can be ended.

    :param bytes content: the file
    :param sheet: the name of the sheet; found, unless given
    :param delimiter: of a text; found, unless given
    :param most: how many rows it may have
    :param only: how many rows are read; the rest is not looked at
    :raise UnreadableError: where it is neither a csv nor an xlsx file
    :raise OverBudgetError: where it has too many rows or cells, or takes too long

    >>> table = read_table("编号;主题\n\n1;噪音\n".encode("gb18030"))
    >>> [line[:2] for line in table.lines], table.delimiter
    ([(1, ['编号', '主题']), (3, ['1', '噪音'])], ';')
    >>> read_table(b"\n <html><table>")
    Traceback (most recent call last):
    kaiyang_complaint.tools.import_sheet.UnreadableError: neither a csv nor an xlsx file: web
    """
    _refuse_others(content)
    try:
        if content.startswith(ZIP_MAGIC):
            return _book(content, sheet, most, only)
        return _text(content, delimiter, most, only)
    except OverBudgetError:
        raise
    except UNREADABLE as error:
        raise UnreadableError from error


def read_rows(content, most=budgets.MOST_ROWS, only=None):
    r"""Yield the number of each row with its cells: see ``read_table``.

    >>> list(read_rows(b"1\n2\n3\n", only=2))
    [(1, ['1']), (2, ['2'])]
    >>> list(read_rows(b"1\n2\n3\n", most=2))
    Traceback (most recent call last):
    kaiyang_complaint.tools.budgets.OverBudgetError: more than 2: rows
    >>> list(read_rows(b"%PDF-1.7"))
    Traceback (most recent call last):
    kaiyang_complaint.tools.import_sheet.UnreadableError: neither a csv nor an xlsx file
    """
    for line in read_table(content, most=most, only=only).lines:
        yield line.number, line.cells


def _refuse_others(content):
    """Refuse what only bears the name of a spreadsheet.

    :raise UnreadableError: naming what it is
    """
    beginning = content[:LOOKED_AT]
    if beginning.startswith(OLE_MAGIC):
        raise UnreadableError("locked" if ENCRYPTED in content else "old")
    if _WEB.match(beginning):
        raise UnreadableError("web")
    if _XML.match(beginning):
        raise UnreadableError("web" if b"<html" in beginning.lower() else "xml")
    if beginning.startswith((b"%PDF", b"{\\rtf")):
        raise UnreadableError


def _text(content, delimiter, most, only):
    sheet_budget.assert_text(content)
    text = import_text.decode(content)
    delimiter = delimiter or import_text.delimiter_of(text)
    rows = enumerate(import_text.cells(text, delimiter), 1)
    cleaned = ((number, [clean(cell) for cell in row]) for number, row in rows)
    kept = list(_within_budget(cleaned, most, only))
    width = import_text.width_of(cells for _number, cells in kept[: import_text.SAMPLE_ROWS])
    lines = [
        Line(number, cells, is_broken=import_text.swallows(cells, delimiter, width))
        for number, cells in kept
    ]
    return Table(lines, delimiter=delimiter)


def _book(content, sheet, most, only):
    return bounded.run(
        _read_book,
        content,
        sheet,
        most,
        only,
        seconds=budgets.SHEET_SECONDS,
        memory_mb=budgets.SHEET_MEMORY_MB,
    )


def _read_book(content, sheet, most, only):
    names, name, shape, rows = import_book.read(content, sheet, only and max(only, TOP))
    lines = [
        Line(number, cells, is_hidden=number in shape.hidden)
        for number, cells in _within_budget(rows, most, only)
    ]
    return Table(lines, tuple(names), name, merged=len(shape.merged))


def _within_budget(rows, most, only):
    """Yield the rows that hold something, with their numbers."""
    yielded = cell_count = 0
    for number, cells in rows:
        cell_count += len(cells)
        if cell_count > budgets.MOST_CELLS:
            raise OverBudgetError("cells", budgets.MOST_CELLS)
        if not any(cells):
            continue
        if yielded == most:
            raise OverBudgetError("rows", most)
        yield number, cells
        yielded += 1
        if yielded == only:
            return
