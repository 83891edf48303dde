"""Read a workbook: which sheet holds the list, what its cells show, which of its rows are hidden.

Runs in the process that opens what strangers sent.
"""

import io
import re
import zipfile
from typing import NamedTuple

import openpyxl
from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from . import import_fields, sheet_budget
from .sheet_cells import FORMULA, Cell, clean

# Names of the format that Excel calls “Strict Open XML”, and of the one that libraries know.
STRICT = b"http://purl.oclc.org/ooxml/"
TRANSITIONAL = (
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_NAMED = re.compile(rb"\.(?:xml|rels)$")
_ESCAPED = re.compile("_x(00[0-9A-Fa-f]{2})_")
TRUE = ("1", "true")


class Shape(NamedTuple):
    """What a sheet says beside its cells: by the numbers of rows and columns."""

    hidden: set
    uncalculated: dict
    merged: list


def read(content, sheet, enough):
    """Return the names of the sheets, the one that is read, its shape, and its rows.

    :param sheet: the name of the sheet; that whose header is known best, unless given
    :param enough: how many lines of the sheet are read
    :return: names, name, ``Shape``, pairs of a row's number and its cells
    """
    sheet_budget.assert_package(content)
    book = openpyxl.load_workbook(
        io.BytesIO(as_transitional(content)), read_only=True, data_only=True
    )
    sheets = book.worksheets
    for one in sheets:
        # Some sites write a wrong size into the file.
        one.reset_dimensions()
    names = [one.title for one in sheets]
    chosen = book[sheet] if sheet in names else _best(book, sheets)
    # The library gives no other way to what its fast reader leaves out.
    with chosen._get_source() as source:
        shape = shape_of(source)
    is_1904 = book.epoch != openpyxl.utils.datetime.WINDOWS_EPOCH
    rows = [(number, cells) for number, cells in _rows(chosen, is_1904, shape, enough)]
    return names, chosen.title, shape, rows


def as_transitional(content):
    """Return a package in the names that libraries know, where it is in those of the standard."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if not any(
            entry.filename.endswith("workbook.xml") and STRICT in package.read(entry)
            for entry in package.infolist()
        ):
            return content
        rewritten = io.BytesIO()
        with zipfile.ZipFile(rewritten, "w") as target:
            for entry in package.infolist():
                part = package.read(entry)
                if _NAMED.search(entry.filename.encode()):
                    for strict, known in TRANSITIONAL:
                        part = part.replace(STRICT + strict, known)
                target.writestr(entry.filename, part)
    return rewritten.getvalue()


def _best(book, sheets):
    """Return the sheet whose header is known best; of several the one that was left open."""

    def score(sheet):
        top = _rows(sheet, False, Shape(set(), {}, []), import_fields.HEADER_WITHIN)
        header = import_fields.header_among(top)
        known = import_fields.known_names(header[1]) if header else 0
        return known, sheet.sheet_state == "visible", sheet == book.active

    return max(sheets, key=score)


def _rows(sheet, is_1904, shape, enough):
    """Yield the number of each line with what its cells show."""
    above = {}
    merged = {}
    for left, top, bottom in shape.merged:
        for number in range(top, bottom + 1):
            merged.setdefault(number, []).append((left, top))
    for number, row in enumerate(sheet.iter_rows(max_row=enough), 1):
        cells = [
            clean(_unescaped(cell.value), cell.number_format, is_1904)
            if cell.value is not None
            else ""
            for cell in row
        ]
        for column, formula in shape.uncalculated.get(number, {}).items():
            if column <= len(cells) and not cells[column - 1]:
                cells[column - 1] = Cell(formula, kind=FORMULA)
        if any(cells):
            _fill(cells, number, merged.get(number, ()), above)
        yield number, cells


def _unescaped(value):
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value


def _fill(cells, number, merged, above):
    """Give the lower rows of merged cells what stands in the first."""
    for column, top in merged:
        if column > len(cells):
            cells.extend([""] * (column - len(cells)))
        if number == top:
            above[column, top] = cells[column - 1]
        elif not cells[column - 1]:
            cells[column - 1] = above.get((column, top), "")


def shape_of(source):
    """Return what the XML of a sheet says beside the values of its cells.

    >>> shape = shape_of(io.BytesIO(
    ...     b'<worksheet xmlns="x"><sheetData><row r="2" hidden="1"><c r="B2"><f>A1</f></c>'
    ...     b'<c r="C2"><f>A1</f><v>5</v></c></row></sheetData>'
    ...     b'<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="A1:I1"/></mergeCells></worksheet>'
    ... ))
    >>> shape.hidden, shape.uncalculated, shape.merged
    ({2}, {2: {2: '=A1'}}, [(1, 2, 4)])
    """
    shape, number = Shape(set(), {}, []), 0
    tags = ("{*}row", "{*}mergeCell")
    for _event, node in etree.iterparse(source, tag=tags, resolve_entities=False):
        if etree.QName(node).localname == "mergeCell":
            left, top, _right, bottom = range_boundaries(node.get("ref"))
            if bottom > top:
                shape.merged.append((left, top, bottom))
            continue
        number = int(node.get("r") or number + 1)
        if node.get("hidden") in TRUE:
            shape.hidden.add(number)
        formulas = _uncalculated(node)
        if formulas:
            shape.uncalculated[number] = formulas
        node.clear()
    return shape


def _uncalculated(row):
    """Return the formulas of a row that no program has calculated, by column."""
    found = {}
    for formula in row.iterfind("{*}c/{*}f"):
        cell = formula.getparent()
        value = cell.find("{*}v")
        if value is None or not value.text:
            _row, column = coordinate_to_tuple(cell.get("r"))
            found[column] = f"={formula.text or ''}"
    return found
