from datetime import date

import chinese_calendar
from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.working_days import MAKEUP, OFF, WorkingDays

FIRST_YEAR, LAST_YEAR = 1990, 2080
FIRST_SHIPPED_YEAR = 2025
WARNING_MONTH = 12
WARNING = "kaiyang_complaint.activity_publish_year"
# Only code can put this object into the context: a caller over RPC can't.
IN_WORK = object()
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
    """The State Council's schedule of a year: what differs from the plain week, in all centres.

    A centre may have days of its own beside it, which count in that centre alone.
    """

    _name = "complaint.calendar.year"
    _description = "Working Calendar of a Year"
    _inherit = ["complaint.company.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "year desc"
    _rec_names_search = ["year"]

    year = fields.Integer(required=True, default=lambda _self: fields.Date.today().year)
    state = fields.Selection(
        [("provisional", "Provisional"), ("published", "Published")],
        required=True,
        default="provisional",
        readonly=True,
        tracking=True,
        help="A limit that runs into a provisional year is marked, and recomputed on publication.",
    )
    source = fields.Char(tracking=True, help="The announcement the schedule follows.")
    day_ids = fields.One2many(
        "complaint.calendar.day", "year_id", string="Days", domain=[("company_id", "=", False)]
    )
    own_day_ids = fields.One2many(
        "complaint.calendar.day",
        "year_id",
        string="Days of Single Centres",
        domain=[("company_id", "!=", False)],
        readonly=True,
    )
    off_count = fields.Integer(string="Days Off", compute="_compute_counts")
    makeup_count = fields.Integer(string="Make-up Days", compute="_compute_counts")

    is_in_library = fields.Boolean(
        compute="_compute_is_in_library", help="The year can be loaded from the library."
    )

    _year_unique = models.UniqueIndex("(year)", "This year has a calendar already.")

    @api.depends("day_ids.kind")
    def _compute_counts(self):
        for year in self:
            kinds = year.day_ids.mapped("kind")
            year.off_count = kinds.count(OFF)
            year.makeup_count = kinds.count(MAKEUP)

    @api.depends("year")
    def _compute_is_in_library(self):
        for year in self:
            year.is_in_library = bool(year._library_days())

    @api.depends("year")
    def _compute_display_name(self):
        for year in self:
            year.display_name = str(year.year)

    @api.model
    @tools.ormcache("company and company.id")
    def _working_days(self, company=None):
        """Return the working days of all years, as a value that counts by bisection.

        Centres without days of their own share one value.

        :param company: the centre whose own days count as well; none where left out
        """
        # Most centres have no days of their own: they share one value in the cache.
        own = self._days_of(company) if company else None
        if company and not own:
            return self._working_days()
        announced = [*self._days_of(self.env["res.company"]), *(own or ())]
        published = self.sudo().search_fetch([("state", "=", "published")], ["year"])
        return WorkingDays(
            FIRST_YEAR,
            LAST_YEAR,
            {day.date: (day.kind, day.name or "") for day in announced},
            published.mapped("year"),
        )

    @api.model
    def _days_of(self, company):
        """Return the days of a centre alone; without one, those that hold for all."""
        days = self.env["complaint.calendar.day"].sudo()
        return days.search_fetch([("company_id", "=", company.id)], ["date", "kind", "name"])

    @api.model
    def _missing_next_year(self):
        """Return next year from December on while its schedule is not published, else False."""
        today = self.env.company._complaint_today()
        if today.month < WARNING_MONTH:
            return False
        known = [("year", "=", today.year + 1), ("state", "=", "published")]
        return False if self.sudo().search_count(known, limit=1) else today.year + 1

    # --- changes ------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Open years, and recount what runs through them."""
        years = super(ComplaintCalendarYear, self._in_work()).create(vals_list)
        self._schedule_changed()
        return years.with_env(self.env)

    def write(self, vals):
        """Change years, recount what runs through them, and end the warning about one published.

        :raise UserError: where a year that has days would become another
        """
        if "year" in vals and self.day_ids:
            raise UserError(self.env._("The year of a calendar that has days can't be changed."))
        result = super(ComplaintCalendarYear, self._in_work()).write(vals)
        if {"year", "state", "day_ids"} & vals.keys():
            self._schedule_changed()
        if vals.get("state") == "published":
            self.sudo().activity_unlink([WARNING])
        return result

    def unlink(self):
        """Delete years: the plain week applies to them, provisionally."""
        result = super().unlink()
        self._schedule_changed()
        return result

    def _in_work(self):
        """Return the years so that a change of many days recounts once, when it is done."""
        return self.with_context(schedule_in_work=IN_WORK)

    @api.model
    def _schedule_changed(self, companies=None):
        """Forget the counted days and recount every limit that runs.

        :param companies: the centres whose days changed; all where left out
        """
        if self.env.context.get("schedule_in_work") is IN_WORK:
            return
        self.env.flush_all()
        self.env.registry.clear_cache()
        # Whoever counts at the same time remembers the old days until these are committed.
        self.env.cr.postcommit.add(self.env.registry.clear_cache)
        self.env["complaint.deadline"].sudo()._recount_running(companies)
        self._recount_drafts(companies)

    @api.model
    def _recount_drafts(self, companies=None):
        """Recount until when complaints that nobody accepted yet have to be (四.1)."""
        domain = Domain("complaint_state", "=", "draft")
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        drafts = self.env["helpdesk.ticket"].sudo().search(domain)
        # ``accept_by`` depends on the calendar, which no ``depends`` can name.
        self.env.add_to_compute(drafts._fields["accept_by"], drafts)

    @api.model
    def _ensure(self, numbers):
        """Return the calendars of years, of which those that are missing are opened."""
        numbers = set(numbers)
        known = self.search([("year", "in", list(numbers))])
        missing = sorted(numbers - set(known.mapped("year")))
        return known | (self.create([{"year": number} for number in missing]) if missing else known)

    # --- the library --------------------------------------------------------------------------

    def action_load(self):
        """Take the schedule of the years from the library ``chinesecalendar`` and publish it.

        :raise UserError: where the library doesn't know a year yet; nothing changes
        """
        for year in self:
            if not year.is_in_library:
                raise UserError(
                    self.env._(
                        "The schedule of %s is not in the library yet. Enter it, or import a file.",
                        year.year,
                    )
                )
        for year in self._in_work():
            year._set_days(year._library_days(), source="chinesecalendar")
        self.action_publish()

    @api.model
    def _load_known(self):
        """Load the years that the library knows and nobody opened yet (at install and update)."""
        known = {day.year for day in chinese_calendar.holidays if day.year >= FIRST_SHIPPED_YEAR}
        present = self.search([("year", "in", list(known))])
        self._ensure(known - set(present.mapped("year"))).action_load()

    def _library_days(self):
        """Return the announced days that the library knows: ``{date: (kind, name)}``."""
        self.ensure_one()
        sources = ((OFF, chinese_calendar.holidays), (MAKEUP, chinese_calendar.workdays))
        return {
            day: (kind, HOLIDAYS.get(name, name))
            for kind, days in sources
            for day, name in days.items()
            if day.year == self.year
        }

    def _set_days(self, days, company=None, **vals):
        """Make the schedule of a year be just these days.

        :param days: ``{date: (kind, name)}``
        :param company: the centre whose own days they are; they hold for all where left out
        :param vals: what else to write on the year
        """
        self.ensure_one()
        owner = company or self.env["res.company"]
        year = self._in_work()
        known = self.env["complaint.calendar.day"].with_env(year.env)
        known = known.search([("year_id", "=", self.id), ("company_id", "=", owner.id)])
        present = {day.date: day for day in known}
        known.filtered(lambda day: day.date not in days).unlink()
        for key in days.keys() & present.keys():
            kind, name = days[key]
            if (present[key].kind, present[key].name) != (kind, name):
                present[key].write({"kind": kind, "name": name})
        common = {"year_id": self.id, "company_id": owner.id}
        known.create(
            [
                {**common, "date": key, "kind": kind, "name": name}
                for key, (kind, name) in days.items()
                if key not in present
            ]
        )
        if vals:
            year.write(vals)
        self._schedule_changed(company)

    # --- acts ---------------------------------------------------------------------------------

    def action_publish(self):
        """Declare the schedules final: limits through these years are provisional no more."""
        self.write({"state": "published"})

    def action_unpublish(self):
        """Declare the schedules provisional again."""
        self.write({"state": "provisional"})

    def action_open_year(self):
        """Open the year at a glance."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kaiyang_complaint.complaint_calendar_day_action"
        )
        today = fields.Date.context_today(self)
        # Noon of a day in the midst: no time zone moves it into another year.
        shown = today if today.year == self.year else date(self.year, 6, 15)
        is_one = len(self._centres()) <= 1
        return action | {"context": {"initial_date": f"{shown} 12:00:00", "one_centre": is_one}}

    # --- what is missing ----------------------------------------------------------------------

    @api.model
    def _cron_check(self):
        """Tell the managers in December when next year's schedule is missing.

        Also recount what runs: a complaint may have been accepted while the calendar changed.
        """
        self.env["complaint.deadline"]._recount_running()
        missing = self._missing_next_year()
        if missing:
            self._ensure([missing])._warn_managers()

    def _warn_managers(self):
        """Give every manager of the desk one activity, once: who put it aside is left alone."""
        self.ensure_one()
        kind = self.env.ref(WARNING)
        activities = self.env["mail.activity"].with_context(active_test=False)
        warned = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("activity_type_id", "=", kind.id),
            ]
        ).user_id
        managers = self.env.ref("kaiyang_complaint.group_complaint_manager").all_user_ids
        values = {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": kind.id,
            "automated": True,
            "date_deadline": date(self.year - 1, 12, 31),
        }
        self.env["mail.activity"].create(
            [{**values, "user_id": user.id} for user in managers - warned if user.active]
        )
