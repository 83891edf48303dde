"""How pages and pictures of any size stand on sheets that can be printed and read.

Sizes are in points (1/72 inch) on the sheet; those of a page or picture in units of its own.
"""

import math
from typing import NamedTuple

# Upright, from A4 to A0.
SHEETS = ((595.276, 841.89), (841.89, 1190.55), (1190.55, 1683.78), (1683.78, 2383.94))
SHEETS = (*SHEETS, (2383.94, 3370.39))
# Room for the number of the page, and for the printer.
TOP, SIDE, BOTTOM = 34, 20, 20
# Longer than this, and a picture on one A4 sheet is narrower than 8 cm: its letters are too small.
LONG = 3.5
# A strip that is reduced to no less than this stays in one piece.
LITTLE = 0.8
# Of the end of a piece, so much comes again on the next sheet: no line is lost between them.
OVERLAP = 20
# A strip of more pieces is a mistake, or an attack: it is reduced until these suffice.
MOST_PIECES = 60
# The least that a printed letter is tall: 2 mm. And how far A3 is reduced on A4.
LETTER, REDUCED = 2 * 72 / 25.4, 0.66


class Piece(NamedTuple):
    """A part of a page on a sheet: the sheet's size, the scale, and the part in units of the page.

    ``left`` and ``top`` count from the upper left corner of the page.
    """

    sheet: tuple
    scale: float
    left: float
    top: float
    width: float
    height: float

    @property
    def x(self):
        """Where the part begins on the sheet, from its left side."""
        return (self.sheet[0] - self.width * self.scale) / 2

    @property
    def y(self):
        """Where the part ends on the sheet, from its lower side."""
        return self.sheet[1] - TOP - self.height * self.scale

    def in_dots(self, across, along):
        """Return it in the dots of a picture that has so many a unit of the page."""
        part = (self.left * across, self.top * along, self.width * across, self.height * along)
        return Piece(self.sheet, self.scale / across, *part)


def is_long(width, height):
    """Return whether a page is a strip that does not fit on a sheet in one piece.

    >>> is_long(226, 14000), is_long(1080, 2400), is_long(9000, 800)
    (True, False, True)
    """
    return max(width, height) > LONG * min(width, height)


def pieces(width, height, most=1.0, natural=1.0, letter=0.0):
    """Return the pieces in which a page stands on sheets: one, but for strips.

    :param most: how many points a unit of the page may take at most
    :param natural: how many points it takes where the page is seen as it was made
    :param letter: how tall its small letters are; 0 where it has none

    >>> [piece.sheet for piece in pieces(595, 842)], len(pieces(226, 14000)), len(pieces(226, 800))
    ([(595.276, 841.89)], 19, 1)
    >>> [round(piece.top) for piece in pieces(1080, 6000, most=0.72, natural=0.72)]
    [0, 1494, 2987, 4481]
    >>> len(pieces(10, 1e9)), pieces(1684, 2384, letter=10)[0].sheet
    (60, (1190.55, 1683.78))
    """
    sheet, fit = _smallest_sheet(width, height, most, letter)
    room = _room(SHEETS[0], width, height)
    wide = min(natural, room[0] / width if width <= height else room[1] / height)
    if is_long(width, height) and fit < LITTLE * wide:
        return _strips(width, height, wide)
    return [Piece(sheet, fit, 0, 0, width, height)]


def _smallest_sheet(width, height, most, letter):
    """Return the smallest sheet on which letters can be read, or the largest, and the scale."""
    needed = min(REDUCED, LETTER / letter) if letter else 0
    for upright in SHEETS:
        room = _room(upright, width, height)
        fit = min(room[0] / width, room[1] / height, most)
        if fit >= needed or is_long(width, height):
            break
    return _landscape(upright, width, height), fit


def _landscape(upright, width, height):
    return upright if width <= height else upright[::-1]


def _room(upright, width, height):
    sheet = _landscape(upright, width, height)
    return sheet[0] - 2 * SIDE, sheet[1] - TOP - BOTTOM


def _strips(width, height, scale):
    sheet, room = _landscape(SHEETS[0], width, height), _room(SHEETS[0], width, height)
    length, room_along = (height, room[1]) if width <= height else (width, room[0])
    step = room_along - OVERLAP
    scale = min(scale, (MOST_PIECES * step + OVERLAP) / length)
    count = max(math.ceil(round((length * scale - OVERLAP) / step, 6)), 1)
    cut = []
    for number in range(count):
        start = number * step / scale
        extent = min(room_along / scale, length - start)
        place = (0, start, width, extent) if width <= height else (start, 0, extent, height)
        cut.append(Piece(sheet, scale, *place))
    return cut
