from odoo import fields
from odoo.exceptions import AccessError, UserError

from ...tools.codes import LEADERS
from ..access.access_revocation import AccessRevocation

# A transfer in one of these states was put before a leader.
BEFORE_LEADER = ("requested", "approved", "sent", "answered")


class Restriction:
    """Restricted complaints: who may restrict them or lift that, and what follows (七.5).

    :param tickets: complaints, with the rights of whoever acts
    """

    def __init__(self, tickets):
        self.tickets, self.env = tickets, tickets.env

    # --- following a change -----------------------------------------------------------------------

    def present(self):
        """Return the restricted complaints, each with the clerk in charge."""
        return {ticket: ticket.user_id for ticket in self.tickets.sudo() if ticket.is_restricted}

    def follow(self, before):
        """Revoke the access that was lost by a change, which may lift no restriction.

        :param before: what ``present`` said before the change
        :raise UserError: where the change would lift a restriction
        """
        tickets = self.tickets.sudo()
        restricted = tickets.filtered(lambda one: one in before)
        self._assert_not_lifted(restricted)
        narrowed = tickets.filtered("is_restricted") - restricted
        self._take_charge(narrowed)
        # The former clerk in charge is not among the few who may read it.
        handed_over = restricted.filtered(lambda one: one.user_id != before[one])
        AccessRevocation(self.env).revoke(narrowed + handed_over)
        self.env["complaint.case.event"]._record((one, "restricted") for one in narrowed)

    def _assert_not_lifted(self, restricted):
        """Let a restriction be lifted by its own act alone."""
        lifted = restricted.filtered(lambda ticket: not ticket.is_restricted)
        if lifted and not lifted._by_procedure():
            raise UserError(
                self.env._(
                    "%s is restricted. Only “Lift Restriction” takes that back: it asks for the "
                    "reason.",
                    lifted[0].display_name,
                )
            )

    def alleged(self):
        """Return the complaints whose restriction was lifted, each with the items that alleged."""
        return {
            ticket: self._items(ticket)
            for ticket in self.tickets.sudo()
            if ticket.restriction_lifted_at
        }

    def renew(self, before, vals):
        """Restrict again what is alleged anew after its restriction was lifted.

        :param before: what ``alleged`` said before the change
        :param vals: what was written
        """
        for ticket, items in before.items():
            if vals.get("is_discipline_matter") or self._items(ticket) - items:
                ticket._procedure_write({"restriction_lifted_at": False})

    def _items(self, ticket):
        items = ticket.with_context(active_test=False).conduct_ids
        return items.filtered("is_discipline_matter")

    def _take_charge(self, tickets):
        """Assign unassigned complaints to the clerk who restricts them.

        Nobody in the room could read them otherwise.
        """
        user = self.env.user
        orphans = tickets.filtered(
            lambda ticket: not ticket.user_id and user in ticket.team_id.user_ids
        )
        if orphans:
            orphans._procedure_write({"user_id": user.id})

    # --- by hand ----------------------------------------------------------------------------------

    def assert_may_restrict(self):
        """Let clerks and leaders restrict what has not ended.

        :raise AccessError: for anyone else
        :raise UserError: where a complaint has ended
        """
        self.tickets.check_access("read")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_clerk"):
            self._assert_leader()
        self.tickets._assert_open_for_change()

    def assert_may_lift(self):
        """Let the leaders lift what is restricted, or the clerk in charge before a transfer.

        :raise AccessError: for anyone else
        :raise UserError: where a complaint is not restricted, or has ended
        """
        self.tickets.check_access("read")
        if any(
            ticket.user_id != self.env.user or self._is_transferred(ticket)
            for ticket in self.tickets
        ):
            self._assert_leader()
        self.tickets._assert_open_for_change()
        for ticket in self.tickets:
            if not ticket.is_restricted:
                raise UserError(self.env._("%s is not restricted.", ticket.display_name))

    def _assert_leader(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in LEADERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._(
                    "This is for the leaders or, as long as no transfer was put before them, for "
                    "the clerk in charge of the complaint."
                )
            )

    def _is_transferred(self, ticket):
        """Return whether a leader has, or signed, a transfer to discipline inspection (七.5)."""
        transfers = ticket.sudo().referral_ids.filtered(lambda one: one.kind == "discipline")
        return any(one.state in BEFORE_LEADER for one in transfers)

    def impose(self, reason):
        """Restrict the complaints, and note why."""
        # Noted before: afterwards the user may no longer write to it.
        self._log(self.tickets, self.env._("Restricted: %s", reason))
        self.tickets.sudo().write({"is_discipline_matter": True})

    def lift(self, reason):
        """Open the complaints to the whole room; what is alleged, and was transferred, stays."""
        for ticket in self.tickets.sudo():
            ticket._procedure_write({"restriction_lifted_at": fields.Datetime.now()})
            items = "、".join(self._items(ticket).mapped("name")) or self.env._("none")
            lifted = self.env._(
                "Restriction lifted: %(reason)s Conduct items kept: %(items)s.",
                reason=reason,
                items=items,
            )
            self._log(ticket, lifted)

    def _log(self, tickets, text):
        for ticket in tickets:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)
