from dateutil.relativedelta import relativedelta
from odoo import fields, models


class ComplaintResultsCentre(models.AbstractModel):
    """How a centre counts what complaints lead to (七)."""

    _name = "complaint.results.centre"
    _description = "Results of a Centre"

    complaint_rolling_year = fields.Boolean(
        string="Any Twelve Months Make a Year",
        help="Three upheld complaints in any twelve months, not in one calendar year (七.3).",
    )

    def _complaint_year_since(self):
        """Return the first day of the year that runs: of January, or twelve months ago."""
        month = self._complaint_today().replace(day=1)
        return (
            month - relativedelta(years=1)
            if self.complaint_rolling_year
            else month.replace(month=1)
        )
