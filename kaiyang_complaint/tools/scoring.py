"""Points of a month's assessment: which rule deducts how much from whom (七.1). Pure Python.

Points are whole tenths: they add up without drift. The order of the rules is their precedence.

A finding against a person costs the person, the window and its chief representative; one
against the window costs the last two. Two persons of one complaint each bear their own:

>>> rules = [Rule(1, "window", -30), Rule(2, "staff", -50), Rule(3, "representative", -15)]
>>> first = Finding(1, 100, 3, "staff", staff=7, window=12, representative=5)
>>> for one in score(rules, [first, first._replace(id=2, staff=8)], 3):
...     print(one.finding, one.target, one.tenths)
1 staff -50
2 staff -50
1 window -30
1 representative -15

The heaviest counts, and what an earlier month has taken is not taken again:

>>> rules = [Rule(1, "window", -40, conduct=9), Rule(2, "window", -30)]
>>> two = [Finding(1, 100, 3, "window", window=12), Finding(2, 100, 3, "window", 0, 12, 0, 9)]
>>> score(rules, two, 3)
[Deduction(finding=2, target='window', tenths=-40, rule=1)]
>>> score(rules, [two[0], two[1]._replace(month=4)], 4)
[]

Repetition is counted in complaints of the year:

>>> rules = [Rule(1, "window", -60, repeat_from=3), Rule(2, "window", -30)]
>>> more = [Finding(n, 100 + n, 3, "window", window=12) for n in (1, 2)]
>>> [one.tenths for one in score(rules, more, 3, {("window", 12): 1})]
[-30, -60]
"""

from collections import Counter
from typing import NamedTuple

TARGETS = ("staff", "window", "representative")


class Finding(NamedTuple):
    """A finding that counts, with who answered when the complaint was accepted.

    ``month``: any value that sorts like the month of the confirmation. ``liable``: ``staff`` or
    ``window``; ids that are not known are 0.
    """

    id: int
    case: int
    month: int
    liable: str
    staff: int = 0
    window: int = 0
    representative: int = 0
    conduct: int = 0
    aspect: int = 0
    conclusion: str = "upheld"
    responsibility: str = "main"

    def of(self, target):
        """Return who bears the finding as a target, or 0.

        >>> staff, window = Finding(1, 1, 3, "staff", 7, 12), Finding(2, 1, 3, "window", 7, 12)
        >>> staff.of("staff"), staff.of("window"), window.of("staff"), window.of("window")
        (7, 12, 0, 12)
        """
        return 0 if target == "staff" and self.liable != "staff" else getattr(self, target) or 0


class Rule(NamedTuple):
    """How many tenths a finding costs a target; what is empty demands nothing."""

    id: int
    target: str
    tenths: int
    conduct: int = 0
    aspect: int = 0
    conclusion: str = ""
    responsibility: str = ""
    repeat_from: int = 1

    def fits(self, finding, ordinal):
        """Return whether a finding falls under the rule, in the n-th complaint of the year.

        >>> rule = Rule(1, "window", -30, conduct=3, repeat_from=2)
        >>> finding = Finding(1, 1, 3, "window", window=12, conduct=3)
        >>> rule.fits(finding, 1), rule.fits(finding, 2), rule.fits(finding._replace(conduct=4), 2)
        (False, True, False)
        """
        demands = (
            (self.conduct, finding.conduct),
            (self.aspect, finding.aspect),
            (self.conclusion, finding.conclusion),
            (self.responsibility, finding.responsibility),
        )
        return ordinal >= self.repeat_from and all(
            not wanted or wanted == found for wanted, found in demands
        )


class Deduction(NamedTuple):
    """Points that a finding costs a target, by which rule; or gives back, by none."""

    finding: int
    target: str
    tenths: int
    rule: int = 0


class Published(NamedTuple):
    """A published deduction whose finding was overturned.

    ``is_carried``: of the same complaint another finding of an earlier month stands against the
    same target, so that the points are still due.
    """

    finding: int
    target: str
    tenths: int
    is_carried: bool = False


def first_rule(rules, finding, ordinal):
    """Return the first of some rules that a finding falls under, or None.

    >>> rules = [Rule(1, "staff", -80, repeat_from=3), Rule(2, "staff", -50)]
    >>> finding = Finding(1, 1, 3, "staff", staff=7)
    >>> [first_rule(rules, finding, ordinal).tenths for ordinal in (1, 2, 3, 4)]
    [-50, -50, -80, -80]
    >>> first_rule([], finding, 1) is None
    True
    """
    return next((rule for rule in rules if rule.fits(finding, ordinal)), None)


def score(rules, findings, month, before=None):
    """Return what the findings of a month cost.

    :param rules: in their order; for each target the first that fits applies
    :param findings: those of the month; and of the same complaints those of earlier months, for
        of one complaint a target is deducted once, by the heaviest of the first month
    :param before: for pairs of a target and who: in how many complaints of the year before
    """
    return [
        deduction
        for target in TARGETS
        for deduction in _of_target(
            target,
            [rule for rule in rules if rule.target == target],
            [one for one in findings if one.of(target)],
            month,
            before or {},
        )
    ]


def _of_target(target, rules, findings, month, before):
    # The points of one complaint were taken by the month in which its first finding counted.
    taken = {(one.case, one.of(target)) for one in findings if one.month != month}
    ordinals, complaints, heaviest = {}, Counter(), {}
    for one in findings:
        if one.month != month:
            continue
        who = one.of(target)
        key = (one.case, who)
        # Complaints are counted, not findings: two about one window are one complaint of it.
        if key not in ordinals:
            complaints[who] += 1
            ordinals[key] = before.get((target, who), 0) + complaints[who]
        rule = None if key in taken else first_rule(rules, one, ordinals[key])
        if rule and (key not in heaviest or rule.tenths < heaviest[key].tenths):
            heaviest[key] = Deduction(one.id, target, rule.tenths, rule.id)
    return list(heaviest.values())


def corrections(published):
    """Return what published months give back, now that findings were overturned.

    >>> corrections([Published(1, "staff", -50), Published(1, "window", -30, is_carried=True)])
    [Deduction(finding=1, target='staff', tenths=50, rule=0)]
    """
    return [
        Deduction(one.finding, one.target, -one.tenths)
        for one in published
        if one.tenths and not one.is_carried
    ]
