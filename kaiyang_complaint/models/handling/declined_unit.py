from odoo.exceptions import UserError

from ...tools.codes import ACTIVITY_UNIT_ANSWERED
from .forwarding import Forwarding

# Odoo translates selection labels only where they come as a list.
CHOICES = [("unit", "Another Unit"), ("meeting", "A New Meeting"), ("room", "The Room Itself")]


class DeclinedUnit:
    """A unit that a meeting had named and that declined: who answers instead (五(二)5).

    :param slip: the slip that the unit declined, or is declining
    """

    def __init__(self, slip):
        self.slip, self.env, self.ticket = slip, slip.env, slip.ticket_id
        self.forwarding = Forwarding(self.ticket)

    def to_choose(self):
        """Return what the slip keeps of the meeting that had named its unit; else nothing."""
        if not self.forwarding.names(self.slip.unit_id):
            return {}
        meeting = self.forwarding.round.meeting()
        return {"declined_meeting_id": meeting.id, "decline_choice": "open"}

    def assert_open(self):
        """Refuse a choice that nobody has to make.

        :raise UserError: saying so
        """
        self.ticket._assert_open_for_change()
        if self.slip.decline_choice != "open":
            raise UserError(self.env._("Nothing is to be chosen about slip %s.", self.slip.name))

    def choose(self, choice, unit_id=None):
        """Record the choice and go on with it: send the slip, open the meeting or the inquiry.

        :raise UserError: for an unknown choice, or a unit that declined before
        """
        choices = dict(self.slip._fields["decline_choice"]._description_selection(self.env))
        if choice not in dict(CHOICES):
            raise UserError(self.env._("Choose one of: %s.", "、".join(dict(CHOICES))))
        unit = self._successor(choice, unit_id)
        self.slip.sudo()._procedure_write({"decline_choice": choice, "successor_unit_id": unit.id})
        self._note(unit.name or choices[choice])
        return self._go_on(choice)

    def _successor(self, choice, unit_id):
        unit = self.slip.unit_id.browse(unit_id if choice == "unit" else [])
        if choice == "unit" and not unit:
            raise UserError(self.env._("Choose the unit that is asked instead."))
        if unit & self.forwarding.round.declines().unit_id:
            raise UserError(
                self.env._("%s declined already: choose another unit.", unit.display_name)
            )
        return unit

    def _note(self, chosen):
        self.ticket._message_log(
            body=self.env._(
                "%(unit)s declined slip %(slip)s. Chosen instead: %(chosen)s.",
                unit=self.slip.unit_id.name,
                slip=self.slip.name,
                chosen=chosen,
            ),
            author_id=self.env.user.partner_id.id,
        )

    def _go_on(self, choice):
        ticket = self.ticket
        ticket.activity_feedback([ACTIVITY_UNIT_ANSWERED])
        if choice == "unit":
            self.forwarding.follow_decision()
        elif choice == "room":
            self.forwarding.begin_inquiry()
        # Where others answered meanwhile, nothing more may be owed.
        ticket._advance()
        if choice == "meeting":
            return ticket.action_propose_meeting()
        return ticket.action_investigate() if choice == "room" else True
