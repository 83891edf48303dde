from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...tools.working_days import MAKEUP, OFF

SATURDAY = 5
# The calendar shows days off in red and make-up days in green.
COLORS = {OFF: 1, MAKEUP: 10}
LONGEST_HOLIDAY = 31


class ComplaintCalendarDay(models.Model):
    """A day that differs from the plain week: off, or worked to make up for one.

    A day that a centre entered for itself outranks, in that centre, what holds for all.
    """

    _name = "complaint.calendar.day"
    _description = "Announced Day"
    _inherit = ["complaint.company.mixin"]
    _order = "date"

    year_id = fields.Many2one(
        "complaint.calendar.year",
        required=True,
        index=True,
        ondelete="cascade",
        compute="_compute_year_id",
        store=True,
        readonly=False,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        default=lambda self: self._centre_by_default(),
        ondelete="cascade",
        help="Applies to this centre only; to all centres where empty.",
    )
    holds_for = fields.Char(
        compute="_compute_holds_for", help="Empty where the database has one centre only."
    )
    date = fields.Date(required=True)
    until = fields.Date(
        store=False, help="Last day of a holiday that is entered in one go; left empty for one day."
    )
    kind = fields.Selection(
        [(OFF, "Day Off"), (MAKEUP, "Make-up Working Day")], required=True, default=OFF
    )
    name = fields.Char(string="Occasion")
    weekday = fields.Char(compute="_compute_weekday")
    color = fields.Integer(compute="_compute_color")

    _date_unique = models.UniqueIndex(
        "(date, COALESCE(company_id, 0))", "This day is in the calendar already."
    )
    _of_centre = models.Index("(company_id) WHERE company_id IS NOT NULL")

    @api.depends("date")
    def _compute_year_id(self):
        years = {year.year: year for year in self.env["complaint.calendar.year"].search([])}
        for day in self:
            day.year_id = (day.date and years.get(day.date.year)) or day.year_id

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        for day in self:
            day.weekday = day.date and format_date(self.env, day.date, date_format="EEEE")

    @api.depends("kind")
    def _compute_color(self):
        for day in self:
            day.color = COLORS.get(day.kind, 0)

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_holds_for(self):
        is_one = len(self._centres()) <= 1
        for day in self:
            centre = day.company_id.sudo().name or self.env._("All Centres")
            day.holds_for = "" if is_one and not day.company_id else centre

    @api.depends("name", "kind", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for day in self:
            words = (day.name, kinds.get(day.kind), day.company_id.sudo().name)
            day.display_name = " · ".join(filter(None, words))

    @api.constrains("date", "year_id")
    def _check_year(self):
        for day in self:
            if day.date.year != day.year_id.year:
                raise ValidationError(
                    self.env._(
                        "%(day)s is not a day of %(year)s.",
                        day=day.date,
                        year=day.year_id.display_name,
                    )
                )

    @api.model
    def get_unusual_days(self, date_from, date_to=None):
        """Return the weekends between two moments: the calendar view draws them in grey."""
        first, last = fields.Date.to_date(date_from), fields.Date.to_date(date_to or date_from)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {str(day): day.weekday() >= SATURDAY for day in days}

    # --- changes ------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Enter days; a holiday with ``until`` as one record a day, of which the first is returned.

        A day of a year that has no calendar yet opens it, as provisional.

        :raise ValidationError: where a holiday ends before it begins, or lasts for months
        """
        untils = [fields.Date.to_date(vals.get("until")) for vals in vals_list]
        vals_list = [{**vals, "until": False} for vals in vals_list]
        following = [
            day
            for vals, until in zip(vals_list, untils, strict=True)
            for day in self._following(vals, until)
        ]
        days = super().create(self._in_their_years(vals_list + following))
        self._schedule_changed(days._reach())
        return days[: len(vals_list)]

    def _in_their_years(self, vals_list):
        """Return the values of new days with the years they belong to; years missing are opened."""
        loose = [vals for vals in vals_list if vals.get("date") and not vals.get("year_id")]
        numbers = [fields.Date.to_date(vals["date"]).year for vals in loose]
        # A year without days counts as one that is not there: anybody may open it.
        opened = self.env["complaint.calendar.year"].sudo()._ensure(numbers)
        years = {year.year: year.id for year in opened}
        for vals, number in zip(loose, numbers, strict=True):
            vals["year_id"] = years[number]
        return vals_list

    def _following(self, vals, until):
        """Return the values of the days after the first, up to and with ``until``."""
        first = fields.Date.to_date(vals.get("date"))
        if not (first and until):
            return []
        if not 0 <= (until - first).days < LONGEST_HOLIDAY:
            raise ValidationError(
                self.env._(
                    "A holiday can't last from %(first)s until %(last)s.", first=first, last=until
                )
            )
        return [
            {**vals, "date": first + timedelta(days=n)} for n in range(1, (until - first).days + 1)
        ]

    def write(self, vals):
        """Change days, and recount what runs by them."""
        before = self._reach()
        result = super().write(vals)
        after = self._reach()
        is_of_all = before is None or after is None
        self._schedule_changed(None if is_of_all else before | after)
        return result

    def unlink(self):
        """Delete days, and recount what ran by them."""
        reach = self._reach()
        result = super().unlink()
        self._schedule_changed(reach)
        return result

    def action_remove(self):
        """Take days out of the calendar: the plain week applies to them again."""
        self.unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _reach(self):
        """Return the centres that count by these days; None for all."""
        return None if self._of_all_centres() else self.sudo().company_id

    @api.model
    def _schedule_changed(self, companies):
        self.env["complaint.calendar.year"]._schedule_changed(companies)
