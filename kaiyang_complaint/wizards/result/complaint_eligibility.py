from odoo import fields, models

from ...models.result.complaint_award_exclusion_mixin import TITLES

PARTIES = ("complaint.window.staff", "complaint.window")


class ComplaintEligibility(models.TransientModel):
    """Asks which title is to be awarded, and shows who may be given it (七.3, 七.4)."""

    _name = "complaint.eligibility"
    _description = "Award Eligibility"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    title = fields.Selection(TITLES, string="Title to Award", required=True, default="red_flag")
    day = fields.Date(
        string="Of the Month, or Year, of",
        required=True,
        default=lambda self: self.env.company._complaint_today(),
    )
    line_ids = fields.One2many("complaint.eligibility.line", "eligibility_id")

    def action_show(self):
        """Show all staff and windows of the centre with their verdicts, the barred ones first.

        :raise AccessError: for others than clerks, the manager and the leaders
        """
        self.ensure_one()
        self.line_ids.unlink()
        lines = [values for model in PARTIES for values in self._verdicts(self.env[model])]
        self.env["complaint.eligibility.line"].create(lines)
        titles = dict(self._fields["title"]._description_selection(self.env))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_eligibility_line_action"
        )
        name = f"{titles[self.title]} {self.day.strftime('%Y' if self._is_yearly() else '%Y-%m')}"
        return action | {
            "name": name,
            "display_name": name,
            "domain": [("eligibility_id", "=", self.id)],
        }

    def _is_yearly(self):
        return self.title == "excellent"

    def _verdicts(self, parties):
        """Return the values of the lines of all staff, or of all windows, of the centre."""
        if self.title not in parties._award_titles:
            return []
        parties = parties.search([("company_id", "=", self.company_id.id)])
        answers = parties.award_eligibility(self.title, self.day)
        return [
            {
                "eligibility_id": self.id,
                parties._bar_link: party.id,
                "unit_id": party.unit_id.id,
                "verdict": "eligible" if answer["eligible"] else "barred",
                "reasons": "\n".join(answer["reasons"]),
            }
            for party, answer in zip(parties, answers, strict=True)
        ]


class ComplaintEligibilityLine(models.TransientModel):
    """Whether one staff member, or one window, may be given the title, and why not."""

    _name = "complaint.eligibility.line"
    _description = "Eligibility of One"
    _order = "verdict, id"

    eligibility_id = fields.Many2one(
        "complaint.eligibility", required=True, index=True, ondelete="cascade"
    )
    staff_id = fields.Many2one("complaint.window.staff", string="Staff Member", readonly=True)
    window_id = fields.Many2one("complaint.window", readonly=True)
    unit_id = fields.Many2one("complaint.window.unit", readonly=True)
    verdict = fields.Selection(
        [("barred", "Barred"), ("eligible", "Eligible")], required=True, readonly=True
    )
    reasons = fields.Text(readonly=True)
