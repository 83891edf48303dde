"""Why a complaint is invalid, as its complainant reads it: facts, never a judgement (四.3)."""

NO_OBJECT = "您未提供明确的被投诉对象和投诉事项"


def refusal_facts(ground, reason):
    r"""Return what was established, as part of a sentence; nothing where nothing was put down.

    :param ground: a value of ``invalid_ground``
    :param reason: what the clerk put down

    >>> refusal_facts("no_object", "来电人不愿说明窗口。")
    '您未提供明确的被投诉对象和投诉事项'
    >>> refusal_facts("unreasonable", "该事项已三次答复，\n未提出新的事实。")
    '该事项已三次答复，未提出新的事实'
    >>> refusal_facts("other", False)
    ''
    """
    return NO_OBJECT if ground == "no_object" else told(reason)


def refusal_details(ground, reason):
    """Return what the clerk put down beside the facts of a ground that has words of its own.

    >>> refusal_details("no_object", "来电人不愿说明窗口。")
    '来电人不愿说明窗口'
    >>> refusal_details("unreasonable", "已三次答复。")
    ''
    """
    return told(reason) if ground == "no_object" else ""


def told(reason):
    """Return a text as part of a sentence, in one line."""
    return "".join((reason or "").split("\n")).strip().rstrip("。；;.，, ")
