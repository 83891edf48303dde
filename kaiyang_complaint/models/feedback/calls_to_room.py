from odoo.exceptions import UserError

from ..case.helpdesk_ticket import CurrentRound


class CallsToRoom:
    """Who is called to the room to settle a complaint on the spot (五(二)2).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env

    def of_round(self):
        """Return who was called in the present round of handling."""
        return CurrentRound(self.ticket).of(self.ticket.call_ids, "called_at")

    def assert_arrived(self):
        """Demand that someone came.

        :raise UserError: saying that nobody was called, or who is waited for
        """
        calls = self.of_round()
        if not calls:
            raise UserError(
                self.env._("Nobody has been called yet. Call them and record arrivals.")
            )
        if "arrived" not in calls.mapped("state"):
            raise UserError(
                self.env._(
                    "None of the persons called has arrived: %s. Record arrivals first.",
                    "、".join(calls.mapped("name")),
                )
            )

    def to_make(self):
        """Return the values of a call for each person who was not called in the present round."""
        ticket = self.ticket
        called = {(call.role, call.unit_id.id, call.name) for call in self.of_round()}
        people = {
            (person["role"], person["unit_id"], person["name"]): person
            for person in [*self._representatives(), *self._staff()]
        }
        common = {
            "ticket_id": ticket.id,
            "place": ticket._scrubbed(ticket.visit_place) or self.env._("Complaint Room"),
        }
        return [{**common, **person} for key, person in people.items() if key not in called]

    def _representatives(self):
        """Yield the representative in office of each unit who is not complained about."""
        people = self.ticket.respondent_ids
        for unit in self.ticket._units_complained_about():
            representative = unit._current_representative(people.staff_id)
            windows = (self.ticket.window_id | people.window_id).filtered(
                lambda window, unit=unit: window.unit_id == unit
            )
            if representative:
                yield {
                    "role": "representative",
                    "name": representative.user_id.name,
                    "representative_id": representative.id,
                    "unit_id": unit.id,
                    "window_id": windows[:1].id,
                }

    def _staff(self):
        """Yield those complained about who are known by a name."""
        for person in self.ticket.respondent_ids:
            # A name that was only stated can be called as well; a window alone can't.
            name = person.staff_id.display_name or person.stated_name
            if name:
                yield {
                    "role": "staff",
                    "name": name,
                    "staff_id": person.staff_id.id,
                    "unit_id": person.unit_id.id,
                    "window_id": person.window_id.id,
                }

    def notice_of_nobody(self):
        """Return the notice that there is nobody left to call."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "Everybody known was called already. Name a respondent or a chief "
                    "representative first to call somebody else."
                ),
            },
        }
