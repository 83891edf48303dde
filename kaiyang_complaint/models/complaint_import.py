import base64
from collections import Counter
from contextlib import suppress
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import split_every

from ..tools import import_fields
from ..tools.elements import missing_elements

SHOWN_ROWS = 8
SHOWN_TEXT = 120
JUDGED_AT_ONCE = 1000
KEPT_DAYS = 7


class ComplaintImport(models.Model):
    """A file that a complaints site exported, and the report of what became of its rows (一.3).

    The file is kept until it is taken in, not longer: the report says nothing of what was
    complained about, by whom.
    """

    _name = "complaint.import"
    _description = "Import of Complaints"
    _inherit = ["complaint.import.run", "complaint.import.report"]
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
            "elements": self.env["helpdesk.ticket"]._element_labels(),
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
