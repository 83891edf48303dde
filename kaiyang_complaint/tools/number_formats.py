"""Write a number as the sheet shows it, by the format of its cell."""

import re
from decimal import ROUND_HALF_UP, Decimal

GENERAL = "General"
# From here on a spreadsheet has replaced the last digits by noughts.
KEPT_DIGITS = 10**15
# No format is followed beyond, nor for what is no number.
LARGEST = 10**20
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|([0#?])|(\.)|(,)|(%)|([eE][+-])|(.)', re.DOTALL
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {
    "<": lambda one, two: one < two,
    "<=": lambda one, two: one <= two,
    ">": lambda one, two: one > two,
    ">=": lambda one, two: one >= two,
    "=": lambda one, two: one == two,
    "<>": lambda one, two: one != two,
}


def shown(value, code=GENERAL):
    """Return a number as the text that stands in the sheet.

    Where a format can't be followed the digits are given as they are: none is lost.

    :param value: a whole number or a float
    :param code: the format of the cell

    >>> shown(123, "000000"), shown(85187250000, "0000-00000000")
    ('000123', '0851-87250000')
    >>> shown(17, '"KY"0000'), shown(1234.5, "#,##0.00"), shown(0.25, "0%"), shown(-3, "00")
    ('KY0017', '1,234.50', '25%', '-03')
    >>> shown(2549.0), shown(0.1 + 0.2), shown(123456789012), shown(1.23456789012345e17)
    ('2549', '0.3', '123456789012', '1.23457E+17')
    >>> shown(1.23456789012345e17, "0"), shown(20, "0.00E+00"), shown(5, ";;;")
    ('123456789012345000', '20', '5')
    >>> shown(float("inf"), "0"), shown(1e300, "0")
    ('INF', '1.00000E+300')
    """
    if not code or code == GENERAL or not abs(value) < LARGEST:
        return plain(value)
    number = Decimal(format(value, ".15g") if isinstance(value, float) else value)
    section, sign = _section(code, number)
    tokens = _tokens(section)
    kinds = [kind for kind, _text in tokens]
    if "digit" not in kinds or "exponent" in kinds:
        return plain(value)
    return sign + _filled(abs(number), tokens, kinds)


def plain(value):
    """Return a number without a format; one that lost its last digits in the notation of Excel.

    >>> plain(True), plain(12.5), plain(0.00001)
    ('TRUE', '12.5', '0.00001')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if abs(value) >= KEPT_DIGITS:
        return f"{value:.5E}"
    return format(Decimal(format(value, ".15g")), "f")


def _section(code, number):
    """Return the part of a format that holds for a number, and the sign it does not write."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _COMPARED[condition[1]](number, Decimal(condition[2])):
            return section, "-" if number < 0 else ""
    if number < 0:
        return (sections[1], "") if len(sections) > 1 else (sections[0], "-")
    zero = 2
    return sections[zero if number == 0 and len(sections) > zero else 0], ""


def _tokens(section):
    kinds = ("text", "text", None, "digit", "point", "comma", "percent", "exponent", "text")
    found = []
    for match in _TOKEN.finditer(section):
        place = match.lastindex
        if place and kinds[place - 1]:
            found.append((kinds[place - 1], match[place]))
    return found


def _filled(number, tokens, kinds):
    """Return the digits of a number in the places that a format has for them."""
    if "percent" in kinds:
        number *= 100
    point = kinds.index("point") if "point" in kinds else len(tokens)
    places = kinds[point:].count("digit")
    whole, _dot, fraction = format(
        number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f"
    ).partition(".")
    grouped = any(
        kind == "comma" and "digit" in kinds[place + 1 : point] for place, kind in enumerate(kinds)
    )
    left = _whole(tokens[:point], "" if whole == "0" else whole, grouped)
    return left + _fraction(tokens[point:], fraction)


def _whole(tokens, digits, grouped):
    """Return what stands before the point: from the right, the first place takes what is left."""
    remaining, parts, written = list(digits), [], 0
    places = [place for place, (kind, _text) in enumerate(tokens) if kind == "digit"]
    for place in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[place]
        if kind in ("text", "percent"):
            parts.append(text)
        if kind != "digit":
            continue
        while True:
            digit = remaining.pop() if remaining else "0" if text == "0" else ""
            parts.append("," if grouped and digit and written and written % 3 == 0 else "")
            parts.append(digit)
            written += 1
            if place != places[0] or not remaining:
                break
            text = "#"
    return "".join(reversed(parts))


def _fraction(tokens, digits):
    remaining, parts = list(digits), []
    for kind, text in tokens:
        if kind == "digit":
            digit = remaining.pop(0)
            # What an optional place would only fill with noughts is not shown.
            rest = digit + "".join(remaining)
            parts.append(digit if text == "0" or rest.strip("0") else "")
        elif kind != "comma":
            parts.append(text)
    return "".join(parts).rstrip(".")
