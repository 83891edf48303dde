from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.clusters import clusters
from ..tools.masking import exposed
from .complaint_repeats import WORTH_COMPARING

# Every complaint is compared with every other: no more of a centre are, the latest first.
MOST_COMPARED = 5000
THRESHOLD = "pg_trgm.similarity_threshold"


class ComplaintCommonIssueWords(models.AbstractModel):
    """Finds what many complain of in similar words, under whichever item, of whichever unit."""

    _name = "complaint.common.issue.words"
    _description = "Finder of Common Issues by Words"

    @api.model
    def _alike(self, company):
        """Return the groups of a centre's complaints in similar words that enough people wrote."""
        if not self.env.registry.has_trigram:
            return []
        groups = clusters(self._pairs(company))
        tickets = self.env["helpdesk.ticket"].sudo()
        known = tickets.browse([ticket_id for group in groups for ticket_id in group])
        known.fetch(["complainant_phone_key", "received_at", "window_unit_id", "service_item"])
        found = [known.browse(group) for group in groups]
        return [group for group in found if self._are_enough(group)]

    def _pairs(self, company):
        """Return the pairs of ids of complaints in similar words, from one look at all of them.

        They are copied first: the index of all complaints ever would be asked for each of them.
        """
        tickets = self.env["helpdesk.ticket"].sudo()
        worth = self._looked_through(company) & self._worth_comparing()
        query = tickets._search(worth, order="received_at DESC", limit=MOST_COMPARED)
        if query.is_empty():
            return []
        self._copy_texts(query, tickets._field_to_sql(tickets._table, "reason_text", query))
        share = str(company.complaint_issue_similar_percent / 100)
        self.env.cr.execute(SQL("SELECT set_config(%s, %s, true)", THRESHOLD, share))
        pairs = self.env.execute_query(
            SQL(
                """SELECT one.id, other.id
                     FROM complaint_compared AS one
                     JOIN complaint_compared AS other
                       ON one.words %% other.words AND one.id < other.id"""
            )
        )
        self.env.cr.execute(SQL("DROP TABLE complaint_compared"))
        return pairs

    def _copy_texts(self, query, words):
        """Copy the texts of a query into a table of this transaction, with an index of its own."""
        texts = query.select(SQL.identifier(query.table, "id"), SQL("%s AS words", words))
        for statement in (
            SQL("CREATE TEMPORARY TABLE complaint_compared ON COMMIT DROP AS %s", texts),
            SQL("CREATE INDEX ON complaint_compared USING gin (words gin_trgm_ops)"),
            SQL("ANALYZE complaint_compared"),
        ):
            self.env.cr.execute(statement)

    def _worth_comparing(self):
        """Return the domain of the complaints whose words tell something."""
        return Domain("reason_text", "=like", f"{'_' * WORTH_COMPARING}%")

    def _are_enough(self, tickets):
        """Tell whether enough people complain: who writes five times is one of them."""
        people = {one.complainant_phone_key or one.id for one in tickets}
        return len(people) >= tickets.company_id.complaint_issue_similar_count

    # --- taking in ----------------------------------------------------------------------------

    def _take_in_alike(self, batch):
        """Add groups to the issue that knows them, reopen what is back, propose what is new.

        What belongs to an issue already, of whatever kind, makes no other one.
        """
        issues = self._that_know(batch)
        taken = issues.ticket_ids
        proposed = []
        for company, tickets in batch:
            issue = issues._knowing(tickets)
            new = issue._not_seen(tickets - taken)
            if issue and not issue._is_closed():
                issue._add(new)
            elif new and self._are_enough(new) and issue.state == "published":
                issue._come_back(new)
            elif new and self._are_enough(new):
                proposed.append(self._proposal_alike(company, new))
        self.sudo()._guarded().create(proposed)

    def _that_know(self, batch):
        """Return all issues with any complaint of a batch."""
        tickets = [ticket_id for _company, group in batch for ticket_id in group.ids]
        return self.sudo().search([("ticket_ids", "in", tickets)])

    def _knowing(self, tickets):
        """Return the issue found by words that has some complaints: the open one, or the last."""
        mine = self.filtered(lambda one: one.source == "words" and one.ticket_ids & tickets)
        return mine.sorted(lambda one: (not one._is_closed(), one.closed_at or one.create_date))[
            -1:
        ]

    def _proposal_alike(self, company, tickets):
        units = tickets.window_unit_id
        unit = (
            units if len(units) == 1 and all(one.window_unit_id for one in tickets) else units[:0]
        )
        return {
            "name": "：".join(filter(None, (unit.name, self._matter_of(tickets)))),
            "company_id": company.id,
            "source": "words",
            "unit_id": unit.id,
            "ticket_ids": tickets.ids,
        }

    def _matter_of(self, tickets):
        """Return in a few words what most of the complaints are about; it names nobody."""
        known = tickets._known_identifiers()
        matters = tickets.filtered("service_item").mapped("service_item")
        items = [item.name for ticket in tickets for item in ticket.conduct_ids]
        harmless = [one for one in matters if not exposed(one, known)]
        for said in (harmless, items):
            for words, count in Counter(said).most_common(1):
                if count * 2 > len(tickets):
                    return words
        return self.env._("Similar complaints")
