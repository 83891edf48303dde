from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError

from .archive_gaps import ArchiveGaps

MOST_ATTEMPTS = 2
RESULTS = [
    ("waiting", "Waiting"),
    ("done", "Archived"),
    ("skipped", "Archived Already"),
    ("failed", "Not Archived"),
]


class ComplaintDossierBatchLine(models.Model):
    """A case of a batch, and what became of it."""

    _name = "complaint.dossier.batch.line"
    _description = "Case of a Batch"
    _order = "batch_id, id"
    _rec_name = "ticket_id"

    batch_id = fields.Many2one(
        "complaint.dossier.batch", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="batch_id.company_id", store=True)
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Complaint", required=True, index=True, ondelete="cascade"
    )
    dossier_id = fields.Many2one("complaint.dossier", index="btree_not_null", ondelete="restrict")
    result = fields.Selection(RESULTS, required=True, default="waiting")
    reason = fields.Text(string="Explanation")
    attempts = fields.Integer(help="How often a job began to archive it.")

    _once = models.UniqueIndex("(batch_id, ticket_id)", "This case is in the batch already.")
    _waiting = models.Index("(batch_id, id) WHERE result = 'waiting'")

    def _begin(self):
        """Put down that the case is begun, or that the job ended twice in its midst.

        A case at which the server ends the job would otherwise hold up all that come after it.

        :return: whether it is to be archived
        """
        self.ensure_one()
        if self.attempts >= MOST_ATTEMPTS:
            words = self.batch_id._as_keeper().env
            self._settle(
                "failed",
                words._(
                    "The server ended the job twice while it archived this case: it takes longer, "
                    "or more memory, than a job may. Archive it by the button on the case; if that "
                    "fails too, an administrator raises the limits of the server."
                ),
            )
            return False
        self.attempts += 1
        self.env["ir.cron"]._commit_progress()
        return bool(self.batch_id.try_lock_for_update())

    def _archive(self):
        """Archive the case of a line as who started the batch; put down what came of it.

        A case that can't be archived holds up no other: its line says why.
        """
        self.ensure_one()
        ticket = self.batch_id._as_keeper().env["helpdesk.ticket"].browse(self.ticket_id.id)
        if self.ticket_id.complaint_state == "archived":
            return self._settle("skipped")
        try:
            with self.env.cr.savepoint():
                dossier, batch = ticket._compile_dossier(), self.batch_id
                if dossier._lacks_check():
                    checked = batch.checked_by_id, batch.checked_at, batch.unchecked_reason
                    dossier._note_check(*checked)
                ticket.action_archive_dossier()
                self.env.flush_all()
        except ConcurrencyError:
            raise  # the batch tries again
        except UserError as error:
            return self._settle("failed", str(error))
        if self.ticket_id.complaint_state != "archived":  # a manager was asked for a reason
            return self._settle("failed", "\n".join(ArchiveGaps(ticket.sudo()).sentences()))
        return self._settle("done", ticket.dossier_id._files_only())

    def _settle(self, result, reason=False):
        dossier = self.ticket_id.dossier_id if result != "failed" else False
        self.write({"result": result, "reason": reason, "dossier_id": dossier and dossier.id})
