from base64 import b64encode
from datetime import date

import qrcode
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from qrcode.image.svg import SvgPathImage

from ...tools import flow
from ...tools.anchor import digest, read
from ..engine import charts
from ..engine.sheet import Sheet
from .statistics_results import StatisticsResults

STEPS = {"5": "非常满意", "4": "满意", "3": "基本满意", "2": "不满意", "1": "非常不满意"}
AGES = {"a": "3日以内", "b": "4至7日", "c": "8至15日", "d": "16至30日", "e": "30日以上"}
RATES = ("on_time:avg", "upheld:avg", "satisfied:avg", "extended:avg", "handling_days:avg")
FIGURES = ("__count", *RATES, "repeat:sum")
LINES = [
    ("__count", "受理投诉（件）"),
    ("on_time:avg", "按期办结率"),
    ("upheld:avg", "成立率（含部分成立）"),
    ("satisfied:avg", "满意率"),
    ("extended:avg", "延期率"),
    ("handling_days:avg", "平均办理工作日"),
    ("repeat:sum", "窗口再次被投诉（件）"),
]
NOTHING = "—"
LANGUAGE = "zh_CN"
# Those whose neighbours a calendar has.
YEARS = range(2000, 2100)


class StatisticsMonth(Sheet):
    """A month in figures, beside the month and the year before.

    Everybody is shown the same. Restricted complaints are in the totals; nothing else tells of
    them (七.5), and nothing at all of who complained.
    """

    def __init__(self, company, month):
        super().__init__(company.env["complaint.analysis"].sudo())
        if self.record.env["res.lang"]._get_data(code=LANGUAGE):
            self.record = self.record.with_context(lang=LANGUAGE)
        self.company, self.month = company, month
        self.before = month - relativedelta(months=1)
        self.year_ago = month - relativedelta(years=1)
        self.results = StatisticsResults(company, month)
        self.totals = [self._totals(first) for first in (month, self.before, self.year_ago)]

    @property
    def total(self):
        """Return the figures of the month."""
        return self.totals[0]

    @property
    def restricted(self):
        """Return how many complaints are in the totals alone."""
        hidden = self._in_month(self.month) & Domain("is_restricted", "=", True)
        return self.record.search_count(hidden)

    def lines(self):
        """Yield a label and the figures of the three months for each line of the first table."""
        for name, label in LINES:
            yield label, [self._written(name, figures[name]) for figures in self.totals]

    def by(self, name):
        """Return label, count, count of the month before and rates, the most frequent first."""
        rates = ["__count", *RATES[:3]]
        now = self._groups(self.month, name, rates)
        before = {key: figures[0] for key, *figures in self._groups(self.before, name, ["__count"])}
        return [
            (self._label(key), count, before.get(key, 0), [self.percent(rate) for rate in figures])
            for key, count, *figures in sorted(now, key=lambda group: -group[1])
        ]

    def trend(self):
        """Return the chart of the months: this year beside the last, as this month elsewhere."""
        years = (self.month.year, self.month.year - 1)
        day = Domain("received_on", ">=", date(years[1], 1, 1)) & Domain(
            "received_on", "<", self.month + relativedelta(months=1)
        )
        rows = self.record._read_group(self._ours() & day, ["year", "month"], ["__count"])
        counts = {(year, month): count for year, month, count in rows}
        labels = [f"{number}月" for number in range(1, 13)]
        series = [
            (f"{year}年", [counts.get((str(year), f"{number:02}")) for number in range(1, 13)])
            for year in years
        ]
        return charts.columns(labels, series)

    def compared(self, rows):
        """Return the chart of rows of ``by``: this month beside the month before."""
        labels = [row[0] for row in rows]
        series = [("本月", [row[1] for row in rows]), ("上月", [row[2] for row in rows])]
        return charts.columns(labels, series)

    def ranked(self, rows):
        """Return the chart of rows of ``by``, the most frequent on top."""
        return charts.bars([row[0] for row in rows], [row[1] for row in rows])

    def satisfaction(self):
        """Return each step of satisfaction with the number of those who chose it."""
        counts = dict(self._groups(self.month, "satisfaction_step", ["__count"]))
        return [(label, counts.get(step, 0)) for step, label in STEPS.items()]

    def ageing(self):
        """Return, by how long they are open, the open complaints and the overdue among them."""
        domain = self._open() & Domain("complaint_state", "in", flow.RUNNING)
        groups = self.record._read_group(domain, ["age_bucket"], ["__count", "overdue:sum"])
        found = {key: figures for key, *figures in groups}
        return [(label, *found.get(key, (0, 0))) for key, label in AGES.items()]

    def anchors(self):
        """Return the last anchor of the access log of each day of the month, the first day first.

        They prove to whoever holds the paper that the log is the one of then.
        """
        day = relativedelta(days=1)
        since = self.company._complaint_midnight(self.month - day)
        until = self.company._complaint_midnight(self.month + relativedelta(months=1) - day)
        domain = Domain("company_id", "=", self.company.id)
        domain &= Domain("at", ">=", since) & Domain("at", "<", until)
        found = self.record.env["complaint.access.anchor"].search(domain, order="number")
        of_days = {self.company._complaint_local(one.at).date(): one.id for one in found}
        return found.browse(of_days.values())

    def anchor_picture(self, anchor):
        """Return the QR code of what an anchor proves, in full, as a picture."""
        said = read(anchor.content)
        proof = "|".join((str(said.get("number")), said.get("at", ""), digest(said)))
        code = qrcode.make(proof, image_factory=SvgPathImage, border=1)
        return charts.PICTURE.format(b64encode(code.to_string()).decode())

    def percent(self, value):
        """Return a rate as it is written."""
        return NOTHING if value is False or value is None else f"{value:.1%}"

    # --- counting ---------------------------------------------------------------------------

    def _ours(self):
        return Domain("company_id", "=", self.company.id)

    def _open(self):
        return self._ours() & Domain("is_restricted", "=", False)

    def _in_month(self, first):
        days = Domain("received_on", ">=", first)
        days &= Domain("received_on", "<", first + relativedelta(months=1))
        return self._ours() & days

    def _totals(self, first):
        ((*figures,),) = self.record._read_group(self._in_month(first), [], FIGURES)
        return dict(zip(FIGURES, figures, strict=True))

    def _groups(self, first, name, figures):
        return self.record._read_group(self._in_month(first) & self._open(), [name], figures)

    def _label(self, key):
        return (key.display_name if isinstance(key, models.BaseModel) else key) or "未注明"

    def _written(self, name, value):
        if name in ("__count", "repeat:sum"):
            return str(value or 0)
        if name == "handling_days:avg" and value is not False:
            return f"{value:.1f}"
        return self.percent(value)


class ReportStatisticsMonth(models.AbstractModel):
    """投诉受理月报: what came in during a month, how it was handled, what came of it."""

    _name = "report.kaiyang_complaint.report_statistics_month"
    _description = "Monthly Report"

    @api.model
    def _get_report_values(self, _docids, data=None):
        company = self.env.company
        month = self._month(data or {}) or company._complaint_today() - relativedelta(months=1)
        sheet = StatisticsMonth(company, month.replace(day=1))
        return {"data": data or {}, "docs": sheet.record, "sheet": sheet}

    def _month(self, data):
        """Return the month asked for.

        :raise UserError: for what is no date
        """
        try:
            month = fields.Date.to_date(data.get("month") or None)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Choose the month by one of its days.")) from error
        if month and month.year not in YEARS:
            raise UserError(self.env._("Choose the month by one of its days."))
        return month
