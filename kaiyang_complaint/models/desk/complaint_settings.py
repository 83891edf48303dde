from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.codes import MANAGER_GROUP

NUMBERING = (
    "complaint_fonds_code",
    "complaint_category_code",
    "complaint_number_pattern",
    "complaint_dossier_series",
)


class ComplaintSettings(models.TransientModel):
    """The settings of a centre, on a page that its managers open and save."""

    _name = "complaint.settings"
    _description = "Settings of the Complaint Desk"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    email = fields.Char(
        related="company_id.email",
        string="Sender's Address",
        readonly=False,
        help="Notices to representatives and mails to citizens are sent from it.",
    )
    complaint_day_end = fields.Selection(related="company_id.complaint_day_end", readonly=False)

    complaint_center_name = fields.Char(related="company_id.complaint_center_name", readonly=False)
    complaint_signature = fields.Char(related="company_id.complaint_signature", readonly=False)
    complaint_regulation = fields.Char(related="company_id.complaint_regulation", readonly=False)
    complaint_agency_code = fields.Char(related="company_id.complaint_agency_code", readonly=False)
    complaint_phone = fields.Char(related="company_id.complaint_phone", readonly=False)
    complaint_online = fields.Boolean(related="company_id.complaint_online", readonly=False)
    complaint_visit = fields.Char(related="company_id.complaint_visit", readonly=False)
    complaint_announcement = fields.Char(
        related="company_id.complaint_announcement", readonly=False
    )
    complaint_default_opinion = fields.Text(
        related="company_id.complaint_default_opinion", readonly=False
    )
    complaint_accept_days = fields.Integer(
        related="company_id.complaint_accept_days", readonly=False
    )
    complaint_max_days = fields.Integer(related="company_id.complaint_max_days", readonly=False)
    complaint_repeat_days = fields.Integer(
        related="company_id.complaint_repeat_days", readonly=False
    )
    complaint_similar_percent = fields.Integer(
        related="company_id.complaint_similar_percent", readonly=False
    )
    complaint_issue_days = fields.Integer(related="company_id.complaint_issue_days", readonly=False)
    complaint_issue_count = fields.Integer(
        related="company_id.complaint_issue_count", readonly=False
    )
    complaint_issue_similar_count = fields.Integer(
        related="company_id.complaint_issue_similar_count", readonly=False
    )
    complaint_issue_similar_percent = fields.Integer(
        related="company_id.complaint_issue_similar_percent", readonly=False
    )
    complaint_report_days = fields.Integer(
        related="company_id.complaint_report_days", readonly=False
    )
    complaint_report_months = fields.Integer(
        related="company_id.complaint_report_months", readonly=False
    )
    complaint_return_count = fields.Integer(
        related="company_id.complaint_return_count", readonly=False
    )
    complaint_tz = fields.Selection(related="company_id.complaint_tz", readonly=False)
    complaint_fonds_name = fields.Char(related="company_id.complaint_fonds_name", readonly=False)
    complaint_fonds_code = fields.Char(related="company_id.complaint_fonds_code", readonly=False)
    complaint_category_name = fields.Char(
        related="company_id.complaint_category_name", readonly=False
    )
    complaint_category_code = fields.Char(
        related="company_id.complaint_category_code", readonly=False
    )
    complaint_number_pattern = fields.Char(
        related="company_id.complaint_number_pattern", readonly=False
    )
    complaint_dossier_series = fields.Selection(
        related="company_id.complaint_dossier_series", readonly=False
    )
    complaint_rolling_year = fields.Boolean(
        related="company_id.complaint_rolling_year", readonly=False
    )
    complaint_paper_year = fields.Integer(related="company_id.complaint_paper_year", readonly=False)
    complaint_paper_numbers = fields.Integer(
        related="company_id.complaint_paper_numbers", readonly=False
    )
    complaint_paper_permanent = fields.Integer(
        related="company_id.complaint_paper_permanent", readonly=False
    )
    complaint_paper_y30 = fields.Integer(related="company_id.complaint_paper_y30", readonly=False)
    complaint_paper_y10 = fields.Integer(related="company_id.complaint_paper_y10", readonly=False)
    complaint_archive_days = fields.Integer(
        related="company_id.complaint_archive_days", readonly=False
    )
    complaint_board_min_count = fields.Integer(
        related="company_id.complaint_board_min_count", readonly=False
    )
    complaint_board_min_average = fields.Float(
        related="company_id.complaint_board_min_average", readonly=False
    )
    complaint_board_red_count = fields.Integer(
        related="company_id.complaint_board_red_count", readonly=False
    )
    complaint_board_black_from = fields.Selection(
        related="company_id.complaint_board_black_from", readonly=False
    )
    complaint_board_black_count = fields.Integer(
        related="company_id.complaint_board_black_count", readonly=False
    )
    complaint_board_days = fields.Integer(related="company_id.complaint_board_days", readonly=False)
    complaint_board_names = fields.Selection(
        related="company_id.complaint_board_names", readonly=False
    )
    complaint_board_detail = fields.Selection(
        related="company_id.complaint_board_detail", readonly=False
    )
    complaint_board_url = fields.Char(
        string="Public Display Link", compute="_compute_complaint_board_url"
    )
    complaint_number_example = fields.Char(
        string="Example", compute="_compute_complaint_number_example"
    )

    @api.depends(*NUMBERING)
    def _compute_complaint_number_example(self):
        """Show a number as it would be, before the settings are saved."""
        for settings in self:
            centre = self.env["res.company"].new({name: settings[name] for name in NUMBERING})
            settings.complaint_number_example = centre.complaint_number_example

    @api.depends("company_id")
    def _compute_complaint_board_url(self):
        for settings in self:
            settings.complaint_board_url = settings.company_id._complaint_board_url()

    @api.model_create_multi
    def create(self, vals_list):
        """Keep what a manager set of their own centre, who has no right to companies as such.

        :raise AccessError: for others than managers and administrators, and for other centres
        """
        user = self.env.user
        if not (user.has_group(MANAGER_GROUP) or user.has_group("base.group_system")):
            raise AccessError(self.env._("The settings are kept by the manager."))
        for vals in vals_list:
            if vals.get("company_id", self.env.company.id) not in user.company_ids.ids:
                raise AccessError(self.env._("The settings of another centre are kept there."))
        return super(ComplaintSettings, self.sudo()).create(vals_list).sudo(self.env.su)

    def execute(self):
        """Show the page anew, with what is kept now."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def cancel(self):
        """Show the page anew, without what was not saved."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_settings_action"
        )

    def action_renew_board_link(self):
        """Give the hall's display a new link: who knows the old one sees nothing any more."""
        self.company_id.action_renew_board_link()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_settings_action"
        )
