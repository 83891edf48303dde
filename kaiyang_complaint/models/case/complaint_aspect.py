from odoo import fields, models


class ComplaintAspect(models.Model):
    """One of the aspects of service that the kinds of conduct are about (三), in all centres."""

    _name = "complaint.aspect"
    _description = "Aspect of Service"
    _inherit = ["complaint.company.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
