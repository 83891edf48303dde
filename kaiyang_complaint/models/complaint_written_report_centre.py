from odoo import fields, models


class ComplaintWrittenReportCentre(models.AbstractModel):
    """How long a centre gives for a written report (七.3)."""

    _name = "complaint.written.report.centre"
    _description = "Written Reports of a Centre"

    complaint_report_days = fields.Integer(
        string="Written Report Within",
        required=True,
        default=5,
        help="Working days from the letter that asks for the report; that day does not count.",
    )

    _complaint_report_days_positive = models.Constraint(
        "CHECK (complaint_report_days > 0)", "A report is written within at least a working day."
    )
