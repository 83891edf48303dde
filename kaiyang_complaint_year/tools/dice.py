"""Chance that repeats itself: the same seed, the same throws."""

from random import Random


class Dice(Random):
    """A ``Random`` that also throws by weights.

    >>> Dice(1).weigh({"often": 9, "never": 0})
    'often'
    """

    def weigh(self, chances):
        """Draw one of the keys, each as likely as its value says."""
        return self.choices(list(chances), list(chances.values()))[0]

    def happens(self, share):
        """Return whether something happens that happens in such a share of cases (0 to 1).

        >>> Dice(1).happens(1), Dice(1).happens(0)
        (True, False)
        """
        return self.random() < share
