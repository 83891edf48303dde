import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from odoo import api, models
from odoo.exceptions import UserError

from ...tools import cover_fit
from ..engine import dossier_binding
from ..engine.sheet import Sheet

RETENTIONS = {"permanent": "永久", "y30": "30年", "y10": "10年"}
SECTIONS = {
    "result": "结论材料",
    "handling": "办理材料",
    "complaint": "投诉材料",
    "other": "其他材料",
}
# What the screen says is to be done about a gap: nothing that paper tells for thirty years.
ADVICE = re.compile("[：。，]请[^。]*。$")
BLANK_ROWS = 19
FILE_ONLY = "电子文件"


@dataclass
class Row(dossier_binding.Part):
    """A paper of a dossier as its catalogue lists it."""

    item: Any = None
    number: int = 0
    file_name: str = ""
    size: int = 0
    sha256: str = ""
    # Why it has no pages.
    reason: str = ""
    is_last: bool = False

    @property
    def pages(self):
        """The page it begins on; of the last one also the page it ends on (GB/T 9705, 5.6)."""
        last = self.page_from + self.page_count - 1
        if self.is_last and self.page_count > 1:
            return f"{self.page_from}-{last}"
        return self.page_from if self.page_count else ""

    @property
    def remark(self):
        """The archivist's remark, and that it is a file only."""
        return "；".join(filter(None, (self.item.note, not self.page_count and FILE_ONLY)))


class DossierSheet(Sheet):
    """A dossier as its cover, its catalogue and its reference sheet show it (GB/T 9705)."""

    COVER = dossier_binding.COVER
    CATALOGUE = dossier_binding.CATALOGUE
    CLOSING = dossier_binding.CLOSING
    NUMBERS = dossier_binding.NUMBERS

    def __init__(self, dossier, rows):
        super().__init__(dossier)
        self.dossier = dossier
        self.rows = rows
        printed = [row for row in rows if row.page_count]
        if printed:
            printed[-1].is_last = True

    @property
    def centre(self):
        """The centre that keeps the dossier."""
        return self.company._complaint_title()

    @property
    def is_draft(self):
        """Whether it is printed before it has its number."""
        return bool(self.dossier) and not self.dossier.number

    @property
    def bound_at(self):
        """When it was archived, or compiled."""
        moment = self.dossier.archived_at or self.dossier.compiled_at
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""

    @property
    def retention(self):
        """How long it is kept."""
        return RETENTIONS.get(self.dossier.retention, "")

    @cached_property
    def cover_texts(self):
        """The texts on the cover, by their places."""
        dossier = self.dossier
        return {
            "fonds": dossier.fonds_name or self.centre or "",
            "category": dossier.category_name or "",
            "title": dossier.name or "",
            "number": dossier.number or "",
        }

    @cached_property
    def sizes(self):
        """The sizes of the texts on the cover, in points: they stay on one page."""
        return cover_fit.sizes(self.cover_texts)

    @property
    def title_space(self):
        """The room above the title, in points, by which it stands in the middle."""
        return cover_fit.space(self.cover_texts, self.sizes) / 2

    @property
    def title_width(self):
        """How wide its title is, in characters: lines of one length, and no last one of a word."""
        length = len(self.dossier.name or "")
        fit = int(cover_fit.PLACES["title"].width / self.sizes["title"])
        return math.ceil(length / math.ceil(length / fit)) + 0.2 if length else fit

    @property
    def page_count(self):
        """The pages that carry a number."""
        return sum(row.page_count for row in self.rows)

    @property
    def empty_rows(self):
        """How many rows the catalogue has for the pen."""
        return 0 if self.dossier else BLANK_ROWS

    def counted(self, number):
        """Return a number, or room for one."""
        return number if self.dossier else "　　"

    @property
    def account(self):
        """What there is to say about the dossier, a paragraph each (本卷情况说明)."""
        if not self.dossier:
            return []
        return [
            *self.paragraphs(self.dossier.note),
            f"本卷共{len(self.rows)}件{self.page_count}页。",
            *self._files_only(),
            *self._left_out(),
            *self._missing(),
        ]

    def _files_only(self):
        return [
            f"第{row.number}件“{row.item.title}”不能打印（{row.reason}），仅以电子文件随卷保存。"
            f"{self._kept_because(row.item)}"
            for row in self.rows
            if row.reason
        ]

    def _kept_because(self, item):
        reason = item.kept_as_file_reason
        return f"原因：{reason.rstrip('。')}。" if reason else ""

    def _left_out(self):
        return [
            f"未归入本卷：“{item.title}”，原因：{item.left_out_reason}"
            for item in self.dossier.item_ids
            if item.left_out
        ]

    def _missing(self):
        gaps = self.paragraphs(self.dossier.gaps)
        missing = [f"缺：{ADVICE.sub('', line).rstrip('。')}。" for line in gaps]
        reason = self.dossier.gaps_reason
        return [*missing, *([f"缺件仍予归档的原因：{reason}"] if missing and reason else [])]


class Dossier(models.AbstractModel):
    """The frame of a dossier for the pen; one with papers is bound (``complaint.dossier``)."""

    _name = "report.kaiyang_complaint.report_dossier"
    _description = "Dossier"

    @api.model
    def _get_report_values(self, docids, data=None):
        if docids:
            raise UserError(self.env._("A dossier is printed as a PDF."))
        return {"data": data, "sheet": DossierSheet(self.env["complaint.dossier"], [])}
