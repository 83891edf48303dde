from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..tools.written_reports import WAITING
from .complaint_written_report_verbs import SUBMITTED


class ComplaintWrittenReportAsking(models.AbstractModel):
    """How a report is asked for: by a letter, of whom, until when; and how that ends (七.3)."""

    _name = "complaint.written.report.asking"
    _description = "Asking for a Written Report"

    # --- the letter -----------------------------------------------------------------------------

    def action_draft_letter(self):
        """Draw up the letter that asks, where there is none or it will never leave.

        :raise UserError: where one is under way, or no report is to be asked for
        """
        self.check_access("write")
        if any(not report.needs_letter for report in self):
            raise UserError(self.env._("The letter that asks for this report is under way."))
        self._draft_letters()
        return self.action_open_letter()

    def action_open_letter(self):
        """Open the letter that asks."""
        self.ensure_one()
        return self.letter_id.get_formview_action()

    def _draft_letters(self):
        """Draw up the letters that ask; the leader in charge has yet to consent to them."""
        letters = self.env["complaint.letter"].sudo()
        letters = letters.create([report._letter_values() for report in self.sudo()])
        for report, letter in zip(self.sudo(), letters, strict=True):
            report._guarded_write({"letter_id": letter.id, "state": "draft"})
        letters.action_compose()

    def _letter_values(self):
        """Return the values of the letter: it belongs to the last case that is still open to it."""
        cases = self._standing_findings().ticket_id.sorted("accepted_at")
        still_open = cases.filtered(lambda case: case.complaint_state != "archived")
        return {
            "kind": "report_request",
            "ticket_id": still_open[-1:].id,
            "ticket_ids": [Command.set(cases.ids)],
            "window_id": self.window_id.id,
            "unit_id": self.unit_id.id,
            "answer_by": self._asked_until(),
        }

    def _asked_until(self):
        """Return the last day of the report, were it asked for today."""
        company = self.company_id
        counted = company._complaint_count(
            company._complaint_today(), company.complaint_report_days
        )
        return company._complaint_local(counted["due_at"]).date()

    def _end_letter(self, reason):
        """Let a letter that has not left lapse, and wait no longer for the answer to one that has.

        It is no change of its cases: one of them may be archived.
        """
        letter = self.sudo().letter_id._thawed()
        if letter.state == "requested":
            letter.approval_id.action_withdraw()
        if letter.state in ("draft", "approved", "issued"):
            letter._mark_cancelled(reason)
        elif letter.state == "sent":
            letter._mark_answered(reason, fields.Datetime.now(), letter.answer_file_ids.browse())

    def _answer_letter(self):
        """Mark the letter answered, by the report and what came with it."""
        report = self.sudo()
        letter = report.letter_id._thawed()
        if letter.state == "sent":
            said = f"{report.causes}\n{report.measures}"
            files = report.pdf_id + report.attachment_ids
            letter._mark_answered(said, report.submitted_at, files)

    # --- asked, and of whom -----------------------------------------------------------------------

    def _ask(self):
        """Ask for reports whose letter left: the limit runs from today."""
        for report in self.sudo().filtered(lambda one: one.state == "draft"):
            representative = report._in_office()[:1]
            report._guarded_write(
                {
                    "state": "asked",
                    "asked_at": fields.Datetime.now(),
                    "representative_id": representative.id,
                    "unit_addressee": report.unit_addressee or report.unit_id.name,
                }
            )
            report._start_clock()
            report._notify_asked()

    def _start_clock(self):
        """Let the limit of the report run, on its last case.

        It is no change of that case, which may be archived.
        """
        cases = self._cases().sorted("accepted_at")
        deadlines = self.env["complaint.deadline"].sudo()._thawed()
        deadline = deadlines._start(cases[-1:], "report", self.company_id.complaint_report_days)
        deadline.report_id = self

    def _notify_asked(self):
        """Tell the representative what is asked, or the desk that nobody is in office."""
        if self.representative_id:
            self._notify(
                self.env._("Written report asked for: %s", self.display_name),
                "kaiyang_complaint.report_notice_asked",
            )
        else:
            self._tell_desk(
                self.env._(
                    "No representative of %s is in office who was not at fault: the letter went "
                    "on paper only.",
                    self.unit_id.name,
                )
            )

    def _in_office(self):
        """Return the representatives who may be asked now, the chief representative first."""
        report = self.sudo()
        people = report.unit_id.representative_ids.filtered("active").sorted("sequence")
        return people.filtered(lambda person: person.user_id not in report.barred_user_ids)

    def _addressee(self):
        """Return who is told about a report: its representative, or who else is in office now."""
        in_office = self._in_office()
        return (self.sudo().representative_id & in_office) or in_office[:1]

    def _urgeable(self):
        """Return the reports that are waited for, where somebody may be told."""
        return self.filtered(lambda one: one.state in WAITING and one._addressee())

    def _readdress(self):
        """Pass reports on whose representative left office, or was at fault as it turns out."""
        for report in self.sudo().filtered(lambda one: one.state in WAITING):
            if report.representative_id not in report._in_office():
                report._guarded_write({"representative_id": report._in_office()[:1].id})
                report._notify_asked()

    def _notify(self, subject, template, **values):
        """Write to the representative; the message names window and months, nobody else."""
        self.ensure_one()
        report = self.sudo()
        report._notice().message_notify(
            partner_ids=report._addressee().partner_id.ids,
            subject=subject,
            body=report.env["ir.qweb"]._render(template, {"report": report, **values}),
            email_layout_xmlid="mail.mail_notification_light",
            force_send=False,
        )

    def _tell_desk(self, note):
        """Give whoever sent the letter a to-do about what the unit did."""
        self.ensure_one()
        letter = self.sudo().letter_id
        clerk = letter.sent_by_id or letter.create_uid
        self.sudo().activity_schedule(SUBMITTED, user_id=clerk.id, summary=note)

    # --- asked for no longer ----------------------------------------------------------------------

    def _withdraw(self, reason):
        """Ask for reports no longer, with words to the representative who was asked."""
        for report in self.sudo():
            asked = report.state in WAITING
            report._guarded_write({"state": "withdrawn", "withdraw_reason": reason})
            report.deadline_ids._thawed()._cancel()
            report._end_letter(reason)
            report.activity_unlink([SUBMITTED])
            if asked and report._addressee():
                report._notify(
                    self.env._("Written report no longer asked for: %s", report.display_name),
                    "kaiyang_complaint.report_notice_withdrawn",
                )

    def _redraft(self):
        """Draw up anew what was to be asked: one of the findings does not stand any more."""
        for report in self.sudo():
            report._end_letter(self.env._("A finding that it rests on does not stand any more."))
        self._draft_letters()

    def _standing_findings(self):
        """Return the findings of reports that count, and that the unit may hear of."""
        return self.sudo().finding_ids.filtered(
            lambda one: one.is_counted and not one.ticket_id.is_restricted
        )
