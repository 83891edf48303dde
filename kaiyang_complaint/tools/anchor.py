"""Anchors of a log: signed statements of how many rows it had, and of the last row's seal."""

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "access-log-anchor/1"
# Longer than any anchor.
SIZE = 16384
# What is said of an anchor -> its type.
FACTS = {
    "format": str,
    "centre": int,
    "centre_name": str,
    "number": int,
    "at": str,
    "rows": int,
    "last_id": int,
    "seal": str,
    "finding": str,
    "past": str,
    "previous": str,
    "public_key": str,
}
GROUP, GROUPS = 4, 8


def new_key():
    """Return a new private key, as text.

    >>> len(base64.b64decode(new_key()))
    32
    """
    return _text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key(private):
    """Return the public half of a private key, as text.

    >>> public_key(_text(bytes(32)))[:8]
    'O2onvM62'
    """
    return _text(_private(private).public_key().public_bytes_raw())


def sign(facts, private):
    """Return the text of the anchor that states some facts.

    >>> key = _text(bytes(32))
    >>> text = sign({"number": 1}, key)
    >>> json.loads(text)["public_key"] == public_key(key), is_signed(json.loads(text))
    (True, True)
    """
    facts = facts | {"format": FORMAT, "public_key": public_key(private)}
    signature = _text(_private(private).sign(_canonical(facts)))
    return json.dumps(facts | {"signature": signature}, ensure_ascii=False, indent=1) + "\n"


def read(text):
    """Return what an anchor's text says; nothing where it is none.

    >>> read("{}"), read("[]"), read("so what"), read(None)
    ({}, {}, {}, {})
    """
    try:
        said = json.loads(text) if len(text) <= SIZE else None
    except (TypeError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return {}
    sound = all(type(said.get(name)) is kind for name, kind in FACTS.items())
    return said if sound and isinstance(said.get("signature"), str) else {}


def is_signed(said):
    """Return whether an anchor is signed with the key that it names.

    >>> said = json.loads(sign({"rows": 57}, new_key()))
    >>> is_signed(said), is_signed(said | {"rows": 58}), is_signed(said | {"signature": "x"})
    (True, False, False)
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said["public_key"]))
        key.verify(base64.b64decode(said["signature"]), _canonical(_facts(said)))
    except (InvalidSignature, ValueError):
        return False
    return True


def digest(said):
    """Return the digest of what an anchor states, which the next one names.

    >>> digest({"rows": 57, "signature": "x"}) == digest({"rows": 57})
    True
    """
    return hashlib.sha256(_canonical(_facts(said))).hexdigest()


def short(hexadecimal):
    """Return the first half of a digest for people to compare: 128 bits.

    >>> short("0123456789abcdef" * 4)
    '0123 4567 89ab cdef 0123 4567 89ab cdef'
    """
    places = range(0, GROUP * GROUPS, GROUP)
    return " ".join(hexadecimal[place : place + GROUP] for place in places)


def fingerprint(public):
    """Return what stands for a public key on paper.

    >>> fingerprint(public_key(_text(bytes(32))))
    '8eb7 cca2 ecab b7fb 12e9 d6f3 56ff 4c20'
    """
    return short(hashlib.sha256(public.encode()).hexdigest())


def _facts(said):
    return {name: value for name, value in said.items() if name != "signature"}


def _canonical(facts):
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        errors="replace"
    )


def _private(text):
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text))


def _text(octets):
    return base64.b64encode(octets).decode()
