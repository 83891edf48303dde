from odoo import models


class ComplaintRepeats(models.AbstractModel):
    """What was complained of before: the same window or person, or nearly the same words."""

    _name = "complaint.repeats"
    _description = "Repeated Complaints"
