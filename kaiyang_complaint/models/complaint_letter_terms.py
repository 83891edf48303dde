from odoo import models
from odoo.exceptions import UserError

from ..tools.letter_kinds import KINDS
from ..tools.masking import exposed
from ..tools.written_reports import months_running
from ..tools.years import in_one_year

REQUIRED = ("subject", "addressee", "body")
RETURN_CASES = 3
REPORT_MONTHS = 2


class ComplaintLetterTerms(models.AbstractModel):
    """What the regulation demands of a letter, with refusals that say so (七.3, 七.6)."""

    _name = "complaint.letter.terms"
    _description = "Terms of a Letter"

    # --- the cases --------------------------------------------------------------------------

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

    def _party(self):
        """Return the party of a letter, as findings name it."""
        if self._of_kind().about == "staff":
            return {"staff_id": self.staff_id}
        return {"window_id": self.window_id, "unit_id": self.window_id.unit_id}

    # --- what is demanded -------------------------------------------------------------------

    def _assert_written_by_hand(self, kind=None):
        """Refuse letters that only their own process makes, and new ones on an archived case."""
        for code in {kind} if kind else set(self.mapped("kind")):
            if not KINDS[code].states:
                raise UserError(
                    self.env._(
                        "This kind of letter comes of its own process: “Refer” on a complaint, "
                        "the publication of an assessment or a board."
                    )
                )
        archived = self.ticket_id.filtered(lambda case: case.complaint_state == "archived")
        if archived:
            raise UserError(
                self.env._(
                    "%s is archived: nothing is added to it. Name it among the cases that the "
                    "letter rests on instead.",
                    archived[0].display_name,
                )
            )

    def _assert_ready(self):
        """Refuse a letter that lacks something, or says what it must not."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in REQUIRED
            if not (self[name] or "").strip()
        ]
        if missing:
            raise UserError(self.env._("The letter lacks: %s.", "、".join(missing)))
        check = getattr(self, f"_assert_{self.kind}", None)
        if check:
            check()
        if KINDS[self.kind].unnamed:
            self._assert_unnamed()

    def _assert_unnamed(self):
        """Refuse a letter to others in which something of a complainant stands (七.3).

        :raise UserError: naming it
        """
        files = self.sudo().enclosure_ids
        texts = (self.subject, self.addressee, self.address, self.copy_to, self.body)
        said = "；".join(filter(None, (*texts, *files.mapped("name"))))
        found = exposed(said, self.ticket_ids._known_identifiers(), recorded=True)
        if found:
            raise UserError(
                self.env._(
                    "A letter of this kind says nothing of who complained. Take out: %s.",
                    "、".join(found),
                )
            )
        if "helpdesk.ticket" in files.mapped("res_model"):
            raise UserError(
                self.env._(
                    "Files of a complaint may tell who complained: they are not enclosed with a "
                    "letter of this kind."
                )
            )

    def _assert_refusal(self):
        if self.ticket_id.complaint_state != "invalid":
            raise UserError(self.env._("Only an invalid complaint is refused in writing (四.3)."))

    def _assert_extension(self):
        if "granted" not in self.ticket_id.extension_ids.mapped("state"):
            raise UserError(self.env._("A notice tells the new date of an extension granted."))

    def _assert_answer(self):
        if not self.ticket_id._findings()["facts"]:
            raise UserError(
                self.env._("There is nothing to answer yet: accept the reply, or conclude first.")
            )

    def _assert_county(self):
        if not self.ticket_ids:
            raise UserError(self.env._("Choose the cases whose results are reported (七.6)."))

    def _assert_return(self):
        """Demand three upheld complaints of one year against the person (七.3)."""
        self._assert_party("staff_id", liable="staff", staff_id=self.staff_id)
        cases = {case: case._accepted_on() for case in self.ticket_ids}
        years = in_one_year(cases, self.company_id.complaint_rolling_year)
        if len(cases) < RETURN_CASES or not any(len(year) == len(cases) for year in years):
            raise UserError(
                self.env._(
                    "A staff member is returned to their unit after %s upheld complaints of one "
                    "year (七.3). Choose the cases.",
                    RETURN_CASES,
                )
            )

    def _assert_report_request(self):
        """Demand upheld complaints against the window in two months running (七.3).

        Under one unit: who takes a window over does not answer for who had it.
        """
        self._assert_party("window_id", window_id=self.window_id, unit_id=self.unit_id)
        months = {case._accepted_on().replace(day=1) for case in self.ticket_ids}
        running = months_running(months, max(months, default=None))
        if len(running) < max(len(months), REPORT_MONTHS):
            raise UserError(
                self.env._(
                    "A written report is asked for after upheld complaints in %s months running "
                    "(七.3). Choose the cases.",
                    REPORT_MONTHS,
                )
            )
        if not self.answer_by:
            raise UserError(self.env._("Say by when the report is asked for."))

    def _assert_party(self, name, **party):
        """Demand a party, and that every case has a finding that counts against it."""
        if not self[name]:
            label = self._fields[name]._description_string(self.env)
            raise UserError(self.env._("The letter lacks: %s.", label))
        for case in self.ticket_ids:
            if not case._counted_against(**party):
                raise UserError(
                    self.env._(
                        "No finding that counts stands in %(case)s against %(party)s.",
                        case=case.display_name,
                        party=self[name].display_name,
                    )
                )
