from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import archive_number

PATTERN = "{fonds}-{category}·{year}-{retention}-{sequence:04d}"

# Where the last number on paper stands of those that count for themselves.
PAPER_NUMBERS = {
    "permanent": "complaint_paper_permanent",
    "y30": "complaint_paper_y30",
    "y10": "complaint_paper_y10",
}


class ResCompany(models.Model):
    """The archive of a centre (八)."""

    _inherit = "res.company"

    complaint_fonds_name = fields.Char(
        string="Fonds", help="Name of the fonds (全宗名称); the name of the centre where empty."
    )
    complaint_fonds_code = fields.Char(string="Fonds Code", help="Given by the county archive.")
    complaint_category_name = fields.Char(
        string="Category", required=True, default="投诉举报", help="On the cover (类目名称)."
    )
    complaint_category_code = fields.Char(string="Category Code", required=True, default="TS")
    complaint_number_pattern = fields.Char(
        string="Dossier Numbers",
        required=True,
        default=PATTERN,
        help="Places: {fonds}, {category}, {year}, {retention}, {sequence} or {sequence:04d}.",
    )
    complaint_dossier_series = fields.Selection(
        [("year", "Every year"), ("retention", "Every year, by retention period")],
        string="Restart Numbering",
        required=True,
        default="retention",
        help="The rules for numbering archives (DA/T 22) count within a retention period.",
    )
    complaint_paper_year = fields.Integer(
        string="Year Begun on Paper",
        help="The year in which dossiers were numbered on paper before they were numbered here.",
    )
    complaint_paper_numbers = fields.Integer(
        string="Last Number on Paper", help="Numbers of that year go on after this one."
    )
    complaint_paper_permanent = fields.Integer(
        string="Last Number on Paper, Kept Permanently",
        help="Numbers of that year and retention period go on after this one.",
    )
    complaint_paper_y30 = fields.Integer(
        string="Last Number on Paper, Kept 30 Years",
        help="Numbers of that year and retention period go on after this one.",
    )
    complaint_paper_y10 = fields.Integer(
        string="Last Number on Paper, Kept 10 Years",
        help="Numbers of that year and retention period go on after this one.",
    )
    complaint_number_example = fields.Char(
        string="Example", compute="_compute_complaint_number_example"
    )
    complaint_archive_days = fields.Integer(
        string="Archived Within",
        required=True,
        default=30,
        help="Days after closing within which a case is archived.",
    )

    _complaint_archive_days_positive = models.Constraint(
        "CHECK (complaint_archive_days > 0)", "A case is archived within at least one day."
    )
    _complaint_paper_numbers_positive = models.Constraint(
        "CHECK (complaint_paper_numbers >= 0 AND complaint_paper_permanent >= 0"
        " AND complaint_paper_y30 >= 0 AND complaint_paper_y10 >= 0)",
        "Dossiers are counted from 1.",
    )

    @api.depends(
        "complaint_fonds_code",
        "complaint_category_code",
        "complaint_number_pattern",
        "complaint_dossier_series",
    )
    def _compute_complaint_number_example(self):
        year = fields.Date.today().year
        for company in self:
            fault = company._complaint_pattern_fault()
            company.complaint_number_example = fault or archive_number.example(
                company.complaint_number_pattern, year=year, **company._complaint_codes()
            )

    def _complaint_codes(self):
        codes = {"fonds": self.complaint_fonds_code, "category": self.complaint_category_code}
        return {place: code for place, code in codes.items() if code}

    def _complaint_pattern_fault(self):
        """Return what is wrong with the pattern of dossier numbers, or nothing."""
        pattern = self.complaint_number_pattern or ""
        try:
            unknown, missing = archive_number.faults(pattern)
        except ValueError as error:
            return self.env._("The pattern of dossier numbers can't be read: %s", error)
        if unknown:
            return self.env._(
                "Dossier numbers know no place %(unknown)s. There are: %(places)s.",
                unknown="、".join(f"{{{name}}}" for name in unknown),
                places="、".join(f"{{{name}}}" for name in archive_number.PLACES),
            )
        if self.complaint_dossier_series == "retention":
            missing += [] if "retention" in archive_number.places(pattern) else ["retention"]
        if missing:
            return self.env._(
                "Two dossiers could get the same number. The pattern lacks: %s.",
                "、".join(f"{{{name}}}" for name in missing),
            )
        return ""

    @api.constrains("complaint_number_pattern", "complaint_dossier_series")
    def _check_complaint_number_pattern(self):
        for company in self:
            fault = company._complaint_pattern_fault()
            if fault:
                raise ValidationError(fault)

    def _complaint_dossier_number(self, year, retention, sequence):
        """Return the number of a dossier (档号).

        :raise UserError: where the archive has yet to get its code
        """
        self.ensure_one()
        pattern, codes = self.complaint_number_pattern, self._complaint_codes()
        if "fonds" in archive_number.places(pattern) and "fonds" not in codes:
            raise UserError(
                self.env._(
                    "The numbers of dossiers begin with the code of the fonds: a manager enters "
                    "it in the settings of the complaint desk, or takes {fonds} out of the pattern."
                )
            )
        return archive_number.number(
            pattern,
            year=year,
            retention=archive_number.RETENTION_CODES[retention],
            sequence=sequence,
            **{"fonds": "", "category": "", **codes},
        )

    def _complaint_numbers_used(self, year, retention):
        """Return the last number that was given on paper, of a year or a retention period in it."""
        self.ensure_one()
        if year != self.complaint_paper_year:
            return 0
        if self.complaint_dossier_series == "year":
            return self.complaint_paper_numbers
        return self[PAPER_NUMBERS[retention]]

    def _complaint_archive_due(self, closed_date):
        """Return the last day on which a case may be archived that was closed at some moment."""
        closed_on = self._complaint_local(closed_date).date()
        return closed_on + timedelta(days=self.complaint_archive_days)

    def _complaint_archive_since(self):
        """Return the UTC moment before which nothing that is closed should still wait."""
        days = self.complaint_archive_days + 1
        return self._complaint_midnight(self._complaint_today() - timedelta(days=days))
