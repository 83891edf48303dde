from odoo import api, fields, models
from odoo.tools import format_date

LISTS = "kaiyang_complaint.complaint_"


class ComplaintDayArchive(models.AbstractModel):
    """What waits for the archivist."""

    _name = "complaint.day.archive"
    _description = "Day of the Archivist"

    def _heaps_to_archive(self):
        closed = [("is_complaint", "=", True), ("complaint_state", "=", "closed")]
        overdue = [("is_complaint", "=", True), ("archive_is_overdue", "=", True)]
        complete = ("archive_gap_codes", "in", (False, ""))
        cases = {"action": f"{LISTS}action_to_archive"}
        heap = self._heap
        return [
            heap(
                "archive_overdue", self.env._("Overdue for the archive"), "danger", overdue, cases
            ),
            heap(
                "incomplete",
                self.env._("Papers Missing"),
                "warning",
                [*closed, "!", complete],
                cases,
            ),
            heap(
                "complete", self.env._("Complete, to archive"), "info", [*closed, complete], cases
            ),
            heap("closed", self.env._("Closed, to archive"), "info", closed, cases),
            *self._heaps_of_dossiers(),
        ]

    def _heaps_of_dossiers(self):
        begun = fields.Date.to_string(self.env.company._complaint_today().replace(day=1))
        archived = [("state", "=", "archived"), ("archived_at", ">=", begun)]
        dossiers = {"model": "complaint.dossier", "action": f"{LISTS}dossier_action"}
        label = self.env._("Archived this month")
        return [self._heap("archived", label, "success", archived, dossiers), *self._heaps_lent()]

    def _heaps_lent(self):
        loans = {"model": "complaint.dossier.loan", "action": f"{LISTS}dossier_loan_action"}
        late, out = [("state", "=", "overdue")], [("state", "!=", "returned")]
        return [
            self._heap("lent_overdue", self.env._("Lent and overdue"), "danger", late, loans),
            self._heap("lent", self.env._("Lent"), "info", out, loans),
        ]

    @api.model
    def _hint(self, heap):
        """Say how long the oldest closed case has waited."""
        if heap.key != "closed":
            return ""
        tickets = self.env[heap.model].search(heap.domain, order="closed_date", limit=1)
        if not tickets.closed_date:
            return ""
        day = tickets.company_id._complaint_local(tickets.closed_date).date()
        return self.env._("The oldest was closed on %s", format_date(self.env, day))
