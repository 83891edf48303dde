"""Read what somebody typed or pasted into the one search box of the desk."""

import re
import unicodedata

# More words than these narrow nothing any more, and each asks the database once.
MOST_WORDS = 6
# As PostgreSQL cuts words for its index: of fewer characters it finds nothing there.
INDEXED = 3
_DIGITS_ALONE = re.compile(r"[\d+()\-]*\d[\d+()\-]*")
_APART = re.compile(r"[\s,，、;；。:：|“”\"'《》]+")


def search_words(text):
    """Return the words of a search, a telephone or identity number being one.

    >>> search_words("  王小明　A02 "), search_words("138 0001-0033"), search_words("")
    (['王小明', 'A02'], ['1380001-0033'], [])
    >>> search_words("ＴＳ2026－0001，创业担保贷款"), search_words("520121 19900101 123X")
    (['TS2026-0001', '创业担保贷款'], ['52012119900101123X'])
    """
    words = [word for word in _APART.split(_plain(text)) if word.strip("-+()")]
    # The last sign of an identity number may be a letter.
    bare = [word[:-1] if re.fullmatch(r"\d{3,}[Xx]", word) else word for word in words]
    if len(words) > 1 and all(_DIGITS_ALONE.fullmatch(word) for word in bare):
        words = ["".join(words)]
    return words[:MOST_WORDS]


def is_code(word):
    """Return whether a word is the number of something: letters, marks and digits alone.

    >>> [is_code(word) for word in ("TS2026-0001", "A02", "13812345678", "X081-TS·2026-D30-0001")]
    [True, True, True, True]
    >>> is_code("贵A12345"), is_code("王小明"), is_code("ETC")
    (False, False, False)
    """
    return any(char.isdigit() for char in word) and all(
        char.isascii() or char == "·" for char in word
    )


def is_number(word):
    """Return whether a word may be a telephone or an identity number.

    >>> is_number("1234-5678"), is_number("+8613812345678"), is_number("52012119900101123x")
    (True, True, True)
    >>> is_number("TS2026-0001"), is_number("X")
    (False, False)
    """
    return bool(_DIGITS_ALONE.fullmatch(word[:-1] if word[-1:] in "Xx" else word))


def is_mobile(word):
    """Return whether a word is a whole mobile number, and so no part of another number.

    >>> is_mobile("13812345678"), is_mobile("1381234567")
    (True, False)
    """
    return bool(re.fullmatch(r"1[3-9]\d{9}", word))


def is_identity(word):
    """Return whether a word is a whole identity number, and nothing else.

    >>> is_identity("52012119900101123X"), is_identity("520121900101123"), is_identity("5201211990")
    (True, True, False)
    """
    return bool(re.fullmatch(r"\d{15}|\d{17}[\dXx]", word))


def number_endings(word):
    """Return how a complaint number may end where only its last digits were typed.

    >>> number_endings("29"), number_endings("029"), number_endings("2026-29")
    (['0029'], ['0029', '029'], [])
    """
    if not word.isascii() or not word.isdigit():
        return []
    return list(dict.fromkeys([word.zfill(4), word] if len(word) >= INDEXED else [word.zfill(4)]))


def _plain(text):
    plain = unicodedata.normalize("NFKC", text or "").strip()
    return re.sub(r"[‐‑‒–—―−]", "-", plain)
