import logging
import math
import time
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.base.models.ir_cron import MIN_TIME_PER_JOB
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.fields import Datetime, Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config

from ..access.clean_input import clean_text

COUNTS = ("waiting", "done", "skipped", "failed")
TRIES = 5
# The share of the time that the server lets a job work in which a case may be begun.
SLICE = 0.25
_logger = logging.getLogger(__name__)


class ComplaintDossierBatch(models.Model):
    """The cases that were closed in a month, archived in one action, printed in another (八)."""

    _name = "complaint.dossier.batch"
    _description = "Batch of Dossiers"
    _inherit = ["complaint.procedure.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _procedural = {
        "state": "draft",
        "started_at": False,
        "started_by_id": False,
        "ended_at": False,
        "checked_by_id": False,
        "checked_at": False,
        "unchecked_reason": False,
    }

    _rec_names_search = ["date_from", "date_to"]
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="Closed From", required=True, default=lambda self: self._last_month()[0]
    )
    date_to = fields.Date(
        string="Closed Until", required=True, default=lambda self: self._last_month()[1]
    )
    state = fields.Selection(
        [("draft", "To Start"), ("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    line_ids = fields.One2many("complaint.dossier.batch.line", "batch_id", readonly=True)
    complete_count = fields.Integer(string="Complete", compute="_compute_found")
    incomplete_count = fields.Integer(string="Missing Documents", compute="_compute_found")
    total_count = fields.Integer(string="Cases in It", compute="_compute_counts")
    waiting_count = fields.Integer(compute="_compute_counts")
    done_count = fields.Integer(string="Archived", compute="_compute_counts")
    skipped_count = fields.Integer(string="Archived Already", compute="_compute_counts")
    failed_count = fields.Integer(string="Not Archived", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    started_at = fields.Datetime(readonly=True, copy=False)
    started_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    checked_at = fields.Datetime(readonly=True, copy=False)
    unchecked_reason = fields.Text(
        string="Not Checked by Another Person Because", readonly=True, copy=False
    )

    _running = models.Index("(id) WHERE state = 'running'")

    def _last_month(self):
        first = self.env.company._complaint_today().replace(day=1)
        return first - relativedelta(months=1), first - timedelta(days=1)

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = f"{batch.date_from or ''} – {batch.date_to or ''}"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(batch.date_from > batch.date_to for batch in self):
            raise ValidationError(self.env._("The first day of a batch comes before its last."))

    @api.depends("date_from", "date_to", "state")
    def _compute_found(self):
        """Count what would be archived; what lacks something is tried, and says what it lacks."""
        for batch in self:
            domain = batch._cases_domain() if batch.state == "draft" else Domain.FALSE
            tickets = self.env["helpdesk.ticket"]
            complete = domain & Domain("archive_gap_codes", "in", (False, ""))
            batch.complete_count = tickets.search_count(complete)
            batch.incomplete_count = tickets.search_count(domain) - batch.complete_count

    @api.depends("line_ids.result", "state")
    def _compute_counts(self):
        found = self.env["complaint.dossier.batch.line"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "result"], ["__count"]
        )
        counts = {(batch.id, result): count for batch, result, count in found}
        for batch in self:
            mine = {name: counts.get((batch.id, name), 0) for name in COUNTS}
            for name, count in mine.items():
                batch[f"{name}_count"] = count
            batch.total_count = total = sum(mine.values())
            batch.progress = 100 * (total - mine["waiting"]) / total if total else 0

    # --- doors ----------------------------------------------------------------------------------

    def write(self, vals):
        """Choose other days as long as the batch was not started.

        :raise UserError: where it was started
        """
        if not self._by_procedure():
            self._assert_state("draft")
            # Other days are other cases: nobody has checked those.
            unchecked = {"checked_by_id": False, "checked_at": False}
            self.filtered("checked_by_id")._procedure_write(unchecked)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._assert_state("draft")

    # --- acts -----------------------------------------------------------------------------------

    def _cases_domain(self):
        """Return the closed cases of these days that the user may archive."""
        self.ensure_one()
        kept = Domain(self.env.user.complaint_archive_scope())
        if not (self.date_from and self.date_to):
            return Domain.FALSE
        before = self.date_from - timedelta(days=1)
        return kept & Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("complaint_state", "=", "closed"),
                ("closed_date", ">=", self.company_id._complaint_midnight(before)),
                ("closed_date", "<", self.company_id._complaint_midnight(self.date_to)),
            ]
        )

    def action_check(self):
        """Put on record that one has been through the cases: another person archives them.

        :raise AccessError: for those who keep no dossiers
        :raise UserError: where it was started
        """
        self.check_access("write")
        self._assert_state("draft")
        self._procedure_write({"checked_by_id": self.env.uid, "checked_at": fields.Datetime.now()})

    def action_start(self, reason=None):
        """Archive the closed cases of these days, one after the other, while people work on.

        Where nobody else has checked them, ask why.

        :raise AccessError: for those who keep no dossiers
        :raise UserError: where it was started, or there is nothing to archive
        """
        reason = clean_text(self.env, reason)
        self.ensure_one()
        self.check_access("write")
        self._assert_state("draft")
        checked = self.checked_by_id and self.checked_by_id != self.env.user
        if not (checked or reason):
            title = self.env._("Nobody Else Has Checked These Cases: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_start", title)
        tickets = self.env["helpdesk.ticket"].search(self._cases_domain(), order="closed_date, id")
        if not tickets:
            raise UserError(self.env._("No closed case of this period is waiting to be archived."))
        lines = self.env["complaint.dossier.batch.line"].sudo()
        lines.create([{"batch_id": self.id, "ticket_id": ticket.id} for ticket in tickets])
        self._procedure_write(
            {
                "state": "running",
                "started_at": fields.Datetime.now(),
                "started_by_id": self.env.uid,
                "unchecked_reason": not checked and reason,
                "checked_by_id": checked and self.checked_by_id.id,
            }
        )
        self._trigger()
        return True

    def action_retry(self):
        """Try once more what could not be archived; what stands still is taken up."""
        self.ensure_one()
        self.check_access("write")
        # Running as well: a batch whose process died still counts as such.
        self._assert_state("running", "done")
        self.sudo().line_ids.filtered(lambda line: line.result == "failed").write(
            {"result": "waiting", "reason": False, "attempts": 0}
        )
        self._procedure_write({"state": "running", "ended_at": False})
        self._trigger()

    def _trigger(self):
        self.env.ref("kaiyang_complaint.cron_dossier_batch").sudo()._trigger()

    def action_print(self):
        """Open one PDF of all the dossiers of the batch, in the order of their numbers.

        :raise UserError: where there is none
        """
        self.ensure_one()
        self._printed()
        return {
            "type": "ir.actions.act_url",
            "url": f"/complaint/archive/batch/{self.id}",
            "target": "new",
        }

    def _printed(self):
        """Return the dossiers of the batch, as the user may read them.

        :raise AccessError: where the user may not read one of them
        :raise UserError: where there is none, or one is not what was archived
        """
        self.check_access("read")
        dossiers = self.sudo().line_ids.dossier_id.sudo(False)
        dossiers.check_access("read")
        kept = dossiers.filtered("attachment_id").sorted(lambda one: (one.year, one.number))
        if not kept:
            raise UserError(self.env._("No dossier of this batch is archived yet."))
        kept._assert_intact()
        return kept

    # --- background job ---------------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Run what was started, the oldest first, for as long as a slice lasts.

        The server kills a job that outlasts its limit, and Odoo calls a job up to ten times in
        one go: what is left is another job, which is begun at once.
        """
        batches = self.search([("state", "=", "running")], order="id")
        if not all(self._seconds_left() and batch._run() for batch in batches):
            self.env["ir.cron"]._commit_progress(remaining=self._remaining())
            self._trigger()

    @api.model
    def _seconds_left(self):
        """Return the seconds in which another case may be begun; what it takes comes on top."""
        end = self.env.context.get("cron_end_time")
        if end is None:
            return math.inf
        limit = config["limit_time_real_cron"]
        limit = config["limit_time_real"] if limit < 0 else limit
        within = min(limit * SLICE, MIN_TIME_PER_JOB) if limit else MIN_TIME_PER_JOB
        return max(end - MIN_TIME_PER_JOB + within - time.monotonic(), 0)

    def _run(self):
        """Archive what waits in a batch.

        :return: whether the time of the job sufficed
        """
        # Each turn is a transaction; without the lock, another process carries the batch on.
        while self.try_lock_for_update():
            line = self._next_line()
            if not line:
                self._procedure_write({"state": "done", "ended_at": Datetime.now()})
                return bool(self._commit())
            if line._begin():
                self._archive_or_retry(line)
            if not self._commit():
                return False
        return True

    def _archive_or_retry(self, line):
        """Archive one case; where someone works on it at the same time, try again.

        What nobody foresaw stops this case and no other.
        """
        for _attempt in range(TRIES):
            try:
                line._archive()
                # Here, so that a conflict shows within the attempt and not at the commit.
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
        words = self._as_keeper().env
        line._settle("failed", words._("Another user was working on this record. Try again."))

    def _next_line(self):
        domain = [("batch_id", "=", self.id), ("result", "=", "waiting")]
        return self.env["complaint.dossier.batch.line"].search(domain, order="id", limit=1)

    def _commit(self):
        """Commit a case and clear the cache; return the seconds left for the job."""
        self.env["ir.cron"]._commit_progress(1, remaining=self._remaining())
        self.env.invalidate_all()
        return self._seconds_left()

    @api.model
    def _remaining(self):
        """Return how many steps are left: a running batch has one more than its lines, its end."""
        running = self.search([("state", "=", "running")])
        waiting = [("batch_id", "in", running.ids), ("result", "=", "waiting")]
        lines = self.env["complaint.dossier.batch.line"]
        return lines.search_count(waiting) + len(running)

    def _as_keeper(self):
        """Return the batch as who started it: their rights, their language, their centre."""
        user = self.started_by_id
        keeper = self.with_user(user).with_company(self.company_id)
        return keeper.with_context(lang=user.lang)
