from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintSlipConcert(models.AbstractModel):
    """Several units answer one complaint: a slip to each, one of them leads (四.6, 五(二)5)."""

    _name = "complaint.slip.concert"
    _description = "Slip among Others"
    _inherit = ["complaint.slip.verbs"]

    fellow_units = fields.Char(
        compute="_compute_fellow_units",
        compute_sudo=True,
        help="Who answers besides the lead unit, or which unit leads the others.",
    )

    @api.depends("ticket_id.slip_ids.state", "ticket_id.slip_ids.is_lead", "is_lead")
    def _compute_fellow_units(self):
        for slip in self:
            present = slip.ticket_id._slips_with_units()
            others = (present - slip) if slip in present else present.browse()
            shown = others if slip.is_lead else others.filtered("is_lead")
            slip.fellow_units = "、".join(shown.unit_id.mapped("name"))

    def _assert_may_leave(self):
        """Refuse a second slip to a unit, and slips to units whom nobody charged."""
        result = super()._assert_may_leave()
        self._assert_charged()
        return result

    def _assert_charged(self):
        ticket = self.ticket_id
        others = ticket._slips_with_units() - self
        if self.unit_id in others.unit_id:
            raise UserError(self.env._("%s has its slip already.", self.unit_id.name))
        if ticket._meeting_of_round():
            if self.unit_id not in ticket._units_in_charge():
                raise UserError(
                    self.env._(
                        "The meeting did not hold %s responsible: it gets no slip.",
                        self.unit_id.name,
                    )
                )
        elif others:
            raise UserError(
                self.env._(
                    "Another unit has a slip already: who answers of several is decided by a "
                    "meeting. Set the class of the complaint so."
                )
            )

    def _issue(self):
        """Let the unit with the main responsibility lead, or the only one."""
        self._guarded_write({"is_lead": self.unit_id == self.ticket_id._lead_unit(self.unit_id)})
        return super()._issue()
