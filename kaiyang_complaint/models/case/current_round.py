from ...tools import flow


class CurrentRound:
    """The present round of handling: it begins with acceptance, and again with a reopening.

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket = ticket
        # Records carry no number of a round: when they came into being says which one they are of.
        self.since = ticket.reopened_at or ticket.accepted_at

    def of(self, records, moment="created_at"):
        """Return those of some records of the complaint that belong to the round.

        :param moment: the field that says when a record became part of the handling
        """
        return records.filtered(
            lambda one: self.since and one[moment] and one[moment] >= self.since
        )

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
