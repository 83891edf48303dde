"""A small task for the browser before a form is sent: it costs a person nothing, a flood a lot.

Foreign captchas are no choice for an office, and pictures to be read shut people out. Browsers
without scripts can't do the task: for them the form waits a little longer (``waited_enough``).
"""

import hashlib

# 2 ** 14 hashes on average: a second on a cheap telephone.
BITS = 14
# What the answer may be at most.
LONGEST = 20
# Nobody fills in the form faster, whatever their browser proves; nor, without scripts, faster than.
LEAST_SECONDS, LEAST_SECONDS_UNPROVEN = 3, 8


def is_proof(challenge, answer, bits=BITS):
    """Return whether the hash of challenge and answer begins with so many zero bits.

    >>> answer = next(str(n) for n in range(10 ** 6) if is_proof("a", str(n), 8))
    >>> is_proof("a", answer, 8), is_proof("b", answer, 8), is_proof("a", "", 8)
    (True, False, False)
    """
    if not answer or len(answer) > LONGEST:
        return False
    digest = hashlib.sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - bits) == 0


def waited_enough(seconds, is_proven):
    """Return whether the form was open for as long as a person takes at least.

    >>> waited_enough(4, True), waited_enough(4, False), waited_enough(8, False)
    (True, False, True)
    """
    return seconds >= (LEAST_SECONDS if is_proven else LEAST_SECONDS_UNPROVEN)
