from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import flow
from .same_matter import SameMatter

# Of each kind no more are looked at, and of all no more are listed.
MOST = 50
LISTED = 30
MOST_SIMILAR = 10
# A few words resemble everything.
WORTH_COMPARING = 8
ORDER = ("linked", "words", "phone", "staff", "window")


class SimilarComplaints:
    """Finds the earlier complaints that one may repeat, as the user may read them.

    :param ticket: the complaint, of which a form may not have saved everything yet
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env
        self.company = ticket.company_id or self.env.company
        # The user's own rights, whoever computes.
        self.tickets = self.env["helpdesk.ticket"].with_user(self.env.uid)

    # --- search -----------------------------------------------------------------------------------

    def find(self):
        """Return what is found by each sign of repetition: its name -> {complaint: similarity}."""
        recent = self.earlier() & Domain("received_at", ">=", self.since())
        found = {
            sign: dict.fromkeys(
                self.tickets.search(recent & domain, order="received_at desc", limit=MOST), 0
            )
            for sign, domain in self.signs().items()
        }
        return {"linked": self.linked(), **found, "words": self.find_by_words()}

    def find_linked(self):
        """Return what the complaint is linked with, in the form of ``find``; compare no text."""
        return {"linked": self.linked(), "words": {}}

    def linked(self):
        """Return the complaints about the same matter, each with no similarity."""
        same = self.tickets.browse(SameMatter(self.ticket).others().ids)._filtered_access("read")
        return dict.fromkeys(same, 0)

    def earlier(self):
        """Return the domain of the complaints before this one, in its centre."""
        domain = Domain(
            [
                ("is_complaint", "=", True),
                ("company_id", "=", self.company.id),
                ("complaint_state", "!=", "invalid"),
            ]
        )
        # By the id, not the time: of two complaints only the later one repeats.
        saved = self.ticket._origin
        return domain & Domain("id", "<", saved.id) if saved else domain

    def since(self):
        """Return from when on an earlier complaint counts as a repetition."""
        days = timedelta(days=self.company.complaint_repeat_days)
        return (self.ticket.received_at or fields.Datetime.now()) - days

    def signs(self):
        """Return the domain of each sign of repetition that this complaint has."""
        ticket = self.ticket
        staff = ticket.respondent_ids.staff_id._origin
        signs = {}
        if ticket.complainant_phone_key:
            signs["phone"] = Domain("complainant_phone_key", "=", ticket.complainant_phone_key)
        if staff:
            person = Domain("staff_id", "in", staff.ids)
            person &= Domain("received_at", ">=", self.since())
            signs["staff"] = Domain("respondent_ids", "any!", person)
        if ticket.window_id:
            signs["window"] = Domain("window_id", "=", ticket.window_id._origin.id)
        return signs

    def find_by_words(self):
        """Return the complaints in nearly the same words, each with its similarity (0 to 1).

        The rights of the user are part of the query: nothing readable is crowded out.
        """
        words = self.ticket.reason_text or ""
        if len(words) < WORTH_COMPARING or not self.env.registry.has_trigram:
            return {}
        query = self.tickets._search(self.earlier() & self.in_similar_words())
        if query.is_empty():
            return {}
        column = self.tickets._field_to_sql(self.tickets._table, "reason_text", query)
        similarity = SQL("similarity(%s, %s)", column, words)
        # The order needs the similarity, which is no field; so the query of the ORM is completed
        # here.
        query.order, query.limit = SQL("%s DESC", similarity), MOST_SIMILAR
        key = SQL.identifier(self.tickets._table, "id")
        rows = self.env.execute_query(query.select(key, similarity))
        return {self.tickets.browse(ticket_id): share for ticket_id, share in rows}

    def in_similar_words(self):
        """Return the domain of the complaints in similar words; the trigram index answers it."""
        name, share = "pg_trgm.similarity_threshold", self.company.complaint_similar_percent / 100
        self.env.cr.execute(SQL("SELECT set_config(%s, %s, true)", name, str(share)))
        words = self.ticket.reason_text

        def resembles(model, alias, query):
            return SQL("%s %% %s", model._field_to_sql(alias, "reason_text", query), words)

        return Domain.custom(to_sql=resembles)

    # --- display ----------------------------------------------------------------------------------

    def summary(self, found):
        """Return one line that counts the complaints before this one."""
        parts = {
            "phone": self.env._("%(count)s by this complainant"),
            "staff": self.env._("%(count)s about this staff member"),
            "window": self.env._("%(count)s about this window"),
        }
        counts = {
            sign: f"{len(tickets)}{'+' if len(tickets) == MOST else ''}"
            for sign, tickets in found.items()
            if tickets
        }
        recent = [text % {"count": counts[sign]} for sign, text in parts.items() if sign in counts]
        summary = []
        if recent:
            days, listed = self.company.complaint_repeat_days, "、".join(recent)
            summary.append(self.env._("In %(days)s days: %(parts)s", days=days, parts=listed))
        if counts.get("words"):
            summary.append(self.env._("similar text: %s", counts["words"]))
        return " · ".join(summary)

    def rows(self, found):
        """Return the rows of the list by relevance, linked ones first."""
        tickets = {ticket: None for sign in ORDER for ticket in found.get(sign, ())}
        listed = self.tickets.union(*list(tickets)[:LISTED]) if tickets else ()
        states = dict(self.ticket._fields["complaint_state"]._description_selection(self.env))
        labels = self.sign_labels()
        return [self._row(other, found, states, labels) for other in listed]

    def _row(self, other, found, states, labels):
        received_at = other.received_at or other.create_date
        return {
            "id": other.id,
            "number": other.display_name,
            "date": str(other.company_id._complaint_local(received_at).date()),
            "window": other.window_id.display_name or "",
            "state": other.complaint_state,
            "state_label": states[other.complaint_state],
            "similarity": round(100 * found["words"].get(other, 0)),
            "signs": [labels[sign] for sign in found if other in found[sign]],
            "linked": other in found["linked"],
            "linkable": self._may_link(other),
        }

    def _may_link(self, other):
        ended = self.ticket.complaint_state in flow.ENDS
        return not (ended or self.ticket.is_restricted or other.is_restricted)

    def sign_labels(self):
        """Return the name of each sign of repetition."""
        return {
            "linked": self.env._("Same matter"),
            "phone": self.env._("Same complainant"),
            "staff": self.env._("Same staff member"),
            "window": self.env._("Same window"),
            "words": self.env._("Similar text"),
        }
