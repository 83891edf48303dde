"""The number of a dossier (档号): a pattern with named places, and what is put into them."""

import re
import string

PLACES = {"fonds": "0000", "category": "TS", "year": 2026, "retention": "Y", "sequence": 1}
# Without these two, numbers of different dossiers could be the same.
DEMANDED = ("year", "sequence")
# The codes of the national rules for numbering archives (DA/T 22).
RETENTION_CODES = {"permanent": "Y", "y30": "D30", "y10": "D10"}
_WIDTH = re.compile(r"(0?[1-9]d?)?")


def places(pattern):
    """List the places of a pattern, in their order.

    >>> places("{fonds}-{year}-{sequence:04d}")
    ['fonds', 'year', 'sequence']
    """
    return [name for _text, name, _width, _conversion in _parsed(pattern) if name is not None]


def faults(pattern):
    """List what is wrong with a pattern: its unknown places, and those it lacks.

    :raise ValueError: where its braces don't pair, or a place is not written as one

    >>> faults("{fonds}-{category}·{year}-{retention}-{sequence:04d}")
    ([], [])
    >>> faults("{fond}-{sequence}")
    (['fond'], ['year'])
    >>> faults("{year!r}")
    Traceback (most recent call last):
    ValueError: {year!r}
    """
    for _text, name, width, conversion in _parsed(pattern):
        if name is not None and (conversion or not _WIDTH.fullmatch(width)):
            raise ValueError(f"{{{name}{f'!{conversion}' if conversion else f':{width}'}}}")
        if width and name not in ("year", "sequence"):
            raise ValueError(f"{{{name}:{width}}}")
    found = places(pattern)
    unknown = [name for name in found if name not in PLACES]
    return unknown, [name for name in DEMANDED if name not in found]


def number(pattern, **values):
    """Put values into a pattern that has no faults.

    >>> number("{fonds}-{year}-{sequence:04d}", fonds="0123", year=2026, sequence=7)
    '0123-2026-0007'
    """
    return pattern.format(**values)


def example(pattern, **values):
    """Show what numbers of a pattern look like.

    >>> example("{fonds}-{category}·{year}-{retention}-{sequence:04d}", fonds="X043")
    'X043-TS·2026-Y-0001'
    """
    return number(pattern, **PLACES | values)


def _parsed(pattern):
    return string.Formatter().parse(pattern)
