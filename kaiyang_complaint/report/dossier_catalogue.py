"""The catalogue of a year as a spreadsheet: 案卷目录, and the papers of each dossier."""

from contextlib import closing

import xlsxwriter

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
A4 = 9


class Catalogue:
    """Writes row by row: what was written is on disk, and not in memory."""

    def __init__(self, title, dossiers):
        self.title = title
        self.dossiers = dossiers

    def save(self, target):
        """Write the workbook into an open file."""
        options = {"constant_memory": True, "strings_to_formulas": False, "in_memory": False}
        with closing(xlsxwriter.Workbook(target, options)) as book:
            rule = {"border": 1, "text_wrap": True, "valign": "vcenter"}
            self.text = book.add_format(rule)
            self.day = book.add_format({**rule, "num_format": "yyyy-mm-dd"})
            self.head = book.add_format({**rule, "bold": True, "align": "center"})
            self._fill(book.add_worksheet("案卷目录"), DOSSIERS, self._dossier_rows())
            self._fill(book.add_worksheet("卷内目录"), PAPERS, self._paper_rows())

    def _fill(self, sheet, columns, rows):
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_header(f"&C&14{self.title} {sheet.get_name()}")
        sheet.set_footer("&C第 &P 页　共 &N 页")
        for place, (name, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, self.head)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self._write(sheet, line, place, value)

    def _write(self, sheet, line, place, value):
        """Write a value as what it is; nothing that somebody wrote becomes a formula."""
        if hasattr(value, "year"):
            sheet.write_datetime(line, place, value, self.day)
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(line, place, value, self.text)
        else:
            sheet.write_string(line, place, value or "", self.text)

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
