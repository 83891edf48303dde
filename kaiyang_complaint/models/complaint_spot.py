from odoo import models


class ComplaintSpot(models.AbstractModel):
    """Who is called to the room, and what is settled there at once (五(一)2, 五(二)2)."""

    _name = "complaint.spot"
    _description = "Settlement on the Spot"
