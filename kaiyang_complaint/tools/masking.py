"""Find what identifies people in a text, and take it out before the text leaves the desk."""

import bisect
import math
import re
from typing import NamedTuple

from .dwellings import read_dwellings, read_recorded_places
from .identifiers import (
    number_keys,
    read_chat,
    read_mail,
    read_numbers,
    read_plates,
    read_recorded_numbers,
)
from .person_names import read_names, read_recorded_names
from .reading import Reading, bare_of

LONG_ENOUGH = 8
SHOWN = 7
# What stands in the place of each kind; none of it tells anything of the person.
PLACEHOLDERS = {
    "name": "〔姓名〕",
    "phone": "〔电话〕",
    "digits": "〔号码〕",
    "identity": "〔证件号〕",
    "card": "〔卡号〕",
    "plate": "〔车牌〕",
    "mail": "〔邮箱〕",
    "chat": "〔账号〕",
    "address": "〔住址〕",
    "employer": "〔单位〕",
}
# Masking changes what stands around the rest: texts are read again until nothing more is found.
READINGS = 8
# What stands between the parts of one name.
DOTS = frozenset("·•‧∙・･.．-’'")
# Whether a character is part of something found: the parts of one address may overlap.
FREE, TAKEN, ADDRESS = range(3)


class Known(NamedTuple):
    """What is recorded of a case, as the fields hold it, and what stays readable."""

    names: tuple = ()
    numbers: tuple = ()
    places: tuple = ()
    kept: tuple = ()


NOTHING = Known()


class Found(NamedTuple):
    """A stretch of a text that identifies someone, and what stands in its place."""

    start: int
    end: int
    kind: str
    recorded: bool
    shown: str


class Segment(NamedTuple):
    """A piece of a text: ``kind`` is empty where it stays as it is."""

    text: str
    shown: str
    kind: str
    recorded: bool


def mask_name(name):
    """Keep the family name's first character: for staff lists and boards, never for complainants.

    >>> mask_name("王小明"), mask_name("欧阳")
    ('王**', '欧*')
    >>> mask_name("")
    ''
    """
    name = (name or "").strip()
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def mask_phone(phone):
    """Keep the first three and the last four digits of a number that is long enough.

    >>> mask_phone("13812345678"), mask_phone("0851-87253281"), mask_phone("110")
    ('138****5678', '085*****3281', '***')
    """
    digits = re.sub(r"\D", "", phone or "")
    if len(digits) < LONG_ENOUGH:
        return "*" * len(digits)
    return f"{digits[:3]}{'*' * (len(digits) - SHOWN)}{digits[-4:]}"


def find(text, known=NOTHING):
    """Return what identifies people in a text, in order and not overlapping.

    :param known: what is recorded of the case, found in every writing; ``kept`` stays readable

    >>> find("我是王小明，电话138 1234 5678", Known(["王小明"]))
    ... # doctest: +NORMALIZE_WHITESPACE
    [Found(start=2, end=5, kind='name', recorded=True, shown='〔姓名〕'),
     Found(start=8, end=21, kind='phone', recorded=False, shown='〔电话〕')]
    >>> find("王小明（3号窗口）态度差", Known(kept=["王小明"]))
    []
    """
    text = text or ""
    found, spans = [], []
    # What was found is left out of the next reading, which may bring out what stood around it: so
    # it goes on until nothing more is found.
    for _count in range(READINGS):
        reading = Reading(text, spans)
        hits = _chosen(reading, known)
        if not hits:
            break
        for hit in hits:
            bounds = reading.of_text(hit.start, hit.end)
            spans.append(bounds)
            found.append(Found(*bounds, hit.kind, hit.recorded, PLACEHOLDERS[hit.kind]))
    return _joined(text, sorted(found))


def _is_one(text, first, second):
    """Return whether two stretches overlap, or are parts of one address or of one dotted name."""
    gap = second.start - first.end
    if gap < 0 or first.kind != second.kind:
        return gap < 0
    between = set(text[first.end : second.start])
    is_name = first.kind == "name" and first.recorded and second.recorded
    return (gap == 0 and first.kind == "address") or (is_name and gap and between <= DOTS)


def _joined(text, found):
    """Return stretches of which none overlaps another."""
    result = []
    for one in found:
        if result and _is_one(text, result[-1], one):
            last = result.pop()
            end, recorded = max(last.end, one.end), last.recorded or one.recorded
            result.append(last._replace(end=end, recorded=recorded))
        else:
            result.append(one)
    return result


def _chosen(reading, known):
    """Return the hits of one reading that do not overlap, without what stays readable."""
    kept = _kept_spans(reading, known.kept)
    taken = bytearray(len(reading.plain))
    chosen = []
    for hit in _all_hits(reading, known):
        mark = hit.kind == "address"
        over = set(taken[hit.start : hit.end]) - {FREE}
        if over - ({ADDRESS} if mark else set()) or _is_kept(kept, hit):
            continue
        taken[hit.start : hit.end] = bytes([ADDRESS if mark else TAKEN]) * (hit.end - hit.start)
        chosen.append(hit)
    return chosen


def _all_hits(reading, known):
    """Yield all that identifies someone: what is recorded first, then the surest shapes."""
    yield from read_recorded_numbers(reading, known.numbers)
    yield from sorted(
        (
            *read_recorded_names(reading, known.names),
            *read_recorded_places(reading, known.places),
        ),
        key=lambda hit: hit.start - hit.end,
    )
    yield from read_mail(reading)
    yield from read_plates(reading)
    yield from read_dwellings(reading)
    yield from read_numbers(reading)
    yield from read_chat(reading)
    yield from read_names(reading, frozenset(map(bare_of, known.kept)))


def _kept_spans(reading, kept):
    """Return the bounds in a reading of the words that stay readable, joined where they overlap."""
    words = {bare_of(word) for word in kept}
    spans = [span for word in words if len(word) > 1 for span in reading.occurrences(word)]
    numbers = [word for word in kept if number_keys(word)]
    spans += [(hit.start, hit.end) for hit in read_recorded_numbers(reading, numbers)]
    joined = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _is_kept(kept, hit):
    """Return whether a stretch belongs to a word that stays readable."""
    place = bisect.bisect_right(kept, (hit.start, math.inf)) - 1
    for start, end in kept[max(place, 0) : place + 2]:
        if start <= hit.start and hit.end <= end:
            return (start, end) != hit[:2] or not (hit.recorded and hit.kind == "name")
        # A guess never cuts into a word that stays; what is on record does.
        if not hit.recorded and (start < hit.start < end or start < hit.end < end):
            return True
    return False


def scrub(text, known=NOTHING):
    """Return a text without what identifies people; scrubbing it again changes nothing.

    >>> scrub("我是王小明,电话13812345678,身份证520121199001011234", Known(["王小明"]))
    '我是〔姓名〕,电话〔电话〕,身份证〔证件号〕'
    >>> scrub("座机0851-87253281,邮箱wang@example.com")
    '座机〔电话〕,邮箱〔邮箱〕'
    >>> scrub("咨询0851-87253281，办件编号520121202605090012", Known(kept=["0851 87253281"]))
    '咨询0851-87253281，办件编号520121202605090012'
    """
    return "".join(piece.shown for piece in segments(text, known))


def segments(text, known=NOTHING):
    """Return a text in pieces, those that are masked and those between them, in order.

    >>> [(piece.text, piece.shown) for piece in segments("王芳反映", Known(["王芳（女士）"]))]
    [('王芳', '〔姓名〕'), ('反映', '反映')]
    """
    text = text or ""
    pieces, place = [], 0
    for one in find(text, known):
        if place < one.start:
            between = text[place : one.start]
            pieces.append(Segment(between, between, "", False))
        pieces.append(Segment(text[one.start : one.end], one.shown, one.kind, one.recorded))
        place = one.end
    if place < len(text):
        pieces.append(Segment(text[place:], text[place:], "", False))
    return pieces


def exposed(text, known=NOTHING, recorded=False):
    """Return the identifying parts of a text, verbatim.

    :param recorded: leave out what is recognised by its shape alone

    >>> exposed("感谢王 小明反映，致电138-1234-5678", Known(["王小明"], ["138 1234 5678", ""]))
    ['138-1234-5678', '王 小明']
    >>> exposed("一三九〇一二三四五六七", Known(numbers=["0851-87253281/13901234567"]))
    ['一三九〇一二三四五六七']
    >>> exposed("老王，小明白了吗", Known(["王小明"])), exposed("13812345678", recorded=True)
    ([], [])
    """
    found = find(text, known)
    return sorted({text[one.start : one.end] for one in found if one.recorded or not recorded})
