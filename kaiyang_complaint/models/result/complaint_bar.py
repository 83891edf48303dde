from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..access.clean_input import clean_text
from .complaint_award_exclusion_mixin import OF_MONTH, OF_YEAR, TITLES

# Fields that identify a bar.
IDENTITY = ("finding_id", "staff_id", "window_id", "title", "period")


class ComplaintBar(models.Model):
    """Who may not be given which title, because of an upheld finding (七.3, 七.4).

    It is none of the case: it comes and goes with the finding, whatever becomes of the papers.
    """

    _name = "complaint.bar"
    _description = "Bar from Awards"
    _inherit = ["complaint.procedure.mixin", "complaint.confidential.mixin"]
    _order = "period desc, id desc"
    _rec_names_search = ["staff_id.name", "window_id.number", "window_id.name"]
    _check_company_auto = True
    _procedural = {
        "state": "active",
        "lift_reason": False,
        "lifted_at": False,
        "lifted_by_id": False,
    }

    finding_id = fields.Many2one(
        "complaint.finding", required=True, readonly=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(related="finding_id.ticket_id", store=True, index=True)
    company_id = fields.Many2one(related="finding_id.company_id", store=True)
    staff_id = fields.Many2one(
        "complaint.window.staff", string="Staff Member", readonly=True, check_company=True
    )
    window_id = fields.Many2one("complaint.window", readonly=True, check_company=True)
    unit_id = fields.Many2one(
        "complaint.window.unit", readonly=True, index=True, check_company=True
    )
    title = fields.Selection(TITLES, string="Title Barred", required=True, readonly=True)
    period = fields.Date(
        required=True, readonly=True, help="First day of the month, or of the year of the title."
    )
    period_label = fields.Char(string="Month or Year", compute="_compute_period_label")
    period_end = fields.Date(compute="_compute_period_end", store=True)
    state = fields.Selection(
        [("active", "Barred"), ("lifted", "Lifted")],
        required=True,
        readonly=True,
        default="active",
    )
    lift_reason = fields.Text(string="Lifted Because", readonly=True)
    lifted_at = fields.Datetime(readonly=True)
    lifted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _one_party = models.Constraint(
        "CHECK ((staff_id IS NULL) != (window_id IS NULL))",
        "A bar is about a staff member or about a window.",
    )
    _once = models.UniqueIndex(
        "(finding_id, COALESCE(staff_id, 0), COALESCE(window_id, 0), title, period)",
        "This finding bars them already.",
    )
    _of_staff = models.Index("(staff_id, period) WHERE state = 'active'")
    _of_window = models.Index("(window_id, period) WHERE state = 'active'")
    _of_period = models.Index("(company_id, period)")

    @api.depends("period", "title")
    def _compute_period_end(self):
        for bar in self:
            length = relativedelta(years=1) if bar.title == OF_YEAR else relativedelta(months=1)
            bar.period_end = bar.period and bar.period + length - relativedelta(days=1)

    @api.depends("staff_id", "window_id", "title", "period")
    def _compute_display_name(self):
        titles = dict(self._fields["title"]._description_selection(self.env))
        for bar in self:
            who = bar.staff_id.display_name or bar.window_id.display_name or ""
            bar.display_name = f"{who}：{titles.get(bar.title, '')} {bar.period_label}"

    @api.depends("title", "period")
    def _compute_period_label(self):
        for bar in self:
            pattern = "%Y" if bar.title == OF_YEAR else "%Y-%m"
            bar.period_label = bar.period.strftime(pattern) if bar.period else ""

    # --- what findings bring about ------------------------------------------------------------

    @api.model
    def _impose(self, findings):
        """Bar whom counted findings bar and who is not barred by them yet."""
        # Called by ``automation_bar_from_awards`` (data/result/base_automation_finding_data.xml),
        # by way of the findings. The rule may run again for a finding: what it barred already
        # stays, also where a manager lifted it.
        wanted = {
            self._key(values): values
            for finding in findings.sudo().filtered("is_counted")
            for values in self._prepare_bar_values(finding)
        }
        made = self.sudo().search([("finding_id", "in", findings.ids)])
        keys = {made._key_of(bar) for bar in made}
        quietly = self.sudo().with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        quietly.create([values for key, values in wanted.items() if key not in keys])

    def _key(self, values):
        return tuple(values.get(name) or False for name in IDENTITY)

    def _key_of(self, bar):
        values = {name: bar[name] for name in IDENTITY}
        links = ("finding_id", "staff_id", "window_id")
        return self._key({**values, **{name: bar[name].id for name in links}})

    @api.model
    def _prepare_bar_values(self, finding):
        """Return the bars of one finding: for the person all titles, for the window the monthly."""
        # “当月” (七.3) is read as the month in which the finding was confirmed:
        # “经查，投诉内容属实的” makes the confirmation the condition, and the titles of the month
        # complained of may be given by then. The year of 七.4 follows the same day.
        month = finding.confirmed_month
        year = month.replace(month=1)
        base = {"finding_id": finding.id, "unit_id": finding.unit_id.id}
        window = {**base, "window_id": finding.window_id.id}
        of_window = [{**window, "title": title, "period": month} for title in OF_MONTH]
        if finding.liable != "staff":
            return of_window
        person = {**base, "staff_id": finding.staff_id.id}
        of_person = [{**person, "title": title, "period": month} for title in OF_MONTH]
        of_person.append({**person, "title": OF_YEAR, "period": year})
        # Who sat at no window when it happened, such as back-office staff, bars no window.
        return of_person + (of_window if finding.window_id else [])

    def _end(self, reason):
        """Lift active bars with the reason; bars lifted before are unchanged."""
        bars = self.sudo().filtered(lambda bar: bar.state == "active")
        bars._procedure_write(
            {
                "state": "lifted",
                "lift_reason": reason,
                "lifted_at": fields.Datetime.now(),
                "lifted_by_id": self.env.uid,
            }
        )
        bars._note(self.env._("Lifted: %s", reason))

    def _note(self, text):
        """Keep the history: who did what, when and why, in one batch."""
        author = self.env.user.partner_id.id
        self.sudo()._message_log_batch(bodies=dict.fromkeys(self.ids, text), author_id=author)

    def _reason(self):
        """Return why someone is barred, without naming the case or who complained."""
        month = self.finding_id.confirmed_month.strftime("%Y-%m")
        if self.window_id and self.finding_id.liable == "staff":
            return self.env._(
                "A complaint against a staff member of the window was upheld in %s.", month
            )
        return self.env._("A complaint against them was upheld in %s.", month)

    # --- by hand ------------------------------------------------------------------------------

    def action_lift(self, reason=None):
        """Lift bars by hand. Without a reason, ask for it.

        :raise AccessError: for anyone but a manager of the desk
        :raise UserError: where a bar was lifted before
        """
        self._assert_manager()
        self._assert_state("active")
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_lift")
        self._end(reason)
        return True

    def action_restore(self, reason=None):
        """Put bars back that were lifted by hand. Without a reason, ask for it.

        :raise AccessError: for anyone but a manager of the desk
        :raise UserError: where a bar stands, or its finding was overturned
        """
        self._assert_manager()
        self._assert_state("lifted")
        if any(finding.state != "confirmed" for finding in self.sudo().finding_id):
            raise UserError(self.env._("The finding was overturned: its award bars are lifted."))
        reason = clean_text(self.env, reason)
        if not reason:
            return self.env["complaint.reason.wizard"]._open(self, "action_restore")
        self.sudo()._procedure_write(self._procedural)
        self._note(self.env._("Restored: %s", reason))
        return True

    def _assert_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("kaiyang_complaint.group_complaint_manager"):
            raise AccessError(self.env._("Bars are lifted and restored by the manager."))

    # --- who is barred ------------------------------------------------------------------------

    @api.model
    def _active_bars(self, link, parties, periods):
        """Return the bars that stand against some staff or windows in some periods.

        A window is barred under the unit it had: who takes it over does not answer for it (七.3).

        :param link: ``staff_id`` or ``window_id``
        :param periods: domain on the titles and periods asked for
        """
        domain = Domain(link, "in", parties.ids) & Domain("state", "=", "active") & periods
        bars = self.sudo().search(domain, order="period, id")
        if link == "window_id":
            bars = bars.filtered(lambda bar: bar.unit_id == bar.window_id.unit_id)
        return bars
