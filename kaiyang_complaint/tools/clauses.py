"""Clauses of a regulation: the order of their codes, and their words as a paper quotes them."""

import re

NUMERALS = "一二三四五六七八九十"
NUMBER = re.compile(rf"[{NUMERALS}]|\d+")
# Quotation marks inside a quotation are single ones.
INNER = str.maketrans("“”", "‘’")
LEVELS = 3
STEP = 100


def clause_order(code):
    """Return a number by which clauses are sorted as the regulation has them.

    >>> sorted(["七.3", "五(二)4", "四.2", "五(三)", "六.3", "五"], key=clause_order)
    ['四.2', '五', '五(二)4', '五(三)', '六.3', '七.3']
    """
    found = NUMBER.findall(code or "")[:LEVELS]
    numbers = [NUMERALS.find(one) + 1 or int(one) for one in found]
    numbers += [0] * (LEVELS - len(numbers))
    return sum(min(number, STEP - 1) * STEP**level for level, number in enumerate(numbers[::-1]))


def sentences(text):
    r"""Return the sentences of a clause.

    >>> sentences("当月不得参加“诚信示范岗”的评比。\n要书面汇报说明。 ")
    ['当月不得参加“诚信示范岗”的评比', '要书面汇报说明']
    """
    line = "".join(part.strip() for part in (text or "").splitlines())
    return [one.strip() for one in line.split("。") if one.strip()]


def quoted(text, number=None):
    """Return the words of a clause in quotation marks, without the full stop; or nothing.

    :param number: the sentence to quote, from 1; the whole clause where it has no such sentence
    >>> quoted("不得参加“优秀”评比。要书面说明。"), quoted("不得参加“优秀”评比。要书面说明。", 2)
    ('“不得参加‘优秀’评比。要书面说明”', '“要书面说明”')
    >>> quoted("不予受理。", 2), quoted(""), quoted(False)
    ('“不予受理”', '', '')
    """
    found = sentences(text)
    if number and number <= len(found):
        found = [found[number - 1]]
    return f"“{'。'.join(found).translate(INNER)}”" if found else ""
