import chinese_calendar
from odoo import Command, api, fields, models, tools
from odoo.exceptions import UserError

from ..tools.working_days import MAKEUP, OFF, WorkingDays

FIRST_YEAR, LAST_YEAR = 1990, 2080
WARNING_MONTH = 12
HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class ComplaintCalendarYear(models.Model):
    """The State Council's schedule of a year: what differs from the plain week."""

    _name = "complaint.calendar.year"
    _description = "Working Calendar of a Year"
    _order = "year desc"

    year = fields.Integer(required=True, default=lambda self: fields.Date.today().year)
    state = fields.Selection(
        [("provisional", "Provisional"), ("published", "Published")],
        required=True,
        default="provisional",
        readonly=True,
        help="A limit that runs into a provisional year is marked, and recomputed on publication.",
    )
    source = fields.Char(help="The announcement the schedule follows.")
    day_ids = fields.One2many("complaint.calendar.day", "year_id", string="Days")
    off_count = fields.Integer(string="Days Off", compute="_compute_counts")
    makeup_count = fields.Integer(string="Make-up Days", compute="_compute_counts")

    _year_unique = models.UniqueIndex("(year)", "This year has a calendar already.")

    @api.depends("day_ids.kind")
    def _compute_counts(self):
        for year in self:
            kinds = year.day_ids.mapped("kind")
            year.off_count = kinds.count(OFF)
            year.makeup_count = kinds.count(MAKEUP)

    @api.depends("year")
    def _compute_display_name(self):
        for year in self:
            year.display_name = str(year.year)

    @api.model
    @tools.ormcache()
    def _working_days(self):
        """Return the working days of all years, as a value that counts by bisection."""
        days = self.env["complaint.calendar.day"].sudo().search_fetch([], ["date", "kind", "name"])
        published = self.sudo().search_fetch([("state", "=", "published")], ["year"])
        return WorkingDays(
            FIRST_YEAR,
            LAST_YEAR,
            {day.date: (day.kind, day.name or "") for day in days},
            published.mapped("year"),
        )

    @api.model
    def _missing_next_year(self):
        """Return next year from December on while its schedule is not published, else False."""
        today = self.env.company._complaint_today()
        if today.month < WARNING_MONTH:
            return False
        known = [("year", "=", today.year + 1), ("state", "=", "published")]
        return False if self.sudo().search_count(known, limit=1) else today.year + 1

    @api.model_create_multi
    def create(self, vals_list):
        years = super().create(vals_list)
        self._schedule_changed()
        return years

    def write(self, vals):
        if "year" in vals and self.day_ids:
            raise UserError(self.env._("The year of a calendar that has days can't be changed."))
        result = super().write(vals)
        self._schedule_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._schedule_changed()
        return result

    @api.model
    def _schedule_changed(self):
        """Forget the counted days and recount every limit that runs."""
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.env["complaint.deadline"].sudo()._recount_running()

    def action_load(self):
        """Take the schedule of the years from the library ``chinesecalendar`` and publish it.

        :raise UserError: where the library doesn't know a year yet; nothing changes
        """
        for year in self:
            known = year._library_days()
            if not known:
                raise UserError(
                    self.env._(
                        "The schedule of %s is not in the library yet. Enter it, or import a file.",
                        year.year,
                    )
                )
            year._set_days(known)
        self.action_publish()

    def _library_days(self):
        """Return the announced days of the year that the library knows: ``{date: (kind, name)}``."""
        self.ensure_one()
        sources = ((OFF, chinese_calendar.holidays), (MAKEUP, chinese_calendar.workdays))
        return {
            day: (kind, HOLIDAYS.get(name, name))
            for kind, days in sources
            for day, name in days.items()
            if day.year == self.year
        }

    def _set_days(self, days):
        """Make the schedule of a year be just these days.

        :param days: ``{date: (kind, name)}``
        """
        self.ensure_one()
        present = {day.date: day for day in self.day_ids}
        gone = [Command.delete(day.id) for key, day in present.items() if key not in days]
        kept = [
            Command.update(present[key].id, {"kind": kind, "name": name})
            for key, (kind, name) in days.items()
            if key in present and (present[key].kind, present[key].name) != (kind, name)
        ]
        new = [
            Command.create({"date": key, "kind": kind, "name": name})
            for key, (kind, name) in days.items()
            if key not in present
        ]
        self.with_context(schedule_in_work=True).day_ids = gone + kept + new

    def action_publish(self):
        """Declare the schedules final: limits through these years are provisional no more."""
        self.write({"state": "published"})

    def action_unpublish(self):
        """Declare the schedules provisional again."""
        self.write({"state": "provisional"})
