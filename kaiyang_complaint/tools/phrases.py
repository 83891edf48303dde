"""Fill standard phrases: a place such as {窗口} stands for a fact of the case."""

import re

# What a phrase may ask of a case, in the words of whoever writes phrases.
PLACES = (
    "编号",
    "窗口",
    "单位",
    "人员",
    "事项",
    "期限",
    "今天",
    "中心",
    "电话",
    "查明",
    "处理",
    "整改",
)
# Stands where the case has no such fact: somebody writes it in, or takes it out.
BLANK = "＿＿"
PLACE = re.compile(r"\{([^{}]*)\}")


def fill(text, facts):
    """Return a phrase with the facts of a case in its places.

    >>> fill("请核实{窗口}办理“{事项}”的情况。", {"窗口": "A02 不动产登记", "事项": "过户"})
    '请核实A02 不动产登记办理“过户”的情况。'
    >>> fill("请于{期限}前回复。", {"期限": ""})
    '请于＿＿前回复。'
    """
    return PLACE.sub(lambda place: str(facts.get(place[1]) or BLANK), text or "")


def strange_places(text):
    """Return what stands in braces and no case can fill.

    >>> strange_places("请{窗口}的{姓名}来{这里}")
    ['姓名', '这里']
    >>> strange_places("同意。")
    []
    """
    return [name for name in PLACE.findall(text or "") if name not in PLACES]


def chosen(text, phrases, every):
    r"""Return a text in which the chosen phrases stand first, each on its line, and no others do.

    :param text: what is written already; what is no phrase stays
    :param phrases: the phrases that are chosen
    :param every: all that could be

    >>> chosen("请补充录音。\n措施不具体。", ["事实未查清。"], ["事实未查清。", "措施不具体。"])
    '事实未查清。\n请补充录音。'
    >>> chosen(False, [], ["措施不具体。"])
    ''
    """
    own = [line for line in (text or "").split("\n") if line.strip() and line not in every]
    return "\n".join([*phrases, *own])
