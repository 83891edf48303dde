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
    """Follows the rows of a chain, from the first one or a sound one, to the last sound one."""

    def __init__(self, position=0, sealed=""):
        self.position = position
        self.seal = sealed

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
        """Return whether the chain ends where someone remembers it to end."""
        return (self.position, self.seal) == (position, sealed)


NO_PAST = ""


class Past:
    """Digest of the users and cases that rows of old name: their own seals leave these out."""

    REFERENCES = ("position", "user_ref", "ticket_ref", "slip_ref")

    def __init__(self):
        self.count = 0
        self.hash = hashlib.sha256()

    def add(self, row):
        """Take a row, of old or not.

        >>> past = Past()
        >>> past.add({"version": 2})
        >>> past.digest()
        ''
        >>> past.add({"version": None, "position": 1, "user_ref": 2})
        >>> past.digest()[:12]
        '1 rows 32281'
        """
        if not row["version"]:
            self.count += 1
            facts = [row.get(name) or 0 for name in self.REFERENCES]
            self.hash.update(json.dumps(facts).encode())

    def digest(self):
        """Return how many rows of old there are, and their digest; nothing where there are none."""
        return f"{self.count} rows {self.hash.hexdigest()}" if self.count else NO_PAST
