"""Draws the files of one dossier in a process that can be ended, with one budget for them all."""

import html
import logging
import time

from ...tools import bounded, budgets, file_kinds, office, plain_text
from ...tools.budgets import OverBudgetError
from ...tools.office import ConversionError
from ...tools.plain_text import UnreadableError
from ..engine import dossier_pages, paper
from ..engine.dossier_pictures import UnprintableError

LEAST_CLOCK = 1
LEFT_OVER = "本卷文件过多，未能在{}秒内全部绘制"
WORDS = {
    "time": "绘制用时过长",
    "memory": "绘制所需内存过多",
    "broken": "文件已损坏，无法打开",
}
TOO_LONG, UNREADABLE = "文字过多", "文字无法识别"
RECORDING, NO_RECORDING = "录音录像", "录音文件没有内容"
NOT_CONVERTED = "文档无法转换为页面"
TEXTS = {"txt": plain_text.of_text, "eml": plain_text.of_mail}
PAGE = (
    '<html lang="zh-CN"><head><title>{}</title><link rel="stylesheet"'
    ' href="/kaiyang_complaint/static/src/paper/paper.css"/></head>'
    '<body><div class="plain-text">{}</div></body></html>'
)
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

    @property
    def is_late(self):
        """Whether the time of all files together is over."""
        return self._ends - time.monotonic() < LEAST_CLOCK

    def write_pages(self, content, target, title=""):
        """Write what a file shows as PDF pages.

        :raise UnprintableError: where it can't be shown, with the reason
        """
        kind = file_kinds.kind_of(content)
        if file_kinds.group_of(kind) == "recording":
            raise UnprintableError(RECORDING if file_kinds.is_recording(content) else NO_RECORDING)
        if kind in TEXTS:
            target.write_bytes(self._text_pages(self._text(content, kind), title))
            return
        if kind in office.KINDS and office.program():
            content = self._converted(content, kind)
        self._run(dossier_pages.write_pages, content, target)

    def fault(self, content):
        """Return why a file can't be shown, as the dossier prints it; nothing where it can.

        Only the first page is drawn: somebody may wait for the answer.
        """
        kind = file_kinds.kind_of(content)
        if file_kinds.group_of(kind) == "recording":
            return "" if file_kinds.is_recording(content) else NO_RECORDING
        if kind in office.KINDS and office.program():
            return ""
        try:
            if kind in TEXTS:
                self._text(content, kind)
            else:
                self._run(dossier_pages.assert_readable, content, seconds=budgets.LOOK_SECONDS)
        except UnprintableError as error:
            return str(error)
        return ""

    def _text(self, content, kind):
        """Return what a text or a mail says."""
        text = self._run(TEXTS[kind], content, seconds=budgets.LOOK_SECONDS)
        if len(text) > budgets.MOST_FILE_CHARACTERS:
            raise UnprintableError(TOO_LONG)
        return text

    def _text_pages(self, text, title):
        return paper.write_pdf(PAGE.format(html.escape(title), html.escape(text)))

    def _converted(self, content, kind):
        try:
            return office.to_pdf(self._run(office.without_links, content), kind)
        except ConversionError as error:
            raise UnprintableError(NOT_CONVERTED) from error

    def _run(self, function, *args, seconds=None):
        """Run a function on a file in the process.

        :raise UnprintableError: where it fails, or takes too much
        """
        seconds = seconds or budgets.FILE_SECONDS
        if self.is_late:
            raise UnprintableError(LEFT_OVER.format(budgets.DOSSIER_CLOCK_SECONDS))
        clock = min(self._ends - time.monotonic(), seconds * budgets.WALL_FACTOR)
        try:
            return self._child.run(function, *args, seconds=seconds, clock=clock)
        except UnprintableError:
            raise
        except OverBudgetError as error:
            raise UnprintableError(WORDS.get(error.kind, WORDS["memory"])) from error
        except UnreadableError as error:
            raise UnprintableError(UNREADABLE) from error
        except ConversionError as error:
            raise UnprintableError(NOT_CONVERTED) from error
        except Exception as error:
            # Libraries fail on strangers' files in more ways than they tell.
            _logger.exception("A file could not be drawn")
            raise UnprintableError(WORDS["broken"]) from error
