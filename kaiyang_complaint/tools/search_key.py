"""By what people find a record while they type: its words, their pinyin, its number."""

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

# A number over a window or on a badge: letters, digits; what people say around it is left out.
_NUMBER = re.compile(r"第?([a-z]*)[-_.]?0*(\d+)(?:号?窗口?|号|项)?")


def search_key(texts, words=()):
    """Return what a record is found by, each token between spaces.

    :param texts: its number and names; of Chinese ones the pinyin and its initials belong to it
    :param words: longer texts of which the words alone count

    >>> search_key(["A02", "不动产"])
    ' a02 a2 2 不动产 budongchan bdc '
    >>> search_key([8, "态度 粗暴"], ["与群众争吵的"])
    ' 8 态度粗暴 taiducubao tdcb 与群众争吵的 '
    >>> search_key([None, ""])
    ''
    """
    tokens = [token for text in texts for token in _tokens(_plain(text))]
    tokens += [_plain(text) for text in words]
    found = list(dict.fromkeys(filter(None, tokens)))
    return f" {' '.join(found)} " if found else ""


def typed_keys(text):
    """Return what was typed in the form in which keys hold it: all of it has to be found.

    >>> typed_keys("Ａ02"), typed_keys("a2号窗口"), typed_keys("02"), typed_keys("8")
    (['a2'], ['a2'], ['2'], ['8'])
    >>> typed_keys("BDC"), typed_keys("bu dong chan"), typed_keys("A02 不动产"), typed_keys(" ")
    (['bdc'], ['bu', 'dong', 'chan'], ['a2', '不动产'], [])
    """
    parts = unicodedata.normalize("NFKC", str(text or "")).split()
    return list(filter(None, (_short(_plain(part)) for part in parts)))


def _tokens(plain):
    number = _NUMBER.fullmatch(plain)
    if number:
        return [plain, _short(plain), str(int(number[2]))]
    if plain.isascii():
        return [plain]
    initials = lazy_pinyin(plain, style=Style.FIRST_LETTER)
    return [plain, "".join(lazy_pinyin(plain)), "".join(initials)]


def _short(plain):
    number = _NUMBER.fullmatch(plain)
    return f"{number[1]}{int(number[2])}" if number else plain


def _plain(text):
    # The wildcards of a search pattern are no part of a name.
    return re.sub(r"[\s%_\\]", "", unicodedata.normalize("NFKC", str(text or ""))).lower()
