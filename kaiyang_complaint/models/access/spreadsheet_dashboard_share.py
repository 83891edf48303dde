from odoo import api, models
from odoo.exceptions import ValidationError


class SpreadsheetDashboardShare(models.Model):
    """Odoo shares a dashboard by a link that anybody on the internet may open."""

    _inherit = "spreadsheet.dashboard.share"

    @api.constrains("dashboard_id")
    def _check_stays_in_desk(self):
        """Keep the figures of complaints, restricted ones among them, inside the desk (七.5).

        Whatever door a share comes by, values or context: naming what to hand out instead.
        """
        desk = self.env.ref("kaiyang_complaint.dashboard_group_complaint")
        if desk in self.sudo().dashboard_id.dashboard_group_id:
            raise ValidationError(
                self.env._(
                    "The dashboard of complaints stays in the desk: whoever has its link would "
                    "see it without logging in. Print the monthly report instead."
                )
            )
