from odoo import models


class ComplaintRestriction(models.AbstractModel):
    """What becomes of a complaint the moment it is restricted (七.5)."""

    _name = "complaint.restriction"
    _description = "Restriction of a Complaint"
