"""Texts made ready for the search of identifiers: width, case, script and fillers set aside."""

import functools
import re
import unicodedata
from typing import NamedTuple


def words(text):
    """Return the words of a table of words.

    >>> words("王 李")
    ['王', '李']
    """
    return text.split()


# Stands for what is masked already: nothing is read across it.
BARRIER = "\ufffc"
MASKED = re.compile("〔(?:姓名|电话|号码|证件号|卡号|车牌|邮箱|账号|住址|单位)〕")
# What may stand inside a name or a number without ending it: blanks, dots, strokes and stars; no
# mark that parts one sentence from the next.
SEPARATORS = frozenset(" \t\n\r\v\f\x85\u2028\u2029.·•‧∙・･⋅_*+/\\|~^-‐‑‒–—―−─ー~`´'’‘〜")
# Categories of marks that nobody sees, and of accents: they are dropped wherever they stand.
UNSEEN = frozenset({"Mn", "Me", "Cf"})
# The soft hyphen and zero-width blanks are of category Cf; this one is a letter to Unicode.
FILLERS = frozenset("\u115f\u1160\u3164\u180e\u2800")
# Each pair is a traditional form and the form it is read as.
SIMPLIFIED = dict(
    words(
        "陳陈 張张 劉刘 黃黄 趙赵 吳吴 孫孙 馬马 買买 葉叶 楊杨 蔣蒋 韓韩 馮冯 鄧邓 許许 蕭萧 "
        "賈贾 鄒邹 閻阎 "
        "陸陆 蘇苏 盧卢 鐘钟 鍾钟 譚谭 範范 賴赖 龍龙 萬万 錢钱 湯汤 喬乔 賀贺 顧顾 龔龚 嚴严 "
        "韋韦 歐欧 陽阳 "
        "諸诸 嶽岳 齊齐 莊庄 魯鲁 畢毕 聶聂 駱骆 關关 寧宁 歸归 鄭郑 羅罗 謝谢 呂吕 華华 單单 "
        "倉仓 東东 電电 "
        "話话 號号 證证 樓楼 區区 縣县 鎮镇 鄉乡 組组 棟栋 開开 車车 戶户 銀银 紅红 偉伟 強强 "
        "國国 麗丽 軍军 "
        "蘭兰 鳳凤 鳴鸣 靜静 瓊琼 榮荣 貴贵 慶庆 興兴 濤涛 鵬鹏 飛飞 亞亚 麥麦 爾尔 熱热 維维 "
        "滿满 師师 傅傅 "
        "媽妈 親亲 與与 長长 門门 醫医 護护 碼码 聯联 係系 繫系 這这 裡里 們们 說说 請请 問问 "
        "賬账 帳账 ⺠民"
    )
)
_NUMERALS = {
    digit: str(number)
    for number, digits in enumerate(
        (
            "〇○零洞",
            "一幺弌壹弋",
            "二两贰貳弍兩",
            "三叁參叄弎",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒拐",
            "八捌",
            "九玖勾",
        )
    )
    for digit in digits
}


class Hit(NamedTuple):
    """A stretch of a reading that identifies someone; bounds count characters of ``plain``."""

    start: int
    end: int
    kind: str
    recorded: bool


def fold(character):
    r"""Return how a character is read: one, several or no characters.

    >>> fold("Ａ"), fold("⑩"), fold("é"), fold("\u200b"), fold("陳"), fold("（")
    ('a', '10', 'e', '', '陈', '(')
    """
    if character in FILLERS:
        return ""
    if "一" <= character <= "龥":
        return SIMPLIFIED.get(character, character)
    return "".join(
        SIMPLIFIED.get(one, one)
        for one in unicodedata.normalize("NFKD", character).casefold()
        if unicodedata.category(one) not in UNSEEN
    )


def plain_of(text):
    r"""Return a text as it is read.

    >>> plain_of("Ｔｅｌ：１３８ 张三（陳\u200b某）")
    'tel:138 张三(陈某)'
    """
    return "".join(map(fold, text or ""))


def bare_of(text):
    """Return a text as it is read, without what may stand inside a name.

    >>> bare_of("王 ·小*明"), bare_of("Jean-Baptiste Émile O’Connor")
    ('王小明', 'jeanbaptisteemileoconnor')
    """
    return "".join(one for one in plain_of(text) if one not in SEPARATORS)


def digit_of(character):
    """Return the digit that a character stands for, or the character itself.

    >>> [digit_of(one) for one in "7幺贰❸٤王"]
    ['7', '1', '2', '3', '4', '王']
    """
    if character.isascii():
        return character
    number = unicodedata.digit(character, None)
    return _NUMERALS.get(character, character) if number is None else str(number)


def digits_of(text):
    """Return a text as it is read, with every numeral as a digit, one to one.

    >>> digits_of("一三8-①②")
    '138-12'
    """
    plain = plain_of(text)
    return plain.translate({ord(one): digit_of(one) for one in set(plain)})


class Reading:
    """A text as it is read, with the place of each character in the text.

    ``plain`` has everything that is read, ``digits`` the same with numerals as digits, ``bare`` no
    separators; ``at`` and ``bare_at`` lead back to the text and to ``plain``.
    """

    def __init__(self, text, spans=()):
        """Read a text; what stands in the spans counts as masked."""
        self.text = text
        folded = {one: fold(one) for one in set(text)}
        pieces, at, place = [], [], 0
        masked = sorted([*(found.span() for found in MASKED.finditer(text)), *spans])
        for start, end in [*masked, (len(text), len(text))]:
            if place < start:
                self._read(folded, place, start, pieces, at)
            if start < end and (not pieces or pieces[-1] != BARRIER):
                pieces.append(BARRIER)
                at.append(start)
            place = max(place, end)
        self.plain = "".join(pieces)
        self.at = at

    def _read(self, folded, start, end, pieces, at):
        """Add a stretch of the text to what is read."""
        read = [folded[one] for one in self.text[start:end]]
        joined = "".join(read)
        pieces.append(joined)
        if len(joined) == end - start and all(read):
            at.extend(range(start, end))
        else:
            at.extend(place for place, one in enumerate(read, start) for _part in one)

    @functools.cached_property
    def digits(self):
        """The reading with every numeral as a digit, one to one."""
        return self.plain.translate({ord(one): digit_of(one) for one in set(self.plain)})

    @functools.cached_property
    def bare_at(self):
        """Where the characters of ``bare`` stand in ``plain``."""
        return [place for place, one in enumerate(self.plain) if one not in SEPARATORS]

    @functools.cached_property
    def bare(self):
        """The reading without what may stand inside a name."""
        return self.plain.translate({ord(one): None for one in SEPARATORS})

    def of_bare(self, start, end):
        """Return the bounds in ``plain`` of a stretch of ``bare``."""
        return self.bare_at[start], self.bare_at[end - 1] + 1

    def of_text(self, start, end):
        """Return the bounds in the text of a stretch of ``plain``."""
        first, last = self.at[start], self.at[end - 1] + 1
        while last < len(self.text) and not fold(self.text[last]):
            last += 1
        return first, last

    def occurrences_of(self, words):
        """Yield the bounds in ``plain`` of everything that reads like one of many bare words."""
        words = set(words)
        for length in sorted({len(word) for word in words}, reverse=True):
            for place in range(len(self.bare) - length + 1):
                if self.bare[place : place + length] in words:
                    yield self.of_bare(place, place + length)

    def occurrences(self, bare):
        """Yield the bounds in ``plain`` of everything that reads like some bare characters.

        >>> text = Reading("王 小明与王小明")
        >>> list(text.occurrences("王小明"))
        [(0, 4), (5, 8)]
        """
        place = self.bare.find(bare) if bare else -1
        while place >= 0:
            yield self.of_bare(place, place + len(bare))
            place = self.bare.find(bare, place + len(bare))
