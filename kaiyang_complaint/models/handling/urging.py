from odoo.exceptions import AccessError

URGERS = ("clerk", "leader", "director")


class Urging:
    """Units are urged to reply by people of the desk (五(二)6).

    :param slips: the slips that wait for a reply
    """

    def __init__(self, slips):
        self.slips, self.env = slips, slips.env

    def assert_allowed(self):
        """Let clerks and leaders urge, whoever of them may read the slips.

        :raise AccessError: for anybody else
        """
        self.slips.check_access("read")
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in URGERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only the complaint room and the leaders may urge."))

    def values(self, opinion):
        """Return the values of an escalation for each slip."""
        return [self._values_of(slip, opinion) for slip in self.slips]

    def _values_of(self, slip, opinion):
        deadline = slip.deadline_ids.filtered(lambda one: one.state == "running")[:1]
        return {
            "effect": "urging",
            "ticket_id": slip.ticket_id.id,
            "slip_id": slip.id,
            "deadline_id": deadline.id,
            "due_at": deadline.due_at,
            "opinion": slip.ticket_id._scrubbed(opinion),
            "user_ids": slip._addressee().user_id.ids,
            "told_slip_ids": slip.ids,
        }
