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
# Half of a character each (UTF-16): no character has one of these codes.
UNUSED = range(0xD800, 0xE000)
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


class InklessFont:
    """The font in a PDF: its codes are the characters themselves (UTF-16).

    Characters beyond 16 bits, rare ones in names, take codes that stand for no character.
    """

    def __init__(self, pdf):
        self._rare = {}
        self.object = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=FULL_NAME,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(_characters(pdf))]),
                ToUnicode=pdf.make_stream(b""),
            )
        )

    def codes(self, words):
        """Return the codes of a text."""
        return b"".join(self._code(letter) for letter in words)

    def _code(self, letter):
        if ord(letter) < CODES:
            return letter.encode("utf-16-be")
        if letter not in self._rare and len(self._rare) < len(UNUSED):
            self._rare[letter] = UNUSED[len(self._rare)]
        return self._rare.get(letter, ord(" ")).to_bytes(2, "big")

    def finish(self):
        """Say what the codes mean, once all are given."""
        self.object.ToUnicode.write(_meanings(self._rare))


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


def _meanings(rare):
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    ranges = [one for one in ranges if int(one[1:5], 16) not in UNUSED]
    ranges += [
        f"<{code:04X}> <{code:04X}> <{letter.encode('utf-16-be').hex()}>"
        for letter, code in rare.items()
    ]
    blocks = [ranges[at : at + BLOCK] for at in range(0, len(ranges), BLOCK)]
    lines = (f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return MEANINGS % "\n".join(lines).encode()
