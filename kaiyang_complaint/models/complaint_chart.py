from odoo import models


class ComplaintChart(models.AbstractModel):
    """Where a complaint stands on the regulation's flow chart, and who acts now (四, annex 1)."""

    _name = "complaint.chart"
    _description = "Flow Chart of a Complaint"
