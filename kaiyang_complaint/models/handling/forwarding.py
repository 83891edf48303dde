from odoo.exceptions import UserError

from ..case.helpdesk_ticket import CurrentRound


class Forwarding:
    """Which units answer a complaint, and the slips that go to them (四.6, 五(二)).

    :param ticket: the complaint
    """

    def __init__(self, ticket):
        self.ticket, self.env = ticket, ticket.env
        self.round = CurrentRound(ticket)

    # --- units ------------------------------------------------------------------------------------

    def units_in_charge(self):
        """Return the units that answer; the first one leads."""
        decided = self.round.meeting()
        if not decided:
            return self.ticket._units_complained_about()
        units = decided._units_in_charge()
        return units.browse().union(*(self._in_place_of(unit) for unit in units))

    def names(self, unit):
        """Return whether the last meeting of the round, or a choice after it, named a unit."""
        return bool(self.round.meeting()) and unit in self.units_in_charge()

    def _in_place_of(self, unit):
        """Return who answers for a unit of the meeting: itself or, where it declined, another."""
        declined = self.round.declines().grouped("unit_id")
        while unit in declined:
            # Nobody else is asked while it is open, or where the room answers itself.
            unit = declined.pop(unit)[:1].successor_unit_id
        return unit

    def lead_unit(self, unit):
        """Return which unit leads where one is asked: the main one, or the only one."""
        return self.units_in_charge()[:1] if self.round.meeting() else unit

    def units_not_asked(self):
        """Return the units in charge that have no slip of the present round, in their order."""
        return self.units_in_charge() - self.round.slips_with_units().unit_id

    def representative_of(self, unit):
        """Return who gets the slip of a unit: its first representative not complained about."""
        respondents = self.ticket.respondent_ids.filtered(lambda person: person.unit_id == unit)
        return unit._current_representative(respondents.staff_id)

    def task_of(self, unit):
        """Return what the meeting of the round asks of a unit."""
        lines = self.round.meeting().line_ids
        return lines.filtered(
            lambda line: line.unit_id and self._in_place_of(line.unit_id) == unit
        )[:1].task

    # --- slips ------------------------------------------------------------------------------------

    def create_slips(self):
        """Make a slip for each unit that was not asked yet; the first unit leads.

        :raise UserError: where no unit is known
        """
        self.ticket.ensure_one()
        if not self.units_in_charge():
            raise UserError(self._no_unit())
        units = self.units_not_asked()
        # A slip that somebody prepared by hand goes out as it is, instead of a second one.
        drafts = self._drafted_for(units)
        slips = drafts + self.env["complaint.slip"].create(
            [self.slip_values(unit) for unit in units - drafts.unit_id]
        )
        # Sent in the order of the units, so that the number 01 is the lead unit's.
        order = units.ids
        return slips.sorted(lambda slip: order.index(slip.unit_id.id))

    def _no_unit(self):
        return self.env._("Choose the window or the unit the complaint is about.")

    def _drafted_for(self, units):
        """Return a slip for each unit that someone prepared one for, with the unit's task."""
        chosen = [slips[0] for unit, slips in self._drafts().items() if unit in units]
        for slip in chosen:
            slip.room_opinion = self.task_of(slip.unit_id) or slip.room_opinion
        return self.env["complaint.slip"].union(*chosen)

    def _drafts(self):
        return self.ticket.slip_ids.filtered(lambda one: one.state == "draft").grouped("unit_id")

    def slip_values(self, unit):
        """Return the values of a new slip for a unit."""
        return {
            "ticket_id": self.ticket.id,
            "unit_id": unit.id,
            "representative_id": self.representative_of(unit).id,
            "room_opinion": self.task_of(unit)
            or self.ticket.room_opinion
            or self.ticket.company_id.complaint_default_opinion,
        }

    # --- sending ----------------------------------------------------------------------------------

    def assert_allowed(self):
        """Refuse slips that the regulation keeps from leaving.

        :raise UserError: saying why, and what to do
        """
        obstacle = self.ticket._slip_obstacle()
        if obstacle:
            raise UserError(obstacle)

    def send(self):
        """Forward the complaint, or send the slips it still lacks; the decided unit leads."""
        if self.ticket.complaint_state == "accepted":
            self.ticket.action_forward()
            return
        self.create_slips().action_send()
        lead = self.units_in_charge()[:1]
        # The lead may have passed from a unit that has its slip to one that gets it now.
        for slip in self.round.slips_with_units():
            slip._procedure_write({"is_lead": slip.unit_id == lead})

    def follow_decision(self):
        """Send the slips that a meeting decided on, or leave them to the desk.

        Those that nobody looked through wait, and so do those that nobody could receive.
        """
        ticket = self.ticket
        # Asked beforehand instead of refused by the slips: the decision stands on record also where
        # none can leave yet.
        received = all(self.representative_of(unit) for unit in self.units_in_charge())
        ready = ticket.is_forwardable and received
        if ready and ticket.reviewed_at and ticket.complaint_state in ("accepted", "handling"):
            self.send()

    # --- a unit that was named, and declined ------------------------------------------------------

    def begin_inquiry(self):
        """Let the room's own inquiry answer; one that is there already goes on."""
        if not self.round.inquiries():
            self.env["complaint.investigation"].create({"ticket_id": self.ticket.id})

    # --- before they leave ------------------------------------------------------------------------

    def obstacle(self, slip):
        """Return why a slip, or those of all units in charge, would not leave now, or nothing."""
        people = self._people_to_send_to(slip)
        if obstacle := self.ticket._slip_obstacle():
            return obstacle
        if not people:
            return self._no_unit()
        lacking = "、".join(unit.name for unit, person in people if not person)
        if lacking:
            return self.env._(
                "No representative of %s is in office who is not complained about. Name one first.",
                lacking,
            )
        return ""

    def _people_to_send_to(self, slip):
        """Return who would get the slips: pairs of a unit and its representative."""
        if slip:
            return [(slip.unit_id, slip.representative_id)]
        drafts = self._drafts()
        return [
            (unit, drafts[unit][:1].representative_id or self.representative_of(unit))
            if unit in drafts
            else (unit, self.representative_of(unit))
            for unit in self.units_not_asked()
        ]

    def addressees(self, slip):
        """Return in words who would get a slip, until when the reply is due, and their own task."""
        ticket = self.ticket
        policies = self.env["complaint.sla.policy"].sudo()._candidates(ticket.company_id)
        days = (ticket.policy_id or policies._first_match(ticket)).reply_days
        lines = []
        for unit, person in self._people_to_send_to(slip):
            parts = [
                unit.name,
                person.display_name or self.env._("no active representative"),
                self.env._("reply within %s working days", days),
            ]
            if task := self.task_of(unit):
                parts.append(self.env._("task: %s", ticket._scrubbed(task)))
            lines.append(" · ".join(parts))
        return lines

    # --- the route --------------------------------------------------------------------------------

    def assert_route_open(self, is_outside):
        """Refuse to change whether it is about window staff once the complaint went a way.

        :param is_outside: what the complaint is to be
        :raise UserError: saying what left
        """
        if self.ticket.is_outside_matter == is_outside:
            return
        name = self.ticket.display_name
        # One way excludes the other: a window's answer and a referral would both be the result.
        if self.round.slips_with_units():
            raise UserError(
                self.env._(
                    "A slip of %s is with a unit: whether it is about window staff is settled. "
                    "The unit may decline the slip; then this can be changed.",
                    name,
                )
            )
        if self.round.referrals().filtered(lambda one: one.state not in ("draft", "refused")):
            raise UserError(
                self.env._(
                    "A referral of %s is under way: take it back first, as long as it has not "
                    "left.",
                    name,
                )
            )
        if self.ticket.complaint_state in ("replied", "fed_back"):
            raise UserError(self.env._("%s has its answer already.", name))
