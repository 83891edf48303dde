"""Characters that no font of the machine has: no empty box may stand for them in an archive."""

import logging
import threading
from contextlib import contextmanager

# What printers have long set for a character they have no type for.
GETA = "〓"
MISSING, TOO_MANY = ".notdef glyph rendered", "Too many glyphs missing"

_logger = logging.getLogger("weasyprint")


class _Listener(logging.Filter):
    """Hears WeasyPrint name the characters that it found in no font, in one thread."""

    def __init__(self):
        super().__init__()
        self.thread = threading.get_ident()
        self.codes = set()

    def filter(self, record):
        """Collect log records, and keep those that are handled out of the log."""
        said = str(record.msg)
        if record.thread != self.thread or not said.startswith((MISSING, TOO_MANY)):
            return True
        if said.startswith(MISSING):
            self.codes.add(record.args[1])
        return False


@contextmanager
def heard():
    """Give the codes of the characters that the rendering inside finds in no font."""
    listener = _Listener()
    _logger.addFilter(listener)
    try:
        yield listener.codes
    finally:
        _logger.removeFilter(listener)


def replaced(html, codes):
    """Return a page with a mark in the place of each character that has no glyph.

    >>> replaced("甲乙丙", {ord("乙")})
    '甲〓丙'
    """
    return html.translate(dict.fromkeys(codes, GETA))
