from odoo import api, fields, models


class ComplaintWindowStaff(models.Model):
    """A person who serves at a window."""

    _name = "complaint.window.staff"
    _description = "Window Staff Member"
    _inherit = ["complaint.company.mixin", "complaint.count.mixin", "complaint.search.key.mixin"]
    _respondent_link = "staff_id"
    _search_key_names = ("name", "employee_no")
    _order = "name, id"
    _rec_names_search = ["name", "employee_no"]
    _check_company_auto = True

    name = fields.Char(string="Full Name", required=True)
    employee_no = fields.Char(string="Badge No.", help="Number on the badge, unique in the centre.")
    active = fields.Boolean(default=True)
    window_id = fields.Many2one("complaint.window", index=True, check_company=True)
    unit_id = fields.Many2one(
        "complaint.window.unit",
        required=True,
        index=True,
        check_company=True,
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _employee_no_unique = models.UniqueIndex(
        "(company_id, employee_no) WHERE employee_no IS NOT NULL AND active",
        "Another staff member already has this badge number.",
    )

    @api.depends("window_id")
    def _compute_unit_id(self):
        for person in self:
            person.unit_id = person.window_id.unit_id or person.unit_id

    @api.depends("name", "employee_no")
    def _compute_display_name(self):
        for person in self:
            number = f" ({person.employee_no})" if person.employee_no else ""
            person.display_name = f"{person.name or ''}{number}"

    def action_make_representative(self):
        """Open the dialog in which a staff member becomes a representative of their unit."""
        self.ensure_one()
        return {
            **self.unit_id.action_invite_representative(),
            "context": {
                "default_unit_id": self.unit_id.id,
                "default_staff_id": self.id,
                "default_name": self.name,
            },
        }
