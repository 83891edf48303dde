"""What the form of intake offers of itself: what belongs to the window, and who calls.

The fields that hold it are computed by these functions, with the rights of who asks.
"""

from collections import Counter

from odoo import api

from ...tools.search_key import search_key

# Of the window's complaints, how many say what is usually complained of there.
COMPARED = 200
MATTERS = 20
CASES = 3


@api.depends("window_id", "is_complaint")
@api.depends_context("uid", "allowed_company_ids")
def compute_window_hints(tickets):
    """Compute whom and what one may choose at the window: its staff, its usual matters."""
    for ticket in tickets:
        window = ticket.window_id._origin
        ticket.window_hints = bool(window and ticket.is_complaint) and {
            "staff": [
                {"id": person.id, "label": person.display_name, "key": person.search_key}
                for person in window.with_user(tickets.env.uid).staff_ids
            ],
            "matters": [
                {"label": matter, "key": search_key([matter])} for matter in _usual_matters(window)
            ],
        }


def _usual_matters(window):
    tickets = window.env["helpdesk.ticket"].with_user(window.env.uid)
    recent = tickets.search_fetch(
        [("window_id", "=", window.id), ("is_complaint", "=", True)],
        ["service_item"],
        order="received_at desc",
        limit=COMPARED,
    )
    matters = Counter(filter(None, ((one.service_item or "").strip() for one in recent)))
    return [matter for matter, _count in matters.most_common(MATTERS)]


@api.depends("complainant_phone_key")
@api.depends_context("uid", "lang", "allowed_company_ids")
def compute_known_caller(tickets):
    """Compute who called by this number before, and about what, as far as one may read it."""
    others = tickets.env["helpdesk.ticket"].with_user(tickets.env.uid)
    states = dict(others._fields["complaint_state"]._description_selection(tickets.env))
    for ticket in tickets:
        key = ticket.complainant_phone_key
        domain = [
            ("is_complaint", "=", True),
            ("complainant_phone_key", "=", key),
            ("company_id", "=", (ticket.company_id or tickets.env.company).id),
            ("id", "!=", ticket._origin.id),
        ]
        earlier = key and others.search(domain, order="received_at desc, id desc")
        ticket.known_caller = bool(earlier) and _described(earlier, states)


def _described(earlier, states):
    named = earlier.filtered("partner_name")[:1]
    return {
        "name": named.partner_name or "",
        "gender": named.complainant_gender or False,
        "count": len(earlier),
        "cases": [
            {
                "id": case.id,
                "number": case.display_name,
                "date": str(case.received_on or ""),
                "state": states[case.complaint_state],
            }
            for case in earlier[:CASES]
        ],
    }
