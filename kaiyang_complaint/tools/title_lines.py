"""Line breaks of a letter's title: between words, in lines of similar length."""

import math

# Characters in a line of 2号 type that leaves room on both sides.
WIDTH = 18
# What begins a line well, and what ends one.
BEFORE = ("“", "《", "投诉", "有关", "处理", "作出", "情况")
AFTER = "”》"


def title_lines(title):
    """Return a title in the lines that it is printed in (GB/T 9704, 7.3.1).

    One without a good place to break stays whole: the printer breaks it where the line is full.

    >>> title_lines("关于政务服务投诉处理结果的通报")
    ['关于政务服务投诉处理结果的通报']
    >>> title_lines("关于就A03号窗口投诉问题作出书面说明的函")
    ['关于就A03号窗口', '投诉问题作出书面说明的函']
    >>> title_lines("关于转请阅处“校外培训机构拒不退费”有关事项的函")
    ['关于转请阅处', '“校外培训机构拒不退费”有关事项的函']
    >>> title_lines("关于商请增设政务服务大厅周边公交站点并延长服务时间的函")
    ['关于商请增设政务服务大厅周边公交站点并延长服务时间的函']
    """
    if len(title) <= WIDTH:
        return [title]
    count = math.ceil(len(title) / WIDTH)
    first = len(title) - WIDTH * (count - 1)
    places = [at for at in range(first, WIDTH + 1) if _parts(title, at)]
    if not places:
        return [title]
    at = min(places, key=lambda place: abs(place - len(title) / count))
    return [title[:at], *title_lines(title[at:])]


def _parts(title, at):
    """Return whether a title may break at a place."""
    return title.startswith(BEFORE, at) or title[at - 1] in AFTER
