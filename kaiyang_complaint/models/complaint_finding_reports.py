from odoo import models
from odoo.fields import Domain

from ..tools.written_reports import months_around, pairs_of

OVER = ("refused", "withdrawn")


class ComplaintFindingReports(models.AbstractModel):
    """Two months running: what findings against a window ask of its chief representative (七.3).

    A unit answers for the months in which it had the window, not for those of its predecessor.
    What is restricted never goes to the unit: it asks for no report.
    """

    _name = "complaint.finding.reports"
    _description = "Written Reports that Findings Ask For"

    # --- asking ---------------------------------------------------------------------------------

    def _ask_reports(self):
        """Have a report asked for of each pair of months in which a window was at fault, once."""
        mine = self.sudo()._asking()
        if not mine:
            return
        mine.window_id._one_at_a_time()
        groups = mine._of_months_around().grouped(lambda one: one._month_key())
        pairs = {pair for one in mine for pair in one._pairs() if groups.keys() >= {*pair}}
        known = {report._pair(): report for report in self._reports_on(pairs)}
        wanted = {pair: groups[pair[0]] | groups[pair[1]] for pair in pairs}
        for pair in known.keys() & wanted.keys():
            known[pair]._join(wanted[pair])
        self.env["complaint.written.report"]._found(
            {pair: found for pair, found in wanted.items() if pair not in known}
        )

    def _asking(self):
        """Return the findings that count for a report."""
        return self.filtered(
            lambda one: (
                one.is_counted
                and one.window_id
                and one.unit_id
                and one.accepted_month
                and not one.ticket_id.is_restricted
            )
        )

    def _month_key(self):
        return self.window_id, self.unit_id, self.accepted_month

    def _pairs(self):
        """Return the two pairs of months running that the month of a finding may belong to."""
        window, unit, month = self._month_key()
        return [
            ((window, unit, first), (window, unit, second)) for first, second in pairs_of(month)
        ]

    def _of_months_around(self):
        """Return all that counts against the windows in the months of the findings and beside."""
        found = self.search(
            Domain("is_counted", "=", True)
            & Domain("window_id", "in", self.window_id.ids)
            & Domain("unit_id", "in", self.unit_id.ids)
            & Domain("accepted_month", "in", months_around(self.mapped("accepted_month")))
        )
        return found._asking()

    def _reports_on(self, pairs):
        """Return the reports on windows and months that were asked for, or refused by a leader."""
        reports = self.env["complaint.written.report"].sudo()
        return reports.search(
            Domain("window_id", "in", [second[0].id for _first, second in pairs])
            & Domain("second_month", "in", [second[2] for _first, second in pairs])
            & Domain("state", "!=", "withdrawn")
        )

    # --- withdrawing ----------------------------------------------------------------------------

    def _withdraw_reports(self, reason=None):
        """Ask no longer for reports that rest on those findings which ask for none any more.

        What the representative has submitted by then stays on record, with a note.

        :param reason: what the representative is told
        """
        gone = self.sudo() - self.sudo()._asking()
        reports = self.env["complaint.written.report"].sudo()
        reports = reports.search([("finding_ids", "in", gone.ids), ("state", "not in", OVER)])
        reason = reason or self.env._("A finding that it rests on was overturned.")
        for report in reports:
            holds = report._still_holds()
            if holds and report.state == "draft":
                report._redraft()
            elif not holds and report.state in ("draft", "asked", "returned"):
                report._withdraw(reason)
            else:
                report._message_log(body=reason)

    def _narrow(self):
        """Take back what is asked of units about complaints that were restricted (七.5)."""
        self._withdraw_reports(self.env._("Recalled by the complaint room."))
