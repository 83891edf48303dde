"""Bring texts into the form in which they are compared."""

import re
import unicodedata

# The beginning of a text says what it is about; long letters repeat themselves.
COMPARED = 600
_BETWEEN_WORDS = re.compile(r"[\W_]+")
SHORTEST_PHONE = 7
_SEVERAL_PHONES = re.compile(r"[/、,，;；|\n]|或|和")
_NOTHING = frozenset(
    [
        "无",
        "没有",
        "暂无",
        "不详",
        "未知",
        "未提供",
        "空",
        "略",
        "同上",
        "null",
        "none",
        "na",
        "no",
        "test",
        "测试",
    ]
)
_MOBILE = re.compile(r"1[3-9]\d{9}")


def comparable(*texts):
    """Return texts normalized for comparison: no punctuation, one width, one case, limited length.

    >>> comparable("过户登记", "取号后等了两个小时,  窗口 A03 没人!")
    '过户登记 取号后等了两个小时 窗口 a03 没人'
    >>> comparable(None, "  ——  ")
    ''
    """
    text = unicodedata.normalize("NFKC", " ".join(filter(None, texts))).lower()
    return _BETWEEN_WORDS.sub(" ", text).strip()[:COMPARED]


def phone_key(phone):
    """Return the digits by which a telephone is known, whichever way it was written.

    >>> phone_key("138 0001-0033"), phone_key("+86 13800010033"), phone_key("(0851) 87253281")
    ('13800010033', '13800010033', '085187253281')
    >>> phone_key("110"), phone_key("不详"), phone_key(None)
    ('', '', '')

    Of several numbers the mobile counts, which is one person's, else the first.

    >>> phone_key("0851-87250000、13900000002"), phone_key("0851-87250000/87250001")
    ('13900000002', '085187250000')
    """
    keys = [key for part in _SEVERAL_PHONES.split(phone or "") if (key := _digits_of(part))]
    return next((key for key in keys if _MOBILE.fullmatch(key)), keys[0] if keys else "")


def doubled_pattern(text):
    """Return the pattern of SQL for a text within another, each character doubled.

    >>> doubled_pattern("张三"), doubled_pattern("5%") == "%55" + "\N{REVERSE SOLIDUS}%" * 2 + "%"
    ('%张张三三%', True)
    """
    doubled = "".join(f"\\{char}" * 2 if char in "%_\\" else char * 2 for char in text)
    return f"%{doubled}%"


def _digits_of(phone):
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    digits = re.sub(r"^(00)?86(?=1\d{10}$|0\d{9,})", "", digits)
    return digits if len(digits) >= SHORTEST_PHONE else ""


def says_nothing(text):
    """Return whether a text gives no answer: empty, marks alone, or a word for nothing.

    >>> [says_nothing(text) for text in ("无", " 无。", "/", "——", "不详", "None", "", None)]
    [True, True, True, True, True, True, True, True]
    >>> says_nothing("无人接听，短信告知"), says_nothing("本人"), says_nothing("5")
    (False, False, False)
    """
    bare = _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", text or "")).lower()
    return not bare or bare in _NOTHING


def shortened(text, length):
    """Return a text of no more than some characters, with a sign where more was said.

    >>> shortened("特此函告。", 5), shortened("现将3件投诉的处理结果通报如下", 6)
    ('特此函告。', '现将3件投…')
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"


def storable(text):
    """Return whether the database can keep a text: no null character, no half of a pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
