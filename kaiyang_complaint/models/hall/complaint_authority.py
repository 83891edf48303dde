from odoo import fields, models


class ComplaintAuthority(models.Model):
    """An authority outside the room: callers are pointed to it, matters referred (四.2, 五(二)4).

    A clerk finds it by what the caller speaks of: its name, its tasks and key words are searched.
    """

    _name = "complaint.authority"
    _description = "Other Authority"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, name, id"
    _rec_names_search = ["name", "keywords", "responsibilities"]

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    responsibilities = fields.Text(help="Responsibilities, as the authority states them.")
    keywords = fields.Char(help="What callers speak of; typing one of them finds the authority.")
    is_discipline_body = fields.Boolean(
        string="Discipline Inspection Body",
        help="Verified breaches of discipline are transferred to it (七.5).",
    )
    phone = fields.Char()
    address = fields.Char()
    opening_hours = fields.Char()

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "This authority is in the directory already."
    )
