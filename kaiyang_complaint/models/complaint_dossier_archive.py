import hashlib

from odoo import fields, models
from odoo.exceptions import UserError

from ..exceptions import busy

MANAGER = "kaiyang_complaint.group_complaint_manager"


class ComplaintDossierArchive(models.AbstractModel):
    """How a dossier gets its number and goes into the archive, for good (八)."""

    _name = "complaint.dossier.archive"
    _description = "Archiving of a Dossier"

    def action_archive(self, reason=None):
        """Archive dossiers: check, number, print, freeze, and close the case for good (八).

        A manager may archive what is incomplete, for a reason that stands in the dossier; without
        the reason, ask for it.

        :raise AccessError: for anyone who does not keep the dossier
        :raise UserError: where it is archived or incomplete, or its case is not closed; naming
            what is missing. Nothing was numbered.
        """
        self.check_access("write")
        reason = self._said(reason)
        self._hold(self.sudo().ticket_id)
        self._hold(self)
        self._renew()
        incomplete = self.filtered(lambda one: not one.is_complete)
        if incomplete and not reason:
            self._assert_manager(incomplete)
            title = self.env._("Archive Though Incomplete: Give the Reason")
            return self.env["complaint.reason.wizard"]._open(self, "action_archive", title)
        self._assert_manager(incomplete)
        for dossier in self.sorted("id"):
            dossier._archive(reason)
        return True

    def action_preview(self):
        """Open the PDF: the archived one, or what it would be now."""
        self.ensure_one()
        self.check_access("read")
        if self.attachment_id:
            url = f"/web/content/{self.attachment_id.id}"
            return {"type": "ir.actions.act_url", "url": url, "target": "new"}
        return self.env.ref("kaiyang_complaint.report_dossier").report_action(self)

    def _assert_manager(self, incomplete):
        """Let managers alone archive what is incomplete.

        :raise UserError: for everybody else, naming what is missing
        """
        if incomplete and not self.env.user.has_group(MANAGER):
            lines = [f"{one.display_name}\n{one.gaps}" for one in incomplete]
            raise UserError(self.env._("Not complete yet:\n%s", "\n".join(lines)))

    def _archive(self, reason):
        self.ensure_one()
        gaps = self.gaps
        self._guarded_write(
            {
                "archived_at": fields.Datetime.now(),
                "archived_by_id": self.env.uid,
                "compiled_by_id": (self.compiled_by_id or self.env.user).id,
                "checked_by_id": self.env.user != self.compiled_by_id and self.env.uid,
                "archived_gaps": gaps,
                "gaps_reason": gaps and reason,
            }
        )
        self._draw_number()
        self._keep(self._paper_pdf())
        (self.attachment_id | self.sudo().item_ids.attachment_id)._freeze()
        self._guarded_write({"state": "archived"})
        self._end_case()

    def _keep(self, pdf):
        """Keep the file of the dossier, and by what it is recognised as unchanged."""
        file = (
            self._plainly()
            .env["ir.attachment"]
            .create(
                {
                    "name": f"{self.number}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        digest = hashlib.sha256(pdf).hexdigest()
        self._guarded_write({"attachment_id": file.id, "sha256": digest})

    def _end_case(self):
        """Archive the case; when it was closed stays as it was."""
        ticket = self.ticket_id.sudo()._thawed()
        closed_date = ticket.closed_date
        ticket._move_to("archived")
        ticket._guarded_write({"closed_date": closed_date})
        done = self.env._("Archived as %s.", self.number)
        ticket._message_log(body=" ".join(filter(None, (done, self._files_only()))))

    # --- the number -----------------------------------------------------------------------------

    def _draw_number(self):
        """Draw the next number of the year, without a gap: a failure gives it back.

        The year is the one in which the case was closed: by it dossiers are filed (立卷年度).

        :raise BusyError: where somebody else draws it just now; the server tries again
        :raise UserError: where the centre's settings lack something
        """
        company = self.company_id
        year = company._complaint_local(self.sudo().ticket_id.closed_date or self.archived_at).year
        sequence = self._next_sequence(year)
        number = company._complaint_dossier_number(year, self.retention, sequence)
        with busy(self.env), self.env.cr.savepoint():
            self._guarded_write({"year": year, "sequence": sequence, "number": number})
            self.flush_recordset()

    def _next_sequence(self, year):
        series = [("company_id", "=", self.company_id.id), ("year", "=", year)]
        if self.company_id.complaint_dossier_series == "retention":
            series.append(("retention", "=", self.retention))
        last = self.sudo().search(series, order="sequence desc", limit=1)
        return max(last.sequence, self.company_id._complaint_numbers_used(year)) + 1
