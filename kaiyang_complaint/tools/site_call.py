"""What a complaints site may tell in one call, and what is wrong with what it told."""

import base64
import binascii
from datetime import datetime
from typing import NamedTuple

from . import import_fields, moments
from .file_kinds import is_program, kind_of
from .file_names import MAX_FILE_SIZE, MEGABYTE
from .wording import storable

# Field -> the most characters it may have.
TEXTS = {
    "external_ref": 64,
    "description": 20000,
    "name": 200,
    "partner_name": 100,
    "complainant_phone": 50,
    "complainant_address": 200,
    "complainant_id_number": 50,
    "window": 50,
    "service_item": 200,
    "service_ref": 100,
}
REQUIRED = import_fields.REQUIRED
MOMENTS = import_fields.MOMENTS
FLAGS = ("is_confidential",)
LISTS = {"staff": 20, "conduct": 14, "attachments": 10}
NAME_LENGTH = 100


class Fault(NamedTuple):
    """One thing that is wrong: what kind of thing, with which field, and the culprit."""

    kind: str
    field: str
    culprit: str = ""


def find_faults(call):
    """List what is wrong with a call, apart from what only the centre's records can tell.

    >>> find_faults({"external_ref": "GZ-1", "description": "排队两小时"})
    []
    >>> [fault[:2] for fault in find_faults({"external_ref": " ", "description": 5, "x": "y"})]
    [('missing', 'external_ref'), ('kind', 'description'), ('unknown', 'x')]
    >>> find_faults({"external_ref": "1", "description": "慢", "received_at": "昨天"})
    [Fault(kind='moment', field='received_at', culprit='昨天')]
    """
    faults = [Fault("missing", name) for name in REQUIRED if _blank(call.get(name))]
    for name, value in call.items():
        if name in REQUIRED and _blank(value):
            continue
        fault = value is not None and _fault(name, value)
        if fault:
            faults.append(fault)
    return faults


def _blank(value):
    return value is None or (isinstance(value, str) and not value.strip())


def _fault(name, value):
    """Return what is wrong with one field, or nothing."""
    if name in TEXTS:
        return _fault_of_text(name, value, TEXTS[name])
    if name in MOMENTS:
        return _fault_of_moment(name, value)
    if name in FLAGS:
        return None if isinstance(value, bool) else Fault("kind", name)
    if name in LISTS:
        return _fault_of_list(name, value)
    return Fault("unknown", name[:NAME_LENGTH])


def _fault_of_text(name, value, limit):
    if not isinstance(value, str):
        return Fault("kind", name)
    if len(value) > limit:
        return Fault("long", name, str(limit))
    return None if storable(value) else Fault("kind", name)


def _fault_of_moment(name, value):
    try:
        read_moment(value)
    except (TypeError, ValueError):
        return Fault("moment", name, str(value)[:NAME_LENGTH])
    return None


def _fault_of_list(name, value):
    if not isinstance(value, list):
        return Fault("kind", name)
    if len(value) > LISTS[name]:
        return Fault("many", name, str(LISTS[name]))
    check = {"staff": _fault_of_staff, "conduct": _fault_of_conduct, "attachments": _fault_of_file}
    return next(filter(None, (check[name](item) for item in value)), None)


def _fault_of_staff(item):
    fault = _fault_of_text("staff", item, NAME_LENGTH)
    return Fault("kind", "staff") if not fault and _blank(item) else fault


def _fault_of_conduct(item):
    # A yes is a number in Python.
    return (
        None if isinstance(item, int) and not isinstance(item, bool) else Fault("kind", "conduct")
    )


def _fault_of_file(item):
    """Return what is wrong with an attachment, or nothing."""
    if not isinstance(item, dict) or set(item) != {"name", "content"} or _blank(item["name"]):
        return Fault("kind", "attachments")
    fault = _fault_of_text("attachments", item["name"], NAME_LENGTH)
    content = decode(item["content"])
    if fault or content is None:
        return fault or Fault("base64", "attachments", item["name"])
    if len(content) > MAX_FILE_SIZE:
        return Fault("large", "attachments", f"{item['name']} ({MAX_FILE_SIZE // MEGABYTE} MB)")
    if not content or not kind_of(content) or is_program(item["name"]):
        return Fault("refused", "attachments", item["name"])
    return None


def read_ref(value):
    """Return the site's number as it is kept, or nothing where it can't be one.

    >>> read_ref(" GZ-1 "), read_ref(5)
    ('GZ-1', '')
    """
    return value.strip() if isinstance(value, str) and storable(value) else ""


def decode(content):
    """Return the bytes of a base64 text, or nothing where it is none.

    >>> decode("5L2g5aW9").decode(), decode("你好"), decode(5)
    ('你好', None, None)
    """
    try:
        return base64.b64decode(content, validate=True)
    except (TypeError, ValueError, binascii.Error):
        return None


def read_moment(value, zone=None):
    """Return the wall time of the centre that a text tells; one with an offset is converted.

    :raise ValueError: where it tells none
    :raise TypeError: where it is no text

    >>> from zoneinfo import ZoneInfo
    >>> read_moment("2026-03-02 10:30"), read_moment("2026年3月2日 10:30:05")
    (datetime.datetime(2026, 3, 2, 10, 30), datetime.datetime(2026, 3, 2, 10, 30, 5))
    >>> read_moment("2026-03-02T02:30:00Z", ZoneInfo("Asia/Shanghai"))
    datetime.datetime(2026, 3, 2, 10, 30)
    """
    if not isinstance(value, str):
        raise TypeError(value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return moments.read_moment(value)
    moments.assert_believable(moment)
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
