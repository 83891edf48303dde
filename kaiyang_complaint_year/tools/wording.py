"""What everybody says in a complaint of the demonstration's year, as it goes on record."""

SUGGESTS = 0.6
# Texts of the table that need nothing but what the complaint is about.
OF_DESK = (
    "opinion",
    "return_reason",
    "extension_reason",
    "extension_answer",
    "extension_instruction",
    "invalid_reason",
    "refused_item",
    "refused_reason",
    "result",
    "callee",
)


class Wording:
    """The words of one complaint: of who complains, of the unit, of the room.

    :param rng: the ``Dice`` of the plan
    :param texts: the ``Texts``
    :param case: the ``Case``, complete but for its words
    :param row: what it is about, out of the table of cases
    """

    def __init__(self, rng, texts, case, row):
        self.rng, self.texts, self.case, self.row = rng, texts, case, row
        self.places = {
            "item": case.item,
            "window": case.window.number,
            "town": case.person.town,
            "days": rng.choice((3, 5, 7, 10)),
            "times": rng.choice(("两", "三", "四")),
            "minutes": rng.choice((20, 25, 30, 40, 45)),
        }

    def texts_of_desk(self):
        """Return what the room writes: to the unit, to the leader, about what can't be taken."""
        return {kind: self._word(kind) for kind in OF_DESK}

    def all(self):
        """Return every text by its name."""
        is_upheld = self.case.outcome.conclusion != "not_upheld"
        found = self._fill("found" if is_upheld else "cleared")
        measures = self._fill("measures") if is_upheld else "继续做好政策解释和服务引导。"
        told = "told_upheld" if is_upheld else "told_cleared"
        return self.texts_of_desk() | {
            "reason": self._reason(),
            "found": found,
            "measures": measures,
            "told": self._word(told, found=found, cleared=found, measures=measures.rstrip("。")),
            "suggestion": self._word("suggestion") if self.rng.happens(SUGGESTS) else "",
            "answer": self._word("answer_bad") if self.case.satisfaction in ("1", "2") else "",
        }

    def _reason(self):
        parts = (self._word("opening"), self._fill("reason"), self._word("demand"))
        return "".join(parts)

    def _fill(self, name):
        return self.row[name].format_map(self.places)

    def _word(self, kind, **places):
        return self.texts.word(self.rng, kind, **self.places, **places)
