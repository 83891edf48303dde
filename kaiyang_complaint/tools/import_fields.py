"""Which column of a complaints site's export is which field of a complaint, and what it says."""

import hashlib
import re
import unicodedata
from typing import NamedTuple

from . import rich_text
from .moments import CHINA, AmbiguousError, read_moment
from .sheet_cells import UNREADABLE, is_altered, is_uncalculated

# Field -> its label, and the names that sites give to its column.
FIELDS = {
    "external_ref": (
        "Number on the Website",
        """
        留言编号 编号 工单号 工单编号 诉求编号 投诉编号 信件编号 来件编号 受理编号 单号
        序列号 网站编号 numberonthewebsite number id
        """,
    ),
    "partner_name": (
        "Complainant",
        """
        留言用户 姓名 投诉人 投诉人姓名 诉求人 来信人 反映人 留言人 用户 用户名 网友 联系人
        complainant name 昵称
        """,
    ),
    "name": (
        "Title",
        """
        留言主题 标题 主题 投诉标题 投诉主题 诉求标题 信件标题 工单标题 title subject
        """,
    ),
    "received_at": (
        "Received At",
        """
        留言时间 时间 投诉时间 提交时间 诉求时间 来信时间 来电时间 登记时间 创建时间
        反映时间 留言日期 投诉日期 提交日期 日期 收到时间 receivedat created createdat
        createdon submitted submittedat time date
        """,
    ),
    "description": (
        "Reason",
        """
        留言详情 内容 详情 投诉内容 诉求内容 留言内容 信件内容 反映内容 工单内容 问题描述
        投诉理由 投诉事由 事由 正文 市民诉求 诉求 text content description reason body message
        """,
    ),
    "complainant_phone": (
        "Telephone",
        """
        联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系手机 投诉人电话 来电号码
        telephone phone mobile tel
        """,
    ),
    "complainant_address": (
        "Employer or Address",
        """
        地址 住址 联系地址 家庭住址 单位或住址 通讯地址 工作单位 投诉人地址
        employeroraddress address
        """,
    ),
    "complainant_id_number": (
        "Identity No.",
        """
        身份证 身份证号 身份证号码 证件号 证件号码 identityno
        """,
    ),
    "window": (
        "Window No.",
        """
        窗口 窗口号 窗口编号 窗口号码 办事窗口 办理窗口 被投诉窗口 投诉窗口 窗口名称
        windowno window
        """,
    ),
    "respondent": (
        "Staff Member",
        """
        被投诉人 被投诉人姓名 被投诉人员 被投诉对象 工作人员 窗口人员 工作人员姓名 办理人员
        staffmember
        """,
    ),
    "service_datetime": (
        "Time of Service",
        """
        办事时间 办理时间 具体办事时间 服务时间 发生时间 事发时间 办理日期 办事日期
        timeofservice
        """,
    ),
    "service_item": (
        "Matter",
        """
        办理事项 事项 事项名称 办事事项 业务 业务名称 办理业务 服务事项 matter
        """,
    ),
    "service_ref": (
        "Case No. of the Matter",
        """
        办件编号 办件号 业务编号 业务流水号 casenoofthematter
        """,
    ),
}
REQUIRED = ("external_ref", "description")
MOMENTS = ("received_at", "service_datetime")
# Digits that mean something as they are: what a spreadsheet changed about them is another number.
IDENTIFIERS = ("external_ref", "complainant_phone", "complainant_id_number", "service_ref")
# May come from several columns: a person has a telephone at home and one in the pocket.
SEVERAL = ("complainant_phone",)
RICH = ("name", "description", "complainant_address", "service_item")
BETWEEN_PHONES = "、"
NOTHING = frozenset({"", "无", "不详", "未知", "未提供", "空", "/", "-", "—", "--", "null", "none"})
HEADER_WITHIN = 10
TITLE_LENGTH = 40
TOTAL_LENGTH = 12

# Name of a column -> its field, and how far down that field's names it stands.
_BY_NAME = {
    name: (field, rank)
    for field, (_label, names) in FIELDS.items()
    for rank, name in enumerate((field, *names.split()))
}
# What sites call a complaint, and whom they mean by its author: most names are made of these.
_THING = (
    "(?:投诉举报|投诉|举报|诉求|信访|信件|来信|来件|来电|工单|留言|受理|评价|反映|咨询|求助|建议|"
    "申诉|帖子|问题|事件|案件|业务单|提问)(?:件|单|事项)?"
)
_AUTHOR = "(?:投诉|举报|诉求|信访|来信|来电|写信|留言|评价|反映|咨询|求助|申诉|提问|提交|发帖|申请)"
_PATTERNS = {
    field: re.compile(pattern)
    for field, pattern in {
        "external_ref": f"{_THING}(?:编号|编码|代码|号码?|流水号|序列号|id)",
        "partner_name": f"{_AUTHOR}(?:人|者|用户|市民|群众)(?:姓名|名称)?|市民姓名"
        "|(?:客户|网友)(?:姓名|名称|昵称)",
        "name": f"{_THING}(?:标题|主题|题目)",
        "received_at": f"(?:{_THING}|提交|登记|创建|发布|发表|上报|收件|接收|生成|录入)"
        "(?:时间|日期)",
        "description": f"{_THING}(?:内容|详情|描述|正文|事由|详细内容|具体内容|原文|情况)",
        # A 咨询电话 is the office's own.
        "complainant_phone": f"(?:{_AUTHOR}(?:人|者)|来电|市民|客户)(?:联系)?"
        "(?:电话|手机|手机号|号码|联系方式)(?:号码)?"
        "|(?:联系|移动|固定|备用)电话[12一二]?|(?:手机|电话|联系方式)[12一二]|座机|固话",
    }.items()
}
PATTERN_RANK = 100
_NAMELESS = re.compile(
    r"匿名.{0,6}|佚名|不愿.{0,4}名.*|(?:网友|网民|游客).{0,20}|(?:热心|普通|一位|某)?"
    r"(?:市民|群众|居民|用户|百姓|办事人|村民|业主)(?:朋友)?[0-9A-Za-z_*-]{0,16}"
    r"|热心.{0,6}|某(?:先生|女士|某)?|[*＊xX某?？.。·•\-—_]+"
)
_TOTAL = re.compile(r"(?:合|总|小|共|累)\s*(?:计|数|共)[:：]?.*")
_MASKED = re.compile(r"[*＊•●]|(?<=\d)[xX]{2,}")
_HALL = re.compile(
    "窗口|(?:政务|办事|办证|办税|服务|审批|业务|登记|车管所|社保|医保)(?:服务)?大厅"
    "|(?:政务|便民|行政|行政审批|登记)(?:服务)?中心"
)


class Row(NamedTuple):
    """One row as it will be taken: its place in the sheet, its values, what is wrong with it.

    :param fault: why it can't be taken; ``field`` and ``culprit`` name the cell
    :param remarks: pairs of what is not taken of it, and the text concerned
    """

    number: int
    values: dict
    fault: str = ""
    culprit: str = ""
    field: str = ""
    remarks: tuple = ()
    is_hidden: bool = False

    @property
    def ref(self):
        """The site's number."""
        return self.values.get("external_ref", "")


def recognise(header):
    """Name the field of each column of a header, or nothing.

    A field is found once, in the column whose name comes first in the table; telephones in all.

    >>> recognise(["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见"])
    ['external_ref', 'partner_name', 'name', 'received_at', 'description', None]
    >>> recognise(["工单号*", " 标题：", "投诉内容（必填）", "联系电话", "窗口号"])
    ['external_ref', 'name', 'description', 'complainant_phone', 'window']
    >>> recognise(["id", "时间", "工单号", "投诉时间", "联系电话", "手机"])
    [None, 'received_at', 'external_ref', None, 'complainant_phone', 'complainant_phone']
    >>> recognise(["诉求件编号", "诉求件标题", "诉求件内容", "提交人", "答复时间", "办结时间"])
    ['external_ref', 'name', 'description', 'partner_name', None, None]
    """
    places = {}
    for place, cell in enumerate(header):
        field, rank = _field_of(_plain(cell))
        if field and (field not in places or rank < places[field][0]):
            places[field] = rank, place
    found = {place: field for field, (_rank, place) in places.items()}
    for place, cell in enumerate(header):
        field, _rank = _field_of(_plain(cell))
        if field in SEVERAL:
            found[place] = field
    return [found.get(place) for place in range(len(header))]


def _field_of(name):
    """Return the field of a column's name and how sure that is, the surest least."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    for field, pattern in _PATTERNS.items():
        if pattern.fullmatch(name):
            return field, PATTERN_RANK
    return None, 0


def known_names(header):
    """Return of how many columns the names are known.

    >>> known_names(["工单号", "办理单位", "诉求内容"])
    2
    """
    return sum(field is not None for field in recognise(header))


def _plain(cell):
    text = unicodedata.normalize("NFKC", str(cell)).lower()
    return re.sub(r"\(.*?\)|[\s:*#_.]", "", text)


def header_among(rows):
    """Return the row that names the columns: of the first ones, that with most names known.

    :param rows: pairs of a row's number and its cells

    >>> header_among([(1, ["某某大厅投诉清单"]), (3, ["编号", "内容"]), (4, ["1", "排队太久"])])
    (3, ['编号', '内容'])
    >>> header_among([])
    """
    candidates = [row for row, _place in zip(rows, range(HEADER_WITHIN), strict=False)]
    return max(
        candidates,
        key=lambda row: known_names(row[1]),
        default=None,
    )


def read_row(number, cells, mapping, zone=CHINA, is_text=False):
    """Return a row as a complaint's values: texts, and moments in wall time.

    What is not given is left out. A row that can't be taken as it was meant has a ``fault``.

    :param mapping: the field of each column, or nothing where it is not taken
    :param zone: the time zone of the centre
    :param is_text: whether the file is a text, in which one delimiter too many shifts the cells

    >>> mapping = ["external_ref", "received_at", "description", None]
    >>> read_row(2, ["17", "2019/4/25 9:32", "排队两小时", "x"], mapping).values["received_at"]
    datetime.datetime(2019, 4, 25, 9, 32)
    >>> read_row(3, ["18", "昨天", "排队"], mapping)[2:5]
    ('received_at', '昨天', 'received_at')
    >>> read_row(4, ["", "", "排队"], mapping).fault, read_row(5, ["19"], mapping).fault
    ('external_ref', 'description')
    >>> read_row(6, ["1.23E+14", "", "排队"], mapping)[2:4], read_row(7, ["合计"], mapping).fault
    (('altered', '1.23E+14'), 'total')
    >>> read_row(8, ["1", "", "排队", "", "久"], mapping, is_text=True).fault
    'cells'
    """
    given = _given(cells, mapping)
    if fault := _fault(cells, mapping, given, is_text):
        return Row(number, {name: str(cell) for name, cell in given}, *fault)
    values, remarks = _values(given)
    if lacking := [field for field in REQUIRED if field not in values]:
        return Row(number, values, lacking[0], "", lacking[0], remarks)
    for field in [name for name in MOMENTS if name in values]:
        try:
            values[field] = read_moment(values[field], zone)
        except ValueError as error:
            fault = "ambiguous" if isinstance(error, AmbiguousError) else field
            return Row(number, values, fault, str(values[field]), field, remarks)
    return Row(number, values, remarks=remarks)


def _given(cells, mapping):
    """Return the pairs of field and cell of what is mapped and given."""
    return [(field, cell) for field, cell in zip(mapping, cells, strict=False) if field and cell]


def _fault(cells, mapping, given, is_text):
    """Return what keeps a row from being taken as it was meant: kind, culprit, field."""
    fields = {field for field, _cell in given}
    if "description" not in fields and _is_total(cells):
        return "total", "", ""
    if is_text and (extra := [cell for cell in cells[len(mapping) :] if cell]):
        return "cells", extra[0], ""
    if _repeats_header(given):
        return "header", "", ""
    for field, cell in given:
        if is_uncalculated(cell):
            return "formula", str(cell), field
        if field in IDENTIFIERS and is_altered(cell):
            return "altered", str(cell), field
    return None


def _is_total(cells):
    first = next(filter(None, cells), "")
    return len(first) <= TOTAL_LENGTH and bool(_TOTAL.fullmatch(first))


def _repeats_header(given):
    """Return whether a row names the columns once more, as each printed page does."""
    named = [field for field, cell in given if _field_of(_plain(cell))[0] == field]
    return set(REQUIRED) <= set(named)


def _values(given):
    """Return the values of some cells, and what of them is not taken."""
    values, remarks = {}, []
    for field, cell in given:
        value = cell if field in MOMENTS else str(cell)
        if field in RICH:
            value, pictures = rich_text.to_text(value)
            remarks += [("pictures", str(pictures))] if pictures else []
        if field == "complainant_phone":
            value, remark = _phone(value)
            remarks += remark
            known = values.get(field, "")
            value = BETWEEN_PHONES.join(dict.fromkeys(filter(None, (known, value))))
        if field not in MOMENTS and UNREADABLE in value:
            remarks.append(("unreadable", field))
        if value:
            values[field] = value
    return values, tuple(remarks)


def _phone(text):
    """Return a telephone, and what is told where it is none.

    >>> _phone("139****0001"), _phone("不详"), _phone("0851-87250000")
    (('', [('masked', '139****0001')]), ('', []), ('0851-87250000', []))
    """
    if text.lower() in NOTHING:
        return "", []
    return ("", [("masked", text)]) if _MASKED.search(text) else (text, [])


def ref_key(ref):
    """Return what is left of a site's number however it was written.

    >>> ref_key(" KY0001 ") == ref_key("ky0001") == ref_key("ＫＹ０００１")
    True
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", ref)).casefold()


def ref_forms(ref):
    """Return the writings of a number under which it may have been registered.

    >>> sorted(ref_forms("ｋｙ 01")), ref_forms("")
    (['KY01', 'ky01', 'ｋｙ 01'], set())
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", ref))
    return {form for form in (ref, plain, plain.lower(), plain.upper()) if form}


def text_key(text):
    r"""Return by what texts are compared that tell the same: a digest, of no use to read.

    >>> text_key("排队两小时。") == text_key(" 排队 两小时。\n")
    True
    >>> text_key("排队") == text_key("插队")
    False
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()


def is_about_window(values):
    """Return whether a row names a window, or its text a hall where there are some.

    >>> is_about_window({"description": "不动产窗口排队"}), is_about_window({"description": "路灯"})
    (True, False)
    >>> is_about_window({"description": "路灯", "window": "A03"})
    True
    """
    texts = (values.get(name) for name in ("name", "description", "service_item"))
    named = values.get("window") or values.get("respondent")
    return bool(named) or any(_HALL.search(text) for text in texts if text)


def has_word(values, words):
    """Return whether a row's title or text has one of some words, separated by blanks.

    >>> has_word({"description": "ＡＢＣ路灯不亮"}, "abc 排水"), has_word({"name": "路灯"}, "排水")
    (True, False)
    """
    texts = (values.get(name) for name in ("name", "description", "service_item", "window"))
    text = unicodedata.normalize("NFKC", "\n".join(filter(None, texts))).casefold()
    return any(word in text for word in unicodedata.normalize("NFKC", words).casefold().split())


def window_key(text):
    """Reduce what people write for a window to the number above it.

    >>> window_key("A12号窗口"), window_key("窗口 12"), window_key("ａ12")
    ('A12', '12', 'A12')
    """
    text = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"\s|第|号|窗口|NO\.?", "", text)


def title_of(values):
    r"""Return the title: the site's, else how the text begins.

    >>> title_of({"name": "窗口态度差"}), title_of({"description": "我叫号后\n等了很久"})
    ('窗口态度差', '我叫号后')
    """
    return values.get("name") or values["description"].splitlines()[0][:TITLE_LENGTH]


def is_nameless(name):
    """Return whether what stands for a name names nobody.

    >>> [is_nameless(name) for name in ("匿名", "热心市民", "网友A0012", "***", "")]
    [True, True, True, True, True]
    >>> [is_nameless(name) for name in ("王小明", "张**", "李女士", "A0001")]
    [False, False, False, False]
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    return plain.lower() in NOTHING or bool(_NAMELESS.fullmatch(plain))
