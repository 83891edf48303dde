from odoo import api, fields, models
from odoo.exceptions import UserError


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

    @api.model_create_multi
    def create(self, vals_list):
        """Equip new complaint rooms with numbers and columns."""
        teams = super().create(vals_list)
        teams.filtered("is_complaint_room")._equip_room()
        return teams

    def write(self, vals):
        """Equip teams that become complaint rooms; one that has tickets may not."""
        if "is_complaint_room" not in vals:
            return super().write(vals)
        becoming = bool(vals["is_complaint_room"])
        self._assert_no_tickets(becoming)
        if all(team.is_complaint_room == becoming for team in self):
            # As each update of the addon writes it; Odoo would compute it of all tickets anew.
            vals = {name: value for name, value in vals.items() if name != "is_complaint_room"}
        result = super().write(vals)
        self.filtered("is_complaint_room")._equip_room()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_empty_rooms(self):
        """Without their room, complaints would be tickets that every helpdesk may read."""
        self._assert_no_tickets(is_complaint_room=False)

    def _assert_no_tickets(self, is_complaint_room):
        """Refuse to turn tickets into complaints, or complaints into tickets, by their team."""
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

    def _equip_room(self):
        """Give rooms their numbers and the columns of their board."""
        self._ensure_sequence()
        stages = self.env["helpdesk.ticket.stage"].sudo()
        stages.search([("complaint_state", "!=", False)]).team_ids |= self

    def _ensure_sequence(self):
        """Give each room that lacks one its gapless sequence, which starts again every year."""
        rooms = self.filtered(lambda team: not team.complaint_sequence_id)
        values = [room._sequence_values() for room in rooms]
        sequences = self.env["ir.sequence"].sudo().create(values)
        for room, sequence in zip(rooms, sequences, strict=True):
            room.complaint_sequence_id = sequence

    def _sequence_values(self):
        title = self._fields["complaint_sequence_id"]._description_string(self.env)
        return {
            "name": f"{title}: {self.name}",
            "prefix": "TS%(range_year)s-",
            "padding": 4,
            "implementation": "no_gap",
            "use_date_range": True,
            "company_id": self.company_id.id,
        }
