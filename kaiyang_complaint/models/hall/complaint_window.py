from odoo import api, fields, models


class ComplaintWindow(models.Model):
    """A window of the hall, known to citizens by the number above it."""

    _name = "complaint.window"
    _description = "Window"
    _inherit = [
        "complaint.company.mixin",
        "complaint.count.mixin",
    ]
    _respondent_link = "window_id"
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

    @api.depends("number", "name")
    def _compute_display_name(self):
        for window in self:
            window.display_name = " ".join(filter(None, (window.number, window.name)))
