from odoo import models
from odoo.addons.base_import.models.base_import import ImportValidationError

from ...models.access.over_budget import over_budget
from ...tools import import_sheet, sheet_budget
from ...tools.budgets import MEGABYTE, OverBudgetError


class BaseImport(models.TransientModel):
    """Odoo's own import reads no file that would stop the server."""

    _inherit = "base_import.import"

    def _read_xlsx(self, options):
        self._assert_within_budget("xlsx", options)
        return super()._read_xlsx(options)

    def _read_xls(self, options):
        self._assert_within_budget("xls", options)
        return super()._read_xls(options)

    def _read_ods(self, options):
        self._assert_within_budget("ods", options)
        return super()._read_ods(options)

    def _read_csv(self, options):
        self._assert_within_budget("csv", options)
        if not options.get("encoding") and len(self.file or b"") > MEGABYTE:
            # To guess it, Odoo would look at every byte of a Chinese file for minutes.
            options["encoding"] = import_sheet.encoding_of(self.file)
        return super()._read_csv(options)

    def _assert_within_budget(self, kind, options):
        try:
            sheet_budget.assert_odoo_can_read(self.file or b"", kind, options.get("sheet"))
        except OverBudgetError as error:
            raise ImportValidationError(over_budget(self.env, error)) from error
