"""What the red and black board says in public, and what it keeps to itself (七.2)."""

from .masking import mask_name

PERSON = "当事人"


def shown_name(name, names):
    """Return how a person is called on the black side.

    :param names: ``full``, ``surname`` or ``window``: then the window alone is told

    >>> [shown_name("张大山", names) for names in ("full", "surname", "window")]
    ['张大山', '张**', '']
    """
    return {"full": name or "", "surname": mask_name(name)}.get(names, "")


def shown_words(words, name, names):
    """Return public text that names a person as elsewhere on the board.

    >>> shown_words("张大山与群众争吵", "张大山", "surname")
    '张**与群众争吵'
    >>> shown_words("张大山与群众争吵", "张大山", "window")
    '当事人与群众争吵'
    """
    return words.replace(name, shown_name(name, names) or PERSON) if name and words else words or ""


def place(number):
    """Return how a window is called.

    >>> place("A05"), place("")
    ('A05号窗口', '')
    """
    return f"{number}号窗口" if number else ""


def black_words(conducts, is_partly):
    """Return the reason of a black entry: what was found, never about whom it was complained.

    >>> black_words(["作风生硬、态度粗暴"], False)
    '作风生硬、态度粗暴，经查属实'
    >>> black_words([], True)
    '群众投诉经查部分属实'
    """
    verdict = "经查部分属实" if is_partly else "经查属实"
    return f"{'；'.join(conducts)}，{verdict}" if conducts else f"群众投诉{verdict}"


def black_figures(count):
    """Return the figures of a black entry.

    >>> black_figures(2)
    '当月查实2件'
    """
    return f"当月查实{count}件"


def red_words():
    """Return the reason of a red entry."""
    return "群众评价好，当月无查实投诉"


def red_figures(average, count):
    """Return the figures of a red entry.

    >>> red_figures(4.833, 6)
    '满意度4.8分，评价6次'
    """
    return f"满意度{average:.1f}分，评价{count}次"


def month_words(month):
    """Return a month as it is written.

    >>> import datetime
    >>> month_words(datetime.date(2026, 3, 1))
    '2026年3月'
    """
    return f"{month.year}年{month.month}月" if month else ""


def day_words(day):
    """Return a day as it is written.

    >>> import datetime
    >>> day_words(datetime.date(2026, 3, 1))
    '2026年3月1日'
    """
    return f"{month_words(day)}{day.day}日" if day else ""
