"""The code with which a complainant asks where their complaint is."""

import secrets
import unicodedata

# Neither 0 and O nor 1, I and L: codes are read out on the telephone and written by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP, LENGTH = 3, 9  # 31 ** 9 is more than 44 bits


def draw():
    """Return a new code that nobody can guess, in groups that can be read out.

    >>> code = draw()
    >>> len(code), code[3], code == tidy_code(code.lower())
    (11, '-', True)
    """
    return _grouped("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def tidy_code(typed):
    """Return a code as it was drawn, from what somebody made of it on a telephone's keyboard.

    >>> tidy_code(" ab2　ＣＤ3－ef4 "), tidy_code(None)
    ('AB2-CD3-EF4', '')
    """
    return _grouped("".join(char for char in _plain(typed) if char.isalnum()))


def tidy_number(typed):
    """Return the number of a complaint, without blanks and in narrow figures.

    >>> tidy_number("２０２６－00 12 "), tidy_number(b"2026")
    ('2026-0012', '')
    """
    return "".join(_plain(typed).split())


def _plain(typed):
    # A form sends whatever is put into it: a file, or a null that no database compares.
    text = typed.replace("\0", "") if isinstance(typed, str) else ""
    return unicodedata.normalize("NFKC", text).upper()


def _grouped(code):
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
