"""What a spreadsheet would take to be read, counted before a library opens it.

A package of some kilobytes may unpack to gigabytes, and one cell in the last column of the last
row, or one merged range, makes a library build billions of cells.
"""

import io
import re
import zipfile

import openpyxl
import xlrd

from . import bounded, budgets
from .budgets import MEGABYTE, OverBudgetError

CHUNK = 1024 * 1024
# What is counted may be cut by the end of a chunk.
OVERLAP = 64
ROW = re.compile(rb"<(?:\w+:)?(?:row|table-row)[ />]")
CELL = re.compile(rb"<(?:\w+:)?(?:c|table-cell|covered-table-cell)[ />]")
REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d{1,9})\"")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
SHEETS = re.compile(r"^(?:xl/worksheets/.+|content)\.xml$", re.IGNORECASE)
MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell [^>]*ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)


def assert_text(content):
    r"""Refuse a csv file that is too large, or has too many lines.

    :raise OverBudgetError: naming what it has too much of

    >>> assert_text(b"1\n" * 10)
    >>> assert_text(b"\n" * 10_000_000)
    Traceback (most recent call last):
    kaiyang_complaint.tools.budgets.OverBudgetError: more than 400000: lines
    """
    if len(content) > budgets.MOST_TEXT_MB * MEGABYTE:
        raise OverBudgetError("text", budgets.MOST_TEXT_MB)
    # Texts of complaints have line breaks of their own.
    lines = budgets.MOST_ROWS * 8
    if content.count(b"\n") > lines:
        raise OverBudgetError("lines", lines)


def assert_package(content):
    """Refuse an xlsx or ods file that unpacks to too much, or has too many rows or cells.

    The sizes that the package names are not believed: it is unpacked, piece by piece, and counted.

    :raise OverBudgetError: naming what it has too much of
    :raise zipfile.BadZipFile: where it is no package
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        if len(entries) > budgets.MOST_ENTRIES:
            raise OverBudgetError("entries", budgets.MOST_ENTRIES)
        if sum(entry.file_size for entry in entries) > budgets.MOST_UNPACKED_MB * MEGABYTE:
            raise OverBudgetError("unpacked", budgets.MOST_UNPACKED_MB)
        count = _Count()
        for entry in entries:
            with package.open(entry) as unpacked:
                is_sheet = bool(SHEETS.match(entry.filename))
                for piece in iter(lambda unpacked=unpacked: unpacked.read(CHUNK), b""):
                    count.add(piece, is_sheet)


class _Count:
    """What a package holds, as far as it was unpacked."""

    def __init__(self):
        self.unpacked = self.rows = self.cells = 0
        self.before = b""

    def add(self, piece, is_sheet):
        self.unpacked += len(piece)
        _assert("unpacked", self.unpacked, budgets.MOST_UNPACKED_MB * MEGABYTE)
        text = self.before + piece
        if DECLARED.search(text):
            # No office program writes what libraries would multiply.
            raise OverBudgetError("broken")
        if is_sheet:
            self.rows += _new(ROW, text, self.before)
            self.cells += _new(CELL, text, self.before)
            begun = len(self.before)
            self.cells += sum(_merged(text, begun)) + sum(_repeated(text, begun))
            _assert("rows", self.rows, budgets.MOST_ROWS)
            _assert("cells", self.cells, budgets.MOST_CELLS)
        self.before = piece[-OVERLAP:]


def _assert(kind, found, most):
    if found > most:
        unit = MEGABYTE if kind == "unpacked" else 1
        raise OverBudgetError(kind, most // unit)


def _new(pattern, text, before):
    """Return how often a pattern stands in a text, without what its beginning was counted for."""
    return len(pattern.findall(text)) - len(pattern.findall(before))


def _repeated(text, begun):
    return (int(one[1]) for one in REPEATED.finditer(text) if one.end() > begun)


def _merged(text, begun):
    for one in MERGED.finditer(text):
        if one.end() > begun:
            left, top, right, bottom = one.groups()
            yield (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters):
    """Return the number of a column.

    >>> _column(b"A"), _column(b"AA"), _column(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


# --- what Odoo's own import would read ------------------------------------------------------------


def assert_odoo_can_read(content, kind, sheet=None):
    """Refuse a book that Odoo's own reader would not get through in time.

    It is read once in a process that can be ended, just as Odoo reads it then.

    :param kind: ``xlsx``, ``xls``, ``ods`` or ``csv``
    :param sheet: the name of the sheet; the first, unless given
    :raise OverBudgetError: naming what it has too much of
    :raise Exception: what the library raises that can't read it
    """
    if kind == "csv":
        assert_text(content)
        return
    if kind in _TRIALS:
        bounded.run(
            _TRIALS[kind],
            content,
            sheet,
            seconds=budgets.SHEET_SECONDS,
            memory_mb=budgets.SHEET_MEMORY_MB,
        )


def _try_xlsx(content, sheet):
    assert_package(content)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    _assert_size(book[sheet or book.sheetnames[0]], "max_row", "max_column")


def _try_ods(content, _sheet):
    assert_package(content)


def _try_xls(content, sheet):
    book = xlrd.open_workbook(file_contents=content)
    _assert_size(book.sheet_by_name(sheet or book.sheet_names()[0]), "nrows", "ncols")


def _assert_size(sheet, rows, columns):
    rows, columns = getattr(sheet, rows) or 0, getattr(sheet, columns) or 0
    _assert("rows", rows, budgets.MOST_ROWS)
    _assert("cells", rows * columns, budgets.MOST_CELLS)


_TRIALS = {"xlsx": _try_xlsx, "xls": _try_xls, "ods": _try_ods}
