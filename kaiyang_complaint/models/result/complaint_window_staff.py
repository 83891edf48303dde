from odoo import fields, models

from .complaint_award_exclusion_mixin import ASKERS_ONLY, OF_PERSON


class ComplaintWindowStaff(models.Model):
    """A staff member in the results: bars from awards (七.3, 七.4)."""

    _name = "complaint.window.staff"
    _inherit = ["complaint.window.staff", "complaint.award.exclusion.mixin"]

    _bar_link = "staff_id"
    _award_titles = OF_PERSON
    bar_ids = fields.One2many(
        "complaint.bar", "staff_id", string="Bars", readonly=True, groups=ASKERS_ONLY
    )
    return_letter_ids = fields.One2many(
        "complaint.letter",
        "staff_id",
        string="Letters of Return",
        domain=[("kind", "=", "return"), ("state", "!=", "cancelled")],
        readonly=True,
        groups=ASKERS_ONLY,
        help="Letters that return them to their unit (七.3).",
    )
