from odoo import fields, models


class MailActivity(models.Model):
    """A to-do may be about a limit, and goes when that limit is met, or moves to another day."""

    _inherit = "mail.activity"

    complaint_deadline_id = fields.Many2one(
        "complaint.deadline", string="Limit", index="btree_not_null", groups=fields.NO_ACCESS
    )
