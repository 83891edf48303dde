from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintWindowMove(models.TransientModel):
    """Moves a window to another unit, and asks which of its staff go along.

    Complaints keep the unit they were registered with: who answered for it then answers.
    """

    _name = "complaint.window.move"
    _description = "Window to Another Unit"

    window_id = fields.Many2one("complaint.window", required=True, readonly=True)
    company_id = fields.Many2one(related="window_id.company_id")
    present_unit_id = fields.Many2one(related="window_id.unit_id", string="Present Unit")
    unit_id = fields.Many2one("complaint.window.unit", string="New Unit", required=True)
    present_staff_ids = fields.One2many(related="window_id.staff_ids", string="Staff of the Window")
    staff_ids = fields.Many2many(
        "complaint.window.staff",
        string="Who Goes Along",
        compute="_compute_staff_ids",
        store=True,
        readonly=False,
        help="The others stay with the present unit, and are at no window until given one.",
    )

    @api.depends("window_id")
    def _compute_staff_ids(self):
        for dialog in self:
            dialog.staff_ids = dialog.window_id.staff_ids

    def action_confirm(self):
        """Move the window with those who go along.

        :raise UserError: where it is the window's unit already
        """
        self.ensure_one()
        window = self.window_id
        if self.unit_id == window.unit_id:
            raise UserError(self.env._("%s has this window already.", self.unit_id.name))
        (window.staff_ids - self.staff_ids).write({"window_id": False})
        window.write({"unit_id": self.unit_id.id})
        return {"type": "ir.actions.act_window_close"}
