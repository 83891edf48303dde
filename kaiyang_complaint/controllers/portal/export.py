import json

from odoo import http
from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)
from odoo.addons.web.controllers.pivot import TableExporter
from werkzeug.datastructures import FileStorage

from ...tools.cells import FORMULA, SIGNS, quote

# Where the texts stand that a pivot table is made of.
OF_PIVOT = ("col_group_headers", "measure_headers", "rows")


class _PlainText:
    """Writes texts as texts: what citizens wrote is in names, messages, files of any model."""

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str) and cell_value.startswith(FORMULA):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class TextWriter(_PlainText, ExportXlsxWriter):
    """The rows of a list."""


class GroupTextWriter(_PlainText, GroupExportXlsxWriter):
    """The rows of a grouped list."""


class ExcelTexts(ExcelExport):
    """Exports lists without formulas in texts that users typed.

    That holds for all models: a cell shows what the field holds, and a formula never stands there.
    """

    def from_data(self, fields, columns_headers, rows):
        """Return the file of a list."""
        with TextWriter(fields, columns_headers, len(rows)) as writer:
            for line, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    writer.write_cell(line, place, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        """Return the file of a grouped list."""
        with GroupTextWriter(fields, columns_headers, groups.count) as writer:
            line, place = 1, 0
            for name, group in groups.children.items():
                line, place = writer.write_group(line, place, name, group)
        return writer.value


class CsvTexts(CSVExport):
    """Quotes whatever a spreadsheet would run: the base leaves out @, tabs and line ends."""

    def from_data(self, fields, columns_headers, rows):
        """Return the file of a list."""
        quoted = [[quote(value, SIGNS) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, quoted)


class PivotTexts(TableExporter):
    """Quotes the names in a pivot table that would become formulas: its writer is out of reach."""

    @http.route()
    def export_xlsx(self, data, **kw):
        """Send the pivot table that a client describes."""
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        for part in OF_PIVOT:
            if part in (table or {}):
                table[part] = quote(table[part], FORMULA)
        return super().export_xlsx(json.dumps(table), **kw)
