import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every
from psycopg2.errors import UniqueViolation

BATCH = 50

_logger = logging.getLogger(__name__)


class ComplaintCommonIssueFinder(models.AbstractModel):
    """Finds by itself what many complain of, proposes it, and notices when it is back (五(三))."""

    _name = "complaint.common.issue.finder"
    _description = "Finder of Common Issues"
    _inherit = ["complaint.common.issue.words"]

    @api.model
    def _cron_find(self):
        """Propose or update the issue of whatever is frequent, in every centre.

        It may run at any time and as often as one likes: complaints are added once. It goes on
        where a break left it, for what is done needs nothing more.
        """
        rooms = self.env["helpdesk.ticket.team"].sudo().search([("is_complaint_room", "=", True)])
        centres = rooms.company_id
        frequent = [(one, item) for one in centres for item in self._groups(one).items()]
        alike = [(one, tickets) for one in centres for tickets in self._alike(one)]
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(frequent) + len(alike))
        for take_in, found in ((self._take_in, frequent), (self._take_in_alike, alike)):
            for batch in split_every(BATCH, found, list):
                self._attempt(take_in, batch)
                if not progress(len(batch)):
                    return

    def _attempt(self, take_in, batch):
        """Take in a batch within a savepoint; a hand that was faster wins, the next run goes on."""
        try:
            with self.env.cr.savepoint():
                take_in(batch)
        except UniqueViolation:
            _logger.info("A common issue was proposed by hand meanwhile; the next run goes on")

    @api.model
    def _groups(self, company):
        """Return what is frequent in a centre: (source, conduct item, unit) -> its complaints.

        Another source by item and unit adds its own here; the rest is the same for all.
        """
        tickets = self.env["helpdesk.ticket"].sudo()
        rows = tickets._read_group(
            self._counted(company),
            ["conduct_ids", "window_unit_id"],
            ["id:recordset"],
            having=[("__count", ">=", company.complaint_issue_count)],
        )
        return {("conduct", item, unit): found for item, unit, found in rows}

    def _counted(self, company):
        """Return the domain of the complaints that are counted by item and unit."""
        known = Domain("window_unit_id", "!=", False) & Domain("conduct_ids", "!=", False)
        return self._looked_through(company) & known

    def _looked_through(self, company):
        """Return the domain of the complaints among which issues are looked for."""
        since = fields.Datetime.now() - timedelta(days=company.complaint_issue_days)
        return Domain(
            [
                ("is_complaint", "=", True),
                ("company_id", "=", company.id),
                ("complaint_state", "not in", ("draft", "invalid")),
                ("is_restricted", "=", False),
                ("received_at", ">=", since),
            ]
        )

    def _take_in(self, batch):
        """Add complaints to the issue that is open, reopen what is back, propose what is new."""
        known = self._known(batch)
        proposed = []
        for company, ((source, item, unit), tickets) in batch:
            issue = known.get((company, item, unit), self.browse())
            new = issue._not_seen(tickets)
            enough = len(new) >= company.complaint_issue_count
            if issue and not issue._is_closed():
                issue._add(new)
            elif enough and issue.state == "published":
                issue._come_back(new)
            elif enough:
                proposed.append(self._proposal(company, source, item, unit, new))
        self.sudo()._guarded().create(proposed)

    def _not_seen(self, tickets):
        """Return the complaints that came after this issue was closed, if it ever was."""
        closed_at = self.closed_at
        return tickets.filtered(lambda one: not closed_at or one.received_at > closed_at)

    def _known(self, batch):
        """Return the issue of each kind in a batch: the open one, or the one closed last."""
        keys = [(company, item, unit) for company, ((_source, item, unit), _tickets) in batch]
        issues = self.sudo().search(
            [
                ("company_id", "in", [company.id for company, _item, _unit in keys]),
                ("conduct_id", "in", [item.id for _company, item, _unit in keys]),
                ("unit_id", "in", [unit.id for _company, _item, unit in keys]),
            ]
        )
        issues = issues.sorted(lambda one: (not one._is_closed(), one.closed_at or one.create_date))
        return {(issue.company_id, issue.conduct_id, issue.unit_id): issue for issue in issues}

    def _proposal(self, company, source, item, unit, tickets):
        return {
            "company_id": company.id,
            "source": source,
            "conduct_id": item.id,
            "unit_id": unit.id,
            "ticket_ids": tickets.ids,
        }

    def _add(self, tickets):
        """Add the complaints that an open issue has not."""
        new = tickets - self.ticket_ids
        if new:
            self._guarded_write({"ticket_ids": [fields.Command.link(one.id) for one in new]})

    def _come_back(self, tickets):
        """Study a published issue again: enough have complained since."""
        self._add(tickets)
        self._guarded_write({"state": "studying", "recurrence_count": self.recurrence_count + 1})
        self._give_to_do()
        self._message_log(
            body=self.env._("Back after its publication: %s complaints since.", len(tickets))
        )
