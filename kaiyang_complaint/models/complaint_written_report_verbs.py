import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.written_reports import WAITING, WRITTEN, is_readable

SUBMITTED = "kaiyang_complaint.activity_report_submitted"
REPORT = "kaiyang_complaint.report_written_report"
DEMANDED = ("causes", "measures", "measures_by", "unit_addressee", "to_unit_on")
DATES = ("measures_by", "to_unit_on")


class ComplaintWrittenReportVerbs(models.AbstractModel):
    """What the representative and the desk do with a written report (七.3)."""

    _name = "complaint.written.report.verbs"
    _description = "Acts on a Written Report"

    # --- the representative, or the desk where paper came ---------------------------------------

    def action_save_draft(self, values):
        """Keep what is written so far; nothing is sent.

        :param dict values: ``causes``, ``measures``, ``measures_by``, ``to_unit``,
            ``unit_addressee``, ``to_unit_on``, as far as there are any; ``attachments``: pairs of
            a file name and its bytes in base64; ``removed``: ids of files to take out again
        :raise AccessError: for others than the unit's representatives in office and the desk
        :raise UserError: where the report is not asked for, or a value can't be read
        """
        self.ensure_one()
        self._assert_author()
        self._assert_state(*WAITING)
        if not is_readable(values):
            raise UserError(self.env._("What was written can't be read. Nothing was sent."))
        report = self.sudo()
        report._guarded_write(report._written(values))
        report._loose_files().filtered(
            lambda file: file.id in (values.get("removed") or [])
        ).unlink()
        report._attach(values.get("attachments") or [])
        return True

    def action_submit(self, values=None):
        """Submit the report to the centre, once the own unit has it as well (七.3).

        :param dict values: as for ``action_save_draft``
        :raise AccessError: for others than the unit's representatives in office and the desk
        :raise UserError: naming what is missing; nothing changes
        """
        for one in self:
            one.action_save_draft(values or {})
            report = one.sudo()
            report._assert_complete()
            report.attachment_ids._freeze()
            report._guarded_write(
                {
                    "state": "submitted",
                    "submitted_at": fields.Datetime.now(),
                    "submitted_by_id": self.env.uid,
                    "return_reason": False,
                }
            )
            report.deadline_ids._thawed()._stop()
            report._tell_desk(self.env._("The written report came: %s", report.display_name))
        return True

    def _written(self, values):
        """Return what somebody wrote, made ready to be kept.

        :raise UserError: naming a date that is none
        """
        written = {name: values[name] for name in WRITTEN if name in values}
        readers = dict.fromkeys(DATES, self._day_of) | {"to_unit": bool}
        return {name: readers.get(name, self._text_of)(value) for name, value in written.items()}

    def _text_of(self, typed):
        return str(typed or "").strip() or False

    def _day_of(self, typed):
        try:
            return fields.Date.to_date(typed or False)
        except ValueError as error:
            raise UserError(self.env._("“%s” is no date. Nothing was sent.", typed)) from error

    def _assert_complete(self):
        """Demand causes, measures, their end, and both addressees.

        :raise UserError: naming what is missing
        """
        missing = [
            self._fields[name]._description_string(self.env) for name in DEMANDED if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._("The report lacks: %s. Nothing was sent.", "、".join(missing))
            )
        if not self.to_unit:
            raise UserError(
                self.env._(
                    "The report goes to the centre and to your own unit: give it to your unit, "
                    "tick that you did, and send it again. Nothing was sent."
                )
            )
        if self.to_unit_on > self.company_id._complaint_today():
            raise UserError(
                self.env._("Your own unit can't have the report on a day that is to come.")
            )

    def _assert_author(self):
        """Let the unit's representatives in office write, and the desk what came on paper.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self.check_access("write")
            return
        for report in self.sudo():
            if self.env.user not in report._in_office().user_id:
                raise AccessError(self.env._("This report is asked of another unit."))

    # --- the desk -------------------------------------------------------------------------------

    def action_accept(self):
        """Put reports on file: the letter that asked is answered with the paper (七.3)."""
        self.check_access("write")
        self._assert_state("submitted")
        for report in self:
            report._keep_paper()
            report._guarded_write(
                {
                    "state": "accepted",
                    "received_at": fields.Datetime.now(),
                    "received_by_id": self.env.uid,
                }
            )
            report._answer_letter()
        self.activity_feedback([SUBMITTED])
        return True

    def action_return(self, reason=None):
        """Return reports for rework; the limit runs on. Without a reason, ask for it."""
        self.check_access("write")
        self._assert_state("submitted")
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_return")
        for report in self:
            shown = report._scrubbed(reason)
            report._guarded_write({"state": "returned", "return_reason": shown})
            deadlines = report.sudo().deadline_ids._thawed()
            deadlines._resume(report.company_id.complaint_report_days)
            report._notify(
                self.env._("Written report returned: %s", report.display_name),
                "kaiyang_complaint.report_notice_returned",
            )
        self.activity_feedback([SUBMITTED])
        return True

    def action_withdraw(self, reason=None):
        """Ask for reports no longer. Without a reason, ask for it.

        :raise AccessError: for anyone but the manager
        """
        self.check_access("write")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("A manager decides that a report is asked for no longer."))
        self._assert_state("draft", *WAITING)
        reason = self._said(reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_withdraw")
        self._withdraw(self._scrubbed_of_each(reason))
        return True

    def _scrubbed_of_each(self, text):
        for report in self:
            text = report._scrubbed(text)
        return text

    def _keep_paper(self):
        """Render the report and freeze its PDF with the letter: it stays as it was received."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        (content,) = reports._pre_render_qweb_pdf(REPORT, res_ids=self.ids)[0].values()
        raw = base64.b64encode(content["stream"].getvalue())
        letter = self.sudo().letter_id._thawed()
        pdf = letter._attach([(f"书面说明 {self.display_name}.pdf", raw)])
        pdf._freeze()
        self._guarded_write({"pdf_id": pdf.id})

    def _frozen_paper(self, report):
        """Return the attachment that a report prints instead of rendering anew."""
        pdf = self.sudo().pdf_id
        return pdf if report == self.env.ref(REPORT) else pdf.browse()

    def _note_printed(self):
        """Have nothing to note: who prints a report that is on file changes nothing."""

    def _loose_files(self):
        """Return the files that may still be taken out: what was submitted once stays."""
        return self.attachment_ids.filtered(lambda file: not file.complaint_frozen)

    def _files_for_unit(self):
        """Return the files of the unit, which its representatives may open.

        :raise AccessError: where the user may not read the report
        """
        self.check_access("read")
        report = self.sudo()
        noted = report.message_ids.filtered(
            lambda message: message.is_internal or message.subtype_id.internal
        ).attachment_ids
        return report.attachment_ids - noted

    def _letter_paper(self):
        """Return the letter that asks, for its addressee; nothing before it was issued.

        :raise AccessError: where the user may not read the report
        """
        self.check_access("read")
        return self.sudo().letter_id.pdf_id
