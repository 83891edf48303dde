from odoo import models


class ComplaintCentre(models.AbstractModel):
    """A record of one centre, or of all: nobody hands it to a centre that is not theirs."""

    _name = "complaint.centre"
    _description = "Record of a Centre"

    def write(self, vals):
        """Change records; what they have become is still for the user to change.

        :raise AccessError: where they went to a centre that the user does not work in
        """
        result = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")
        return result
