"""Which column of a complaints site's export is which field of a complaint, and what it says."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import NamedTuple

EARLIEST, LATEST = 1900, 9999
# Field -> its label, and the names that sites give to its column.
FIELDS = {
    "external_ref": (
        "Number on the Website",
        """
        留言编号 编号 工单号 工单编号 诉求编号 投诉编号 信件编号 来件编号 受理编号 单号
        序列号 number id
        """,
    ),
    "partner_name": (
        "Complainant",
        """
        留言用户 姓名 投诉人 投诉人姓名 诉求人 来信人 反映人 留言人 用户 用户名 网友 联系人
        name
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
        反映时间 留言日期 投诉日期 提交日期 日期 time date
        """,
    ),
    "description": (
        "Reason",
        """
        留言详情 内容 详情 投诉内容 诉求内容 留言内容 信件内容 反映内容 工单内容 问题描述
        投诉理由 投诉事由 事由 正文 text content description
        """,
    ),
    "complainant_phone": (
        "Telephone",
        """
        联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系手机 投诉人电话 来电号码
        phone mobile
        """,
    ),
    "complainant_address": (
        "Employer or Address",
        """
        地址 住址 联系地址 家庭住址 单位或住址 通讯地址 工作单位 投诉人地址 address
        """,
    ),
    "complainant_id_number": (
        "Identity No.",
        """
        身份证 身份证号 身份证号码 证件号 证件号码
        """,
    ),
    "window": (
        "Window No.",
        """
        窗口 窗口号 窗口编号 窗口号码 办事窗口 办理窗口 被投诉窗口 投诉窗口 window
        """,
    ),
    "respondent": (
        "Staff Member",
        """
        被投诉人 被投诉人姓名 被投诉人员 被投诉对象 工作人员 窗口人员 工作人员姓名 办理人员
        """,
    ),
    "service_datetime": (
        "Time of Service",
        """
        办事时间 办理时间 具体办事时间 服务时间 发生时间 事发时间 办理日期 办事日期
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
        办件编号 办件号 业务编号 业务流水号
        """,
    ),
}
REQUIRED = ("external_ref", "description")
MOMENTS = ("received_at", "service_datetime")
NAMELESS = frozenset({"", "匿名", "匿名用户", "匿名网友", "佚名", "无", "不详", "/", "-"})
HEADER_WITHIN = 10
TITLE_LENGTH = 40

# Name of a column -> its field, and how far down that field's names it stands.
_BY_NAME = {
    name: (field, rank)
    for field, (_label, names) in FIELDS.items()
    for rank, name in enumerate((field, *names.split()))
}
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?)?[分秒]?)?"
)


class Row(NamedTuple):
    """One row as it will be taken: its place in the sheet, its values, what is wrong with it."""

    number: int
    values: dict
    fault: str = ""
    culprit: str = ""


def recognise(header):
    """Name the field of each column of a header, or nothing.

    A field is found once: in the column whose name comes first in the table.

    >>> recognise(["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见"])
    ['external_ref', 'partner_name', 'name', 'received_at', 'description', None]
    >>> recognise(["工单号*", " 标题：", "投诉内容（必填）", "联系电话", "手机", "窗口号"])
    ['external_ref', 'name', 'description', 'complainant_phone', None, 'window']
    >>> recognise(["id", "时间", "工单号", "投诉时间"])
    [None, 'received_at', 'external_ref', None]
    """
    places = {}
    for place, cell in enumerate(header):
        field, rank = _BY_NAME.get(_plain(cell), (None, 0))
        if field and (field not in places or rank < places[field][0]):
            places[field] = rank, place
    found = {place: field for field, (_rank, place) in places.items()}
    return [found.get(place) for place in range(len(header))]


def _plain(cell):
    text = unicodedata.normalize("NFKC", str(cell)).lower()
    return re.sub(r"\(.*?\)|[\s:*#]", "", text)


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
        key=lambda row: sum(field is not None for field in recognise(row[1])),
        default=None,
    )


def read_moment(cell):
    """Return the wall time that a cell tells.

    :raise ValueError: where it tells none

    >>> read_moment("2019/4/25 9:32:09"), read_moment("2019年4月25日 9时32分")
    (datetime.datetime(2019, 4, 25, 9, 32, 9), datetime.datetime(2019, 4, 25, 9, 32))
    >>> read_moment("2019-04-25T09:32:09.123"), read_moment("2019.4.25")
    (datetime.datetime(2019, 4, 25, 9, 32, 9), datetime.datetime(2019, 4, 25, 0, 0))
    >>> read_moment("2019-02-30")
    Traceback (most recent call last):
    ValueError: day is out of range for month
    >>> read_moment("昨天")
    Traceback (most recent call last):
    ValueError: 昨天
    """
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0, tzinfo=None)
    match = _MOMENT.fullmatch(cell)
    if not match:
        raise ValueError(cell)
    parts = [int(part or 0) for part in match.groups()]
    moment = datetime.combine(date(*parts[:3]), time(*parts[3:]))
    assert_believable(moment)
    return moment


def assert_believable(moment):
    """Refuse a year that nobody means, and that another time zone would carry off the calendar.

    :raise ValueError: naming the moment

    >>> assert_believable(datetime(1, 1, 1))
    Traceback (most recent call last):
    ValueError: 0001-01-01 00:00:00
    """
    if not EARLIEST <= moment.year < LATEST:
        raise ValueError(str(moment))


def read_row(number, cells, mapping):
    """Return a row as a complaint's values: texts, and moments in wall time.

    What is not given is left out. A row without a number or a text, or with a moment that can't
    be read, says so as ``fault`` and ``culprit``.

    :param mapping: the field of each column, or nothing where it is not taken

    >>> mapping = ["external_ref", "received_at", "description", None]
    >>> read_row(2, ["17", "2019/4/25 9:32", "排队两小时", "x"], mapping).values["received_at"]
    datetime.datetime(2019, 4, 25, 9, 32)
    >>> read_row(3, ["18", "昨天", "排队"], mapping)[2:]
    ('received_at', '昨天')
    >>> read_row(4, ["", "", "排队"], mapping).fault, read_row(5, ["19"], mapping).fault
    ('external_ref', 'description')
    """
    values = _given(cells, mapping)
    if lacking := [field for field in REQUIRED if field not in values]:
        return Row(number, values, lacking[0])
    for field in [name for name in MOMENTS if name in values]:
        try:
            values[field] = read_moment(values[field])
        except ValueError:
            return Row(number, values, field, str(values[field]))
    return Row(number, values)


def _given(cells, mapping):
    return {
        field: cell if field in MOMENTS else str(cell)
        for field, cell in zip(mapping, cells, strict=False)
        if field and cell != ""
    }


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

    >>> is_nameless("匿名"), is_nameless("王小明")
    (True, False)
    """
    return name.strip() in NAMELESS
