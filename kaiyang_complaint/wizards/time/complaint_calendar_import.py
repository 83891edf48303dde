import base64
import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.access.over_budget import over_budget
from ...tools import import_sheet
from ...tools.budgets import CALENDAR_ROWS, OverBudgetError
from ...tools.working_days import parse_schedule


class ComplaintCalendarImport(models.TransientModel):
    """Takes the schedule of a year from a file: date, 休 or 班, occasion."""

    _name = "complaint.calendar.import"
    _description = "Import of a Working Calendar"

    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        default=lambda self: self.env["complaint.calendar.day"]._centre_by_default(),
        help="The days apply to this centre only; to all centres where empty.",
    )
    file = fields.Binary(required=True)
    file_name = fields.Char()
    source = fields.Char(
        compute="_compute_source",
        store=True,
        readonly=False,
        help="The announcement the schedule follows.",
    )

    @api.depends("file_name")
    def _compute_source(self):
        for wizard in self:
            wizard.source = wizard.source or (wizard.file_name or "").rpartition(".")[0]

    def action_import(self):
        """Make the schedule of a year be just what the file says; it stays provisional.

        The file of one centre replaces that centre's own days, and nothing that holds for all.

        :raise AccessError: for what holds, or would hold, in a centre the user does not work in
        :raise UserError: where the file is none, naming the row that can't be read; nothing changes
        """
        self.ensure_one()
        days = self._days()
        numbers = {day.year for day in days}
        if len(numbers) != 1:
            raise UserError(
                self.env._(
                    "A file holds the days of one year. This one holds: %s.",
                    "、".join(str(number) for number in sorted(numbers)) or "0",
                )
            )
        years = self.env["complaint.calendar.year"]
        if self.company_id:
            year = years.sudo()._ensure(numbers).sudo(False)
            year._set_days(days, self.company_id)
            return year.action_open_year()
        year = years._ensure(numbers)
        year._set_days(days, state="provisional", source=self.source)
        return year._get_records_action()

    def _days(self):
        """Return the announced days of the file: ``{date: (kind, name)}``."""
        rows = self._rows()
        try:
            return parse_schedule([cells for _number, cells in rows])
        except ValueError as error:
            number, cells = rows[error.args[0] - 1]
            raise UserError(
                self.env._(
                    "Row %(number)s can't be read, or contradicts a row above it: %(cells)s.\n"
                    "A row is a date, 休 or 班, and the occasion: 2027-02-06, 休, 春节.",
                    number=number,
                    cells=" | ".join(str(cell) for cell in cells),
                )
            ) from error

    def _rows(self):
        """Return number and cells of the rows, without those that stand above the first date."""
        try:
            content = base64.b64decode(self.file)
            rows = list(import_sheet.read_rows(content, most=CALENDAR_ROWS))
        except OverBudgetError as error:
            raise UserError(over_budget(self.env, error)) from error
        except ValueError as error:
            raise UserError(
                self.env._("This file can't be read. Save it as xlsx or csv and choose it again.")
            ) from error
        first = next((n for n, row in enumerate(rows) if _is_dated(row[1])), len(rows))
        return rows[first:]


def _is_dated(cells):
    """Return whether a row belongs to the schedule, not to a title or header.

    >>> _is_dated(["2027-02-06", "休"]), _is_dated(["日期", "类型"]), _is_dated(["2027年放假安排"])
    (True, False, False)
    """
    return len(re.findall(r"\d+", str(cells[0]))) >= len(("year", "month", "day"))
