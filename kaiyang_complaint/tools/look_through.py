"""The text for a unit stretch by stretch: what is masked in it, and what was left as it is.

A stretch is a dictionary: ``text`` as it was written, ``shown`` as it is masked, ``kind`` of what
it gives away (empty for what gives nothing away), ``recorded`` where it is known from the case, and
``masked``: whether ``shown`` or ``text`` leaves.
"""

TEXTS = ("text", "shown", "kind")
MANY = 10_000


def stretches(segments):
    """Return the segments that masking found as stretches, everything found masked.

    >>> stretches([("我是", "我是", None, False), ("王小明", "王**", "name", True)])[1]["masked"]
    True
    """
    return [
        {
            "text": text,
            "shown": shown,
            "kind": kind or "",
            "recorded": bool(recorded),
            "masked": bool(kind),
        }
        for text, shown, kind, recorded, *_more in segments
    ]


def compose(given):
    """Return the text that leaves.

    >>> name = {"text": "王小明", "shown": "王**", "kind": "name", "masked": True}
    >>> compose([{"text": "我是", "shown": "我是", "kind": "", "masked": False}, name])
    '我是王**'
    """
    return "".join(one["shown"] if one["masked"] else one["text"] for one in given)


def are_stretches(given):
    """Return whether something that a browser sent has the shape of stretches.

    >>> are_stretches([{"text": "a", "shown": "a", "kind": "", "masked": False}])
    True
    >>> are_stretches([{"text": 1, "shown": "a", "kind": "", "masked": False}])
    False
    >>> are_stretches("text"), are_stretches([["a", "a"]])
    (False, False)
    """
    return (
        isinstance(given, list)
        and len(given) <= MANY
        and all(isinstance(one, dict) and _is_stretch(one) for one in given)
    )


def _is_stretch(one):
    return "masked" in one and all(isinstance(one.get(name), str) for name in TEXTS)


def taken_up(proposed, text):
    """Return the stretches of a text that was prepared before: as proposed, with its choices.

    :param proposed: the stretches that masking proposes for the original
    :return: nothing where the text was changed otherwise than by masking and unmasking

    >>> name = {"text": "王小明", "shown": "王**", "kind": "name", "masked": True}
    >>> plain = {"text": "来过", "shown": "来过", "kind": "", "masked": False}
    >>> [one["masked"] for one in taken_up([name, plain], "王小明来过")]
    [False, False]
    >>> [one["masked"] for one in taken_up([name, plain], "王**来过")]
    [True, False]
    >>> taken_up([name, plain], "有人来过")
    """
    position, taken = 0, []
    for one in proposed:
        choices = [True, False] if one["kind"] else [False]
        for masked in choices:
            leaves = one["shown"] if masked else one["text"]
            if text.startswith(leaves, position):
                taken.append({**one, "masked": masked})
                position += len(leaves)
                break
        else:
            return None
    return taken if position == len(text) else None
