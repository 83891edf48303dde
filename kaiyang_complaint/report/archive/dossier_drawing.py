"""Draws the files of one dossier in a process that can be ended, with one budget for them all."""

import logging
import time

from ...tools import bounded, budgets
from ...tools.budgets import OverBudgetError
from ..engine import dossier_pages
from ..engine.dossier_pictures import UnprintableError

LEAST_CLOCK = 1
LEFT_OVER = "本卷文件过多，未能在{}秒内全部绘制"
WORDS = {
    "time": "绘制用时过长",
    "memory": "绘制所需内存过多",
    "broken": "文件已损坏，无法打开",
}
_logger = logging.getLogger(__name__)


class Drawing:
    """The process that draws the files of a dossier; what it can't draw stays a file.

    A file that takes too long ends it: the next one gets a new one.
    """

    def __init__(self):
        self._child = bounded.Child(budgets.PAGES_MEMORY_MB)
        self._ends = time.monotonic() + budgets.DOSSIER_CLOCK_SECONDS

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._child.end()

    def write_pages(self, content, target):
        """Write what a file shows as PDF pages and return how many there are.

        :raise UnprintableError: where it can't be shown, with the reason
        """
        left = self._ends - time.monotonic()
        if left < LEAST_CLOCK:
            raise UnprintableError(LEFT_OVER.format(budgets.DOSSIER_CLOCK_SECONDS))
        seconds = budgets.FILE_SECONDS
        clock = min(left, seconds * budgets.WALL_FACTOR)
        try:
            return self._child.run(
                dossier_pages.write_pages, content, target, seconds=seconds, clock=clock
            )
        except UnprintableError:
            raise
        except OverBudgetError as error:
            raise UnprintableError(WORDS[error.kind]) from error
        except Exception as error:
            # Libraries fail on strangers' files in more ways than they tell.
            _logger.exception("A file could not be drawn")
            raise UnprintableError(WORDS["broken"]) from error
