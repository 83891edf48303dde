"""The code with which a complainant asks where their complaint is."""

import secrets
import unicodedata
from ipaddress import IPv6Address, ip_address, ip_network

# Neither 0 and O nor 1, I and L: codes are read out on the telephone and written by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP, LENGTH = 3, 12  # 31 ** 12 is more than 59 bits
SHORT_LENGTH = 9  # codes drawn before 19.0.1.5.0: more than 44 bits
HOME_PREFIX = 64


def draw():
    """Return a new code that nobody can guess, in groups that can be read out.

    The page answers a right code of this length always: the length alone has to make guessing
    hopeless. There are 31 ** 12 = 7.9e17 codes. A thousand guesses a second, more than a server
    answers, hit one number's code within a year with a chance of 3.2e10 / 7.9e17 = 4e-8, and half
    of them are tried after twelve million years.

    >>> code = draw()
    >>> len(code), code[3], code == tidy_code(code.lower())
    (15, '-', True)
    """
    return _grouped("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def is_short(code):
    """Return whether a tidy code is not as long as those that are drawn now.

    >>> is_short("AB2-CD3-EF4"), is_short("AB2-CD3-EF4-GH5"), is_short("")
    (True, False, True)
    """
    return len(code.replace("-", "")) < LENGTH


def tidy_code(typed):
    """Return a code as it was drawn, from what someone made of it on a telephone's keyboard.

    >>> tidy_code(" ab2　ＣＤ3－ef4 gh5"), tidy_code(None)
    ('AB2-CD3-EF4-GH5', '')
    """
    return _grouped("".join(char for char in _plain(typed) if char.isalnum()))


def tidy_number(typed):
    """Return the number of a complaint, without blanks and in narrow figures.

    >>> tidy_number("２０２６－00 12 "), tidy_number(b"2026")
    ('2026-0012', '')
    """
    return "".join(_plain(typed).split())


def network_key(address):
    """Return what the budget of an address is counted for: a network_key has one version 6 network.

    >>> network_key("2001:db8:1:2::7"), network_key("192.0.2.1"), network_key("::ffff:192.0.2.1")
    ('2001:db8:1:2::/64', '192.0.2.1', '192.0.2.1')
    >>> network_key("fe80::1%eth0"), network_key("unknown"), network_key(None)
    ('fe80::/64', 'unknown', '')
    """
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, HOME_PREFIX), strict=False))
    return str(found)


def _plain(typed):
    # A form sends whatever is put into it: a file, or a null that no database compares.
    text = typed.replace("\0", "") if isinstance(typed, str) else ""
    return unicodedata.normalize("NFKC", text).upper()


def _grouped(code):
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
