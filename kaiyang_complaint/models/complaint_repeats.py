import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ..tools import flow
from ..tools.wording import comparable, phone_key
from .complaint_parties import STAFF_ONLY

# Of each kind no more are looked at, and of all no more are listed.
MOST = 50
LISTED = 30
MOST_SIMILAR = 10
# A few words resemble everything.
WORTH_COMPARING = 8

_logger = logging.getLogger(__name__)


class ComplaintRepeats(models.AbstractModel):
    """What was complained of before: the same window or person, or nearly the same words.

    Nothing is found that the user may not read, and nothing of it is counted.
    """

    _name = "complaint.repeats"
    _description = "Repeated Complaints"
    _inherit = ["complaint.duplicates"]

    reason_text = fields.Text(
        string="Words Compared",
        compute="_compute_reason_text",
        store=True,
        groups=STAFF_ONLY,
        help="Matter and reason without punctuation, for the search of similar complaints.",
    )
    complainant_phone_key = fields.Char(
        string="Digits of the Telephone",
        compute="_compute_complainant_phone_key",
        store=True,
        groups=STAFF_ONLY,
    )
    repeats = fields.Json(
        string="Earlier Complaints",
        compute="_compute_repeats",
        groups=STAFF_ONLY,
        help="Earlier complaints that this one may repeat, each with what speaks for it.",
    )
    repeats_summary = fields.Char(compute="_compute_repeats", groups=STAFF_ONLY)

    common_issue_ids = fields.Many2many(
        "complaint.common.issue",
        "complaint_common_issue_rel",
        "ticket_id",
        "issue_id",
        string="Common Issues",
        copy=False,
        groups="kaiyang_complaint.group_complaint_clerk,kaiyang_complaint.group_complaint_leader,"
        "kaiyang_complaint.group_complaint_director",
    )

    _reason_text_trigrams = models.Index(
        lambda registry: "USING gin (reason_text gin_trgm_ops)" if registry.has_trigram else ""
    )
    _by_window = models.Index("(window_id, received_at) WHERE window_id IS NOT NULL")
    _by_complainant = models.Index(
        "(complainant_phone_key, received_at) WHERE complainant_phone_key IS NOT NULL"
    )

    def init(self):
        """Say once, when installed, where similar texts can't be looked for."""
        if not self._abstract and not self.env.registry.has_trigram:
            _logger.warning(
                "PostgreSQL lacks the extension pg_trgm: complaints in similar words are not "
                "looked for. Create it in this database and update the module."
            )
        return super().init()

    @api.depends("is_complaint", "service_item", "description")
    def _compute_reason_text(self):
        complaints = self.filtered("is_complaint")
        (self - complaints).reason_text = False
        for ticket in complaints:
            reason = html2plaintext(ticket.description or "", include_references=False)
            ticket.reason_text = comparable(ticket.service_item, reason) or False

    @api.depends("is_complaint", "complainant_phone")
    def _compute_complainant_phone_key(self):
        for ticket in self:
            key = phone_key(ticket.complainant_phone) if ticket.is_complaint else ""
            ticket.complainant_phone_key = key or False

    @api.depends(
        "reason_text",
        "complainant_phone_key",
        "window_id",
        "respondent_ids.staff_id",
        "duplicate_id",
        "duplicate_ids",
        "complaint_state",
        "received_at",
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_repeats(self):
        for ticket in self:
            found = ticket._find_repeats() if ticket.is_complaint else {}
            ticket.repeats_summary = ticket._summary_of(found)
            ticket.repeats = ticket._rows_of(found) or False

    # --- finding ----------------------------------------------------------------------------

    def _find_repeats(self):
        """Return what is found by each sign of repetition: its name -> {complaint: similarity}."""
        tickets = self._readable_tickets()
        others = self._others()
        recent = others & Domain("received_at", ">=", self._repeats_since())
        found = {
            sign: dict.fromkeys(
                tickets.search(recent & domain, order="received_at desc", limit=MOST), 0
            )
            for sign, domain in self._signs().items()
        }
        found["words"] = self._find_similar(tickets, others)
        linked = tickets.browse(self._same_matter().ids)._filtered_access("read")
        return {"linked": dict.fromkeys(linked, 0), **found}

    def _readable_tickets(self):
        """Return the tickets with the user's own rights, whoever computes."""
        return self.env["helpdesk.ticket"].with_user(self.env.uid)

    def _others(self):
        """Return the domain of the complaints before this one, in its centre."""
        domain = Domain(
            [
                ("is_complaint", "=", True),
                ("company_id", "=", (self.company_id or self.env.company).id),
                ("complaint_state", "!=", "invalid"),
            ]
        )
        return domain & Domain("id", "<", self._origin.id) if self._origin else domain

    def _repeats_since(self):
        days = (self.company_id or self.env.company).complaint_repeat_days
        return (self.received_at or fields.Datetime.now()) - timedelta(days=days)

    def _signs(self):
        """Return the domain of each sign of repetition that this complaint has."""
        staff = self.respondent_ids.staff_id._origin
        signs = {}
        if self.complainant_phone_key:
            signs["phone"] = Domain("complainant_phone_key", "=", self.complainant_phone_key)
        if staff:
            person = Domain("staff_id", "in", staff.ids)
            person &= Domain("received_at", ">=", self._repeats_since())
            signs["staff"] = Domain("respondent_ids", "any!", person)
        if self.window_id:
            signs["window"] = Domain("window_id", "=", self.window_id._origin.id)
        return signs

    def _find_similar(self, tickets, others):
        """Return the complaints in nearly the same words, each with its similarity (0 to 1).

        The rights of the user are part of the query: nothing readable is crowded out.
        """
        words = self.reason_text or ""
        if len(words) < WORTH_COMPARING or not self.env.registry.has_trigram:
            return {}
        query = tickets._search(others & self._in_similar_words())
        if query.is_empty():
            return {}
        column = tickets._field_to_sql(tickets._table, "reason_text", query)
        similarity = SQL("similarity(%s, %s)", column, words)
        query.order, query.limit = SQL("%s DESC", similarity), MOST_SIMILAR
        key = SQL.identifier(tickets._table, "id")
        rows = self.env.execute_query(query.select(key, similarity))
        return {tickets.browse(ticket_id): share for ticket_id, share in rows}

    def _in_similar_words(self):
        """Return the domain of the complaints in similar words; the trigram index answers it."""
        percent = (self.company_id or self.env.company).complaint_similar_percent
        name, share = "pg_trgm.similarity_threshold", str(percent / 100)
        self.env.cr.execute(SQL("SELECT set_config(%s, %s, true)", name, share))
        words = self.reason_text

        def resembles(model, alias, query):
            return SQL("%s %% %s", model._field_to_sql(alias, "reason_text", query), words)

        return Domain.custom(to_sql=resembles)

    # --- showing ----------------------------------------------------------------------------

    def _summary_of(self, found):
        """Put into a line how many complaints came before this one."""
        days = (self.company_id or self.env.company).complaint_repeat_days
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
        summary = [self.env._("In %(days)s days: %(parts)s", days=days, parts="、".join(recent))]
        summary = summary if recent else []
        if counts.get("words"):
            summary.append(self.env._("in similar words: %s", counts["words"]))
        return " · ".join(summary)

    def _rows_of(self, found):
        """Return the rows of the list, the most telling first: what is linked comes on top."""
        order = ("linked", "words", "phone", "staff", "window")
        tickets = {ticket: None for sign in order for ticket in found.get(sign, ())}
        listed = self._readable_tickets().union(*list(tickets)[:LISTED]) if tickets else ()
        states = dict(self._fields["complaint_state"]._description_selection(self.env))
        return [self._row_of(ticket, found, states) for ticket in listed]

    def _row_of(self, ticket, found, states):
        received_at = ticket.received_at or ticket.create_date
        return {
            "id": ticket.id,
            "number": ticket.display_name,
            "date": str(ticket.company_id._complaint_local(received_at).date()),
            "window": ticket.window_id.display_name or "",
            "state": ticket.complaint_state,
            "state_label": states[ticket.complaint_state],
            "similarity": round(100 * found["words"].get(ticket, 0)),
            "signs": [self._sign_labels()[sign] for sign in found if ticket in found[sign]],
            "linked": ticket in found["linked"],
            "linkable": self._may_link(ticket),
        }

    def _may_link(self, other):
        ended = self.complaint_state in flow.ENDS
        return not (ended or self.is_restricted or other.is_restricted)

    def _sign_labels(self):
        return {
            "linked": self.env._("Same matter"),
            "phone": self.env._("Same complainant"),
            "staff": self.env._("Same staff member"),
            "window": self.env._("Same window"),
            "words": self.env._("Similar words"),
        }

    def action_open_repeats(self):
        """Open everything that this complaint may repeat as a list."""
        self.ensure_one()
        ids = {ticket.id for tickets in self._find_repeats().values() for ticket in tickets}
        action = self.env["ir.actions.act_window"]._for_xml_id("kaiyang_complaint.complaint_action")
        return action | {
            "name": self.env._("Earlier Complaints"),
            "domain": [("id", "in", sorted(ids))],
            "views": sorted(action["views"], key=lambda view: view[1] != "list"),
            "context": {"complaint_board": True},
            "path": False,
        }
