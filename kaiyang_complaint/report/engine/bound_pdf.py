"""Puts many PDF files into few for printing, without holding all of them in memory."""

import shutil
import tempfile
import zipfile
from contextlib import ExitStack

import pikepdf

# While pages are copied, their library holds some six times their size: half a worker's gigabyte
# is never reached. A month of forms and slips fits into one part; years, or scans, take more.
PART_BYTES = 24 * 1024 * 1024


def parts(files):
    """Group pairs of a file and its size, in their order, into parts that are bound as one.

    >>> [len(part) for part in parts([("a", 1), ("b", PART_BYTES), ("c", 1), ("d", 2)])]
    [1, 1, 2]
    """
    grouped, size = [], PART_BYTES
    for file, file_size in files:
        size += file_size
        if size > PART_BYTES:
            grouped.append([])
            size = file_size
        grouped[-1].append(file)
    return grouped


def bind(files, target):
    """Write the pages of some PDF files into an open file, one after the other.

    For the printer only: what is attached to the files, and marks them as archival, stays with
    each of them.

    :raise pikepdf.PdfError: where one of them can't be read
    """
    with ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.new())
        for file in files:
            # Pages are copied when all is saved: until then each source stays open.
            pdf.pages.extend(stack.enter_context(pikepdf.open(file)).pages)
        pdf.save(target)


def bind_parts(grouped, target):
    """Write parts as PDF files, in a zip archive, into an open file: memory holds one at a time."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, files in enumerate(grouped, 1):
            with tempfile.TemporaryFile() as bound:
                bind(files, bound)
                bound.seek(0)
                with archive.open(f"{number:03d}.pdf", "w", force_zip64=True) as entry:
                    shutil.copyfileobj(bound, entry)
