from ...tools.codes import GROUP_PREFIX, LEADERS

AT_THE_DESK = ("clerk", *LEADERS)


def people_of(env, role, company):
    """Return the users of a role who can log in and work for a centre."""
    users = env.ref(GROUP_PREFIX + role).sudo().all_user_ids
    return users.filtered(
        lambda user: user.active and not user.share and company in user.company_ids
    )


class OnDuty:
    """Who answers for a case at the desk today: never nobody, as long as the centre has people.

    Whoever has no account, or no role at the desk any more, answers for nothing. During a leave,
    which is the one that Odoo keeps of a user, somebody stands in.

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        ticket.ensure_one()
        self.ticket, self.env = ticket.sudo(), ticket.env

    @staticmethod
    def holds_office(user):
        """Return whether somebody may be in charge of a case: an account, and a role."""
        return (
            user.active
            and not user.share
            and any(user.has_group(GROUP_PREFIX + role) for role in AT_THE_DESK)
        )

    def is_here(self, user):
        """Return whether somebody holds office and is not on leave."""
        return self.holds_office(user) and not user.is_out_of_office

    def people(self):
        """Return who is told: the clerk in charge, and who stands in for them where they are away.

        The whole room, where nobody is in charge.
        """
        clerk = self.ticket.user_id
        if clerk and self.is_here(clerk):
            return clerk
        stand_ins = self.stand_ins()
        # Who is on leave reads it when they are back.
        return stand_ins | clerk if clerk and self.holds_office(clerk) else stand_ins

    def clerk(self):
        """Return the one who has something to do: the clerk in charge, or who stands in."""
        clerk = self.ticket.user_id
        return clerk if clerk and self.is_here(clerk) else self.stand_ins()[:1] or clerk

    def stand_ins(self):
        """Return who acts where the clerk does not: the nearest who may read the case."""
        away = self.env["res.users"]
        for people in self._in_order():
            here = people.filtered(self.is_here)
            if here:
                return here
            away |= people.filtered(self.holds_office)
        # All are on leave: still better than nobody.
        return away

    def _in_order(self):
        """Yield groups of people, the nearest first; of a restricted case only the leaders."""
        ticket, company = self.ticket, self.ticket.company_id
        if not ticket.is_restricted:
            room = ticket.team_id.user_ids
            managers = people_of(self.env, "manager", company)
            if ticket.user_id:
                yield room & managers
            yield room
            yield managers
        for role in LEADERS:
            yield people_of(self.env, role, company)
