from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.working_days import MAKEUP, OFF


class ComplaintCalendarDay(models.Model):
    """A day that differs from the plain week: off, or worked to make up for one."""

    _name = "complaint.calendar.day"
    _description = "Announced Day"
    _order = "date"
    _rec_name = "name"

    year_id = fields.Many2one(
        "complaint.calendar.year",
        required=True,
        index=True,
        ondelete="cascade",
        compute="_compute_year_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        [(OFF, "Day Off"), (MAKEUP, "Make-up Working Day")], required=True, default=OFF
    )
    name = fields.Char(string="Occasion")
    color = fields.Integer(compute="_compute_color")

    _date_unique = models.UniqueIndex("(date)", "This day is in the calendar already.")

    @api.depends("date")
    def _compute_year_id(self):
        years = {year.year: year for year in self.env["complaint.calendar.year"].search([])}
        for day in self:
            day.year_id = day.year_id or (day.date and years.get(day.date.year))

    @api.depends("kind")
    def _compute_color(self):
        for day in self:
            day.color = 1 if day.kind == OFF else 10

    @api.constrains("date", "year_id")
    def _check_year(self):
        for day in self:
            if day.date.year != day.year_id.year:
                raise ValidationError(
                    self.env._(
                        "%(day)s is not a day of %(year)s.", day=day.date, year=day.year_id.year
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self._schedule_changed()
        return days

    def write(self, vals):
        result = super().write(vals)
        self._schedule_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._schedule_changed()
        return result

    @api.model
    def _schedule_changed(self):
        # A year that sets many days recounts once, when it is done.
        if not self.env.context.get("schedule_in_work"):
            self.env["complaint.calendar.year"]._schedule_changed()
