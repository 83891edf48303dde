"""Read a csv file as it was meant, in whatever encoding and with whatever delimiter."""

import csv
import io
import re
from collections import Counter

from . import import_fields
from .sheet_cells import UNREADABLE

DELIMITERS = ",\t;|"
SAMPLE_LENGTH = 20_000
# Rows by which it is told how many cells a row has.
SAMPLE_ROWS = 200
# A text in another encoding has a wrong character in five right ones, or far more.
FEW = 5
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n?", re.IGNORECASE)
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def encoding_of(content):
    r"""Name the encoding of a text: by its mark, else the one that reads it with the fewest errors.

    A broken byte in a file of UTF-8 makes it no file of Chinese Excel.

    >>> encoding_of("窗口".encode("utf-8")), encoding_of("窗口".encode("gbk"))
    ('utf-8', 'gb18030')
    >>> encoding_of("窗口".encode("utf-8-sig")), encoding_of("窗口".encode("utf-16"))
    ('utf-8-sig', 'utf-16')
    >>> encoding_of("编号\t窗口".encode("utf-16-le")), encoding_of("窗口无人值守".encode()[:-1])
    ('utf-16-le', 'utf-8')
    """
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    if b"\0" in content:
        return min(("utf-16-le", "utf-16-be"), key=lambda name: -_plain_share(content, name))
    text = content.decode("utf-8", errors="replace")
    lost = len(re.findall(f"{UNREADABLE}+", text))
    foreign = sum(not sign.isascii() for sign in text) - text.count(UNREADABLE)
    return "utf-8" if lost * FEW <= foreign or not lost else "gb18030"


def _plain_share(content, encoding):
    """Return how many characters of a beginning are such as separate cells and lines."""
    beginning = content[: SAMPLE_LENGTH // 2 * 2].decode(encoding, errors="replace")
    return sum(beginning.count(sign) for sign in f"{DELIMITERS}\n\r0123456789")


def decode(content):
    r"""Return a file as a text; what can't be read is one sign each time.

    >>> decode("编号,内容\n1,窗口".encode()[:-1] + "\n2,无人".encode())
    '编号,内容\n1,窗�\n2,无人'
    """
    text = content.decode(encoding_of(content), errors="replace")
    return re.sub(f"{UNREADABLE}+", UNREADABLE, text)


def delimiter_of(text):
    r"""Return what stands between the cells: by which most of the header's names are known.

    >>> delimiter_of("sep=;\n编号;内容"), delimiter_of("编号\t内容\n1\ta,b,c,d,e")
    (';', '\t')
    >>> delimiter_of("甲,乙;丙\n1,2;3\n"), delimiter_of("甲\n")
    (',', ',')
    """
    if declared := _DECLARED.match(text):
        return declared[1]
    sample = text[:SAMPLE_LENGTH]
    return max(DELIMITERS, key=lambda delimiter: _score(sample, delimiter))


def _score(sample, delimiter):
    """Return how well a delimiter divides: names known in the header, then rows of one width."""
    rows = []
    try:
        rows.extend(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0, 0
    top = [(place, row) for place, row in enumerate(rows) if row]
    header = import_fields.header_among(top)
    if not header:
        return 0, 0
    width = len(header[1])
    alike = sum(len(row) == width for row in rows) if width > 1 else 0
    return import_fields.known_names(header[1]), alike


def cells(text, delimiter):
    r"""Yield the cells of each line; a line that only names the delimiter is empty.

    >>> list(cells('sep=;\n编号;内容\n1;"a\nb"', ";"))
    [[], ['编号', '内容'], ['1', 'a\nb']]
    """
    if declared := _DECLARED.match(text):
        text = text[declared.end() :]
        yield []
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def width_of(rows):
    """Return how many cells most rows have.

    >>> width_of([["title"], ["a", "b"], ["1", "2"]])
    2
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def swallows(row, delimiter, width):
    r"""Return whether a cell holds the rows below it: a quotation mark was never closed.

    :param width: how many cells a row has

    >>> swallows(["1", 'x\n2,y,z\n3,y,z'], ",", 3), swallows(["1", "x,y,z\nx,y,z", "a"], ",", 3)
    (True, False)
    """
    least = max(width - 1, 1)
    return len(row) != width and any(
        line.count(delimiter) >= least
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()[1:]
    )
