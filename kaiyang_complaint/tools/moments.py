"""Read the moments that spreadsheets and websites write, in any of their writings."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone

EARLIEST, LATEST = 1900, 9999
CHINA = timezone(timedelta(hours=8))
# Day 0 of the serial numbers of spreadsheets; those of 1904 are converted where the file is read.
SERIAL_START = datetime.combine(date(1899, 12, 30), time())
SERIALS = (36_526, 73_050)
# Seconds since 1970. From 2,000,000,000 on it may as well be a date with its hour: 2026050909.
SECONDS = (946_684_800, 2_000_000_000)
NOON = 12
MIDNIGHT = 24
DAY = 86_400
CENTURY = 100

_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_NUMERAL = re.compile("[〇零○一二三四五六七八九十]+")
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)([一二三四五六日天])\)?")
_WEEKDAYS = "一二三四五六日"
_MORNING = ["上午", "早上", "早晨", "清晨", "凌晨", "am", "a.m."]
_EVENING = ["下午", "傍晚", "晚上", "晚", "夜间", "pm", "p.m."]
_HALVES = "|".join(re.escape(half) for half in [*_MORNING, *_EVENING, "中午"])
_DATE = (
    r"(?:(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|年(?P<month2>\d{1,2})月(?P<day2>\d{1,2})[日号]?|(?P<month3>\d\d)(?P<day3>\d\d))"
    r"|(?P<day4>\d{1,2})-(?P<month4>\d{1,2})月 ?-(?P<year4>\d{4}|\d\d))"
)
_TIME = (
    rf"(?P<half>{_HALVES})? ?"
    r"(?:(?P<hour>\d{1,2})(?:[:时](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"|[时点](?P<minute2>\d{1,2})?(?:分(?P<second2>\d{1,2}))?)[分秒整]?"
    r"|(?P<hour3>\d\d)(?P<minute3>\d\d)(?P<second3>\d\d)?)"
    rf" ?(?P<half2>{_HALVES})? ?(?P<offset>z|[+-]\d\d:?\d\d)?"
)
_MOMENT = re.compile(rf"{_DATE}(?:[t ,]?{_TIME})?")
_DAY_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b.*")


class AmbiguousError(ValueError):
    """A text that one reader takes for another day than the next: 5/9/2022."""


def read_moment(cell, zone=CHINA):
    """Return the wall time that a cell tells: in a zone, where it tells of which it is.

    :param cell: a text; one of a spreadsheet may know its ``moment``
    :raise AmbiguousError: where the day could as well be the month
    :raise ValueError: where it tells none

    >>> read_moment("2019/4/25 9:32:09"), read_moment("2019年4月25日 9时32分")
    (datetime.datetime(2019, 4, 25, 9, 32, 9), datetime.datetime(2019, 4, 25, 9, 32))
    >>> read_moment("2019-04-25T09:32:09.123"), read_moment("2019.4.25")
    (datetime.datetime(2019, 4, 25, 9, 32, 9), datetime.datetime(2019, 4, 25, 0, 0))
    >>> str(read_moment("二〇二二年五月十九日下午三点半")), str(read_moment("20220509 0905"))
    ('2022-05-19 15:30:00', '2022-05-09 09:05:00')
    >>> str(read_moment("2022-05-09T01:05:00Z")), str(read_moment("1652058300000"))
    ('2022-05-09 09:05:00', '2022-05-09 09:05:00')
    >>> str(read_moment("46151.378472")), str(read_moment("2022-5-9 24:00"))
    ('2026-05-09 09:05:00', '2022-05-10 00:00:00')
    >>> read_moment("5/9/2022 9:05")
    Traceback (most recent call last):
    kaiyang_complaint.tools.moments.AmbiguousError: 5/9/2022 9:05
    >>> read_moment("2022年5月9日 星期二")
    Traceback (most recent call last):
    ValueError: 2022年5月9日 星期二
    >>> read_moment("2019-02-30")
    Traceback (most recent call last):
    ValueError: day is out of range for month
    >>> read_moment("昨天")
    Traceback (most recent call last):
    ValueError: 昨天
    """
    moment = getattr(cell, "moment", None) or _read(str(cell))
    if moment.tzinfo:
        moment = moment.astimezone(zone)
    moment = moment.replace(microsecond=0, tzinfo=None)
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


def from_serial(days):
    """Return the moment of a spreadsheet's serial number, or nothing where it means none of today.

    >>> str(from_serial(46151.378472)), from_serial(17)
    ('2026-05-09 09:05:00', None)
    """
    first, last = SERIALS
    if not first <= days < last:
        return None
    return SERIAL_START + timedelta(seconds=round(days * DAY))


def _read(text):
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain) and (moment := _from_number(plain)):
        return moment
    weekday = _WEEKDAY.search(plain)
    plain = _in_digits(re.sub(" +", " ", _WEEKDAY.sub(" ", plain)).strip())
    match = _MOMENT.fullmatch(plain)
    if not match:
        raise (AmbiguousError if _DAY_FIRST.fullmatch(plain) else ValueError)(text)
    parts = match.groupdict()
    day = _day(parts)
    if weekday and _WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
        raise ValueError(text)
    return _at(day, parts, text)


def _from_number(text):
    """Return the moment of a serial number, or of a count of seconds or their thousandths."""
    number = float(text)
    for scale in (1, 1000):
        first, last = SECONDS
        if "." not in text and first * scale <= number < last * scale:
            return datetime.fromtimestamp(number / scale, UTC)
    return from_serial(number)


def _in_digits(text):
    """Write Chinese numbers as digits, and a half or a quarter of an hour as minutes.

    >>> _in_digits("二〇二二年十二月二十日九点半")
    '2022年12月20日9点30'
    """
    text = _NUMERAL.sub(lambda found: _number(found[0]), text)
    return re.sub("(?<=[点时])(?:半|([13])刻)", lambda found: str(15 * int(found[1] or 2)), text)


def _number(numeral):
    """Return the digits of a Chinese number below 100, or of a year told digit by digit.

    >>> _number("二〇二二"), _number("十"), _number("二十三"), _number("五")
    ('2022', '10', '23', '5')
    """
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[sign]) for sign in numeral)
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))


def _day(parts):
    year, month, day = (
        int(next(filter(None, (parts.get(f"{name}{place}") for place in ("", *"234")))))
        for name in ("year", "month", "day")
    )
    # What databases and spreadsheets write as 09-5月-22.
    return date(year + 2000 if year < CENTURY else year, month, day)


def _at(day, parts, text):
    hour, minute, second = (
        int(parts[name] or parts.get(f"{name}2") or parts[f"{name}3"] or 0)
        for name in ("hour", "minute", "second")
    )
    if hour == MIDNIGHT and not (minute or second):
        return datetime.combine(day, time()) + timedelta(days=1)
    hour = _hour(hour, parts["half"] or parts["half2"], text)
    moment = datetime.combine(day, time(hour, minute, second))
    offset = parts["offset"]
    return datetime.fromisoformat(f"{moment.isoformat()}{offset.upper()}") if offset else moment


def _hour(hour, half, text):
    """Return the hour of the day that an hour of its half means.

    >>> _hour(12, "上午", ""), _hour(12, "下午", ""), _hour(8, "晚上", ""), _hour(15, "下午", "")
    (0, 12, 20, 15)
    >>> _hour(13, "上午", "上午13点")
    Traceback (most recent call last):
    ValueError: 上午13点
    """
    if half in _MORNING:
        if hour > NOON:
            raise ValueError(text)
        return hour % NOON
    if half in _EVENING:
        # Midnight of which night, and noon or half past midnight?
        if hour == 0 or (hour == NOON and half not in ("下午", "pm", "p.m.")):
            raise ValueError(text)
        return hour + NOON if hour < NOON else hour
    return hour + NOON if half == "中午" and 0 < hour < NOON - 2 else hour
