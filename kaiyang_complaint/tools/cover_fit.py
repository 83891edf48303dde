"""The size of each text on the cover of a dossier, so that all of them stay on its one page."""

import math
from typing import NamedTuple

# The room on the cover for its texts, in points: what is inside the frame, less the rows of fixed
# height and the gaps.
HEIGHT = 490
# Smaller nobody reads it on paper.
SMALLEST, STEP = 6.5, 0.5


class Place(NamedTuple):
    """A text on the cover: how wide it may be, and how it is set where it is short; in points."""

    width: float
    size: float
    leading: float
    # The height of its row where it is short.
    least: float = 0


PLACES = {
    "fonds": Place(408, 20, 1.35),
    "category": Place(408, 16, 1.45),
    "title": Place(408, 22, 1.7),
    "number": Place(205, 13, 1.45, 31),
}


def sizes(texts):
    """Return the size of each text, in points: the tallest gives way until all have room.

    A character is as wide as it is high, at most.

    >>> sizes({"fonds": "某县", "category": "投诉", "title": "关于某局的投诉", "number": "X-1"})
    {'fonds': 20, 'category': 16, 'title': 22, 'number': 13}
    >>> long = "长" * 620
    >>> found = sizes(dict.fromkeys(PLACES, long))
    >>> found
    {'fonds': 6.5, 'category': 6.5, 'title': 6.5, 'number': 6.5}
    >>> sum(height(name, long, size) for name, size in found.items()) <= HEIGHT
    True
    >>> sizes({"fonds": "某县", "title": "长" * 620})["fonds"]
    20
    """
    found = {name: PLACES[name].size for name in texts}
    heights = {name: height(name, text, found[name]) for name, text in texts.items()}
    while sum(heights.values()) > HEIGHT:
        larger = [name for name in texts if found[name] > SMALLEST]
        if not larger:
            break
        tallest = max(larger, key=heights.get)
        found[tallest] -= STEP
        heights[tallest] = height(tallest, texts[tallest], found[tallest])
    return found


def height(name, text, size):
    """Return how high a text is at most in some size, in points.

    >>> height("title", "字" * 19, 22), height("number", "", 13)
    (74.8, 31)
    """
    place = PLACES[name]
    lines = math.ceil(len(text or "") / max(int(place.width / size), 1))
    return max(round(lines * size * place.leading, 2), place.least)


def space(texts, sizes):
    """Return what is left of the room, in points.

    >>> space({"title": "字"}, {"title": 22})
    452.6
    """
    return max(HEIGHT - sum(height(name, texts[name], sizes[name]) for name in texts), 0)
