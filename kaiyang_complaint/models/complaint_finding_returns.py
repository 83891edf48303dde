from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..tools.years import in_one_year

RETURN_CASES = 3
RETURN = "kaiyang_complaint.activity_return"
# States of a letter of return that can be made over.
OPEN = ("draft",)


class ComplaintFindingReturns(models.AbstractModel):
    """Three upheld complaints in a year return a person to their unit (七.3)."""

    _name = "complaint.finding.returns"
    _description = "Returns by Findings"

    def _draft_returns(self):
        """Draft the letter of return of whoever was found at fault three times in a year (七.3).

        Once a person and year: a letter that is being prepared takes the further case up. The
        main leader consents to it as to every letter of its kind; the manager gets a to-do.
        """
        due = self._returns_due(self)
        letters = self._letters_of_return(self.staff_id)
        made = []
        for staff, cases in due:
            theirs = letters.filtered(
                lambda one, staff=staff, cases=cases: (
                    one.staff_id == staff and one.ticket_ids & cases
                )
            )
            theirs.filtered(lambda one: one.state in OPEN)._guarded_write(
                {"ticket_ids": [(6, 0, cases.ids)]}
            )
            made += [] if theirs else [self._return_values(staff, cases)]
        self._announce_returns(self.env["complaint.letter"].sudo().create(made))

    def _announce_returns(self, letters):
        text = self.env._(
            "Three complaints of one year were upheld: this letter returns the staff member to "
            "their unit. Check it and put it before the main leader (七.3)."
        )
        self._give_to_do(RETURN, {one: self._managers(one) for one in letters}, text)

    def _returns_due(self, fresh):
        """Return the people whom findings return, each with the cases of a year.

        :param fresh: the findings of which one has to be among them
        :return: pairs of a staff member and their cases
        """
        domain = Domain("staff_id", "in", self.staff_id.ids) & Domain("liable", "=", "staff")
        counted = self.sudo().search(domain & Domain("is_counted", "=", True), order="accepted_at")
        due = []
        for staff, findings in counted.grouped("staff_id").items():
            cases = {case: case._accepted_on() for case in findings.ticket_id}
            touched = set((fresh & findings).ticket_id)
            years = in_one_year(cases, staff.company_id.complaint_rolling_year)
            best = max((year for year in years if touched & set(year)), key=len, default=[])
            if len(best) >= RETURN_CASES:
                due.append((staff, self.env["helpdesk.ticket"].sudo().union(*best)))
        return due

    def _letters_of_return(self, staff):
        return (
            self.env["complaint.letter"]
            .sudo()
            .search([("kind", "=", "return"), ("staff_id", "in", staff.ids)])
        )

    def _return_values(self, staff, cases):
        """Return the values of a letter of return; its dossier is that of the last open case."""
        kept = cases.filtered(lambda case: case.complaint_state != "archived")
        return {
            "kind": "return",
            "staff_id": staff.id,
            "ticket_id": kept[-1:].id,
            "ticket_ids": [(6, 0, cases.ids)],
        }

    def _withdraw_returns(self):
        """Take back what overturned findings no longer carry (七.3).

        A draft loses the case, and goes with the third; what was put before the leader, or left
        already, is for the manager to see to.
        """
        overturned = defaultdict(self.env["helpdesk.ticket"].browse)
        for finding in self._overturned().filtered(lambda one: one.liable == "staff"):
            overturned[finding.staff_id] |= finding.ticket_id
        letters = self._letters_of_return(self.staff_id).filtered(
            lambda one: one.ticket_ids & overturned[one.staff_id] and one.state != "cancelled"
        )
        drafts = letters.filtered(lambda one: one.state in OPEN)
        for letter in drafts:
            cases = letter.ticket_ids - overturned[letter.staff_id]
            letter._guarded_write(
                {"ticket_ids": [(6, 0, cases.ids)], "ticket_id": (letter.ticket_id & cases).id}
            )
        drafts.filtered(lambda one: len(one.ticket_ids) < RETURN_CASES).unlink()
        left = (letters - drafts).filtered(lambda one: one.state != "refused")
        if left:
            text = self.env._("A finding that this letter rests on was overturned.")
            self._give_to_do(RETURN, {one: self._managers(one) for one in left}, text)
