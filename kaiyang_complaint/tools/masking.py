"""Hide who complained from those who were complained about."""

import re
import unicodedata

_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{4,5}(\d{3})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{4})\d{10,13}([\dXx])(?![\dXx])")
LONG_ENOUGH = 8
SHOWN = 7
ENOUGH_DIGITS = 5
# What may stand inside a name without ending it: blanks, marks that nobody sees, such as zero-width
# spaces and soft hyphens, dots, strokes and stars; no mark that parts one sentence from the next.
_INSIDE = (
    r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"
    r".·•・‧∙．_*＊+/／\\|~^–—―－-]"
)
_SEPARATOR = re.compile(_INSIDE)
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SEVERAL = re.compile(r"[/、,，;；]")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def mask_name(name):
    """Keep the family name's first character.

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


def exposed(text, names=(), numbers=()):
    r"""List what a text gives away of some people, however it is spaced or written.

    :param names: names and addresses, word for word
    :param numbers: their telephone and identity numbers

    >>> exposed("感谢王 小明反映，致电138-1234-5678", ["王小明", "李"], ["138 1234 5678", ""])
    ['138 1234 5678', '王小明']
    >>> exposed("致电１３８．１２３４．５６７８，或一三九〇一二三四五六七", numbers=["13812345678"])
    ['13812345678']
    >>> exposed("一三九〇一二三四五六七", numbers=["0851-87253281/13901234567"])
    ['0851-87253281/13901234567']
    >>> exposed("写信到Wang＠Example.com，王\u200b小明收", ["wang@example.com", "王小明"])
    ['wang@example.com', '王小明']
    >>> exposed("王·小*明来过", ["王小明"]), exposed("老王，小明白了吗", ["王小明"])
    (['王小明'], [])
    >>> exposed("投诉电话0851-87253281", ["王小明"], ["13812345678"])
    []
    """
    words = _bare_words(text)
    digits = _bare_digits(text)
    told = {name for name in filter(None, names) if _tells_name(words, name)}
    told |= {number for number in filter(None, numbers) if _tells_number(digits, number)}
    return sorted(told)


def _bare_words(text):
    return _SEPARATOR.sub("", unicodedata.normalize("NFKC", text or "")).casefold()


def _bare_digits(text):
    """Return a text with nothing between its characters, and all numerals as digits."""
    plain = unicodedata.normalize("NFKC", text or "").translate(_NUMERALS)
    return re.sub(r"[\W_]", "", plain)


def _tells_name(words, name):
    """Tell whether a text holds a name of two characters or more."""
    bare = _bare_words(name)
    return len(bare) > 1 and bare in words


def _tells_number(digits, number):
    """Tell whether a text holds a number, or one of several that were noted together."""
    found = (re.sub(r"\D", "", _bare_digits(one)) for one in _SEVERAL.split(number))
    return any(len(one) >= ENOUGH_DIGITS and one in digits for one in found)


def scrub(text, names=(), numbers=()):
    """Take names, telephone and identity numbers and mail addresses out of a text.

    :param names: what the text may contain of a person, however it is spaced
    :param numbers: numbers of the person that may not look like one

    >>> scrub("我是王小明,电话13812345678,身份证520121199001011234", ["王小明"])
    '我是王**,电话138****5678,身份证5201*************4'
    >>> scrub("请打138 1234 5678", numbers=["138 1234 5678"])
    '请打138****5678'
    >>> scrub("座机0851-87253281,邮箱wang@example.com")
    '座机0851-*****281,邮箱***'
    """
    text = text or ""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = _with_name_masked(text, name)
    for number in filter(None, numbers):
        text = text.replace(number, mask_phone(number))
    text = _ID_NUMBER.sub(lambda m: f"{m[1]}{'*' * (len(m[0]) - 5)}{m[2]}", text)
    text = _PHONE.sub(r"\1****\2", text)
    text = _LANDLINE.sub(lambda m: f"{m[1]}{'*' * (len(m[0]) - len(m[1]) - 3)}{m[2]}", text)
    return _MAIL.sub("***", text)


def _with_name_masked(text, name):
    """Return a text in which a name is masked, however it is spaced.

    >>> _with_name_masked("我是王·小明，王 小 明。老王，小明白了", "王小明")
    '我是王**，王**。老王，小明白了'
    >>> _with_name_masked("王" + "*" * 9999, "王" + "*" * 99) == "王" + "*" * 9999
    True
    """
    letters = [re.escape(letter) for letter in _SEPARATOR.sub("", name)]
    if len(letters) <= 1:
        return text
    return re.sub(f"{_INSIDE}*".join(letters), lambda found: mask_name(found[0]), text)
