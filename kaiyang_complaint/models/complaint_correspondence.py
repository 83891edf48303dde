from odoo import models


class ComplaintCorrespondence(models.AbstractModel):
    """What is recorded of letters and of the website's complaints on arrival (五(一)3, 4)."""

    _name = "complaint.correspondence"
    _description = "Letters and the Website"
