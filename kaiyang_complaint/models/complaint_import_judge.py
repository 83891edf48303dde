from typing import NamedTuple

from odoo import Command, models
from odoo.exceptions import UserError

from ..tools import import_fields, import_sheet
from ..tools.budgets import OverBudgetError
from ..tools.import_fields import Row
from .over_budget import over_budget

SHOWN_LENGTH = 30


class Verdict(NamedTuple):
    """What is to become of a row, and why; with the window it names, where the hall has it."""

    row: Row
    result: str
    reason: str = ""
    window_id: int = 0

    @property
    def ref(self):
        """The site's number."""
        return self.row.values.get("external_ref", "")


class ComplaintImportJudge(models.AbstractModel):
    """Says of each row of a file whether it is taken, skipped or wrong, and as what it is taken."""

    _name = "complaint.import.judge"
    _description = "Judgement of Imported Rows"

    def _judge(self, rows, seen):
        """Return the verdict on each row: one query for the numbers, one for the windows.

        :param dict seen: site's number -> row of the file that was taken under it; grows
        """
        refs = [row.values.get("external_ref") for row in rows]
        known, refused = self._registered_refs(refs), self._refused_refs(refs)
        windows = self.env["complaint.site"]._windows(self.company_id)
        verdicts = []
        for row in rows:
            if row.values.get("external_ref") in refused:
                verdicts.append(self._refused_again(row))
                continue
            verdict = self._verdict(row, seen, known, windows)
            if verdict.result == "taken":
                seen[verdict.ref] = row.number
            verdicts.append(verdict)
        return verdicts

    def _verdict(self, row, seen, known, windows):
        ref = row.values.get("external_ref")
        if row.fault:
            return Verdict(row, "wrong", self._fault_label(row))
        if ref in seen:
            reason = self.env._("The same number as row %s of this file", seen[ref])
            return Verdict(row, "skipped", reason)
        if ref in known:
            return Verdict(row, "skipped", self.env._("Already registered"))
        stated = row.values.get("window", "")
        window_id = windows.get(import_fields.window_key(stated), 0)
        lost = stated and not window_id
        reason = self.env._("There is no window “%s”", stated[:SHOWN_LENGTH]) if lost else ""
        return Verdict(row, "taken", reason, window_id)

    def _fault_label(self, row):
        """Say in the user's language why a row is wrong."""
        culprit = row.culprit[:SHOWN_LENGTH]
        return {
            "external_ref": self.env._("The number of the website is missing"),
            "description": self.env._("The text of the complaint is missing"),
            "received_at": self.env._("“%s” is no time of receipt", culprit),
            "service_datetime": self.env._("“%s” is no time of service", culprit),
        }[row.fault]

    def _registered_refs(self, refs):
        """Return which of the site's numbers the room has, be it in a case hidden from the user."""
        found = self.env["complaint.site"]._registered(self.team_id, refs)
        return set(found.mapped("external_ref"))

    def _refused_refs(self, refs):
        """Return which of the site's numbers the room turned away as out of its scope (四.2)."""
        return self.env["complaint.guidance.log"]._refused_refs(self.team_id, refs)

    def _refused_again(self, row):
        """Skip a row whose complaint was turned away, and keep nothing of it, not its number."""
        reason = self.env._("Refused before as out of scope")
        return Verdict(row._replace(values={}, culprit=""), "skipped", reason)

    def _rows(self):
        """Yield the rows below the header as they are mapped."""
        mapping = [column.field_name for column in self.column_ids.sorted("position")]
        for number, cells in self._cells():
            if number > self.header_row:
                yield import_fields.read_row(number, cells, mapping)

    def _cells(self, only=None):
        """Yield the rows of the file: their numbers and their cells.

        :param only: how many are read; all, unless given
        :raise UserError: where the file can't be read, or takes more than it may
        """
        try:
            yield from import_sheet.read_rows(self._content(), only=only)
        except OverBudgetError as error:
            raise UserError(over_budget(self.env, error)) from error
        except ValueError as error:
            raise UserError(
                self.env._("This file can't be read. Save it as xlsx or csv and choose it again.")
            ) from error

    # --- as what a row is taken -----------------------------------------------------------------

    def _complaint_values(self, verdict):
        """Return a row as the values of a complaint, fit for JSON: safe markup, moments in UTC."""
        values = verdict.row.values
        stated = values.get("respondent")
        return {
            **self.env["complaint.site"]._draft(self.team_id, self.company_id, values),
            "window_id": verdict.window_id or False,
            "respondent_ids": [Command.create({"stated_name": stated})] if stated else [],
        }

    def _given_elements(self, verdict):
        """Return which of the five elements a row gives (二)."""
        values = verdict.row.values
        given = {
            "staff": values.get("respondent"),
            "window": verdict.window_id,
            "time": values.get("service_datetime"),
            "matter": values.get("service_item"),
            "reason": values["description"],
        }
        return {code for code, value in given.items() if value}
