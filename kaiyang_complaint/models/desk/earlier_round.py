from operator import itemgetter


class EarlierRound:
    """What was done about a complaint before it was reopened, in lines for the desk (annex 1).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env

    def lines(self):
        """Return what was done and when, oldest first; nothing where it was never reopened."""
        if not self.ticket.reopened_at:
            return []
        done = [(self.ticket.accepted_at, self.env._("Accepted"))]
        done += [*self._slips(), *self._inquiries(), *self._feedback()]
        before = [one for one in done if one[0] and one[0] <= self.ticket.reopened_at]
        return [
            {"at": self._written(moment), "text": text}
            for moment, text in [*sorted(before, key=itemgetter(0)), self._reopening()]
        ]

    def _reopening(self):
        who = self.ticket.reopened_by_id.name
        words = self.env._("Reopened by %s", who) if who else self.env._("Reopened")
        return self.ticket.reopened_at, words

    def _slips(self):
        states = dict(self.ticket.slip_ids._fields["state"]._description_selection(self.env))
        return [
            (slip.sent_at, f"{slip.name} {slip.unit_id.name}：{states[slip.state]}")
            for slip in self.ticket.slip_ids
        ]

    def _inquiries(self):
        words = self.env._("Inquiry by Room")
        return [(one.concluded_at, words) for one in self.ticket.investigation_ids]

    def _feedback(self):
        confirmed = self.ticket.feedback_ids.filtered(lambda one: one.state == "confirmed")
        steps = dict(confirmed._fields["satisfaction"]._description_selection(self.env))
        told = self.env._("Feedback")
        return [
            (one.given_at, "：".join(filter(None, (told, steps.get(one.satisfaction)))))
            for one in confirmed
        ]

    def _written(self, moment):
        return f"{self.ticket.company_id._complaint_local(moment):%Y-%m-%d %H:%M}"
