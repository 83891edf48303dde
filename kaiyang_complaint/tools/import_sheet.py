"""Read the rows of a spreadsheet that a website exported: csv or xlsx, one row after the other.

Odoo's own reader (``base_import``) keeps the whole sheet in memory, takes GB18030 for GB2312,
forgets where a row stood once an empty one came before it, and gives up a file for one bad cell.
"""

import csv
import io
import re
from datetime import date, datetime, time
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from . import bounded, budgets, sheet_budget
from .budgets import OverBudgetError

SAMPLE_LENGTH = 4096
ZIP_MAGIC = b"PK\x03\x04"
UNREADABLE_MAGIC = (b"\xd0\xcf\x11\xe0", b"%PDF", b"<html", b"<!DOCTYPE", b"<table")
UNREADABLE = (BadZipFile, InvalidFileException, KeyError, SyntaxError, UnicodeError, csv.Error)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\ufeff]")


def read_rows(content, most=budgets.MOST_ROWS, only=None):
    r"""Yield the number of each row, as a spreadsheet program shows it, with its cells.

    Empty rows are passed over. Cells are texts, or dates where the sheet holds such. An xlsx file
    is counted first, and then opened in a process that can be ended.

    :param bytes content: the file
    :param most: how many rows it may have
    :param only: how many rows are read; the rest is counted and not looked at
    :raise ValueError: where it is neither a csv nor an xlsx file
    :raise OverBudgetError: where it has too many rows or cells, or takes too long

    >>> list(read_rows("编号,主题\n\n1,噪音\n".encode("gb18030")))
    [(1, ['编号', '主题']), (3, ['1', '噪音'])]
    >>> list(read_rows(b"1\n2\n3\n", only=2))
    [(1, ['1']), (2, ['2'])]
    >>> list(read_rows(b"1\n2\n3\n", most=2))
    Traceback (most recent call last):
    kaiyang_complaint.tools.budgets.OverBudgetError: more than 2: rows
    >>> list(read_rows(b"%PDF-1.7"))
    Traceback (most recent call last):
    ValueError: neither a csv nor an xlsx file
    """
    if content.startswith(UNREADABLE_MAGIC):
        raise ValueError("neither a csv nor an xlsx file")
    try:
        if content.startswith(ZIP_MAGIC):
            yield from _xlsx_rows(content, most, only)
        else:
            sheet_budget.assert_text(content)
            yield from _numbered(_csv_rows(content), most, only)
    except UNREADABLE as error:
        raise ValueError("neither a csv nor an xlsx file") from error


def _numbered(rows, most, only):
    """Yield the rows that hold something, with their numbers."""
    yielded = cell_count = 0
    for number, row in enumerate(rows, 1):
        cells = [clean(cell) for cell in row]
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


def clean(cell):
    r"""Return what stands in a cell: a date as it is, all else as a text without its wrapping.

    >>> clean(" 2549\t"), clean('="0012"'), clean(13812345678.0), clean(None)
    ('2549', '0012', '13812345678', '')
    >>> clean("一\x00二\r\n三"), clean("=1+1")
    ('一二\n三', '=1+1')
    """
    if isinstance(cell, date):
        return cell if isinstance(cell, datetime) else datetime.combine(cell, time.min)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell)
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text


def encoding_of(content):
    """Name the encoding of a text: by its mark, else UTF-8 where it is that, else Chinese Excel's.

    >>> encoding_of("窗口".encode("utf-8")), encoding_of("窗口".encode("gbk"))
    ('utf-8', 'gb18030')
    >>> encoding_of("窗口".encode("utf-8-sig")), encoding_of("窗口".encode("utf-16"))
    ('utf-8-sig', 'utf-16')
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _csv_rows(content):
    text = io.TextIOWrapper(io.BytesIO(content), encoding_of(content), newline="")
    beginning = text.read(SAMPLE_LENGTH)
    text.seek(0)
    return csv.reader(text, delimiter=max(",\t;", key=beginning.count))


def _xlsx_rows(content, most, only):
    return bounded.run(
        _read_xlsx,
        content,
        most,
        only,
        seconds=budgets.SHEET_SECONDS,
        memory_mb=budgets.SHEET_MEMORY_MB,
    )


def _read_xlsx(content, most, only):
    sheet_budget.assert_package(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # Some sites write a wrong size into the file.
    sheet.reset_dimensions()
    return list(_numbered(sheet.iter_rows(values_only=True), most, only))
