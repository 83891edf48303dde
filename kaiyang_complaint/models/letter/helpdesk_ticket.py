from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    """The letters of a complaint."""

    _inherit = "helpdesk.ticket"

    letter_ids = fields.One2many("complaint.letter", "ticket_id", string="Own Letters")
    resting_letter_ids = fields.Many2many(
        "complaint.letter",
        string="Letters",
        compute="_compute_resting_letter_ids",
        help="The letters that rest on this case, its own and others, as far as you may read them.",
    )
    can_write_letter = fields.Boolean(compute="_compute_can_write_letter")

    # --- letters ----------------------------------------------------------------------------------

    @api.depends("letter_ids")
    @api.depends_context("uid")
    def _compute_resting_letter_ids(self):
        letters = self.env["complaint.letter"].search([("ticket_ids", "in", self.ids)])
        for ticket in self:
            ticket.resting_letter_ids = letters.filtered(
                lambda letter, ticket=ticket: ticket._origin in letter.ticket_ids
            )

    @api.depends("complaint_state", "extension_ids.state")
    def _compute_can_write_letter(self):
        letters = self.env["complaint.letter"]
        for ticket in self:
            archived = ticket.complaint_state == "archived"
            ticket.can_write_letter = not archived and bool(letters._kinds_for(ticket))

    def action_write_letter(self):
        """Open a new letter on the complaint, with the kinds that fit its state.

        :raise UserError: where none fits
        """
        self.ensure_one()
        self.check_access("write")
        kinds = self.env["complaint.letter"]._kinds_for(self)
        if not kinds:
            raise UserError(self.env._("No letter applies to the current state of the complaint."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Letter"),
            "res_model": "complaint.letter",
            "views": [(False, "form")],
            "context": {"default_ticket_id": self.id, "default_kind": kinds[0]},
        }
