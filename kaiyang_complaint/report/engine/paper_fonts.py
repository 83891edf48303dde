"""Chinese fonts as an archive wants them: a paper carries the outlines of its characters alone.

WeasyPrint embeds them as OpenType with an empty entry for each of 60,000 characters, a hundred
kilobytes a font that no compression gets at. As a bare font program (CFF, Adobe technical note
5176; ISO 32000-1, 9.9) that lists its characters, the same takes two.
"""

import re
import struct
from bisect import bisect_right
from functools import partial

import pydyf
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import get_hb_object_data

# Operators of a font's own dictionary, and how a number that spans five bytes begins.
CHARSET, CHARSTRINGS, FD_SELECT = b"\x0f", b"\x11", b"\x0c\x25"
LONG, REAL, ESCAPE = 29, 30, 12
NUMBER_LENGTHS = {28: 3, LONG: 5, **dict.fromkeys(range(247, 255), 2)}
LAST_OPERATOR = 21
VOCABULARY = re.compile(rb' xmlns:(?!rdf\b|x\b)\w+="[^"]*"')
REAL_END = 0x0F
# What sets type is of no use once it is set.
TYPESETTING = (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")


class Fonts(dict):
    """The fonts of a document, by WeasyPrint's keys: where they are whole, we reduce them.

    WeasyPrint does so twice, the second time to drop empty entries: those we drop with all others.
    """

    def __setitem__(self, key, font):
        font.subset = partial(_reduce, font)
        return super().__setitem__(key, font)


def _reduce(font, glyphs, hinting):
    """Leave a font the glyphs of its document, under the numbers they had."""
    reduced = glyphs and harfbuzz_subset and not font.missing and _subset(font.hb_face, glyphs)
    if reduced:
        font.file_content = reduced
    else:
        type(font).subset(font, glyphs, hinting)


def _subset(face, glyphs):
    plan = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(),
        harfbuzz_subset.hb_subset_input_destroy,
    )
    dropped = harfbuzz_subset.hb_subset_input_set(
        plan, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    )
    _fill(dropped, [harfbuzz.hb_tag_from_string(name, -1) for name in TYPESETTING])
    _fill(harfbuzz_subset.hb_subset_input_glyph_set(plan), glyphs)
    harfbuzz_subset.hb_subset_input_set_flags(
        plan,
        harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
        | harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        | harfbuzz_subset.HB_SUBSET_FLAGS_NO_LAYOUT_CLOSURE,
    )
    reduced = harfbuzz_subset.hb_subset_or_fail(face, plan)
    return get_hb_object_data(ffi.gc(reduced, harfbuzz.hb_face_destroy)) if reduced else None


def _fill(numbers, values):
    array = ffi.new("hb_codepoint_t[]", sorted(values))
    harfbuzz.hb_set_add_sorted_array(numbers, array, len(values))


def finish(document, pdf):
    """Trim the fonts of a PDF that is about to be written; leave its metadata legible."""
    used = {}
    for font in document.fonts.values():
        used.setdefault(font.file_content, {0}).update(font.to_unicode)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            _finish_stream(item, used)
        elif isinstance(item, dict) and item.get("Subtype") == "/CIDFontType0":
            # It belongs to TrueType alone (ISO 32000-1, table 117).
            item.pop("CIDToGIDMap", None)


def _finish_stream(stream, used):
    if stream.extra.get("Type") == "/Metadata":
        stream.compress = False
        stream.stream = [_spelled_out(b"".join(stream.stream))]
    elif stream.extra.get("Subtype") == "/OpenType":
        font = b"".join(stream.stream)
        outlines = trim(font, used.get(font, ()))
        if outlines:
            stream.stream = [outlines]
            stream.extra["Subtype"] = "/CIDFontType0C"


def _spelled_out(metadata):
    """Declare the vocabularies where they are used: some validators look nowhere else."""
    head, descriptions = metadata.split(b"<rdf:Description", 1)
    declared = b"".join(VOCABULARY.findall(head))
    descriptions = b"<rdf:Description" + descriptions
    return VOCABULARY.sub(b"", head) + descriptions.replace(
        b"<rdf:Description", b"<rdf:Description" + declared
    )


def trim(font, used):
    """Return the outlines of some glyphs of an OpenType font, under the numbers they had.

    :return: a font program (CFF), or ``None`` where the font is of another kind
    """
    outlines = _table(font, b"CFF ")
    operands = outlines and _operands(outlines)
    if not used or not operands or not {CHARSET, CHARSTRINGS, FD_SELECT} <= operands.keys():
        return None
    places = {name: struct.unpack_from(">L", outlines, at)[0] for name, at in operands.items()}
    start = places[CHARSTRINGS]
    glyphs = _Index(outlines, start)
    # The text of the PDF numbers its characters by glyph: now the font does so as well.
    kept = sorted(number for number in used if number < glyphs.count)
    pieces = {
        CHARSTRINGS: _written_index([glyphs[number] for number in kept]),
        CHARSET: struct.pack(f">B{len(kept) - 1}H", 0, *kept[1:]),
        FD_SELECT: bytes([0, *_dictionaries(outlines, places[FD_SELECT], kept)]),
    }
    return _replaced(outlines, start, glyphs.end, operands, pieces)


def _replaced(outlines, start, end, operands, pieces):
    """Put the pieces where the old glyphs stood: nothing else of the font moves."""
    patched, place = bytearray(outlines), start
    for name, piece in pieces.items():
        patched[place : place + len(piece)] = piece
        struct.pack_into(">L", patched, operands[name], place)
        place += len(piece)
    if place > end:
        return None
    patched[place:end] = bytes(end - place)
    return bytes(patched)


def _table(font, wanted):
    """Return one table of an OpenType font."""
    (count,) = struct.unpack_from(">H", font, 4)
    for tag, _sum, offset, length in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * count]):
        if tag == wanted:
            return font[offset : offset + length]
    return None


class _Index:
    """A list of byte strings inside a font (CFF, table 7)."""

    def __init__(self, data, start):
        self.data = data
        self.count, self.size = struct.unpack_from(">HB", data, start)
        self.offsets = start + 3
        self.base = self.offsets + self.size * (self.count + 1) - 1
        self.end = self._place(self.count) if self.count else start + 2

    def _place(self, number):
        at = self.offsets + self.size * number
        return self.base + int.from_bytes(self.data[at : at + self.size], "big")

    def __getitem__(self, number):
        return self.data[self._place(number) : self._place(number + 1)]


def _written_index(items):
    offsets = [1]
    for item in items:
        offsets.append(offsets[-1] + len(item))
    head = struct.pack(f">HB{len(offsets)}L", len(items), 4, *offsets)
    return head + b"".join(items)


def _operands(outlines):
    """Return where the dictionary of a font holds its long numbers, by their operators."""
    fonts = _Index(outlines, _Index(outlines, outlines[2]).end)
    at, end, found, last = fonts.base + 1, fonts.end, {}, None
    while at < end:
        code = outlines[at]
        if code <= LAST_OPERATOR:
            length = 2 if code == ESCAPE else 1
            if last is not None and outlines[last] == LONG:
                found[outlines[at : at + length]] = last + 1
        else:
            length, last = _number_length(outlines, at), at
        at += length
    return found


def _number_length(outlines, at):
    if outlines[at] != REAL:
        return NUMBER_LENGTHS.get(outlines[at], 1)
    end = at + 1
    while outlines[end] & REAL_END != REAL_END:
        end += 1
    return end + 1 - at


def _dictionaries(outlines, at, kept):
    """Return the number of the part of the font that each glyph belongs to (CFF, table 27)."""
    if outlines[at] == 0:
        return [outlines[at + 1 + number] for number in kept]
    (count,) = struct.unpack_from(">H", outlines, at + 1)
    ranges = list(struct.iter_unpack(">HB", outlines[at + 3 : at + 3 + 3 * count]))
    firsts = [first for first, _part in ranges]
    return [ranges[bisect_right(firsts, number) - 1][1] for number in kept]
