from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# Odoo translates selection labels only where they come as a list.
TITLES = [
    ("red_flag", "Red Flag Window of the Month"),
    ("party_post", "Party Members' Model Post of the Month"),
    ("integrity_post", "Integrity Model Post of the Month"),
    ("excellent", "Excellent of the Year"),
]
OF_YEAR = "excellent"
OF_MONTH = tuple(code for code, _label in TITLES if code != OF_YEAR)
OF_PERSON = (*OF_MONTH, OF_YEAR)
ASKERS = ("clerk", "manager", "leader", "director")
ASKERS_ONLY = ",".join(f"kaiyang_complaint.group_complaint_{role}" for role in ASKERS)


class ComplaintAwardExclusionMixin(models.AbstractModel):
    """A window or a person: whether they may be given a title, and why not (七.3, 七.4)."""

    _name = "complaint.award.exclusion.mixin"
    _description = "Possibly Barred from Awards"

    # The field of a bar that points here, and the titles it may be asked about.
    _bar_link = None
    _award_titles = ()

    bar_status = fields.Selection(
        [("month", "Barred This Month"), ("year", "Barred This Year")],
        string="Awards",
        compute="_compute_bar_status",
        search="_search_bar_status",
        groups=ASKERS_ONLY,
    )

    def _compute_bar_status(self):
        """Return who is barred today, in one query; restricted cases are not detailed."""
        standing = self.env["complaint.bar"]._active_bars(self._bar_link, self, self._bars_now())
        titles = {
            party.id: set(bars.mapped("title"))
            for party, bars in standing.grouped(self._bar_link).items()
        }
        for party in self:
            barred = titles.get(party._origin.id, set())
            monthly = barred.intersection(OF_MONTH)
            party.bar_status = "month" if monthly else bool(barred) and "year"

    @api.model
    def _bars_now(self):
        month = self.env.company._complaint_today().replace(day=1)
        return self._bars_at(OF_MONTH, month) | self._bars_at((OF_YEAR,), month)

    @api.model
    def _bars_at(self, titles, day):
        """Return the domain of the bars from some titles of the month, or year, of a day."""
        first = day.replace(day=1) if OF_YEAR not in titles else day.replace(day=1, month=1)
        return Domain("title", "in", titles) & Domain("period", "=", first)

    @api.model
    def _search_bar_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        bars = self.env["complaint.bar"].sudo().search(self._bars_now())
        barred = bars[self._bar_link].filtered("bar_status").grouped("bar_status")
        found = [party.id for status in value if status for party in barred.get(status, ())]
        domain = Domain("id", "in", found)
        if False in value:
            domain |= Domain("id", "not in", [one.id for some in barred.values() for one in some])
        return domain

    # --- asked before an award ----------------------------------------------------------------

    @api.readonly
    def award_eligibility(self, title, date):
        """Return for each record whether it is eligible for an award (七.3, 七.4).

        It names neither cases nor complainants: whoever may ask is told the same.

        :param title: ``red_flag``, ``party_post``, ``integrity_post``, or ``excellent``
        :param date: a day of the month, or of the year, that the title is for: ``2026-03-31``
        :return: ``[{"id", "name", "eligible", "reasons": [text]}]``, in the order of the records
        :raise AccessError: for others than clerks, the manager and the leaders
        :raise UserError: for an unknown title or date, or one that these records are not given
        """
        self._assert_may_ask()
        day = self._award_day(title, date)
        reasons = self._reasons_against(self._bars_at((title,), day))
        return [
            {
                "id": party.id,
                "name": party.display_name,
                "eligible": party not in reasons,
                "reasons": reasons.get(party, []),
            }
            for party in self
        ]

    def _reasons_against(self, periods):
        """Return, for whoever is barred, why they are."""
        bars = self.env["complaint.bar"]._active_bars(self._bar_link, self, periods)
        return {
            party: list(dict.fromkeys(bar._reason() for bar in some))
            for party, some in bars.grouped(self._bar_link).items()
        }

    def _assert_may_ask(self):
        self.check_access("read")
        groups = [f"kaiyang_complaint.group_complaint_{role}" for role in ASKERS]
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Who may be given a title is for the complaint desk and its leaders.")
            )

    def _award_day(self, title, date):
        """Check title and date, and return the day.

        :raise UserError: saying what is wrong
        """
        if title not in self._award_titles:
            known = "、".join(code for code, _label in TITLES if code in self._award_titles)
            raise UserError(self.env._("Titles that can be asked about here: %s.", known))
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = None
        if not day:
            raise UserError(self.env._("Give the day as year-month-day, such as 2026-03-31."))
        return day
