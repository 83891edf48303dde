from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from psycopg2.errors import UniqueViolation

# Field of a room -> how its numbers of the year begin and end, and how many digits they have.
SEQUENCES = {
    "complaint_sequence_id": ("TS%(range_year)s-", "", 4),
    "referral_sequence_id": ("投转〔%(range_year)s〕", "号", 0),
    "transfer_sequence_id": ("投移〔%(range_year)s〕", "号", 0),
}
LETTERS = {"outside": "referral_sequence_id", "discipline": "transfer_sequence_id"}


class HelpdeskTicketTeam(models.Model):
    """A team may be the complaint room of a service centre."""

    _inherit = "helpdesk.ticket.team"

    is_complaint_room = fields.Boolean(
        string="Complaint Room",
        help="Tickets of this team are complaints under the regulation.",
    )
    complaint_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Complaint Numbers",
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Gives accepted complaints their number of the year, without a gap.",
    )
    referral_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Referral Numbers",
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Gives referrals to other units their number of the year (五(二)4).",
    )
    transfer_sequence_id = fields.Many2one(
        "ir.sequence",
        string="Transfer Numbers",
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="Gives transfers to discipline inspection their number of the year (七.5).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Equip new complaint rooms with numbers and columns."""
        teams = super().create(vals_list)
        teams.filtered("is_complaint_room")._equip_room()
        return teams

    def write(self, vals):
        """Equip teams that become complaint rooms; one that has tickets may not."""
        if "is_complaint_room" in vals:
            self._assert_no_tickets(bool(vals["is_complaint_room"]))
        result = super().write(vals)
        if "is_complaint_room" in vals:
            self.filtered("is_complaint_room")._equip_room()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_empty_rooms(self):
        """Without their room, complaints would be tickets that every helpdesk may read."""
        self._assert_no_tickets(is_complaint_room=False)

    def _assert_no_tickets(self, is_complaint_room):
        """Refuse to turn tickets into complaints, or complaints into tickets, in one stroke."""
        changed = self.filtered(lambda team: team.is_complaint_room != is_complaint_room)
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        if tickets.search_count([("team_id", "in", changed.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This team already has tickets. Create a new team as the complaint room."
                )
            )

    @api.model
    def _complaint_room(self):
        """Return the complaint room of the current company.

        :raise UserError: where it has none, saying how to get one
        """
        room = self.search(
            [("is_complaint_room", "=", True), ("company_id", "=", self.env.company.id)], limit=1
        )
        if not room:
            raise UserError(
                self.env._(
                    "%s has no complaint room: create a helpdesk team and tick “Complaint Room”.",
                    self.env.company.name,
                )
            )
        return room

    def _was_refused(self, external_ref):
        """Tell whether the room refused what a site has under this number as out of scope (四.2).

        It is asked before a program registers the number: the refused stays unregistered.
        """
        self.ensure_one()
        return bool(self.env["complaint.guidance.log"]._refused_refs(self, [external_ref]))

    def _equip_room(self):
        """Give rooms their numbers and the columns of their board."""
        self._ensure_sequence()
        stages = self.env["helpdesk.ticket.stage"].sudo()
        stages.search([("complaint_state", "!=", False)]).team_ids |= self

    def _ensure_sequence(self):
        """Give each room what it lacks of gapless sequences that start anew every year."""
        for name, wording in SEQUENCES.items():
            rooms = self.filtered(lambda team, name=name: not team[name])
            values = [room._sequence_values(name, *wording) for room in rooms]
            sequences = self.env["ir.sequence"].sudo().create(values)
            for room, sequence in zip(rooms, sequences, strict=True):
                room[name] = sequence

    def _sequence_values(self, name, prefix, suffix, padding):
        title = self._fields[name]._description_string(self.env)
        return {
            "name": f"{title}: {self.name}",
            "prefix": prefix,
            "suffix": suffix,
            "padding": padding,
            "implementation": "no_gap",
            "use_date_range": True,
            "company_id": self.company_id.id,
        }

    def _next_letter_number(self, kind):
        """Draw the number of the year for a letter: gapless, for a failure gives it back.

        :param kind: the kind of referral
        :raise ConcurrencyError: where somebody else began the year's count; the server tries again
        """
        self.ensure_one()
        room = self.sudo()
        if not room[LETTERS[kind]]:
            room.lock_for_update()
            room._ensure_sequence()
        return room._draw(room[LETTERS[kind]])

    def _draw(self, sequence):
        today = (self.company_id or self.env.company)._complaint_today()
        try:
            return sequence.next_by_id(sequence_date=today)
        except UniqueViolation as error:
            raise ConcurrencyError(sequence.name) from error
