"""Puts many PDF files into one for printing, without holding them in memory."""

from contextlib import ExitStack

import pikepdf


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
