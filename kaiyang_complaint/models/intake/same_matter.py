from odoo.exceptions import UserError

from ...tools import flow


class SameMatter:
    """Whether a complaint may be linked to another as one matter, or end as its duplicate (五(三)).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env

    def others(self):
        """Return the other complaints of the same matter."""
        first = self.ticket.duplicate_id or self.ticket._origin
        return (first | first.duplicate_ids) - self.ticket._origin

    def assert_linkable(self, other):
        """Refuse links from and to what others must not learn of, or what is no complaint."""
        if self.ticket.is_restricted or other.is_restricted:
            raise UserError(
                self.env._("A restricted complaint is linked to no other: it is kept to itself.")
            )
        if not (self.ticket.is_complaint and other.is_complaint):
            raise UserError(self.env._("Only complaints are linked as one matter."))

    def log(self, text):
        """Note in a complaint what became of another; one that is archived takes no more notes."""
        if self.ticket.complaint_state != "archived":
            self.ticket._message_log(body=text)

    def known_as(self):
        """Name a complaint without its title: what is written down stays when it is restricted."""
        return self.env._("A draft") if self.ticket.number == "/" else self.ticket.number

    def obstacle_to_ending(self):
        """Return why a complaint has to be handled by itself, or nothing."""
        first = self.ticket.duplicate_id
        if not first:
            return self.env._("Link it first to the complaint that it repeats.")
        # 六: each complaint is answered; by the first one only while that is being handled.
        if first.complaint_state not in flow.RUNNING:
            return self.env._(
                "%s is not being handled: handle this complaint by itself, or see to that one.",
                first.display_name,
            )
        if not self._is_same_complainant(first):
            return self.env._("Different complainant: a separate answer is required.")
        return ""

    def _is_same_complainant(self, other):
        """Return whether one person complains twice: by the telephone, or the name without one."""
        mine, theirs = self.ticket.sudo(), other.sudo()
        if mine.complainant_phone_key or theirs.complainant_phone_key:
            return mine.complainant_phone_key == theirs.complainant_phone_key
        return bool(mine.partner_name) and mine.partner_name == theirs.partner_name
