import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every
from psycopg2.errors import DataError, UniqueViolation

BATCH = 500
TRIES = 5
# What one row may be refused for without harm to the others.
REFUSALS = (UserError, ValidationError, ValueError, DataError)
_logger = logging.getLogger(__name__)


class ComplaintImportRun(models.AbstractModel):
    """Takes a file in: first all rows as lines, then the lines as complaints, batch by batch.

    Each step is a transaction; after a crash the run goes on with the lines that still wait.
    """

    _name = "complaint.import.run"
    _description = "Run of an Import"
    _inherit = ["complaint.import.judge"]

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
        """Take in what is left. What was registered in the meantime, by whomever, is skipped.

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
        """Take a batch; where somebody registers the same numbers at the same time, look again."""
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
