import base64
import csv
import io
import logging
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every
from psycopg2.errors import DataError, UniqueViolation

from ...tools import import_fields, import_sheet
from ...tools.budgets import OverBudgetError
from ...tools.cells import SIGNS, quote
from ...tools.elements import missing_elements
from ...tools.import_fields import Row
from ..access.over_budget import over_budget
from ..intake.element_labels import element_labels
from .site import Site

SHOWN_ROWS = 8
SHOWN_TEXT = 120
JUDGED_AT_ONCE = 1000
KEPT_DAYS = 7
BATCH = 500
TRIES = 5
# What one row may be refused for without harm to the others.
REFUSALS = (UserError, ValidationError, ValueError, DataError)
_logger = logging.getLogger(__name__)
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


class ComplaintImport(models.Model):
    """A file that a complaints site exported, and the report of what became of its rows (一.3).

    The file is kept until it is taken in, not longer: the report says nothing of what was
    complained about, by whom.
    """

    _name = "complaint.import"
    _description = "Import of Complaints"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File Name", readonly=True)
    file = fields.Binary(attachment=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Complaint Room",
        required=True,
        check_company=True,
        domain="[('is_complaint_room', '=', True), ('company_id', 'in', (company_id, False))]",
        default=lambda self: self._default_team_id(),
    )
    column_ids = fields.One2many(
        "complaint.import.column",
        "import_id",
        string="Columns",
        compute="_compute_column_ids",
        store=True,
        readonly=False,
    )
    header_row = fields.Integer(compute="_compute_header_row", store=True)
    analysis = fields.Json(compute="_compute_analysis", store=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    row_count = fields.Integer(string="Rows", compute="_compute_row_count", store=True)
    state = fields.Selection(
        [
            ("draft", "To Import"),
            ("running", "Running"),
            ("failed", "Interrupted"),
            ("done", "Done"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    error = fields.Char(string="Interrupted By", readonly=True, copy=False)
    line_ids = fields.One2many("complaint.import.line", "import_id", string="Report")
    line_count = fields.Integer(string="Rows Done", compute="_compute_results")
    taken_count = fields.Integer(string="Taken", compute="_compute_results")
    skipped_count = fields.Integer(string="Skipped", compute="_compute_results")
    wrong_count = fields.Integer(string="Wrong", compute="_compute_results")
    progress = fields.Float(compute="_compute_results")
    report = fields.Binary(string="Report as a File", compute="_compute_report")

    def _default_team_id(self):
        """Return the complaint room of the user's centre."""
        rooms = self.env["helpdesk.ticket.team"].search(
            [
                ("is_complaint_room", "=", True),
                ("company_id", "in", (self.env.company.id, False)),
            ],
            order="company_id, sequence",
            limit=1,
        )
        return rooms.id

    @api.constrains("team_id")
    def _check_room(self):
        if not all(record.team_id.is_complaint_room for record in self):
            raise ValidationError(self.env._("Complaints are imported into a complaint room."))

    # --- what the file holds --------------------------------------------------------------------

    def _content(self):
        """Return the bytes of the file."""
        return base64.b64decode(self.with_context(bin_size=False, bin_size_file=False).file or b"")

    @api.depends("file")
    def _compute_header_row(self):
        for record in self:
            record.header_row = record._read_header()[0] if record.file else record.header_row

    @api.depends("file")
    def _compute_column_ids(self):
        for record in self:
            if record.state != "draft":
                continue
            _number, header, sample = record._read_header()
            mapping = import_fields.recognise(header)
            record.column_ids = [Command.clear()] + [
                Command.create(
                    {
                        "position": place,
                        "header": str(name),
                        "sample": str(sample[place])[:SHOWN_TEXT] if place < len(sample) else "",
                        "field_name": mapping[place],
                    }
                )
                for place, name in enumerate(header)
            ]

    def _read_header(self):
        """Return the number of the row that names the columns, its cells and the next row's.

        :raise UserError: where the file can't be read
        """
        if not self.file:
            return 0, [], []
        top = list(self._cells(only=import_fields.HEADER_WITHIN))
        number, header = import_fields.header_among(top) or (0, [])
        sample = next((cells for place, cells in top if place > number), [])
        return number, header, sample

    @api.depends("file", "state", "team_id", "column_ids.field_name")
    def _compute_analysis(self):
        for record in self:
            draft = record.state == "draft" and record.file and record.team_id
            record.analysis = draft and record._analyse()

    def _analyse(self):
        """Say what an import would do: how many rows are new, registered, wrong or incomplete."""
        seen, results, missing, shown, wrong = {}, Counter(), Counter(), [], []
        for rows in split_every(JUDGED_AT_ONCE, self._rows(), list):
            verdicts = self._judge(rows, seen)
            results.update(verdict.result for verdict in verdicts)
            taken = [verdict for verdict in verdicts if verdict.result == "taken"]
            for verdict in taken:
                missing.update(missing_elements(self._given_elements(verdict)))
            shown += [self._shown(verdict) for verdict in taken[: SHOWN_ROWS - len(shown)]]
            wrong += [
                [verdict.row.number, verdict.reason]
                for verdict in verdicts
                if verdict.result == "wrong"
            ][: SHOWN_ROWS - len(wrong)]
        return {"results": results, "missing": missing, "shown": shown, "wrong": wrong}

    def _shown(self, verdict):
        """Return a row of the preview: its number, and the fields as they will be taken."""
        values = {name: str(value)[:SHOWN_TEXT] for name, value in verdict.row.values.items()}
        return {"row": verdict.row.number, "reason": verdict.reason, **values}

    @api.depends("analysis")
    def _compute_row_count(self):
        for record in self:
            results = record.analysis and record.analysis["results"]
            record.row_count = sum(results.values()) if results else record.row_count

    @api.depends("analysis", "column_ids.field_name")
    @api.depends_context("lang")
    def _compute_preview(self):
        for record in self:
            record.preview = record.analysis and self.env["ir.qweb"]._render(
                "kaiyang_complaint.complaint_import_preview", record._preview_values()
            )

    def _preview_values(self):
        labels = dict(
            self.env["complaint.import.column"]
            ._fields["field_name"]
            ._description_selection(self.env)
        )
        mapped = [name for name in self.column_ids.mapped("field_name") if name]
        return {
            **self.analysis,
            "fields": [(name, labels[name]) for name in dict.fromkeys(mapped)],
            "elements": element_labels(self.env),
            "unmapped": [labels[name] for name in import_fields.REQUIRED if name not in mapped],
        }

    # --- the import -----------------------------------------------------------------------------

    def action_import(self):
        """Start taking the file in, or go on where it was interrupted. It runs by itself.

        :raise UserError: where the number or the text has no column, or a field has two
        """
        self._start()
        self.env.ref("kaiyang_complaint.cron_import").sudo()._trigger()

    def _start(self):
        self.ensure_one()
        self.check_access("write")
        if self.state == "draft":
            self._assert_mapped()
        self.write({"state": "running", "error": False})

    @api.model
    def _import_file(self, name, content):
        """Import a file at once, committing as it goes, and return the import (command line).

        :raise UserError: as ``action_import`` does
        """
        record = self.create({"name": name, "file": base64.b64encode(content)})
        record._start()
        record.sudo()._run_or_fail()
        return record

    def _assert_mapped(self):
        """Refuse a mapping by which no row could be taken, or that names a field twice."""
        if not self.file:
            raise UserError(self.env._("Choose the file first."))
        shown = self._preview_values()
        if shown["unmapped"]:
            raise UserError(self.env._("No column is taken for: %s.", "、".join(shown["unmapped"])))
        mapped = Counter(self.column_ids.mapped("field_name"))
        twice = [label for name, label in shown["fields"] if mapped[name] > 1]
        if twice:
            raise UserError(self.env._("Two columns are taken for: %s.", "、".join(twice)))

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("The report of an import stays on record."))

    @api.model
    def _drop_files_with(self, room, refs):
        """Delete the files of a room that were chosen but not imported and hold some numbers."""
        for record in self.search([("state", "=", "draft"), ("team_id", "=", room.id)]):
            # What can't be read holds no number.
            with suppress(UserError):
                if any(row.values.get("external_ref") in refs for row in record._rows()):
                    record.unlink()

    @api.autovacuum
    def _gc_abandoned(self):
        """Delete the files, full of personal data, that were chosen but never imported."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("state", "=", "draft"), ("write_date", "<", limit)]).unlink()

    # --- import -----------------------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Run what was started. A file that fails is set aside and never blocks the others."""
        for record in self.search([("state", "=", "running")], order="id"):
            if not record._run_or_fail():
                return

    def _run_or_fail(self):
        """Run the import; what stops it is shown on its form, where it can be continued.

        :return: whether there is time for more
        """
        try:
            return self._run()
        except Exception as error:
            _logger.exception("Import %s was interrupted", self.id)
            self.env.cr.rollback()
            self.write({"state": "failed", "error": str(error)[:250]})
            return bool(self._commit(1))

    def _run(self):
        """Import the remaining rows. Those registered in the meantime are skipped.

        :return: whether the time of the job sufficed
        """
        clerk = self._as_clerk()
        # Each turn is a transaction; without the lock, another process carries the import on.
        while self.try_lock_for_update():
            if self.file:
                clerk._stage()
                left = self._commit(1)
            elif lines := self._waiting():
                clerk._take_or_retry(lines)
                left = self._commit(len(lines))
            else:
                self.write({"state": "done", "error": False})
                return bool(self._commit(1))
            if not left:
                return False
        return True

    def _commit(self, processed):
        """Commit a step, tell the job what is left, and return the seconds it has for that."""
        running = self.search([("state", "=", "running")])
        waiting = [("import_id", "in", running.ids), ("result", "=", "waiting")]
        # Each running import has one step more than its lines: to be marked as done.
        remaining = self._lines().search_count(waiting) + len(running)
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining)

    def _as_clerk(self):
        """Return the import as who uploaded it: their rights, their language, their centre."""
        user = self.create_uid
        clerk = self.with_user(user).with_company(self.company_id)
        return clerk.with_context(lang=user.lang, tracking_disable=True)

    # --- file to lines ---------------------------------------------------------------------------

    def _stage(self):
        """Turn the rows of the file into lines and drop the file."""
        seen = {}
        for rows in split_every(BATCH, self._rows(), list):
            verdicts = self._judge(rows, seen)
            self._lines().create([self._line_values(verdict) for verdict in verdicts])
            self.env.flush_all()
            self.env.invalidate_all()
        self.sudo().column_ids.sample = False
        self.sudo().file = False

    def _line_values(self, verdict):
        accepted = verdict.result == "taken"
        return {
            "import_id": self.id,
            "row": verdict.row.number,
            "external_ref": verdict.ref,
            "result": "waiting" if accepted else verdict.result,
            "reason": verdict.reason,
            "values": accepted and self._complaint_values(verdict),
        }

    def _lines(self):
        """Return the model of the lines, which only the import itself writes."""
        return self.env["complaint.import.line"].sudo()

    def _waiting(self):
        """Return the next lines to take."""
        domain = [("import_id", "=", self.id), ("result", "=", "waiting")]
        return self._lines().search(domain, order="row", limit=BATCH)

    # --- lines to complaints ---------------------------------------------------------------------

    def _take_or_retry(self, lines):
        """Take a batch; where someone registers the same numbers at the same time, look again."""
        for attempt in range(1, TRIES + 1):
            try:
                self._take(lines)
                self.env.flush_all()
                return
            except (UniqueViolation, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                if attempt == TRIES:
                    raise
                self.env.cr.rollback()

    def _take(self, lines):
        """Register the complaints of lines that still wait and whose numbers are still free."""
        lines = lines.try_lock_for_update().filtered(lambda line: line.result == "waiting")
        known = self._registered_refs(lines.mapped("external_ref"))
        registered = lines.filtered(lambda line: line.external_ref in known)
        registered._settle("skipped", self.env._("Already registered"))
        self._create_complaints(lines - registered)

    def _create_complaints(self, lines):
        """Create the complaints of lines, by halves where the database or a rule refuses one."""
        if not lines:
            return
        try:
            with self.env.cr.savepoint():
                tickets = self.env["helpdesk.ticket"].create(lines.mapped("values"))
                for line, ticket in zip(lines, tickets, strict=True):
                    line.ticket_id = ticket
                lines.write({"result": "taken", "values": False})
        except AccessError:
            raise
        except REFUSALS as error:
            if len(lines) == 1:
                lines._settle("wrong", str(error))
                return
            half = len(lines) // 2
            self._create_complaints(lines[:half])
            self._create_complaints(lines[half:])

    # --- validation of rows -----------------------------------------------------------------------

    def _judge(self, rows, seen):
        """Return the result for each row, with one query for the numbers and one for the windows.

        :param dict seen: site's number -> row of the file that was taken under it; grows
        """
        refs = [row.values.get("external_ref") for row in rows]
        known, refused = self._registered_refs(refs), self._refused_refs(refs)
        windows = Site(self.env).windows(self.company_id)
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
        reason = self.env._("Unknown window: “%s”", stated[:SHOWN_LENGTH]) if lost else ""
        return Verdict(row, "taken", reason, window_id)

    def _fault_label(self, row):
        """Return in the user's language why a row is wrong."""
        culprit = row.culprit[:SHOWN_LENGTH]
        return {
            "external_ref": self.env._("The number of the website is missing"),
            "description": self.env._("The text of the complaint is missing"),
            "received_at": self.env._("Invalid date received: “%s”", culprit),
            "service_datetime": self.env._("Invalid service date: “%s”", culprit),
        }[row.fault]

    def _registered_refs(self, refs):
        """Return which of the site's numbers the room has, be it in a case hidden from the user."""
        found = Site(self.env).registered(self.team_id, refs)
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
            **Site(self.env).draft(self.team_id, self.company_id, values),
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

    # --- import result ----------------------------------------------------------------------------

    @api.depends("line_ids.result", "row_count")
    def _compute_results(self):
        lines = self.env["complaint.import.line"].sudo()
        groups = lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "result"], ["__count"]
        )
        counts = {(record.id, result): count for record, result, count in groups}
        for record in self:
            record.taken_count = counts.get((record.id, "taken"), 0)
            record.skipped_count = counts.get((record.id, "skipped"), 0)
            record.wrong_count = counts.get((record.id, "wrong"), 0)
            record.line_count = record.taken_count + record.skipped_count + record.wrong_count
            record.progress = 100 * record.line_count / (record.row_count or 1)

    def _compute_report(self):
        for record in self:
            record.report = base64.b64encode(record._report_csv().encode("utf-8-sig"))

    def _report_csv(self):
        """Return the report as a table that a spreadsheet program opens."""
        names = ("row", "external_ref", "result", "reason")
        lines = self.env["complaint.import.line"].search_fetch(
            [("import_id", "in", self.ids)], names
        )
        results = dict(lines._fields["result"]._description_selection(self.env))
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(lines._fields[name]._description_string(self.env) for name in names)
        for line in lines:
            row = (line.row, line.external_ref, results[line.result], line.reason)
            table.writerow(quote([cell or "" for cell in row], SIGNS))
        return text.getvalue()

    def action_download_report(self):
        """Download the report on each row."""
        self.ensure_one()
        name = self.env._("Report of the Import")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report/{name}.csv?download=true",
        }

    def action_open_lines(self):
        """Open the report on each row, with the result named in the context, if one is."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_import_line_action"
        )
        result = self.env.context.get("result")
        shown = {f"search_default_{result}": 1} if result else {}
        return action | {"domain": [("import_id", "=", self.id)], "context": shown}

    def _report_rows(self):
        """Return the report as lines of text: the totals, then the wrong rows with the reason."""
        rows = [
            self.env._(
                "Taken: %(taken)s. Skipped: %(skipped)s. Wrong: %(wrong)s.",
                taken=self.taken_count,
                skipped=self.skipped_count,
                wrong=self.wrong_count,
            )
        ]
        wrong = self.env["complaint.import.line"].search(
            [("import_id", "=", self.id), ("result", "=", "wrong")]
        )
        rows += [self.env._("Row %(row)s: %(reason)s", row=w.row, reason=w.reason) for w in wrong]
        return rows + ([self.error] if self.error else [])
