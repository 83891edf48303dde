"""Who sees what of a complaint's path, and how it is drawn."""

from dataclasses import replace

from .flow_chart import HANDLING, SLIP, Facts, Node, Slip, path


def for_unit(facts, own):
    """Return the boxes that a unit may know: its own slip, whether others are asked, what follows.

    >>> slips = (Slip("replied", 7), Slip("sent", 8), Slip("accepted", 9))
    >>> nodes = for_unit(Facts("handling", needs_meeting=True, meeting="held", slips=slips), 7)
    >>> [(node.key, node.lane) for node in nodes if node.status == "current"]
    [('sign', 0), ('check', None)]
    >>> [node.key for node in for_unit(Facts("accepted", slips=(Slip("declined", 7),)), 7)]
    ['register', 'forward', 'decline']
    """
    [mine] = [slip for slip in facts.slips if slip.key == own]
    others = tuple(slip for slip in facts.live_slips if slip.key != own)
    # What the room chooses instead of a unit that declined is not the unit's to know.
    slips = (mine, *_merged(others, {})) if mine.is_live else (replace(mine, choice=""),)
    nodes = path(Facts(facts.state, delegated=facts.delegated, slips=slips))
    if not mine.is_live:
        nodes = [node for node in nodes if node.lane == own or node.step.band == "intake"]
    return [node for node in nodes if node.key not in {"came_in", "review"}]


def for_public(facts):
    """Return the boxes that the complainant may know; of a restricted case, no branch.

    >>> slips = (Slip("declined", 1), Slip("sent", 2), Slip("replied", 3))
    >>> nodes = for_public(Facts("handling", slips=slips))
    >>> [node.key for node in nodes if node.status == "current"]
    ['sign']
    >>> [node.key for node in for_public(Facts("handling", restricted=True, inquiry="draft"))]
    ['came_in', 'review', 'register', 'in_hand', 'feedback', 'close']
    """
    # That it was restricted, and is no longer, tells nobody outside anything.
    nodes = path(replace(facts, slips=_merged(facts.live_slips), lifted=False))
    if facts.restricted:
        nodes = _without_branch(nodes, facts.rank)
    return [node for node in nodes if node.key != "archive" and node.status != "skipped"]


def drawing(nodes):
    """Arrange boxes as they are drawn: bands of segments, of which one may have parallel lanes.

    >>> slips = (Slip("sent", 1), Slip("sent", 2))
    >>> for band, segments in drawing(path(Facts("handling", slips=slips))):
    ...     print(band, [[len(lane) for lane in lanes] for lanes in segments])
    intake [[3]]
    handling [[3, 3], [1]]
    feedback [[3]]
    """
    return [
        (band[0].step.band, [_runs(part, _lane) for part in _runs(band, _in_lanes)])
        for band in _runs(nodes, lambda node: node.step.band)
    ]


def _lane(node):
    return node.lane


def _in_lanes(node):
    return node.lane is not None


def _runs(nodes, key):
    """Cut boxes into runs of those that follow each other and have the same key."""
    runs = []
    for node in nodes:
        if runs and key(runs[-1][-1]) == key(node):
            runs[-1].append(node)
        else:
            runs.append([node])
    return runs


def _without_branch(nodes, rank):
    """Put one box in the place of all of the band of handling."""
    status = "done" if rank > HANDLING else "current" if rank == HANDLING else "next"
    intake = [node for node in nodes if node.step.band == "intake"]
    feedback = [node for node in nodes if node.step.band == "feedback"]
    return [*intake, Node("in_hand", status, actor="room"), *feedback] if feedback else intake


def _merged(slips, moments=None):
    """Represent several slips by the least advanced one."""
    if not slips:
        return ()
    last = min(slips, key=lambda slip: SLIP[slip.state])
    return (Slip(last.state, moments=last.moments if moments is None else moments),)
