"""Read what citizens write into the steps of the online form (二): values and faults out of texts.

A step is read as a whole, so that a page can name all that is to be mended at once.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import NamedTuple

from .import_fields import window_key
from .wording import phone_key

ITEM, STAFF, TEXT, WISH, NAME, PHONE = 60, 60, 2000, 200, 40, 20
MOBILE = 11
HALF_HOURS = tuple(f"{hour:02d}:{minute:02d}" for hour in range(8, 19) for minute in (0, 30))
CALL_TIMES = ("any", "morning", "noon", "afternoon")
MANNERS = ("call", "message")
STEPS = ("1", "2", "3", "4", "5")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}|[2-8]\d{6,7}")


class Fault(NamedTuple):
    """What is wrong with one field of a step: the name of its input, a code, and how much."""

    field: str
    kind: str
    culprit: str = ""


def plain(text):
    r"""Return what was typed, without blanks at its ends and what no database stores.

    >>> plain("  二手房\0过户 \r\n"), plain(None), plain(b"x")
    ('二手房过户', '', '')
    """
    if not isinstance(text, str):
        return ""
    text = text.replace("\r\n", "\n").replace("\0", "")
    return text.encode(errors="ignore").decode().strip()


def read_window(form, windows, units):
    """Read where it was: a window by its number, or the unit where nobody knows it.

    :param windows: ids of windows by the key of their number
    :param units: ids of units
    >>> read_window({"window": " a02号 "}, {window_key("A02"): 7}, {3})
    ({'window_id': 7, 'unit_id': False}, [])
    >>> read_window({"window": "A99", "unit": ""}, {}, {3})
    ({}, [Fault(field='window', kind='unknown_window', culprit='A99')])
    >>> read_window({"unit": "3"}, {}, {3}), read_window({}, {}, {3})[1][0].kind
    (({'window_id': False, 'unit_id': 3}, []), 'no_window')
    """
    typed, unit = plain(form.get("window")), plain(form.get("unit"))
    found = typed and windows.get(window_key(typed))
    if found:
        return {"window_id": found, "unit_id": False}, []
    if typed:
        return {}, [Fault("window", "unknown_window", typed[:ITEM])]
    if unit.isdecimal() and int(unit) in units:
        return {"window_id": False, "unit_id": int(unit)}, []
    return {}, [Fault("window", "no_window")]


def read_time(form, today, previous):
    """Read when it was and what about: step 1.

    :param today: the day of the centre
    :param previous: the working day before
    >>> read_time({"day": "prev", "time": "09:30", "item": "过户"}, date(2026, 11, 30),
    ...           date(2026, 11, 27))[0]["service_day"]
    datetime.date(2026, 11, 27)
    >>> form = {"day": "other", "date": "2026-12-01", "time": "99:99"}
    >>> [fault.kind for fault in read_time(form, date(2026, 11, 30), date(2026, 11, 27))[1]]
    ['future', 'no_item']
    """
    days = {"today": today, "prev": previous, "other": _day(form.get("date"))}
    day, item = days.get(form.get("day")), plain(form.get("item"))[:ITEM]
    at = form.get("time")
    values = {"service_time": at if at in HALF_HOURS else False, "service_item": item}
    faults = []
    if not day:
        faults.append(Fault("date" if form.get("day") == "other" else "day", "no_day"))
    elif day > today:
        faults.append(Fault("date", "future"))
    else:
        values["service_day"] = day
    if not item:
        faults.append(Fault("item", "no_item"))
    return values, faults


def _day(text):
    try:
        return date.fromisoformat(plain(text))
    except ValueError:
        return None


def read_story(form, kinds, known):
    """Read whom it is about and what happened: step 2.

    :param kinds: the numbers of the kinds of conduct that were ticked
    :param known: ids of the kinds by number
    >>> values, faults = read_story({"who": "staff", "staff": "女", "text": "等了两小时"}, ["9"],
    ...                             {9: 109})
    >>> values["conduct_ids"], values["staff_text"], faults
    ([109], '女', [])
    >>> [fault.kind for fault in read_story({"text": "长" * 2001}, ["x"], {9: 109})[1]]
    ['no_who', 'long_text', 'no_kind']
    """
    who, text = form.get("who"), plain(form.get("text"))
    chosen = [known[int(kind)] for kind in kinds if kind.isdecimal() and int(kind) in known]
    faults = [] if who in ("staff", "window") else [Fault("who", "no_who")]
    if not text:
        faults.append(Fault("text", "no_text"))
    if len(text) > TEXT:
        faults.append(Fault("text", "long_text", str(len(text))))
    if not chosen:
        faults.append(Fault("kind", "no_kind"))
    return {
        "respondent": who if who in ("staff", "window") else False,
        "staff_text": plain(form.get("staff"))[:STAFF] if who == "staff" else False,
        "description": text[:TEXT],
        "wish": plain(form.get("wish"))[:WISH],
        "conduct_ids": chosen,
    }, faults


def read_contact(form):
    """Read who complains, and how they are told: step 4. Of the anonymous nothing is kept.

    >>> values, faults = read_contact({"id": "anonymous", "pname": "王小芳", "mobile": "1"})
    >>> values["complainant_identity"], values["partner_name"], faults
    ('anonymous', False, [])
    >>> form = {"id": "named", "mobile": "138 0000 003"}
    >>> [(fault.kind, fault.culprit) for fault in read_contact(form)[1]]
    [('no_name', ''), ('short_phone', '10')]
    >>> read_contact({})[1][0].kind
    'no_identity'
    """
    identity = form.get("id")
    if identity != "named":
        fault = [] if identity == "anonymous" else [Fault("id", "no_identity")]
        return {
            "complainant_identity": identity if identity == "anonymous" else False,
            **dict.fromkeys(("partner_name", "complainant_phone", "manner", "call_time"), False),
            "allows_unit": False,
        }, fault
    name, phone = plain(form.get("pname"))[:NAME], plain(form.get("mobile"))[:PHONE]
    faults = [] if name else [Fault("pname", "no_name")]
    fault = _phone_fault(phone)
    return {
        "complainant_identity": "named",
        "partner_name": name,
        "complainant_phone": phone,
        "manner": form.get("how") if form.get("how") in MANNERS else "call",
        "call_time": form.get("when") if form.get("when") in CALL_TIMES else "any",
        "allows_unit": bool(form.get("direct")),
    }, faults + ([fault] if fault else [])


def _phone_fault(phone):
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    if not digits:
        return Fault("mobile", "no_phone")
    key = phone_key(phone)
    if _MOBILE.fullmatch(key) or _LANDLINE.fullmatch(key):
        return None
    if digits.startswith("1") and len(digits) != MOBILE:
        return Fault("mobile", "short_phone", str(len(digits)))
    return Fault("mobile", "wrong_phone")


def open_steps(filled):
    """Return the steps that lack something, in their order.

    :param filled: the values of a submission by field
    >>> open_steps({}), open_steps({"unit_id": 1, "service_day": 1, "service_item": "a",
    ...     "respondent": "window", "description": "b", "conduct_ids": [1]})
    (['window', '1', '2', '4'], ['4'])
    """
    needed = {
        "window": filled.get("window_id") or filled.get("unit_id"),
        "1": filled.get("service_day") and filled.get("service_item"),
        "2": filled.get("respondent") and filled.get("description") and filled.get("conduct_ids"),
        "4": filled.get("complainant_identity"),
    }
    return [step for step, value in needed.items() if not value]


def wall_time(day, half_hour):
    """Return the moment on the centre's clock, nothing where the hour is not remembered.

    >>> wall_time(date(2026, 11, 27), "09:30"), wall_time(date(2026, 11, 27), False)
    (datetime.datetime(2026, 11, 27, 9, 30), None)
    """
    return datetime.fromisoformat(f"{day}T{half_hour}") if day and half_hour else None
