"""Whether the drawing of a foreign page meets what an archive asks of one (ISO 19005-3, 6.2, 6.3).

It is taken over only where every part of it is of a kind that is known to be allowed: fonts inside
and as wide as they say, colours of screens, no layers, nothing that acts.
"""

import io
import re

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Dictionary, Name, Stream

from . import pdfa

# Instructions of a drawing (ISO 32000-1, annex A), but for colours of printing inks.
OPERATORS = frozenset(
    re.split(
        r"(?<!INLINE) ",
        "b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i INLINE IMAGE"
        " j J l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts"
        " Tw Tz v w W W* y ' \"",
    )
)
INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
BLENDS = {
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"),
    *("/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
    *("/Hue", "/Saturation", "/Color", "/Luminosity"),
}
ENCODINGS = {"/Identity-H", "/Identity-V"}
SIMPLE_ENCODINGS = {"/WinAnsiEncoding", "/MacRomanEncoding"}
# Colours by components, of profiles that screens and grey scans use.
PROFILES = {1: b"GRAY", 3: b"RGB "}
PROFILE_MARK, MARK_PLACE, SPACE_PLACE = b"acsp", 36, 16
SYMBOLIC = 4
LAYERS, STATE = {"/OC", "/OPI"}, {"/BM", "/TR", "/TR2", "/HTP", "/HTO", "/RI"}
# What may be left out, and has to be right where it stands (6.2.8, 6.2.11.4.2).
NOT_NEEDED = {"/Interpolate", "/CIDSet", "/CharSet"}
INTERPOLATED = re.compile(rb"/I(?:nterpolate)?\s+true")
# Drawings of more bytes are quicker as a picture.
MOST_BYTES = 4_000_000
# How much a letter may differ from the width it says (6.2.11.5), in thousandths of an em.
TOLERANCE = 1.5
# Hidden, or not to be seen: ISO 32000-1, 12.5.3.
UNSEEN = 2 | 32
UNDRAWN = {"/Link", "/Popup"}


class NonConformingError(Exception):
    """Something of a drawing that no archive takes, or that is not known."""


def drop_unseen(pdf):
    """Take from pages what is not to be seen on them: links, and notes that are hidden."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            page.obj.Annots = Array([note for note in page.obj.Annots if _is_seen(note)])


def _is_seen(note):
    left, bottom, right, top = (float(side) for side in note.get("/Rect", (0, 0, 0, 0)))
    hidden = int(note.get("/F", 0)) & UNSEEN or note.get("/Subtype") in UNDRAWN
    return not hidden and left != right and bottom != top


def undrawn_pages(pdf):
    """Return the numbers of the pages with notes or fields that a program would have to draw."""
    filled_later = bool(pdf.Root.get("/AcroForm", Dictionary()).get("/NeedAppearances", False))
    return {
        number
        for number, page in enumerate(pdf.pages)
        for note in page.obj.get("/Annots", ())
        if (filled_later and note.Subtype == Name.Widget) or not _is_drawn(note)
    }


def _is_drawn(note):
    drawing = note.get("/AP", Dictionary()).get("/N")
    return drawing is not None and (isinstance(drawing, Stream) or "/AS" in note)


class Checked:
    """What was looked at already: pages share their fonts and pictures."""

    def __init__(self):
        self._sound = set()
        self._bytes = 0

    def assert_page(self, page):
        """Refuse a page that may not be taken over.

        :raise NonConformingError: saying why
        """
        self._bytes = 0
        self._assert_instructions(page)
        self._assert_parts(Array([page.resources, page.obj.get("/Group", Dictionary())]))

    def _assert_parts(self, part):
        """Check all that hangs on an object."""
        pending, seen = [part], set()
        while pending:
            one = pending.pop()
            if isinstance(one, Name):
                _assert_name(one)
            if not isinstance(one, Array | Dictionary | Stream):
                continue
            if one.is_indirect and one.objgen in self._sound | seen:
                continue
            seen.add(one.objgen)
            if isinstance(one, Array):
                pending.extend(list(one))
            else:
                self._assert_dictionary(one)
                pending += one.values()
        self._sound |= seen

    def _assert_dictionary(self, one):
        for key in NOT_NEEDED & one.keys():
            del one[key]
        for flaw in pdfa._of_part(one):
            _refuse(flaw)
        if LAYERS & one.keys() or one.get("/Type") in (Name.OCG, Name.OCMD):
            _refuse("6.9: layers")
        if one.get("/Type") == Name.ExtGState or STATE & one.keys():
            _assert_state(one)
        elif one.get("/Type") == Name.Font or "/BaseFont" in one:
            _assert_font(one)
        if isinstance(one, Stream):
            self._assert_stream(one)
        if one.get("/Subtype") == Name.Type3:
            for drawing in one.CharProcs.values():
                self._assert_instructions(drawing)

    def _assert_stream(self, one):
        if one.get("/Subtype") == Name.Image:
            _assert_image(one)
        elif one.get("/Subtype") == Name.Form or "/PatternType" in one:
            self._assert_instructions(one)
        elif "/N" in one and "/Subtype" not in one and "/Type" not in one:
            _assert_profile(one)

    def _assert_instructions(self, drawing):
        """Check the instructions of a drawing one by one."""
        is_page = isinstance(drawing, pikepdf.Page)
        streams = drawing.obj.get("/Contents", Array()) if is_page else drawing
        for stream in streams if isinstance(streams, Array) else [streams]:
            self._bytes += len(stream.read_bytes())
        if self._bytes > MOST_BYTES:
            _refuse("a drawing of too many lines")
        for operands, operator in pikepdf.parse_content_stream(drawing):
            name = str(operator)
            if name not in OPERATORS:
                _refuse(f"6.2.2: {name}")
            if name == "INLINE IMAGE":
                _assert_inline(operands[0])
            elif name in ("cs", "CS", "BDC", "DP", "ri"):
                _assert_operands(name, operands)


def _refuse(why):
    raise NonConformingError(why)


def _assert_name(name):
    if name in (Name.DeviceCMYK, Name("/CMYK")):
        _refuse("6.2.4: colours of printing inks")


def _assert_operands(name, operands):
    if name == "ri" and str(operands[0]) not in INTENTS:
        _refuse("6.2.6: another intent")
    for one in operands:
        if isinstance(one, Name):
            _assert_name(one)
            if one == Name.OC:
                _refuse("6.9: layers")


def _assert_inline(image):
    colours = image.image_mask or image.colorspace in ("/DeviceGray", "/DeviceRGB")
    if not colours or "/LZWDecode" in image.filters:
        _refuse("6.2.8: a picture of other colours")
    if INTERPOLATED.search(image.unparse()):
        _refuse("6.2.8: a picture that is interpolated")


def _assert_state(state):
    if {"/TR", "/HTP", "/HTO"} & state.keys() or state.get("/TR2", Name.Default) != Name.Default:
        _refuse("6.2.5: a transfer function")
    blends = state.get("/BM", Name.Normal)
    for blend in blends if isinstance(blends, Array) else [blends]:
        if str(blend) not in BLENDS:
            _refuse("6.2.10: another way of blending")
    if str(state.get("/RI", "/Perceptual")) not in INTENTS:
        _refuse("6.2.6: another intent")


def _assert_image(image):
    filters = image.get("/Filter", Array())
    if Name.JPXDecode in (filters if isinstance(filters, Array) else [filters]):
        _refuse("6.2.8.3: not looked into")
    if "/Alternates" in image:
        _refuse("6.2.8: other versions of a picture")
    if "/Intent" in image and str(image.Intent) not in INTENTS:
        _refuse("6.2.6: another intent")


def _assert_profile(profile):
    content = profile.read_bytes()
    space = PROFILES.get(int(profile.N))
    sound = content[MARK_PLACE : MARK_PLACE + 4] == PROFILE_MARK
    if not sound or content[SPACE_PLACE : SPACE_PLACE + 4] != space:
        _refuse("6.2.4.2: a profile of other colours")


# --- fonts ------------------------------------------------------------------------------------


def _assert_font(font):
    kind = font.get("/Subtype")
    if kind == Name.Type0:
        _assert_type0(font)
    elif kind == Name.TrueType:
        _assert_truetype(font)
    elif kind not in (Name.Type1, Name.MMType1, Name.Type3, Name.CIDFontType0, Name.CIDFontType2):
        _refuse("6.2.11.2: no font")
    if kind != Name.Type0 and "/ToUnicode" not in font and not _is_readable(font):
        _refuse("6.2.11.7: letters that can't be read as text")


def _is_readable(font):
    """Return whether what letters mean is known without a table of their own."""
    if font.Subtype in (Name.CIDFontType0, Name.CIDFontType2):
        return True
    encoding = font.get("/Encoding")
    named = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    return named is not None and str(named) in SIMPLE_ENCODINGS


def _assert_type0(font):
    if not isinstance(font.Encoding, Name) or str(font.Encoding) not in ENCODINGS:
        _refuse("6.2.11.3: another encoding")
    (descendant,) = font.DescendantFonts
    if descendant.Subtype == Name.CIDFontType2:
        _assert_widths(descendant)


def _assert_truetype(font):
    """A symbolic font has no encoding, any other one of two (6.2.11.6)."""
    encoding = font.get("/Encoding")
    if int(font.FontDescriptor.Flags) & SYMBOLIC:
        if encoding is not None:
            _refuse("6.2.11.6: an encoding of symbols")
    elif not isinstance(encoding, Name) or str(encoding) not in SIMPLE_ENCODINGS:
        _refuse("6.2.11.6: another encoding")


def _assert_widths(font):
    """Compare how wide the letters of a font say they are with how wide they are drawn."""
    try:
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()), lazy=True)
        em, advances = program["head"].unitsPerEm, program["hmtx"].metrics
        order = program.getGlyphOrder()
    except (TTLibError, KeyError, AssertionError) as error:
        raise NonConformingError("6.2.11.4: no font program") from error
    numbers = None
    if isinstance(font.CIDToGIDMap, Stream):
        numbers = font.CIDToGIDMap.read_bytes()
    for code, width in _widths(font.get("/W", Array())):
        glyph = int.from_bytes(numbers[2 * code : 2 * code + 2], "big") if numbers else code
        if glyph >= len(order):
            continue
        drawn = advances[order[glyph]][0] * 1000 / em
        # Letters that the document does not use are empty, and as wide as anything.
        if drawn and abs(drawn - float(width)) > TOLERANCE:
            _refuse("6.2.11.5: letters of another width")


def _widths(entries):
    """Yield codes and widths of a font (ISO 32000-1, 9.7.4.3)."""
    items = list(entries)
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            yield from enumerate(items[at + 1], first)
            at += 2
        else:
            yield from ((code, items[at + 2]) for code in range(first, int(items[at + 1]) + 1))
            at += 3
