"""The one table of a complaint's states, and of the acts that lead from one to another (四, 五).

Buttons are shown, drags are translated and moves are checked by this table alone.
"""

from typing import NamedTuple

# Odoo translates selection labels only where they come as a list.
STATES = [
    ("draft", "Draft"),
    ("accepted", "Accepted"),
    ("handling", "In handling"),
    ("replied", "Replied"),
    ("fed_back", "Fed back"),
    ("closed", "Closed"),
    ("archived", "Archived"),
    ("on_hold", "On hold"),
    ("invalid", "Invalid"),
]
ENDS = frozenset({"closed", "archived", "invalid"})
RUNNING = frozenset({"accepted", "handling", "replied", "fed_back", "on_hold"})
# What ends a round of handling, and what a complaint comes to once it was looked into.
ROUND_ENDS = ENDS | {"fed_back"}
RESULTS = ROUND_ENDS | {"replied"}


class Verb(NamedTuple):
    """An act a person performs on a complaint.

    ``by_drag``: the act needs nothing but the click, so a dragged card may stand for it.
    """

    sources: frozenset
    target: str
    by_drag: bool = False


VERBS = {
    "accept": Verb(frozenset({"draft"}), "accepted", by_drag=True),
    "refuse_out_of_scope": Verb(frozenset({"draft"}), ""),  # nothing of it is kept
    "mark_invalid": Verb(frozenset({"draft"}), "invalid"),
    "reconsider": Verb(frozenset({"invalid"}), "draft"),  # with a reason: no drag gives one
    "forward": Verb(frozenset({"accepted"}), "handling", by_drag=True),
    "settle_on_spot": Verb(frozenset({"accepted"}), "fed_back"),
    "hold": Verb(frozenset({"accepted", "handling", "replied"}), "on_hold", by_drag=True),
    "resume": Verb(frozenset({"on_hold"}), ""),  # back to where it was held
    "close": Verb(frozenset({"fed_back"}), "closed", by_drag=True),
    "archive_dossier": Verb(frozenset({"closed"}), "archived"),  # for good: no drag stands for it
    "reopen": Verb(frozenset({"closed", "archived"}), "accepted"),
}

# What the processes of a complaint bring about: no button, and no drag, leads there.
BY_PROCESS = {
    ("accepted", "handling"),  # a unit was asked, or the room itself inquires
    ("handling", "accepted"),  # every slip was declined
    ("handling", "replied"),  # every answer was accepted
    ("replied", "handling"),  # the room took its inquiry up again
    ("replied", "fed_back"),  # the complainant was told
    ("on_hold", "accepted"),
    ("on_hold", "handling"),
    ("on_hold", "replied"),
}


def can_move(source, target):
    """Return whether the regulation knows a way from one state to another.

    >>> can_move("draft", "accepted"), can_move("draft", "closed")
    (True, False)
    >>> can_move("handling", "replied"), can_move("closed", "draft")
    (True, False)
    """
    by_verb = any(source in verb.sources and verb.target == target for verb in VERBS.values())
    return by_verb or (source, target) in BY_PROCESS


def open_verbs(state):
    """List the acts that a state allows, in the order of the procedure.

    >>> open_verbs("draft")
    ['accept', 'refuse_out_of_scope', 'mark_invalid']
    >>> open_verbs("fed_back")
    ['close']
    """
    return [name for name, verb in VERBS.items() if state in verb.sources]


def drag_verb(source, target):
    """Return the action of a card dragged from one column to another, if there is one.

    >>> drag_verb("fed_back", "closed")
    'close'
    >>> drag_verb("handling", "replied") is None
    True
    """
    return next(
        (
            name
            for name, verb in VERBS.items()
            if verb.by_drag and source in verb.sources and verb.target == target
        ),
        None,
    )


def next_state(state, answers, told):
    """Return where the facts of its processes take a complaint: the state, or the same one.

    :param answers: the states of the slips that left, or in the same words of what stands for them
    :param told: whether feedback was confirmed after the last reply

    >>> next_state("accepted", ["sent"], told=False), next_state("handling", [], told=False)
    ('handling', 'accepted')
    >>> next_state("handling", ["accepted", "declined"], told=False)
    'replied'
    >>> [next_state("replied", [answer], told=True) for answer in ("accepted", "received")]
    ['fed_back', 'handling']
    """
    # A declined slip counts as never asked: with none left, the complaint is back with the room.
    live = set(answers) - {"declined"}
    if state == "accepted" and live:
        return "handling"
    if state == "handling" and not live:
        return "accepted"
    if state == "handling" and live == {"accepted"}:
        return "replied"
    if state == "replied" and live - {"accepted"}:
        return "handling"
    if state == "replied" and told:
        return "fed_back"
    return state


def inquiry_answer(state, referral_due, referrals):
    """Return in the words of a slip how far the room's own inquiry is (五(二)4, 七.5).

    :param state: of the inquiry
    :param referral_due: whether the matter ends with another authority
    :param referrals: the states of the referrals of this round

    >>> inquiry_answer("draft", False, []), inquiry_answer("concluded", False, [])
    ('received', 'accepted')
    >>> [inquiry_answer("concluded", True, [state]) for state in ("requested", "sent")]
    ['received', 'accepted']
    """
    waits = referral_due and not {"sent", "answered"} & set(referrals)
    return "accepted" if state == "concluded" and not waits else "received"
