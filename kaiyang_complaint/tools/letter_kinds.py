"""The one table of the letters a centre writes: a new kind is one more entry, and its template.

The body of a kind comes from the QWeb template ``letter_body_<kind>``.
"""

import re
from typing import NamedTuple

HANDLED = frozenset({"replied", "fed_back", "closed", "archived"})
RUNNING = frozenset({"accepted", "handling", "on_hold"})


class Kind(NamedTuple):
    """What is fixed for all letters of a kind.

    ``label``: its name on the screen. ``title``: its name on paper. ``series``: how its numbers
    begin in a centre without an agency code. ``word``: what follows the agency code of a centre
    that has one: the kinds of one word share a series. ``to``: whom it usually goes to.
    ``addressee``, ``copy_to``, ``subject``: patterns that the facts fill in. ``approval``: whose
    consent it takes. ``states``: the states of a complaint in which it is offered; none: it is
    made by its own process, whose model is ``process``. ``fact``: what of the complaint it tells,
    so that it is not offered without. ``about``: the party that the cases must have in common.
    ``unnamed``: it says nothing of who complained. ``answered``: an answer is asked for.
    """

    label: str
    title: str
    series: str
    word: str = "函"
    to: str = "free"
    addressee: str = ""
    copy_to: str = ""
    subject: str = ""
    approval: str = ""
    states: frozenset = frozenset()
    fact: str = ""
    about: str = ""
    unnamed: bool = False
    answered: bool = False
    process: str = ""


KINDS = {
    "refusal": Kind(
        "Notice of Refusal",
        "不予受理告知书",
        "投告",
        "告",
        to="complainant",
        subject="不予受理告知书",
        states=frozenset({"invalid"}),
    ),
    "extension": Kind(
        "Notice of Extension",
        "延期告知书",
        "投延",
        "告",
        to="complainant",
        subject="延期告知书",
        states=RUNNING | {"replied"},
        fact="extension",
    ),
    "answer": Kind(
        "Written Answer",
        "答复书",
        "投复",
        "复",
        to="complainant",
        subject="投诉事项答复书",
        states=HANDLED,
        fact="findings",
    ),
    "report_request": Kind(
        "Request for a Written Report",
        "书面说明要求",
        "投说",
        "函",
        to="unit",
        addressee="{unit}首席代表",
        copy_to="{unit}",
        subject="关于就{window}投诉问题作出书面说明的函",
        approval="leader",
        states=HANDLED,
        fact="upheld",
        about="window",
        unnamed=True,
        answered=True,
    ),
    "return": Kind(
        "Letter of Return",
        "退回函",
        "投退",
        "函",
        to="unit",
        subject="关于退回窗口工作人员{staff}的函",
        approval="director",
        states=HANDLED,
        fact="upheld",
        about="staff",
        unnamed=True,
        answered=True,
    ),
    "county": Kind(
        "Report to County Departments",
        "通报",
        "投通",
        "通",
        addressee="县直有关部门",
        subject="关于政务服务投诉处理结果的通报",
        approval="director",
        states=HANDLED,
        fact="findings",
        unnamed=True,
    ),
    "referral": Kind(
        "Letter of Referral", "转送函", "投转", "函", to="authority", process="complaint.referral"
    ),
    "transfer": Kind(
        "Letter of Transfer", "移送函", "投移", "函", to="authority", process="complaint.referral"
    ),
    "assessment": Kind(
        "Notice of the Monthly Assessment",
        "月度考核通报",
        "投考",
        "通",
        addressee="各窗口单位",
        unnamed=True,
        process="complaint.assessment",
    ),
    "board": Kind(
        "Notice of the Red and Black Board",
        "红黑榜公示",
        "投榜",
        "公示",
        unnamed=True,
        process="complaint.board",
    ),
    "other": Kind(
        "Other Letter",
        "函",
        "投函",
        "函",
        subject="",
        approval="leader",
        states=RUNNING | HANDLED,
    ),
}
# Odoo translates selection labels only where they come as a list.
LABELS = [(code, kind.label) for code, kind in KINDS.items()]
# What each kind of addressee is called where the kind of letter does not say.
ADDRESSEES = {
    "complainant": "{complainant}",
    "unit": "{unit}",
    "authority": "{authority}",
    "free": "",
}
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；？！]{1,28}")


def series_of(kind, agency_code=""):
    """Return how the numbers of a kind begin, by which its series is known.

    :param agency_code: the code of the centre (机关代字), if it has one

    >>> series_of("return"), series_of("return", "县政服"), series_of("transfer", " 县政服 ")
    ('投退', '县政服函', '县政服函')
    """
    code = (agency_code or "").strip()
    return f"{code}{KINDS[kind].word}" if code else KINDS[kind].series


def series_values(series):
    """Return prefix and suffix of the numbers of a series.

    >>> series_values("投退")
    ('投退〔%(range_year)s〕', '号')
    """
    return f"{series.replace('%', '%%')}〔%(range_year)s〕", "号"


def addressee_pattern(kind, addressee_kind):
    """Return how the addressee of a letter is called.

    >>> addressee_pattern("report_request", "unit"), addressee_pattern("return", "unit")
    ('{unit}首席代表', '{unit}')
    >>> addressee_pattern("return", "free")
    ''
    """
    own = KINDS[kind].addressee if KINDS[kind].to == addressee_kind else ""
    return own or ADDRESSEES[addressee_kind]


def offered(state, facts):
    """List the kinds of letters that fit a complaint's state and what is known of it.

    >>> offered("invalid", set())
    ['refusal']
    >>> offered("closed", {"findings"})
    ['answer', 'county', 'other']
    """
    return [
        code
        for code, kind in KINDS.items()
        if state in kind.states and (not kind.fact or kind.fact in facts)
    ]


def is_heading(paragraph):
    """Return whether a paragraph is the heading of a part.

    >>> is_heading("一、调查核实情况"), is_heading("一、经查，属实。"), is_heading("特此函告。")
    (True, False, False)
    """
    return bool(_HEADING.fullmatch(paragraph.strip()))
