import base64
import csv
import hashlib
import io
import logging
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import html2plaintext, split_every
from psycopg2.errors import DataError, UniqueViolation

from ...tools import import_fields, import_sheet
from ...tools.budgets import OverBudgetError
from ...tools.cells import SIGNS, quote
from ...tools.elements import missing_elements
from ...tools.import_fields import Row
from ...tools.import_sheet import UnreadableError
from ..access.over_budget import over_budget
from ..intake.element_labels import element_labels
from .import_undo import ImportUndo, fingerprints
from .import_words import (
    REMARKS_BETWEEN,
    SHOWN_LENGTH,
    fault_label,
    remark_label,
    unreadable_label,
)
from .site import Site

SHOWN_ROWS = 8
SHOWN_TEXT = 120
ROWS_PER_BATCH = 1000
KEPT_DAYS = 7
BATCH = 500
TRIES = 5
# What one row may be refused for without harm to the others.
REFUSALS = (UserError, ValidationError, ValueError, DataError)
# Is no complaint, and no mistake either.
NON_COMPLAINT_FAULTS = ("total", "header")
# What an import leaves in its own list.
IMPORTED_DRAFTS = (("is_complaint", "=", True), ("complaint_state", "=", "draft"))
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}
_logger = logging.getLogger(__name__)


class Verdict(NamedTuple):
    """What is to become of a row, and why; with the window it names, where the hall has it.

    :param differs: whether its number is taken, but for another text
    """

    row: Row
    result: str
    reason: str = ""
    window_id: int = 0
    differs: bool = False

    @property
    def ref(self):
        """The site's number."""
        return self.row.ref


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
    sheets = fields.Json(compute="_compute_layout", store=True)
    sheet = fields.Char(compute="_compute_layout", store=True, readonly=False)
    delimiter = fields.Selection(
        [
            ("comma", "Comma"),
            ("tab", "Tab"),
            ("semicolon", "Semicolon"),
            ("bar", "Vertical Bar"),
        ],
        string="Between the Columns",
        compute="_compute_layout",
        store=True,
        readonly=False,
    )
    header_row = fields.Integer(compute="_compute_header_row", store=True, readonly=False)
    choice = fields.Selection(
        [
            ("all", "All rows"),
            ("window", "Rows about windows and their staff"),
            ("word", "Rows with one of some words"),
        ],
        string="Take",
        required=True,
        default="all",
        help="What is not chosen is not imported; the report lists it.",
    )
    words = fields.Char(help="Separated by blanks. A row is taken if one of them is in its text.")
    take_hidden = fields.Boolean(
        string="Take Hidden Rows", help="Rows that a filter or a person hid in the sheet."
    )
    hidden_count = fields.Integer(string="Hidden Rows", compute="_compute_counts")
    chosen_count = fields.Integer(string="Will Be Taken", compute="_compute_counts")
    analysis = fields.Json(compute="_compute_analysis", store=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    row_count = fields.Integer(string="Rows", compute="_compute_row_count", store=True)
    state = fields.Selection(
        [
            ("draft", "To Import"),
            ("running", "Running"),
            ("failed", "Interrupted"),
            ("done", "Done"),
            ("undone", "Undone"),
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
    left_count = fields.Integer(string="Not Chosen", compute="_compute_results")
    differing_count = fields.Integer(string="Other Text", compute="_compute_results")
    undone_count = fields.Integer(string="Undone", compute="_compute_results")
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
    def _compute_layout(self):
        for record in self:
            if record.state != "draft":
                continue
            table = record._top(found=True) if record.file else None
            record.sheets = table and list(table.sheets)
            record.sheet = table and table.sheet
            signs = {sign: code for code, sign in DELIMITERS.items()}
            record.delimiter = table and signs.get(table.delimiter)

    @api.depends("file", "sheet", "delimiter")
    def _compute_header_row(self):
        for record in self:
            if record.state != "draft":
                continue
            lines = record._top().lines if record.file else []
            header = import_fields.header_among([line[:2] for line in lines])
            record.header_row = header and header[0]

    @api.depends("file", "sheet", "delimiter", "header_row")
    def _compute_column_ids(self):
        for record in self:
            if record.state != "draft":
                continue
            header, sample = record._read_header()
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
        """Return the cells of the row that names the columns, and the next row's.

        :raise UserError: where the file can't be read
        """
        lines = self._top().lines if self.file else []
        header = next((line.cells for line in lines if line.number == self.header_row), [])
        sample = next((line.cells for line in lines if line.number > self.header_row), [])
        return header, sample

    def _top(self, found=False):
        """Return the first rows of the file, as far as its header may stand.

        :param found: whether sheet and delimiter are found, and not as they were chosen
        """
        content = self._content()
        chosen = ("", "") if found else (self.sheet or "", DELIMITERS.get(self.delimiter, ""))
        only = max(import_fields.HEADER_WITHIN, self.header_row + 1)
        # Several fields follow from the same rows.
        key = ("complaint_import", hashlib.sha256(content).digest(), chosen, only)
        kept = self.env.cr.cache
        if key not in kept:
            kept[key] = self._read(content, *chosen, only)
        return kept[key]

    @api.depends(
        "file",
        "state",
        "team_id",
        "sheet",
        "delimiter",
        "header_row",
        "choice",
        "words",
        "take_hidden",
        "column_ids.field_name",
    )
    def _compute_analysis(self):
        for record in self:
            draft = record.state == "draft" and record.file and record.team_id
            record.analysis = draft and record._analyse()

    def _analyse(self):
        """Say what an import would do: how many rows are new, registered, wrong or incomplete."""
        seen, results, missing, shown, noted = {}, Counter(), Counter(), [], {}
        told = {"wrong": [], "differing": []}
        table = self._read_all()
        for rows in split_every(ROWS_PER_BATCH, self._rows(table), list):
            verdicts = self._judge(rows, seen)
            results.update(verdict.result for verdict in verdicts)
            results["differing"] += sum(verdict.differs for verdict in verdicts)
            taken = [verdict for verdict in verdicts if verdict.result == "taken"]
            for verdict in taken:
                missing.update(missing_elements(self._given_elements(verdict)))
            shown += [self._shown(verdict) for verdict in taken[: SHOWN_ROWS - len(shown)]]
            for verdict in taken:
                if verdict.reason:
                    noted.setdefault(verdict.reason, []).append(verdict.row.number)
            for kind, lines in told.items():
                lines.extend(self._row_messages(verdicts, kind)[: SHOWN_ROWS - len(lines)])
        below = [line for line in table.lines if line.number > self.header_row]
        return {
            "results": {name: count for name, count in results.items() if count},
            "missing": missing,
            "shown": shown,
            **told,
            "noted": [
                [rows[:SHOWN_ROWS], len(rows), reason]
                for reason, rows in list(noted.items())[:SHOWN_ROWS]
            ],
            "hidden": sum(line.is_hidden for line in below),
            "merged": table.merged,
        }

    def _row_messages(self, verdicts, kind):
        """Return the numbers of rows that are wrong, or of another text, with the reason."""
        return [
            [verdict.row.number, verdict.reason]
            for verdict in verdicts
            if (verdict.differs if kind == "differing" else verdict.result == "wrong")
        ]

    def _shown(self, verdict):
        """Return a row of the preview: its number, and the fields as they will be taken."""
        values = {name: str(value)[:SHOWN_TEXT] for name, value in verdict.row.values.items()}
        lost = verdict.row.values.get("window") and not verdict.window_id
        return {"row": verdict.row.number, "reason": lost and verdict.reason, **values}

    @api.depends("analysis")
    def _compute_row_count(self):
        for record in self:
            results = record.analysis and record.analysis["results"]
            count = sum(count for name, count in (results or {}).items() if name != "differing")
            record.row_count = count or record.row_count

    @api.depends("analysis")
    def _compute_counts(self):
        for record in self:
            analysis = record.analysis or {}
            record.hidden_count = analysis.get("hidden", 0)
            record.chosen_count = analysis.get("results", {}).get("taken", 0)

    @api.depends("analysis", "column_ids.field_name")
    @api.depends_context("lang")
    def _compute_preview(self):
        for record in self:
            record.preview = record.analysis and self.env["ir.qweb"]._render(
                "kaiyang_complaint.complaint_import_preview", record._preview_values()
            )

    def _preview_values(self):
        labels = self._labels()
        mapped = [name for name in self.column_ids.mapped("field_name") if name]
        return {
            **self.analysis,
            "fields": [(name, labels[name]) for name in dict.fromkeys(mapped)],
            "elements": element_labels(self.env),
            "unmapped": [labels[name] for name in import_fields.REQUIRED if name not in mapped],
            "takes_hidden": self.take_hidden,
        }

    def _labels(self):
        """Return how the fields of a row are called."""
        field = self.env["complaint.import.column"]._fields["field_name"]
        return dict(field._description_selection(self.env))

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
        twice = [
            label
            for name, label in shown["fields"]
            if mapped[name] > 1 and name not in import_fields.SEVERAL
        ]
        if twice:
            raise UserError(self.env._("Two columns are taken for: %s.", "、".join(twice)))

    def action_undo(self):
        """Take all drafts of the import back, as long as nothing was done with them.

        :raise AccessError: for anyone but who imported them, and managers
        :raise UserError: where one was worked on; nothing changes
        """
        self.ensure_one()
        self.check_access("write")
        manager = self.env.user.has_group("kaiyang_complaint.group_complaint_manager")
        if self.create_uid != self.env.user and not manager:
            raise AccessError(
                self.env._("An import is undone by who made it, or by a Complaint Manager.")
            )
        if self.state != "done":
            raise UserError(self.env._("Only an import that is done can be undone."))
        ImportUndo(self).run()
        self.write({"state": "undone"})

    def action_open_drafts(self):
        """Open what came of the import and waits for acceptance."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_imported_action"
        )
        return action | {"domain": [*IMPORTED_DRAFTS, ("import_id", "=", self.id)]}

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
                rows = record._rows(record._read_all())
                if any(row.values.get("external_ref") in refs for row in rows):
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
        for rows in split_every(BATCH, self._rows(self._read_all()), list):
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
            "differs": verdict.differs,
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
        registered = lines.filtered(lambda line: import_fields.ref_key(line.external_ref) in known)
        registered._settle("skipped", self.env._("Already registered"))
        self._create_complaints(lines - registered)

    def _create_complaints(self, lines):
        """Create the complaints of lines, by halves where the database or a rule refuses one."""
        if not lines:
            return
        try:
            with self.env.cr.savepoint():
                tickets = self.env["helpdesk.ticket"].create(lines.mapped("values"))
                tickets._procedure_write({"import_id": self.id})
                digests = fingerprints(tickets)
                for line, ticket in zip(lines, tickets, strict=True):
                    line.write({"ticket_id": ticket.id, "fingerprint": digests[ticket.id]})
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

        :param dict seen: key of a number -> row of the file that was taken under it, and the key
            of its text; grows
        """
        refs = {form for row in rows for form in import_fields.ref_forms(row.ref)}
        known, refused = self._registered_texts(refs), self._refused_keys(refs)
        windows = Site(self.env).windows(self.company_id)
        labels = self._labels()
        verdicts = []
        for row in rows:
            key = import_fields.ref_key(row.ref)
            if key in refused:
                verdicts.append(self._refused_again(row))
                continue
            verdict = self._reject_row(row, labels) or self._duplicate_row(row, seen, known)
            if not verdict:
                seen[key] = row.number, import_fields.text_key(row.values["description"])
                verdict = self._taken(row, windows, labels)
            verdicts.append(verdict)
        return verdicts

    def _reject_row(self, row, labels):
        """Return the result for a row that was not chosen, or can't be taken."""
        if row.is_hidden and not self.take_hidden:
            return Verdict(row, "left", self.env._("Hidden in the sheet"))
        if not self._is_chosen(row):
            return Verdict(row, "left", self.env._("Not chosen"))
        if row.fault:
            result = "skipped" if row.fault in NON_COMPLAINT_FAULTS else "wrong"
            return Verdict(row, result, fault_label(self.env, row, labels))
        return None

    def _is_chosen(self, row):
        if self.choice == "window":
            return import_fields.is_about_window(row.values)
        if self.choice == "word" and self.words:
            return import_fields.has_word(row.values, self.words)
        return True

    def _duplicate_row(self, row, seen, known):
        """Return the result for a row whose number is taken, saying whether its text is another."""
        key = import_fields.ref_key(row.ref)
        text = import_fields.text_key(row.values["description"])
        if key in seen:
            number, first = seen[key]
            if text == first:
                reason = self.env._("The same number as row %s of this file", number)
                return Verdict(row, "skipped", reason)
            reason = self.env._(
                "The same number as row %s of this file, with another text: it is not imported",
                number,
            )
            return Verdict(row, "skipped", reason, differs=True)
        if key in known:
            if known[key] in ("", text):
                return Verdict(row, "skipped", self.env._("Already registered"))
            reason = self.env._("Already registered, with another text: it is not imported")
            return Verdict(row, "skipped", reason, differs=True)
        return None

    def _taken(self, row, windows, labels):
        """Return the result for a row that is taken, with what of it is not."""
        stated = row.values.get("window", "")
        window_id = windows.get(import_fields.window_key(stated), 0)
        reasons = [remark_label(self.env, remark, labels) for remark in row.remarks]
        if stated and not window_id:
            reasons.insert(0, self.env._("Unknown window: “%s”", stated[:SHOWN_LENGTH]))
        return Verdict(row, "taken", REMARKS_BETWEEN.join(reasons), window_id)

    def _registered_refs(self, refs):
        """Return the keys of those numbers that the room has, be it in a case hidden from the user.

        :param refs: the site's numbers, in any writing
        """
        forms = {form for ref in refs for form in import_fields.ref_forms(ref)}
        found = Site(self.env).registered(self.team_id, list(forms))
        return {import_fields.ref_key(ticket.external_ref) for ticket in found}

    def _registered_texts(self, refs):
        """Return the numbers that the room has, each with the key of its text.

        The text of a case that the user may not read counts for nothing.
        """
        keys = self._registered_refs(refs)
        found = Site(self.env).registered(self.team_id, list(refs)) if keys else []
        shown = found and found.sudo(False)._filtered_access("read")
        texts = {
            import_fields.ref_key(ticket.external_ref): import_fields.text_key(
                html2plaintext(ticket.description or "")
            )
            for ticket in shown
        }
        return dict.fromkeys(keys, "") | texts

    def _refused_keys(self, refs):
        """Return the keys of those numbers that the room turned away as out of its scope (四.2)."""
        log = self.env["complaint.guidance.log"]
        return {import_fields.ref_key(ref) for ref in log._refused_refs(self.team_id, refs)}

    def _refused_again(self, row):
        """Skip a row whose complaint was turned away, and keep nothing of it, not its number."""
        reason = self.env._("Refused before as out of scope")
        return Verdict(row._replace(values={}, culprit=""), "skipped", reason)

    def _rows(self, table):
        """Yield the rows below the header as they are mapped."""
        mapping = [column.field_name for column in self.column_ids.sorted("position")]
        zone = ZoneInfo(self.company_id.complaint_tz)
        for line in table.lines:
            if line.number > self.header_row:
                row = import_fields.read_row(
                    line.number, line.cells, mapping, zone, is_text=bool(table.delimiter)
                )
                fault = "quote" if line.is_broken else row.fault
                yield row._replace(is_hidden=line.is_hidden, fault=fault)

    def _read_all(self):
        """Return all rows of the file, as it is to be read."""
        delimiter = DELIMITERS.get(self.delimiter, "")
        return self._read(self._content(), self.sheet or "", delimiter)

    def _read(self, content, sheet, delimiter, only=None):
        """Return rows of a file.

        :raise UserError: where the file can't be read, or takes more than it may
        """
        try:
            return import_sheet.read_table(content, sheet, delimiter, only=only)
        except OverBudgetError as error:
            raise UserError(over_budget(self.env, error)) from error
        except UnreadableError as error:
            raise UserError(unreadable_label(self.env, error.kind)) from error

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
        differing = dict(
            lines._read_group(
                [("import_id", "in", self.ids), ("differs", "=", True)], ["import_id"], ["__count"]
            )
        )
        for record in self:
            record.taken_count = counts.get((record.id, "taken"), 0)
            record.skipped_count = counts.get((record.id, "skipped"), 0)
            record.wrong_count = counts.get((record.id, "wrong"), 0)
            record.left_count = counts.get((record.id, "left"), 0)
            record.undone_count = counts.get((record.id, "undone"), 0)
            waiting = counts.get((record.id, "waiting"), 0)
            lines = sum(count for (owner, _result), count in counts.items() if owner == record.id)
            record.line_count = lines - waiting
            record.differing_count = differing.get(record, 0)
            record.progress = 100 * record.line_count / (record.row_count or 1)

    def _compute_report(self):
        for record in self:
            record.report = base64.b64encode(record._report_csv().encode("utf-8-sig"))

    def _report_csv(self):
        """Return the report as a table that a spreadsheet program opens."""
        names = ("row", "external_ref", "result", "reason")
        lines = self.env["complaint.import.line"]
        lines = lines.search_fetch([("import_id", "in", self.ids)], names)
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
