from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.written_reports import months_running
from ...tools.years import in_one_year


class ComplaintLetter(models.Model):
    """A letter that asks for a written report: the report is requested when it leaves (七.3)."""

    _inherit = "complaint.letter"

    written_report_ids = fields.One2many(
        "complaint.written.report", "letter_id", string="Written Reports"
    )

    def _assert_kind_ready(self):
        """Refuse a letter about findings that the cases do not have (七.3)."""
        result = super()._assert_kind_ready()
        if self.kind == "answer":
            self._assert_answer()
        elif self.kind == "return":
            self._assert_return()
        elif self.kind == "report_request":
            self._assert_report_request()
        return result

    def _asking_reports(self):
        """Return the reports that letters ask for, with the rights of the procedure."""
        return self.sudo().written_report_ids

    def _mark_sent(self, **facts):
        """Let what is asked for be asked for; its limit is the date by which an answer is due."""
        for report in self._asking_reports().filtered(lambda one: one.state == "draft"):
            report.letter_id._set_answer_by(report._asked_until())
        result = super()._mark_sent(**facts)
        self._asking_reports()._ask()
        return result

    def _set_answer_by(self, day):
        """Set until when an answer is waited for; the text was issued, and stays."""
        fixed = [self._fields[name] for name in ("body", "composed")]
        with self.env.protecting(fixed, self):
            self._procedure_write({"answer_by": day})

    def _approval_decided(self, approval):
        """Ask for nothing that the leader does not want to be asked."""
        result = super()._approval_decided(approval)
        if self.state == "refused":
            self._asking_reports()._procedure_write({"state": "refused"})
        return result

    def action_record_answer(self, values):
        """Refuse to answer by hand what a written report answers.

        :raise UserError: saying where it is put on file
        """
        if self._asking_reports():
            raise UserError(
                self.env._(
                    "This letter is answered by the written report: put the report on file, under "
                    "Use of Results, Written Reports."
                )
            )
        return super().action_record_answer(values)

    def action_open_written_report(self):
        """Open the report that the letter asks for."""
        self.ensure_one()
        return self.written_report_ids[:1].get_formview_action()

    def _upheld_alike(self):
        """Return the cases upheld against the party, as far as the user may read them (七.3).

        By their findings: against a person those of the year, wherever they sat; against a window
        those of months running, under the unit that has it.
        """
        centre = self.company_id or self.env.company
        party = {name: value._origin for name, value in self._party().items()}
        tickets = self.env["helpdesk.ticket"].with_user(self.env.uid)
        if not all(party.values()):
            return tickets.sudo(self.env.su)
        domain = [(name, "=", value.id) for name, value in party.items()]
        domain += [("is_counted", "=", True), ("company_id", "=", centre.id)]
        if self._of_kind().about == "staff":
            since = centre._complaint_year_since()
            domain += [("liable", "=", "staff"), ("accepted_month", ">=", since)]
        findings = self.env["complaint.finding"].sudo().search(domain, order="accepted_at")
        if self._of_kind().about == "window":
            findings = self._of_months_running(findings)
        cases = tickets.browse(findings.ticket_id.ids)._filtered_access("read")
        return cases.sudo(self.env.su)

    def _of_months_running(self, findings):
        """Keep the findings of months without a gap: those around the main case's, or the last."""
        own = findings.filtered(lambda one: one.ticket_id == self.ticket_id._origin)
        last = (own or findings)[-1:].accepted_month
        running = months_running(findings.mapped("accepted_month"), last)
        return findings.filtered(lambda one: one.accepted_month in running)

    @api.model
    def _facts_of(self, ticket):
        """Add what was found."""
        facts, outcome = super()._facts_of(ticket), ticket._outcome()
        if outcome.findings()["facts"]:
            facts.add("findings")
        if ticket.respondent_ids and outcome.is_upheld():
            facts.add("upheld")
        return facts

    def _assert_answer(self):
        if not self.ticket_id._outcome().findings()["facts"]:
            raise UserError(
                self.env._("There is nothing to answer yet: accept the reply, or conclude first.")
            )

    def _assert_return(self):
        """Demand enough upheld complaints of one year against the person (七.3)."""
        least = self.company_id.complaint_return_count
        self._assert_party("staff_id", liable="staff", staff_id=self.staff_id)
        cases = {case: case._outcome().accepted_on() for case in self.ticket_ids}
        years = in_one_year(cases, self.company_id.complaint_rolling_year)
        if len(cases) < least or not any(len(year) == len(cases) for year in years):
            raise UserError(
                self.env._(
                    "A staff member is returned to their unit after %(count)s upheld complaints "
                    "of one year (%(clause)s). Choose the cases.",
                    count=least,
                    clause=self.company_id._complaint_citation("七.3"),
                )
            )

    def _assert_report_request(self):
        """Demand upheld complaints against the window in enough months running (七.3).

        Under one unit: who takes a window over does not answer for who had it.
        """
        self._assert_party("window_id", window_id=self.window_id, unit_id=self.unit_id)
        least = self.company_id.complaint_report_months
        months = {case._outcome().accepted_on().replace(day=1) for case in self.ticket_ids}
        running = months_running(months, max(months, default=None))
        if len(running) < max(len(months), least):
            raise UserError(
                self.env._(
                    "A written report is asked for after upheld complaints in %(count)s months "
                    "running (%(clause)s). Choose the cases.",
                    count=least,
                    clause=self.company_id._complaint_citation("七.3"),
                )
            )
        if not self.answer_by:
            raise UserError(self.env._("Enter the due date of the report."))

    def _assert_party(self, name, **party):
        """Demand a party, and that every case has a finding that counts against it."""
        if not self[name]:
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("The letter lacks: %s.", label))
        for case in self.ticket_ids:
            if not case._outcome().counted_against(**party):
                raise UserError(
                    self.env._(
                        "%(case)s has no valid upheld finding against %(party)s.",
                        case=case.display_name,
                        party=self[name].display_name,
                    )
                )
