"""Rows of which each carries a seal over itself and the row before: what is changed shows."""

import hashlib
import json


def seal(previous, facts):
    """Return the seal of a row, from the seal of the row before and the facts of this one.

    >>> seal("", ["a", 1])[:12]
    'ab3f076ffa39'
    >>> seal("", ["a", 1]) == seal("", ["a1"]), seal("x", ["a", 1]) == seal("", ["a", 1])
    (False, False)
    """
    canonical = json.dumps([previous, *facts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Chain:
    """Follows the rows of a chain from the first one and remembers the last sound one."""

    def __init__(self):
        self.position = 0
        self.seal = ""

    def follow(self, position, previous, facts, sealed):
        """Take the next row, and tell whether it follows the one before.

        >>> chain = Chain()
        >>> chain.follow(1, "", ["a"], seal("", ["a"]))
        True
        >>> chain.follow(3, chain.seal, ["b"], seal(chain.seal, ["b"]))
        False
        >>> chain.position
        1
        """
        sound = (
            position == self.position + 1
            and previous == self.seal
            and sealed == seal(previous, facts)
        )
        if sound:
            self.position, self.seal = position, sealed
        return sound

    def ends_at(self, position, sealed):
        """Tell whether the chain ends where somebody remembers it to end."""
        return (self.position, self.seal) == (position, sealed)
