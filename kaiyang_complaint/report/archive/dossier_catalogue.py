"""The catalogue of a year as a spreadsheet: 案卷目录, and the papers of each dossier."""

from ..engine.spreadsheet import Spreadsheet
from .dossier_sheet import RETENTIONS

DOSSIERS = [
    ("序号", 6),
    ("档号", 28),
    ("案卷题名", 46),
    ("起始日期", 12),
    ("终止日期", 12),
    ("件数", 7),
    ("页数", 7),
    ("保管期限", 10),
    ("盒号", 7),
    ("备注", 24),
]
PAPERS = [
    ("档号", 28),
    ("顺序号", 8),
    ("文号", 22),
    ("责任者", 20),
    ("题名", 46),
    ("日期", 12),
    ("页号", 8),
    ("页数", 8),
    ("备注", 20),
    ("SHA-256", 68),
]


class Catalogue(Spreadsheet):
    """The dossiers of a year, and their papers."""

    def __init__(self, title, dossiers):
        super().__init__(title)
        self.dossiers = dossiers

    def sheets(self):
        """Yield the catalogue, and the papers of each dossier."""
        yield "案卷目录", DOSSIERS, self._dossier_rows()
        yield "卷内目录", PAPERS, self._paper_rows()

    def _dossier_rows(self):
        for number, dossier in enumerate(self.dossiers, 1):
            yield (
                number,
                dossier.number,
                dossier.name,
                dossier.date_from,
                dossier.date_to,
                dossier.item_count,
                dossier.page_count,
                RETENTIONS[dossier.retention],
                dossier.box_id.number or "",
                dossier.note,
            )

    def _paper_rows(self):
        for dossier in self.dossiers:
            items = dossier.item_ids.filtered(lambda item: not item.left_out)
            for number, item in enumerate(items, 1):
                yield (
                    dossier.number,
                    number,
                    item.doc_number,
                    item.author,
                    item.title,
                    item.date,
                    item.page_from or "",
                    item.page_count or "",
                    item.note,
                    item.sha256,
                )
