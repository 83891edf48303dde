"""Whether what was given as a telephone, or as an identity number, can be one."""

import re
import unicodedata

import phonenumbers
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

REGION = "CN"
_SEVERAL = re.compile(r"[/、,，;；|\n]|或者?|和")
_EXTENSION = re.compile(r"[\s-]*(?:转|分机|ext\.?)[:号\s]{0,2}\d{1,6}\s*$", re.IGNORECASE)
# A number of the place itself, without the code of its area.
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_RESIDENT = re.compile(r"[1-8]\d{16}[\dX]")
# Numbers of services, which no library knows as somebody's.
_SERVICE = re.compile(r"[48]00\d{7}")


def is_phone(text):
    """Return whether each number in a text can be called.

    >>> is_phone("138 0001-0033"), is_phone("(0851) 87253281转8012"), is_phone("87253281")
    (True, True, True)
    >>> is_phone("0851-87250000、13900000002"), is_phone("+852 2345 6789")
    (True, True)
    >>> is_phone("1380001003"), is_phone("23800010033"), is_phone("无"), is_phone("")
    (False, False, False, False)
    >>> is_phone("13800010033 或 12")
    False
    """
    parts = _SEVERAL.split(unicodedata.normalize("NFKC", text or ""))
    return all(_is_one_phone(part) for part in parts)


def _is_one_phone(text):
    bare = _EXTENSION.sub("", text.strip())
    digits = re.sub(r"[\s()-]", "", bare)
    if _LOCAL.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(bare, REGION))
    except phonenumbers.NumberParseException:
        return False


def is_identity_number(text):
    """Return whether a text is a resident identity number: birthday and check digit.

    >>> is_identity_number("11010519491231002X"), is_identity_number(" 11010519491231002x ")
    (True, True)
    >>> is_identity_number("110105194912310021"), is_identity_number("H12345678")
    (False, False)
    """
    digits = unicodedata.normalize("NFKC", text or "").strip().upper()
    if not _RESIDENT.fullmatch(digits):
        return False
    # Not ric.validate: it looks the county up in a data file that cannot be opened where Odoo has
    # been imported.
    try:
        ric.get_birth_date(digits)
    except ValidationError:
        return False
    return ric.calc_check_digit(digits) == digits[-1]
