import logging

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Datetime
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

TRIES = 5
_logger = logging.getLogger(__name__)


class ComplaintDossierBatchRun(models.AbstractModel):
    """Archives the cases of batches, one a transaction; after a crash it goes on with the rest."""

    _name = "complaint.dossier.batch.run"
    _description = "Run of a Batch"

    @api.model
    def _cron_run(self):
        """Run what was started, the oldest first."""
        for batch in self.search([("state", "=", "running")], order="id"):
            if not batch._run():
                return

    def _run(self):
        """Archive what waits in a batch.

        :return: whether the time of the job sufficed
        """
        # Each turn is a transaction; without the lock, another process carries the batch on.
        while self.try_lock_for_update():
            line = self._next_line()
            if not line:
                self._guarded_write({"state": "done", "ended_at": Datetime.now()})
                return bool(self._commit())
            self._archive_or_retry(line)
            if not self._commit():
                return False
        return True

    def _archive_or_retry(self, line):
        """Archive one case; where somebody works on it at the same time, try again.

        What nobody foresaw stops this case and no other.
        """
        for _attempt in range(TRIES):
            try:
                line._archive()
                self.env.flush_all()
            except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                self.env.cr.rollback()
            except Exception as error:
                _logger.exception("Case %s could not be archived", line.ticket_id.id)
                self.env.cr.rollback()
                line._settle("failed", str(error))
                return
            else:
                return
        line._settle("failed", self.env._("Somebody else was working on it. Try again."))

    def _next_line(self):
        domain = [("batch_id", "=", self.id), ("result", "=", "waiting")]
        return self.env["complaint.dossier.batch.line"].search(domain, order="id", limit=1)

    def _commit(self):
        """Commit a case and forget it; return the seconds that the job has for the rest."""
        running = self.search([("state", "=", "running")])
        waiting = [("batch_id", "in", running.ids), ("result", "=", "waiting")]
        # Each running batch has one step more than its lines: to be marked as done.
        lines = self.env["complaint.dossier.batch.line"]
        remaining = lines.search_count(waiting) + len(running)
        left = self.env["ir.cron"]._commit_progress(1, remaining=remaining)
        self.env.invalidate_all()
        return left

    def _as_keeper(self):
        """Return the batch as who started it: their rights, their language, their centre."""
        user = self.started_by_id
        keeper = self.with_user(user).with_company(self.company_id)
        return keeper.with_context(lang=user.lang)
