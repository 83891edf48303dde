"""The words of the demonstration's year: what people complain of, what comes out, who they are."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "tables"
TWO_CHARACTERS = 0.7
MONTHS = [f"{date(2000, month, 1):%b}".lower() for month in range(1, 13)]


class Person(NamedTuple):
    """Someone who complains: nobody real."""

    name: str
    gender: str
    phone: str
    town: str


class Texts:
    """The tables of the folder ``tables``, and what is drawn from them.

    >>> texts = Texts()
    >>> sorted({int(case["conduct"]) for case in texts.cases}) == list(range(1, 15))
    True
    >>> {matter["season"] for matter in texts.matters} <= set(texts.seasons)
    True
    """

    def __init__(self):
        self.cases = _rows("cases")
        self.matters = _rows("matters")
        self.towns = [row["town"] for row in _rows("towns")]
        self.names = {row["part"]: row["characters"] for row in _rows("names")}
        self.seasons = {
            row["season"]: [int(row[month]) for month in MONTHS] for row in _rows("seasons")
        }
        self.words = {}
        for row in _rows("words"):
            self.words.setdefault(row["kind"], []).append(row["text"])

    def weight_of(self, matter, month):
        """Return how often a matter brings people to the hall in a month (1 is January)."""
        return int(matter["weight"]) * self.seasons[matter["season"]][month - 1]

    def person(self, rng, number):
        """Draw someone who complains.

        :param number: different for each person

        >>> from .dice import Dice
        >>> Texts().person(Dice(1), 7).phone
        '13800020007'
        """
        gender = rng.choice(("male", "female"))
        given = self.names[gender]
        name = rng.choice(self.names["surname"]) + rng.choice(given)
        if rng.happens(TWO_CHARACTERS):
            name += rng.choice(given)
        return Person(name, gender, f"1380002{number:04d}", rng.choice(self.towns))

    def word(self, rng, kind, **places):
        """Draw one of the texts of a kind, with what fills its places."""
        return rng.choice(self.words[kind]).format_map(places)


def _rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
