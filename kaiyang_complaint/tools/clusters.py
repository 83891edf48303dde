"""Group what belongs together, one thing leading to the next."""


def clusters(pairs):
    """Return the groups into which pairs join things, each sorted, the first thing first.

    >>> clusters([(1, 2), (5, 6), (2, 3)])
    [[1, 2, 3], [5, 6]]
    >>> clusters([(4, 1), (3, 2), (1, 3)])
    [[1, 2, 3, 4]]
    >>> clusters([])
    []
    """
    heads = {}
    for one, other in pairs:
        heads[_head(heads, one)] = _head(heads, other)
    groups = {}
    for thing in sorted(heads):
        groups.setdefault(_head(heads, thing), []).append(thing)
    return list(groups.values())


def _head(heads, thing):
    """Return who stands for the group of a thing; the way there is shorter the next time.

    >>> heads = {1: 2, 2: 3, 3: 3}
    >>> _head(heads, 1), heads[1]
    (3, 3)
    """
    way = []
    while heads.setdefault(thing, thing) != thing:
        way.append(thing)
        thing = heads[thing]
    for passed in way:
        heads[passed] = thing
    return thing
