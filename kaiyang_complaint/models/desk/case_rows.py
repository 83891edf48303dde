"""Complaints as short rows: what the page of the day, and the search, show of them."""

from datetime import timedelta

from odoo import fields
from odoo.tools import format_datetime

from ...tools import flow, flow_chart
from .helpdesk_ticket import Progress

# What a row is made of, fetched at once for all of them.
SHOWN = (
    "number",
    "name",
    "external_ref",
    "window_id",
    "window_unit_id",
    "complaint_state",
    "due_at",
    "accept_by",
    "user_id",
    "is_restricted",
)
OPEN = ("draft", *sorted(flow.RUNNING))
# The nearest limit first; what has none comes last.
NEAREST = "due_at, accept_by, id"
GROUPS = ("overdue", "today", "tomorrow", "later", "none")


class CaseRows:
    """Complaints as rows for a person who may read them.

    :param env: of that person; their language is that of the rows
    """

    def __init__(self, env):
        self.tickets = env["helpdesk.ticket"]
        self.env = env
        states = self.tickets._fields["complaint_state"]._description_selection(env)
        self.states = dict(states)

    def open_ones(self, domain, limit):
        """Return the open complaints of a domain by their nearest limit, and how many there are.

        :return: ``{"count": number, "rows": [row]}``; no more rows than the limit
        """
        domain = [("is_complaint", "=", True), ("complaint_state", "in", OPEN), *domain]
        tickets = self.tickets.search_fetch(domain, SHOWN, order=NEAREST, limit=limit)
        count = len(tickets)
        if count == limit:
            count = self.tickets.search_count(domain)
        rows = [self.row(ticket) for ticket in tickets]
        # Drafts have a limit of another kind: they stand among the others by its day.
        rows.sort(key=lambda row: (GROUPS.index(row["group"]), row["due_at"] or ""))
        return {"count": count, "rows": rows}

    def found(self, domain, limit):
        """Return complaints of any state, the latest first, and whether there are more.

        :return: ``{"rows": [row], "more": bool}``
        """
        domain = [("is_complaint", "=", True), *domain]
        tickets = self.tickets.search_fetch(domain, SHOWN, order="id desc", limit=limit + 1)
        return {
            "rows": [self.row(ticket) for ticket in tickets[:limit]],
            "more": len(tickets) > limit,
        }

    def row(self, ticket):
        """Return one complaint: how it is known, where it stands, what comes next and by when."""
        is_draft = ticket.complaint_state == "draft"
        due = (ticket.accept_by if is_draft else ticket.due_at) or False
        is_open = ticket.complaint_state in OPEN
        step, people = self._acting(ticket) if is_open else ("", [])
        return {
            "id": ticket.id,
            "number": self._number(ticket),
            "matter": ticket.name or "",
            "place": ticket.window_id.display_name or ticket.window_unit_id.display_name or "",
            "state": self.states.get(ticket.complaint_state, ""),
            "step": step,
            "acting": "、".join(people),
            "is_mine": self.env.user.name in people,
            "group": self._group(ticket, due) if is_open else "none",
            "due": self._told(ticket, due) if is_open else "",
            "due_at": fields.Datetime.to_string(due) if due else "",
            "clerk": ticket.user_id.name or "",
            "is_restricted": ticket.is_restricted,
        }

    def _acting(self, ticket):
        """Return what is being done now, as the chart calls it, and by whom."""
        # As the chart itself: whom it names, whoever reads the complaint may know.
        progress = Progress(ticket.sudo())
        nodes = flow_chart.acting(flow_chart.path(progress.facts()))
        labels = progress.step_labels()
        steps = dict.fromkeys(labels[node.key] for node in nodes)
        people = dict.fromkeys(filter(None, map(progress.who_acts, nodes)))
        return "、".join(steps), list(people)

    def _number(self, ticket):
        if ticket.number and ticket.number != "/":
            return ticket.number
        return ticket.external_ref or self.env._("Draft")

    def _group(self, ticket, due):
        """Return into which group of days a limit falls, by the wall of the centre."""
        if not due:
            return "none"
        company = ticket.company_id
        day, today = company._complaint_local(due).date(), company._complaint_today()
        if due < fields.Datetime.now():
            return "overdue"
        if day == today:
            return "today"
        return "tomorrow" if day == today + timedelta(days=1) else "later"

    def _told(self, ticket, due):
        if not due:
            return ""
        zone = ticket.company_id.complaint_tz
        if self._group(ticket, due) == "today":
            return self.env._(
                "Today %s", format_datetime(self.env, due, tz=zone, dt_format="HH:mm")
            )
        return format_datetime(self.env, due, tz=zone, dt_format="MM-dd EEE HH:mm")
