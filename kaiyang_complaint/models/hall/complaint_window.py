from odoo import api, fields, models


class ComplaintWindow(models.Model):
    """A window of the hall, known to citizens by the number above it."""

    _name = "complaint.window"
    _description = "Window"
    _inherit = [
        "complaint.company.mixin",
        "complaint.count.mixin",
        "complaint.search.key.mixin",
    ]
    _respondent_link = "window_id"
    _search_key_names = ("number", "name", "unit_id.name")
    _order = "area, number"
    _rec_names_search = ["number", "name", "unit_id.name"]
    _check_company_auto = True

    number = fields.Char(required=True, help="Number shown above the window.")
    name = fields.Char(required=True)
    area = fields.Char(help="Area of the hall where the window is located.")
    active = fields.Boolean(default=True)
    unit_id = fields.Many2one(
        "complaint.window.unit", required=True, index=True, check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    staff_ids = fields.One2many(
        "complaint.window.staff",
        "window_id",
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE active", "Another window already has this number."
    )

    def write(self, vals):
        """Take the staff along when a window goes to another unit; cases keep the unit they had.

        See ``complaint.window.move`` for a choice of who goes along.
        """
        moved = self.filtered(lambda window: window.unit_id.id != vals.get("unit_id"))
        result = super().write(vals)
        if "unit_id" in vals:
            staff = moved.with_context(active_test=False).staff_ids
            staff.write({"unit_id": vals["unit_id"]})
        return result

    def action_move(self):
        """Open the dialog in which a window goes to another unit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move to Another Unit"),
            "res_model": "complaint.window.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_window_id": self.id},
        }

    @api.depends("number", "name")
    def _compute_display_name(self):
        for window in self:
            window.display_name = " ".join(filter(None, (window.number, window.name)))
