"""Draws the font of the paper's tick boxes: no Chinese font has ☑, and those that have □ differ.

Run with the project's Python after a change: it writes static/src/paper/ticks.ttf.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).parent.parent / "kaiyang_complaint/static/src/paper/ticks.ttf"
EM = 1000
OUTER = [(110, -70), (110, 710), (890, 710), (890, -70)]
INNER = [(160, -20), (840, -20), (840, 660), (160, 660)]
TICK = [(270, 330), (350, 390), (450, 230), (790, 620), (830, 590), (460, 70)]


def draw(*contours):
    """Return a glyph made of straight contours."""
    pen = TTGlyphPen(None)
    for first, *others in contours:
        pen.moveTo(first)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def main():
    """Write the font."""
    glyphs = {".notdef": draw(), "box": draw(OUTER, INNER), "ticked": draw(OUTER, INNER, TICK)}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord("□"): "box", ord("☑"): "ticked"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (EM, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Paper Ticks", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(TARGET)


if __name__ == "__main__":
    main()
