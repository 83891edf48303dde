"""A spreadsheet for print and for further calculation, written row by row."""

from contextlib import closing

import xlsxwriter

A4 = 9


class Spreadsheet:
    """Writes row by row: what was written is on disk, and not in memory.

    A subclass yields its sheets: a name, pairs of a heading and its width, and the rows.
    """

    def __init__(self, title):
        self.title = title

    def sheets(self):
        """Yield name, columns and rows of each sheet."""
        raise NotImplementedError

    def save(self, target):
        """Write the workbook into an open file."""
        options = {"constant_memory": True, "strings_to_formulas": False, "in_memory": False}
        with closing(xlsxwriter.Workbook(target, options)) as book:
            rule = {"border": 1, "text_wrap": True, "valign": "vcenter"}
            self.text = book.add_format(rule)
            self.day = book.add_format({**rule, "num_format": "yyyy-mm-dd"})
            self.head = book.add_format({**rule, "bold": True, "align": "center"})
            for name, columns, rows in self.sheets():
                self._fill(book.add_worksheet(name), columns, rows)

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
        """Write a value by its type; user input never becomes a formula."""
        if hasattr(value, "year"):
            sheet.write_datetime(line, place, value, self.day)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(line, place, value, self.text)
        else:
            sheet.write_string(line, place, value or "", self.text)
