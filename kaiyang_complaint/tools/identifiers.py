"""Numbers that identify a person: telephones, identity numbers, cards, plates, accounts."""

import datetime as dt
import re
from string import ascii_lowercase

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from .reading import SEPARATORS, Hit, bare_of, digits_of, words

# A recorded number shorter than this tells nobody apart: it is not searched for.
SHORTEST = 5
# From this length on a recorded number is found within a longer row of digits as well.
DISTINCT = 7
LONGEST_PHONE = 12
LOCAL = re.compile(r"0(?:10|2\d|[3-9]\d\d)([2-9]\d{6,7})")
COUNTRY = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$|[1-9]\d{8,10}$)")
BRACKETS = "()[]{}<>【】〈〉《》「」"
SEVERAL = re.compile(r"[/、,;|\n]|或者?|和|及|与")
# What may stand between the groups of one number that nobody recorded.
_GAP = r"[ \t.·•‧∙・･()\[\]\-‐‑‒–—―−ー]{0,3}"
_RUN = re.compile(rf"\d(?:{_GAP}\d)*")
_GROUP = re.compile(r"\d+")
_MOBILE = re.compile(r"(?:(?:00)?86|0)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:00)?86)?0(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d\d[2-9]\d{6,7})")
_FOREIGN_LANDLINE = re.compile(r"(?:00)?86(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d\d[2-9]\d{6,7})")
_AREA = re.compile(r"0(?:10|2\d|[3-9]\d\d)$")
_EXTENSION = re.compile(r"[ -]{0,2}(?:\(?(?:转|分机|ext\.?)[:号 ]{0,2}|-)\d{1,6}\)?(?!\d)")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"[1-8]\d{{5}}(?:18|19|20)\d\d{_DAY}\d{{3}}[\dx]")
_OLD_IDENTITY = re.compile(rf"[1-8]\d{{7}}{_DAY}\d{{3}}")
_CARD = re.compile(r"62\d{14,17}|[3-6]\d{15}|6\d{18}")
# The years of birth on identity numbers that are taken for one although their last digit is wrong:
# numbers of matters hold the day on which they were given, which is later.
_BORN = range(1915, 2011)
# The same of those of 15 digits, which hold two digits of the year.
_OLDEST = 30
_PROVINCE_CODES = frozenset(
    words(
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 "
        "64 65 71 81 82 83"
    )
)
_OFFICE = re.compile(
    r"(?:办件|受理|业务|流水|登记|工单|订单|合同|案件|档案|文书|收件|申请|查询|取件|预约|排队|"
    r"受理通知|通知|缴款|"
    r"缴费|发票|票据|凭证|回执|产权证|不动产|许可证?|执照|信用|税务?|项目|机构|邮政|快递|运单|"
    r"批准|文件|信访|"
    r"投诉|转办|事项|材料|设备|窗口)(?:件|单|书|书编|证|证书|代)?(?:编号|单号|号码?|码|编码|"
    r"代码|通知书号?)[:是为\s(]{0,4}$"
    r"|(?:编号|单号|文号|案号|卷号|工号|流水号|件号|通知书号?|代码|编码|条码)[:是为\s(]{0,4}$"
)
_NOT_OFFICE = re.compile(r"(?:身份证|证件|居民证|护照)(?:的)?编?号码?[:是为\s(]{0,4}$")
_LOOK_BACK = 18
_UNITS = frozenset("元块万亿千百十角年月日时点分秒人件个份张页次户平亩吨斤米公%℃度届期版第")
_CODE = r"(?:[a-z]{1,3}[ -]?)?\d(?:[ .\-]?\d){3,21}x?"
_AFTER = r"(?:是|为|:|\s|\(|\"|“){0,4}"
_LABELS = (
    (
        "identity",
        re.compile(
            r"(?:身份证|身份|证件|驾驶证|驾照|社保卡?|医保卡?|社会保障卡?|残疾人?证|低保证|"
            r"户口[本簿]|学籍|住院|病历|"
            r"军官证|士兵证|退[伍役]证|结婚证|离婚证|出生(?:医学)?证明?|护照|通行证|居住证)的?"
            rf"(?:编?号码?|卡号)?{_AFTER}({_CODE})(?![a-z0-9])"
        ),
        4,
    ),
    (
        "card",
        re.compile(
            r"(?:银行卡|信用卡|储蓄卡|借记卡|社保卡|存折|卡|账户|[工农建中]行|银行|邮储|信用社|"
            r"农信社|账)"
            rf"(?:号码?|为)?{_AFTER}(\d(?:[ .\-]?\d){{7,24}})(?!\d)"
        ),
        8,
    ),
    (
        "digits",
        re.compile(
            r"(?:尾号|尾数|[后末][三四五六3-6]位|[后末][三四五六3-6]位数)(?:数字?|号码?)?"
            rf"{_AFTER}(\d{{3,6}}x?)(?!\d)"
        ),
        3,
    ),
    (
        "phone",
        re.compile(
            r"(?:电话|手机|座机|固话|联系方式|号码|致电|来电|拨打|回电|tel|phone|mobile|"
            r"call)(?:号码?)?"
            rf"{_AFTER}(\d(?:[ .\-]?\d){{6,12}})(?!\d)"
        ),
        7,
    ),
)
_SERVICE = re.compile(r"[48]00\d{7}$|9[56]\d{3,6}$|1\d{2,4}$")
_HOTLINES = frozenset(words("12345 12315 12333 12348 12366 12388 12380 12309 12368 12123 12306"))
_STARRED = re.compile(r"(?<![\dx*])\d{2,6}[*x]{3,14}\d{0,5}x?(?![\d*])")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BETWEEN = r"[ ·•‧∙・･.\-—_]{0,2}"
_PLATE = re.compile(
    rf"[{_PROVINCES}]{_BETWEEN}[a-hj-z]{_BETWEEN}"
    rf"((?:[a-hj-np-z0-9]{_BETWEEN}){{4,5}}[a-hj-np-z0-9挂学警港澳使领])(?![a-z0-9])"
)
_LABELLED_PLATE = re.compile(rf"(?:车牌号?码?|车号){_AFTER}([a-z0-9]{{5,8}})(?![a-z0-9])")
_NEW = frozenset("更最重全创刷革翻崭")
_LEFT_OF_AT = re.compile(r"[a-z0-9_.+\-]{1,64} {0,2}$")
_RIGHT_OF_AT = re.compile(r" {0,2}[a-z0-9\-]{1,63}(?: {0,1}\. {0,1}[a-z0-9\-]{1,63}){1,4}")
_CHAT = re.compile(
    r"(?:微信|薇信|威信|wechat|weixin|wx|vx|v信|加v|qq|扣扣|企鹅|支付宝|钉钉|抖音|快手|微博|"
    r"小红书|飞书|陌陌|账号|账户名)"
    r"(?:群|id|号码?|账号|账户|用户名|昵称|名)?(?:是|为|叫|:|\s|\(|\"|“|，|,|加){0,5}"
    r"([a-z0-9][a-z0-9_\-]{4,23})(?![a-z0-9_@])"
)
_NICKNAME = re.compile(
    r"(?:微信名|微信昵称|昵称|网名|qq名|抖音名|快手名)(?:是|为|叫|:|\s){0,3}"
    r"(?:[\"“「『‘']([^\"”」』’'\n]{1,20})[\"”」』’']|([^\s,，。;；:、()!！?？的\ufffc]{2,12}))"
)


def number_keys(raw):
    """Return the forms in which a recorded number, or several in one field, are searched for.

    >>> number_keys("0851-87253281/+86 139 0123 4567")
    ['085187253281', '13901234567', '85187253281', '8613901234567', '87253281']
    >>> number_keys("52012119900101123Ｘ"), number_keys("110"), number_keys("H 1234567 8(9)")
    (['52012119900101123x'], [], ['123456789', 'h123456789'])
    """
    found = set()
    for part in SEVERAL.split(digits_of(raw)):
        bare = bare_of(part).translate({ord(one): None for one in BRACKETS})
        for match in re.findall(r"[a-z]{0,3}\d+x?", bare):
            # Several numbers written without anything between them.
            if len(match) > 2 * DISTINCT + SHORTEST:
                found.update(_MOBILE.findall(match))
            found.update({COUNTRY.sub("", match), match.lstrip(ascii_lowercase)})
    for key in [*found]:
        local = LOCAL.fullmatch(key)
        # A telephone number is told with its area code and without.
        found.update((local[1], key[1:]) if local else ())
    return sorted(key for key in found if len(key) >= SHORTEST)


def read_recorded_numbers(reading, raws):
    """Yield what reads like one of the recorded numbers, in whatever writing."""
    keys = sorted({key for raw in raws for key in number_keys(raw)}, key=len, reverse=True)
    if not keys:
        return
    solid, at = _solid(reading)
    for key in keys:
        kind = "identity" if len(key) > 2 * DISTINCT or not key.isdigit() else "phone"
        place = solid.find(key)
        while place >= 0:
            end = place + len(key)
            # A short one within a longer row of digits is part of another number.
            if len(key) >= DISTINCT or _stands_alone(solid, place, end):
                start = at[_with_country(solid, place)]
                yield _with_extension(reading, Hit(start, at[end - 1] + 1, kind, True))
            place = solid.find(key, end)


def _solid(reading):
    """Return the digits of a reading with nothing between them, and where each stands."""
    at = [
        place
        for place, one in enumerate(reading.digits)
        if one not in SEPARATORS and one not in BRACKETS
    ]
    return "".join(reading.digits[place] for place in at), at


def _stands_alone(solid, start, end):
    return not (solid[start - 1 : start].isdigit() or solid[end : end + 1].isdigit())


def _with_country(solid, start):
    """Return where a number begins with the codes of its area and country before it."""
    area = _AREA.search(solid, max(start - 4, 0), start)
    if area and not solid[area.start() - 1 : area.start()].isdigit():
        start = area.start()
    for code in ("0086", "86"):
        before = start - len(code)
        if (
            before >= 0
            and solid.startswith(code, before)
            and not solid[before - 1 : before].isdigit()
        ):
            return before
    return start


def _with_extension(reading, hit):
    """Return a telephone number with its extension and the plus sign before it."""
    start, end = hit.start, hit.end
    if hit.kind == "phone":
        after = _EXTENSION.match(reading.digits, end)
        end = after.end() if after and _is_landline(reading, hit) else end
        if reading.plain[start - 1 : start] == "+":
            start -= 1
        elif reading.plain[max(start - 2, 0) : start] == "(+":
            start -= 2
    return hit._replace(start=start, end=end)


def _is_landline(reading, hit):
    digits = re.sub(r"\D", "", reading.digits[hit.start : hit.end])
    return not _MOBILE.fullmatch(digits)


def read_numbers(reading):
    """Yield what is by its shape a telephone, identity or card number, recorded or not."""
    for run in _RUN.finditer(reading.digits):
        if run.end() - run.start() >= DISTINCT:
            yield from _read_run(reading, run.start(), run.end())
    for kind, label, _least in _LABELS:
        for match in label.finditer(reading.digits):
            if _is_labelled(reading, kind, match):
                yield Hit(*match.span(1), kind, False)
    for match in _STARRED.finditer(reading.plain):
        kind = (
            "phone"
            if re.match("1[3-9]", match[0]) and len(match[0]) <= LONGEST_PHONE
            else "identity"
        )
        yield Hit(*match.span(), kind, False)


def _is_labelled(reading, kind, match):
    """Return whether what follows a label is a number of this kind: no date, amount or service."""
    digits = re.sub(r"\D", "", match[1])
    after = reading.plain[match.end(1) : match.end(1) + 1]
    if after in _UNITS and after:
        return False
    if kind == "phone":
        return not (
            _SERVICE.match(digits) or _is_day(digits) or _is_office(reading, match.start(1))
        )
    return True


def _is_day(digits):
    """Return whether eight digits are a day of our time.

    >>> _is_day("20260509"), _is_day("87253281"), _is_day("20261350")
    (True, False, False)
    """
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return len(digits) == len("20260509") and day.year in range(1900, 2100)


def _read_run(reading, start, end):
    """Yield the numbers in a row of groups of digits; each begins and ends with a group."""
    at, starts, ends = [], [], set()
    for group in _groups(reading, start, end):
        starts.append(len(at))
        at.extend(range(*group))
        ends.add(len(at))
    digits = "".join(reading.digits[place] for place in at)
    if reading.digits[end : end + 1] == "x" and not reading.digits[end + 1 : end + 2].isalnum():
        ends.discard(len(digits))
        digits += "x"
        ends.add(len(digits))
        at.append(end)
    done = 0
    for first in starts:
        if first < done:
            continue
        kind, length = _number_at(reading, digits, first, ends, at)
        if kind:
            done = first + length
            yield _with_extension(reading, Hit(at[first], at[done - 1] + 1, kind, False))


def _groups(reading, start, end):
    """Yield the groups of a run: digits in one row and of one script."""
    for row in _GROUP.finditer(reading.digits, start, end):
        begin = row.start()
        for place in range(row.start() + 1, row.end()):
            if reading.plain[place].isascii() != reading.plain[place - 1].isascii():
                yield begin, place
                begin = place
        yield begin, row.end()


def _number_at(reading, digits, first, ends, at):
    """Return the kind and length of the number that begins at a digit, or nothing."""
    matches = (
        ("identity", _IDENTITY, _is_identity),
        ("identity", _OLD_IDENTITY, _is_old_identity),
        ("card", _CARD, _is_card),
        ("phone", _MOBILE, None),
        ("phone", _LANDLINE, None),
        ("phone", _FOREIGN_LANDLINE, None),
    )
    for kind, pattern, is_valid in matches:
        found = pattern.match(digits, first)
        if not found or found.end() not in ends or (is_valid and not is_valid(found[0])):
            continue
        last = at[found.end() - 1] + 1
        if reading.plain[last : last + 1] in _UNITS and reading.plain[last : last + 1]:
            continue
        if not _is_office(reading, at[first]):
            return kind, len(found[0])
    return None, 0


def _is_office(reading, start):
    """Return whether a number is called that of a matter or paper."""
    before = reading.plain[max(start - _LOOK_BACK, 0) : start]
    return bool(_OFFICE.search(before)) and not _NOT_OFFICE.search(before)


def _is_identity(digits):
    """Return whether digits are an identity number of 18 digits, not a case number.

    >>> _is_identity("520121199001011234"), _is_identity("990121199001011234")
    (True, False)
    >>> _is_identity("520121202605090012"), _is_identity("360426199101010071")
    (False, True)
    """
    # Not ric.is_valid: it looks the county up in a data file that cannot be opened where Odoo has
    # loaded the library in a way of its own.
    try:
        born = ric.get_birth_date(digits)
    except ValidationError:
        return False
    is_checked = ric.calc_check_digit(digits) == digits[-1].upper()
    return digits[:2] in _PROVINCE_CODES and (is_checked or born.year in _BORN)


def _is_old_identity(digits):
    """Return whether digits are an identity number of 15 digits, as issued until 1999.

    >>> _is_old_identity("520121650203004"), _is_old_identity("520121202605090")
    (True, False)
    """
    try:
        dt.date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return False
    return digits[:2] in _PROVINCE_CODES and int(digits[6:8]) >= _OLDEST


def _is_card(digits):
    """Return whether digits are the number of a bank card.

    >>> _is_card("6222021234567890128"), _is_card("6222021234567890127")
    (True, False)
    """
    return luhn.is_valid(digits)


def read_plates(reading):
    """Yield number plates of vehicles."""
    for match in _PLATE.finditer(reading.digits):
        before = reading.plain[max(match.start() - 1, 0) : match.start()]
        if match[0][0] == "新" and before in _NEW:
            continue
        if sum(one.isdigit() for one in match[1]) > 1:
            yield Hit(*match.span(), "plate", False)
    for match in _LABELLED_PLATE.finditer(reading.digits):
        if any(one.isdigit() for one in match[1]):
            yield Hit(*match.span(1), "plate", False)


def read_mail(reading):
    """Yield mail addresses."""
    plain = reading.plain
    at = plain.find("@")
    while at >= 0:
        left = _LEFT_OF_AT.search(plain, max(at - 66, 0), at)
        right = _RIGHT_OF_AT.match(plain, at + 1)
        if left and right:
            yield Hit(left.start(), right.end(), "mail", False)
        at = plain.find("@", at + 1)


def read_chat(reading):
    """Yield names of accounts in chats and payment services."""
    for match in _CHAT.finditer(reading.plain):
        digits = match[1]
        after = reading.plain[match.end(1) : match.end(1) + 1]
        if digits.isdigit() and (digits in _HOTLINES or _is_day(digits) or after in _UNITS):
            continue
        if not digits.isalpha() or "微" in match[0] or "q" in match[0]:
            yield Hit(*match.span(1), "chat", False)
    for match in _NICKNAME.finditer(reading.plain):
        group = 1 if match[1] else 2
        yield Hit(*match.span(group), "chat", False)
