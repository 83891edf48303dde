from ...tools import flow

# What belongs to rounds, and the field that is set once a record is part of the handling.
MOMENTS = {
    "slip_ids": "sent_at",
    "call_ids": "called_at",
    "meeting_ids": "held_at",
    "investigation_ids": "created_at",
    "referral_ids": "created_at",
    "feedback_ids": "confirmed_at",
}


class CurrentRound:
    """The present round of handling: it begins with acceptance, and again with a reopening.

    What was done by then is of an earlier round. It is kept by id: the clock of a server may be set
    back, and what is done afterwards counts all the same.

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket = ticket
        self.has_begun = bool(ticket.accepted_at)
        self.past = {name: set(ids) for name, ids in (ticket.past_acts or {}).items()}

    def of(self, records, moment="created_at"):
        """Return those of some records of the complaint that belong to the round.

        :param moment: the field that says when a record became part of the handling
        """
        past = self.past.get(records._name, ())
        return records.filtered(lambda one: self.has_begun and one[moment] and one.id not in past)

    def done(self):
        """Return what was done until now, for the next round to leave out: model -> ids."""
        parts = {self.ticket[name]: moment for name, moment in MOMENTS.items()}
        return {records._name: records.filtered(moment).ids for records, moment in parts.items()}

    def slips(self):
        """Return the slips that were sent in the round."""
        return self.of(self.ticket.slip_ids, "sent_at")

    def slips_with_units(self):
        """Return the slips of the round that are with a unit, or were answered by it."""
        return self.slips().filtered(lambda slip: slip.state != "declined")

    def feedback(self):
        """Return the feedback that was confirmed in the round."""
        return self.of(self.ticket.feedback_ids, "confirmed_at")[:1]

    def meeting(self):
        """Return the meeting that decided who answers, if it was held in the round."""
        held = self.of(self.ticket.meeting_ids, "recorded_at")
        held = held.filtered(lambda meeting: meeting.state == "held")
        return held.sorted(lambda meeting: (meeting.recorded_at, meeting.id))[-1:]

    def inquiries(self):
        """Return the room's own inquiries."""
        return self.of(self.ticket.investigation_ids)

    def concluded(self):
        """Return the room's own inquiries that were concluded."""
        return self.inquiries().filtered(lambda inquiry: inquiry.state == "concluded")

    def referrals(self):
        """Return the referrals, whatever became of them."""
        return self.of(self.ticket.referral_ids)

    def next_state(self):
        """Return where the answers, and the feedback, of the round take the complaint."""
        answers = self.ticket._answers_of_round()
        return flow.next_state(self.ticket.complaint_state, answers, bool(self.feedback()))
