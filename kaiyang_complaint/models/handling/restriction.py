from odoo import Command
from odoo.exceptions import AccessError, UserError

from ...tools.codes import LEADERS
from ..access.access_revocation import AccessRevocation


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
        """Let the leaders and the clerk in charge lift what is restricted.

        :raise AccessError: for anyone else
        :raise UserError: where a complaint is not restricted, or has ended
        """
        self.tickets.check_access("read")
        if any(ticket.user_id != self.env.user for ticket in self.tickets):
            self._assert_leader()
        self.tickets._assert_open_for_change()
        for ticket in self.tickets:
            if not ticket.is_restricted:
                raise UserError(self.env._("%s is not restricted.", ticket.display_name))

    def _assert_leader(self):
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in LEADERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("This is for the leaders, or the clerk in charge of the complaint.")
            )

    def impose(self, reason):
        """Restrict the complaints, and note why."""
        # Noted before: afterwards the user may no longer write to it.
        self._log(self.tickets, self.env._("Restricted: %s", reason))
        self.tickets.sudo().write({"is_discipline_matter": True})

    def lift(self, reason):
        """Open the complaints to the whole room, without the conduct items that restrict them."""
        for ticket in self.tickets.sudo().with_context(active_test=False):
            items = ticket.conduct_ids.filtered("is_discipline_matter")
            ticket._procedure_write(
                {
                    "is_discipline_matter": False,
                    "conduct_ids": [Command.unlink(item.id) for item in items],
                }
            )
            lifted = self.env._(
                "Restriction lifted: %(reason)s Conduct items taken off: %(items)s.",
                reason=reason,
                items="、".join(items.mapped("name")) or self.env._("none"),
            )
            self._log(ticket, lifted)

    def _log(self, tickets, text):
        for ticket in tickets:
            ticket._message_log(body=text, author_id=self.env.user.partner_id.id)
