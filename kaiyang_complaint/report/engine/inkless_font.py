"""An invisible font: every character has the same empty glyph and keeps its code point.

It carries the text behind the picture of a page, so that the page can be searched and read aloud.
"""

import functools
import io

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name

FAMILY = "Inkless"
FULL_NAME = Name("/" + FAMILY)
EM = 1000
WIDTH = 500
CODES = 1 << 16
# The first glyph stands for what a font lacks, and may not be used (ISO 19005-3, 6.2.11.8).
GLYPH = 1
MEANINGS = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
# A range may not run on into another first byte, and a block holds a hundred (ISO 32000-1, 9.10.3).
BLOCK = 100


def font(pdf):
    """Return the font for a PDF, whose codes are the characters themselves (UTF-16)."""
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=FULL_NAME,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(_characters(pdf))]),
        ToUnicode=pdf.make_stream(_meanings()),
    )


def _characters(pdf):
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=FULL_NAME,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
        DW=WIDTH,
        CIDToGIDMap=pdf.make_stream(GLYPH.to_bytes(2, "big") * CODES),
    )


def _descriptor(pdf):
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=FULL_NAME,
        Flags=4,
        FontBBox=Array([0, 0, WIDTH, EM]),
        ItalicAngle=0,
        Ascent=EM,
        Descent=0,
        CapHeight=EM,
        StemV=80,
        FontFile2=pdf.make_stream(_program(), Length1=len(_program())),
    )


@functools.cache
def _program():
    builder = FontBuilder(EM, isTTF=True)
    glyphs = [".notdef", "inkless"]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x20: "inkless"})
    builder.setupGlyf({name: Glyph() for name in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=EM, descent=0)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=EM, usWinAscent=EM)
    builder.setupPost()
    content = io.BytesIO()
    builder.save(content)
    return content.getvalue()


@functools.cache
def _meanings():
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[at : at + BLOCK] for at in range(0, len(ranges), BLOCK)]
    lines = (f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return MEANINGS % "\n".join(lines).encode()
