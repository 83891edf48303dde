import secrets

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.codes import MANAGER_GROUP

# More than anybody guesses: 192 bits.
TOKEN_BYTES = 24
TOKEN_CHARACTERS = 32


class ResCompany(models.Model):
    """How a centre uses the results of complaints (七)."""

    _inherit = "res.company"

    complaint_board_min_count = fields.Integer(
        string="Ratings for the Red Side",
        required=True,
        default=3,
        help="Minimum number of ratings in the month for a proposal.",
    )
    complaint_board_min_average = fields.Float(
        string="Average for the Red Side",
        required=True,
        default=4.0,
        digits=(3, 1),
        help="Minimum satisfaction (1 to 5) for a proposal.",
    )
    complaint_board_red_count = fields.Integer(
        string="Proposed for the Red Side",
        required=True,
        default=5,
        help="So many windows, and so many people.",
    )
    complaint_board_black_from = fields.Selection(
        [("main", "Main responsibility"), ("both", "Main and secondary responsibility")],
        string="Responsibility for the Black Side",
        required=True,
        default="main",
    )
    complaint_board_black_count = fields.Integer(
        string="Findings for the Black Side", required=True, default=1
    )
    complaint_board_days = fields.Integer(string="Days on Display", required=True, default=30)
    complaint_board_names = fields.Selection(
        [
            ("full", "Full name"),
            ("surname", "Surname only (张**)"),
            ("window", "The window alone"),
        ],
        string="Names on the Black Side",
        required=True,
        default="surname",
    )
    complaint_board_detail = fields.Selection(
        [
            ("reason", "Public reason"),
            ("conduct", "The conduct item alone"),
            ("none", "Neither"),
        ],
        string="Black Board Text",
        required=True,
        default="reason",
    )
    complaint_board_token = fields.Char(
        string="Public Display Key", copy=False, groups=f"{MANAGER_GROUP},base.group_system"
    )
    complaint_report_days = fields.Integer(
        string="Written Report Within",
        required=True,
        default=5,
        help="Working days from the letter that asks for the report; that day does not count.",
    )
    complaint_report_months = fields.Integer(
        string="Written Report After",
        required=True,
        default=2,
        help="Months running in which complaints about a window were upheld (七.3).",
    )
    complaint_return_count = fields.Integer(
        string="Returned After",
        required=True,
        default=3,
        help="Upheld complaints of one year that return a staff member to their unit (七.3).",
    )
    complaint_rolling_year = fields.Boolean(
        string="Any Twelve Months Make a Year",
        help="Upheld complaints are counted in any twelve months, not in one calendar year (七.3).",
    )

    _complaint_board_token_unique = models.UniqueIndex(
        "(complaint_board_token) WHERE complaint_board_token IS NOT NULL",
        "Another centre has this key.",
    )
    _complaint_board_counts_sane = models.Constraint(
        "CHECK (complaint_board_min_count > 0 AND complaint_board_red_count >= 0"
        " AND complaint_board_black_count > 0 AND complaint_board_days > 0)",
        "The numbers of the red and black board are at least one.",
    )
    _complaint_board_average_sane = models.Constraint(
        "CHECK (complaint_board_min_average BETWEEN 1 AND 5)",
        "Satisfaction must be between 1 and 5.",
    )
    _complaint_report_days_positive = models.Constraint(
        "CHECK (complaint_report_days > 0)", "A report is written within at least a working day."
    )
    _complaint_report_months_running = models.Constraint(
        "CHECK (complaint_report_months > 1)", "Months running are at least two."
    )
    _complaint_return_count_positive = models.Constraint(
        "CHECK (complaint_return_count > 0)",
        "A staff member is returned after at least one upheld complaint.",
    )

    # --- boards (七.2) ----------------------------------------------------------------------------

    def action_renew_board_link(self):
        """Make a new link to the hall's display; the old one leads nowhere from now on.

        :raise AccessError: for others than managers and administrators
        """
        self._assert_may_link_board()
        for company in self.sudo():
            company.complaint_board_token = secrets.token_urlsafe(TOKEN_BYTES)

    def _complaint_board_url(self):
        """Return the address that the hall's display opens, made when it is first asked for.

        :raise AccessError: for others than managers and administrators
        """
        self.ensure_one()
        self._assert_may_link_board()
        if not self.sudo().complaint_board_token:
            self.action_renew_board_link()
        return f"{self.get_base_url()}/complaint/board/{self.sudo().complaint_board_token}"

    def _assert_may_link_board(self):
        user = self.env.user
        is_entitled = (
            self.env.su or user.has_group(MANAGER_GROUP) or user.has_group("base.group_system")
        )
        if not is_entitled or not (self.env.su or self <= user.company_ids):
            raise AccessError(self.env._("The public display link is reserved for the manager."))

    def _complaint_of_board_token(self, token):
        """Return the centre whose display has this key, with all rights, or none."""
        known = len(token) == TOKEN_CHARACTERS and token.isascii() and token.isprintable()
        domain = Domain("complaint_board_token", "=", token) if known else Domain.FALSE
        return self.sudo().search(domain, limit=1)

    def _complaint_board_shown(self):
        """Return the board that is on display today: that of the latest month."""
        self.ensure_one()
        today = self._complaint_today()
        return self.env["complaint.board"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "shown"),
                ("display_from", "<=", today),
                ("display_to", ">=", today),
            ],
            order="month desc, id desc",
            limit=1,
        )

    # --- the year of results (七.3) ---------------------------------------------------------------

    def _complaint_year_since(self):
        """Return the first day of the year that runs: of January, or twelve months ago."""
        month = self._complaint_today().replace(day=1)
        return (
            month - relativedelta(years=1)
            if self.complaint_rolling_year
            else month.replace(month=1)
        )
