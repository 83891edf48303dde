from odoo import api, fields, models


class ComplaintWindowUnit(models.Model):
    """A unit with windows in the hall: an authority, answered for by its chief representative."""

    _name = "complaint.window.unit"
    _description = "Window Unit"
    _inherit = ["complaint.company.mixin", "complaint.search.key.mixin"]
    _search_key_words = ("code",)
    _order = "sequence, name"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char(help="Short code of the unit, unique within the centre.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    phone = fields.Char()
    leader_ids = fields.Many2many(
        "res.partner",
        "complaint_unit_leader_rel",
        string="Leaders",
        check_company=True,
        help="Who is invited where a meeting decides on the unit's responsibility (五(二)5).",
    )
    window_ids = fields.One2many("complaint.window", "unit_id", string="Windows")
    representative_ids = fields.One2many(
        "complaint.representative", "unit_id", string="Representatives"
    )
    representative_id = fields.Many2one(
        "complaint.representative",
        string="Chief Representative",
        compute="_compute_representative_id",
    )

    nobody_in_office = fields.Boolean(compute="_compute_reach", compute_sudo=True)
    without_address = fields.Char(
        string="Without an E-Mail Address", compute="_compute_reach", compute_sudo=True
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL", "Another unit already has this code."
    )

    @api.depends("representative_ids.is_in_office", "representative_ids.sequence")
    def _compute_representative_id(self):
        for unit in self:
            unit.representative_id = unit._current_representative()

    @api.depends("representative_ids.is_in_office", "representative_ids.lacks_address")
    def _compute_reach(self):
        for unit in self:
            people = unit.representative_ids._in_office()
            unit.nobody_in_office = not people
            unit.without_address = "、".join(
                people.filtered("lacks_address").user_id.mapped("name")
            )

    def _current_representative(self, staff=None):
        """Return who answers for the unit: its first representative in office.

        :param staff: ``complaint.window.staff`` complained about; a representative who is one of
            them is passed over (the next one takes the slip, or nobody does)
        """
        self.ensure_one()
        in_office = self.representative_ids._in_office()
        return in_office.filtered(lambda person: not staff or person.staff_id not in staff)[:1]

    def _readdress_slips(self):
        """Pass on what representatives hold who left office; later chapters add to it."""

    def action_invite_representative(self):
        """Open the dialog in which the unit gets a representative with an account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Representative"),
            "res_model": "complaint.representative.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_unit_id": self.id},
        }
