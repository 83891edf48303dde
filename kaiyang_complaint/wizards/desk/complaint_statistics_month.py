from dateutil.relativedelta import relativedelta
from odoo import fields, models


class ComplaintStatisticsMonth(models.TransientModel):
    """Asks of which month the report is printed: the last one, if nothing else is said."""

    _name = "complaint.statistics.month"
    _description = "Monthly Report"

    month = fields.Date(
        required=True,
        default=lambda self: (
            self.env.company._complaint_today().replace(day=1) - relativedelta(months=1)
        ),
        help="Any day of the month.",
    )

    def action_print(self):
        """Print the report of the month (投诉受理月报)."""
        self.ensure_one()
        report = self.env.ref("kaiyang_complaint.report_statistics_month")
        return report.report_action(None, data={"blank": True, "month": str(self.month)})
