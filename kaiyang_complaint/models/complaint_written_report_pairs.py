from odoo import Command, models
from odoo.fields import Domain


class ComplaintWrittenReportPairs(models.AbstractModel):
    """A written report and the two months that it is about (七.3)."""

    _name = "complaint.written.report.pairs"
    _description = "Months of a Written Report"

    def _found(self, wanted):
        """Have reports asked for: their letters are drawn up.

        :param dict wanted: the two months, each with window and unit, and their findings
        """
        values = [self._values_of(pair, findings) for pair, findings in wanted.items()]
        reports = self.sudo().browse(self.sudo()._guarded().create(values).ids)
        for report in reports:
            report._guarded_write({"representative_id": report._in_office()[:1].id})
        reports._draft_letters()

    def _values_of(self, pair, findings):
        (window, unit, first), (_window, _unit, second) = pair
        return {
            "company_id": window.company_id.id,
            "window_id": window.id,
            "unit_id": unit.id,
            "first_month": first,
            "second_month": second,
            "finding_ids": [Command.set(findings.ids)],
        }

    def _pair(self):
        window, unit = self.window_id, self.unit_id
        return (window, unit, self.first_month), (window, unit, self.second_month)

    def _join(self, findings):
        """Add findings of the same months, as long as the letter says nothing yet."""
        new = findings - self.finding_ids
        letter = self.letter_id
        if new and self.state == "draft" and letter.state == "draft":
            self._guarded_write({"finding_ids": [Command.link(one.id) for one in new]})
            letter.ticket_ids |= new.ticket_id
            letter.action_compose()

    def _still_holds(self):
        """Tell whether something counts against the window in both months as before."""
        found = (
            self.env["complaint.finding"]
            .sudo()
            .search(
                Domain("is_counted", "=", True)
                & Domain("window_id", "=", self.window_id.id)
                & Domain("unit_id", "=", self.unit_id.id)
                & Domain("accepted_month", "in", [self.first_month, self.second_month])
            )
        )
        return len(set(found._asking().mapped("accepted_month"))) > 1
