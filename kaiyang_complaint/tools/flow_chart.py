"""The regulation's flow chart (annex 1) as the path of one complaint.

What it has been through, where it is, what comes next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# How far a complaint is, by its state: 1 is handling, 2 waits for feedback.
RANKS = {"draft": 0, "accepted": 1, "handling": 1, "replied": 2, "fed_back": 3, "closed": 4}
HANDLING, ANSWERED, ARCHIVED = 1, 2, 5
# By the state of a slip, meeting or referral: how many boxes of its branch are done.
SLIP = {"draft": 0, "sent": 1, "received": 2, "replied": 3, "accepted": 3}
MEETING = {"approved": 1, "convened": 1, "held": 2}
REFERRAL = {"draft": 1, "requested": 1, "refused": 1, "approved": 2, "sent": 3, "answered": 4}
LEADER_ASKED = "requested"


class Step(NamedTuple):
    """A box of the chart: the part of the procedure it is in, who acts, at which level (四)."""

    band: str
    actor: str
    level: str = "centre"
    shape: str = "step"


STEPS = {
    "came_in": Step("intake", "complainant", shape="terminal"),
    "contact": Step("intake", "room"),
    "review": Step("intake", "room", shape="decision"),
    "invalid": Step("intake", "nobody", shape="terminal"),
    "register": Step("intake", "room"),
    "reopen": Step("intake", "room"),
    "on_spot": Step("handling", "window", "window"),
    "report": Step("handling", "leader"),
    "meet": Step("handling", "room"),
    "forward": Step("handling", "room"),
    "sign": Step("handling", "representative", "unit"),
    "answer": Step("handling", "representative", "unit"),
    "decline": Step("handling", "nobody", "unit", shape="terminal"),
    "inquire": Step("handling", "room"),
    "sign_off": Step("handling", "leader"),
    "refer": Step("handling", "room"),
    "outside": Step("handling", "outside", "unit"),
    "transfer": Step("handling", "room"),
    "lift": Step("handling", "leader"),
    "choose": Step("handling", "room", shape="decision"),
    # Stands for all steps of handling where the complainant of a restricted case looks it up: the
    # branch it takes would tell why.
    "in_hand": Step("handling", "room"),
    "check": Step("handling", "room", shape="decision"),
    "tell": Step("feedback", "representative", "unit"),
    "feedback": Step("feedback", "room"),
    "close": Step("feedback", "room"),
    "archive": Step("feedback", "archivist", shape="terminal"),
}


@dataclass(frozen=True)
class Slip:
    """How far one unit is that was asked to answer.

    ``choice``: who answers instead of a unit that a meeting had named and that declined:
    ``open``, ``unit``, ``meeting``, ``room``, or empty.
    """

    state: str = "draft"
    key: int = 0
    moments: Mapping = field(default_factory=dict)
    choice: str = ""

    @property
    def is_live(self):
        """Whether the unit takes the slip for its own."""
        return self.state != "declined"


@dataclass(frozen=True)
class Facts:
    """What the path of a complaint follows from.

    ``state`` is that of the complaint, or while it is on hold the one it returns to; ``meeting``,
    ``inquiry`` and ``referral`` are the states of these processes in the present round, or empty;
    ``delegated`` is that of the feedback that was left to a unit; ``moments`` tells for boxes when
    they were done.
    """

    state: str = "draft"
    contact_first: bool = False
    in_the_hall: bool = False
    contacted: bool = False
    restricted: bool = False
    lifted: bool = False
    outside: bool = False
    needs_meeting: bool = False
    settled_on_spot: bool = False
    reopened: bool = False
    meeting: str = ""
    inquiry: str = ""
    referral: str = ""
    delegated: str = ""
    slips: tuple = ()
    moments: Mapping = field(default_factory=dict)

    @property
    def rank(self):
        """How far the complaint is as a whole."""
        # Unknown states are ends, such as “archived”: everything lies behind them.
        return RANKS.get(self.state, ARCHIVED)

    @property
    def live_slips(self):
        """The slips that units take for their own."""
        # A declined slip is drawn with its end, and another one is awaited beside it.
        return tuple(slip for slip in self.slips if slip.is_live)

    @property
    def choices(self):
        """Who answers instead of the units that declined what a meeting had decided."""
        return {slip.choice for slip in self.slips if not slip.is_live}


class Node(NamedTuple):
    """A box of the chart of one complaint. ``lane`` is the key of the slip it belongs to."""

    key: str
    status: str
    lane: int | None = None
    at: object = None
    actor: str = ""

    @property
    def step(self):
        """The box's place in the procedure."""
        return STEPS[self.key]


def path(facts: Facts) -> list[Node]:
    """Return the boxes of a complaint in their order: done, current, next, skipped or ended.

    >>> def show(**given):
    ...     return " ".join(f"{node.key}:{node.status[0]}" for node in path(Facts(**given)))
    >>> show(state="draft")  # doctest: +NORMALIZE_WHITESPACE
    'came_in:d review:c register:n forward:n sign:n answer:n check:n
     feedback:n close:n archive:n'
    >>> show(state="draft", contact_first=True).split()[:3]
    ['came_in:d', 'contact:c', 'review:n']
    >>> show(state="invalid")
    'came_in:d review:d invalid:e'
    >>> show(state="handling", slips=(Slip("received"),))  # doctest: +NORMALIZE_WHITESPACE
    'came_in:d review:d register:d forward:d sign:d answer:c check:n
     feedback:n close:n archive:n'
    >>> show(state="accepted", needs_meeting=True, meeting="approved").split()[3:7]
    ['report:d', 'meet:c', 'forward:n', 'sign:n']
    >>> show(state="fed_back", in_the_hall=True, settled_on_spot=True).split()[3:]
    ['on_spot:d', 'feedback:d', 'close:c', 'archive:n']
    >>> show(state="handling", restricted=True, inquiry="draft").split()[3:6]
    ['inquire:c', 'sign_off:n', 'transfer:n']
    >>> show(state="accepted", lifted=True, inquiry="concluded", referral="sent").split()[3:8]
    ['inquire:d', 'sign_off:d', 'transfer:d', 'lift:d', 'forward:c']
    >>> declined = Slip("declined", choice="open"), Slip("received")
    >>> show(state="handling", needs_meeting=True, meeting="held", slips=declined).split()[5:8]
    ['forward:d', 'decline:e', 'choose:c']
    >>> show(state="replied", delegated="asked").split()[-4:]
    ['tell:c', 'feedback:n', 'close:n', 'archive:n']
    """
    return [*_intake(facts), *_handling(facts), *_feedback(facts)]


def _at(moments, key, status, lane=None, actor=""):
    """Return a box, with when it was done."""
    at = moments.get(key) if status in ("done", "ended") else None
    return Node(key, status, lane, at, actor or STEPS[key].actor)


def _track(keys, done, ready, moments, lane=None):
    """Return the boxes of a branch of which some lie behind; the one after them is current."""
    return [
        _at(
            moments,
            key,
            "done" if place < done else "current" if place == done and ready else "next",
            lane,
        )
        for place, key in enumerate(keys)
    ]


def _intake(facts):
    keys = ["came_in", *(["contact"] if facts.contact_first else []), "review"]
    if facts.state == "invalid":
        return [
            *_track(keys, len(keys), False, facts.moments),
            _at(facts.moments, "invalid", "ended"),
        ]
    keys += ["register", *(["reopen"] if facts.reopened else [])]
    waits = "contact" if "contact" in keys and not facts.contacted else "review"
    # A rank above 0 means that it was accepted: the state outweighs what was not noted.
    done = len(keys) if facts.rank else keys.index(waits)
    return _track(keys, done, True, facts.moments)


def _handling(facts):
    """Return the boxes of every branch that the complaint takes, one after the other."""
    if facts.state == "invalid":
        return []
    nodes, ready = [], facts.rank == HANDLING
    for branch in _branches(facts):
        boxes, ready = branch(facts, ready)
        nodes += boxes
    if facts.rank > HANDLING:
        nodes = [
            node._replace(status="skipped") if node.status in ("next", "current") else node
            for node in nodes
        ]
    return nodes


def _branches(facts):
    """Choose the branches of the regulation: on the spot, meeting, slip, inquiry (五(二), 七.5)."""
    if facts.settled_on_spot:
        return [_spot]
    if facts.restricted or facts.outside:
        return [_inquiry]
    branches = [_slips, _check]
    if "room" in facts.choices:
        branches = [_slips, _inquiry_instead, _check]
    if facts.needs_meeting:
        branches = [_meeting, *branches]
    elif facts.in_the_hall:
        branches = [_spot, *branches]
    return [_lifted, *branches] if facts.lifted else branches


def _lifted(facts, ready):
    """What was done while the complaint was restricted stays, and that this was lifted (七.5)."""
    keys = ("inquire", "sign_off", "transfer")
    done = REFERRAL.get(facts.referral, 1 if facts.inquiry == "concluded" else 0)
    goes_on = ready and facts.referral not in ("", "refused")
    boxes = _asked_of(_track(keys, done, goes_on, facts.moments), "sign_off", facts.referral)
    shown = [box for box in boxes if box.status != "next"]
    return [*shown, _at(facts.moments, "lift", "done")], ready


def _inquiry_instead(facts, ready):
    """The room inquires in the place of a unit that declined (五(二)5)."""
    done = 1 if facts.inquiry == "concluded" else 0
    return _track(("inquire",), done, ready, facts.moments), ready


def _spot(facts, ready):
    """Settle immediately, unless a slip was issued, even a returned one."""
    if facts.settled_on_spot:
        return [_at(facts.moments, "on_spot", "done")], False
    if facts.slips:
        return [_at(facts.moments, "on_spot", "skipped")], ready
    return [_at(facts.moments, "on_spot", "current" if ready else "next")], False


def _meeting(facts, ready):
    # Slips on their way prove that a meeting was held, or is needed no more.
    # Unless a unit declined, and another meeting is to decide.
    again = "meeting" in facts.choices
    done = 2 if facts.live_slips and not again else MEETING.get(facts.meeting, 0)
    boxes = _track(("report", "meet"), done, ready, facts.moments)
    return _asked_of(boxes, "report", facts.meeting), ready and done == len(boxes)


def _slips(facts, ready):
    """Return a lane for each slip, and one to come where every unit declined."""
    chosen = {"open", "room"} & facts.choices
    lanes = facts.slips if facts.live_slips or chosen else (*facts.slips, Slip())
    return [box for slip in lanes for box in _lane(slip, ready)], ready


def _lane(slip, ready):
    if not slip.is_live:
        ends = [("forward", "done"), ("decline", "ended")]
        if slip.choice:
            is_open = slip.choice == "open" and ready
            ends.append(("choose", "current" if is_open else "done"))
        return [_at(slip.moments, key, status, slip.key) for key, status in ends]
    return _track(("forward", "sign", "answer"), SLIP[slip.state], ready, slip.moments, slip.key)


def _check(facts, _ready):
    """Check the units' answers: as each comes in, and not only when all are there."""
    # One reply may be checked while other units still write theirs.
    waiting = any(slip.state == "replied" for slip in facts.slips)
    status = "current" if waiting else "next"
    return [_at(facts.moments, "check", "done" if facts.rank > HANDLING else status)], False


def _inquiry(facts, ready):
    """The room inquires, the leader signs off, the matter is handed on (五(二)4, 七.5)."""
    last = ("transfer",) if facts.restricted else ("refer", "outside")
    keys = ("inquire", "sign_off", *last)
    done = REFERRAL.get(facts.referral, 1 if facts.inquiry == "concluded" else 0)
    boxes = _track(keys, done, ready, facts.moments)
    return _asked_of(boxes, "sign_off", facts.referral), False


def _asked_of(boxes, key, state):
    """Let the room act in a leader's box until it has put the question."""
    return [
        box._replace(actor="room")
        if box.key == key and box.status == "current" and state != LEADER_ASKED
        else box
        for box in boxes
    ]


def _feedback(facts):
    if facts.state == "invalid":
        return []
    keys, done = ("feedback", "close", "archive"), facts.rank - ANSWERED
    if facts.delegated:
        keys = ("tell", *keys)
        # As long as the unit has not reported, its report is what is waited for.
        told = done > 0 or facts.delegated != "asked"
        done += 1 if told and done >= 0 else 0
    return _track(keys, done, True, facts.moments)


def acting(nodes):
    """Return the boxes where someone acts now.

    >>> [node.key for node in acting(path(Facts("closed")))]
    ['archive']
    """
    return [node for node in nodes if node.status == "current"]


def upcoming(nodes):
    """Return the box that comes after those where someone acts now, or nothing.

    >>> upcoming(path(Facts("replied"))).key
    'close'
    """
    rest = iter(nodes)
    if not any(node.status == "current" for node in rest):
        return None
    return next((node for node in rest if node.status == "next"), None)


def level(nodes):
    """Return which of the three levels acts: window, unit or centre; none once closed (四).

    A unit that has not answered yet acts, whatever the room does meanwhile.

    >>> level(path(Facts("accepted", in_the_hall=True))), level(path(Facts("draft")))
    ('window', 'centre')
    >>> level(path(Facts("handling", slips=(Slip("replied", 1), Slip("sent", 2)))))
    'unit'
    >>> level(path(Facts("archived"))) is None
    True
    """
    levels = {node.step.level for node in acting(nodes)}
    return next((one for one in ("unit", "window", "centre") if one in levels), None)
