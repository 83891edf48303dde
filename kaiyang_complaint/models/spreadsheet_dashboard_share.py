from odoo import api, models
from odoo.exceptions import UserError


class SpreadsheetDashboardShare(models.Model):
    """Odoo shares a dashboard by a link that anybody on the internet may open."""

    _inherit = "spreadsheet.dashboard.share"

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the figures of complaints, restricted ones among them, inside the desk (§5).

        :raise UserError: for a dashboard of complaints, naming what to hand out instead
        """
        dashboards = self.env["spreadsheet.dashboard"].sudo()
        dashboards = dashboards.browse([vals["dashboard_id"] for vals in vals_list])
        desk = self.env.ref("kaiyang_complaint.dashboard_group_complaint")
        if desk in dashboards.dashboard_group_id:
            raise UserError(
                self.env._(
                    "The dashboard of complaints stays in the desk: whoever has its link would "
                    "see it without logging in. Print the monthly report instead."
                )
            )
        return super().create(vals_list)
