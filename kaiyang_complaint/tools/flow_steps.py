"""What the flow chart is drawn from: the boxes there are, and the facts of one complaint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# How far a complaint is, by its state: 1 is handling, 2 waits for feedback.
RANKS = {"draft": 0, "accepted": 1, "handling": 1, "replied": 2, "fed_back": 3, "closed": 4}
HANDLING, ANSWERED, ARCHIVED = 1, 2, 5


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
    "in_hand": Step("handling", "room"),
    "check": Step("handling", "room", shape="decision"),
    "feedback": Step("feedback", "room"),
    "close": Step("feedback", "room"),
    "archive": Step("feedback", "archivist", shape="terminal"),
}


@dataclass(frozen=True)
class Slip:
    """How far one unit is that was asked to answer."""

    state: str = "draft"
    key: int = 0
    moments: Mapping = field(default_factory=dict)

    @property
    def is_live(self):
        """Whether the unit takes the slip for its own."""
        return self.state != "declined"


@dataclass(frozen=True)
class Facts:
    """What the path of a complaint follows from.

    ``state`` is that of the complaint, or while it is on hold the one it returns to; ``meeting``,
    ``inquiry`` and ``referral`` are the states of these processes in the present round, or empty;
    ``moments`` tells for boxes when they were done.
    """

    state: str = "draft"
    contact_first: bool = False
    in_the_hall: bool = False
    contacted: bool = False
    restricted: bool = False
    outside: bool = False
    needs_meeting: bool = False
    settled_on_spot: bool = False
    reopened: bool = False
    meeting: str = ""
    inquiry: str = ""
    referral: str = ""
    slips: tuple = ()
    moments: Mapping = field(default_factory=dict)

    @property
    def rank(self):
        """How far the complaint is as a whole."""
        return RANKS.get(self.state, ARCHIVED)

    @property
    def live_slips(self):
        """The slips that units take for their own."""
        return tuple(slip for slip in self.slips if slip.is_live)


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
