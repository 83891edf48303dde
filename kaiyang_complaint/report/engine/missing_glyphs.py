"""Characters that no font of the machine has: no empty box may stand for them in an archive."""

import logging
import re
import threading
from contextlib import contextmanager

# What printers have long set for a character they have no type for.
GETA = "〓"
MISSING, TOO_MANY = ".notdef glyph rendered", "Too many glyphs missing"
# In the fonts that are required (Noto CJK): ASCII, its full-width forms, Chinese, its punctuation.
COMMON = re.compile(
    "[\\s\x20-\x7e\xa0-\xff\u2010-\u2026\u3000-\u3017\u3400-\u4db5\u4e00-\u9fef\uff01-\uff5e]+"
)
# For private use: each font draws something else.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

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


class NoChineseFontError(Exception):
    """The machine has no font for what every paper is written in."""


def assert_readable(codes):
    """Refuse a paper of which nothing could be read.

    :param codes: the characters that were found in no font
    :raise NoChineseFontError: where common ones are among them

    >>> assert_readable({0x20000})
    >>> assert_readable({ord("投")})
    Traceback (most recent call last):
    ...
    NoChineseFontError
    """
    if any(COMMON.fullmatch(chr(code)) for code in codes):
        raise NoChineseFontError


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
