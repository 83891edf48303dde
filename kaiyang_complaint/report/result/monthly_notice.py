"""The notice of a month's assessment (月度考核通报), as it hangs in the hall (七.1)."""

from odoo import models
from odoo.fields import Domain

from ..engine.sheet import Sheet

PEN_ROWS = 12
PARTIES = ("window", "staff", "representative")
LABELS = {"window": "窗口", "staff": "窗口人员", "representative": "首席代表"}
RULED_RANKS = (("unit", "窗口单位"), ("window", "窗口"))
# What a notice tells: nothing of restricted cases, whose people are not to be forewarned (七.5).
PUBLIC = Domain("points", "!=", 0) & (
    Domain("finding_id", "=", False) | Domain("finding_id.ticket_id.is_restricted", "=", False)
)


def written_points(points):
    """Return points as they are written: with a real sign, without needless zeros.

    >>> written_points(-3.0), written_points(1.5), written_points(0.0)
    ('－3', '＋1.5', '0')
    """
    written = f"{round(points, 1):+g}" if round(points, 1) else "0"
    return written.replace("-", "－").replace("+", "＋")


def deducted(points):
    """Return points as part of a sentence: 扣 what was lost, 加 what was given back.

    >>> deducted(-51.5), deducted(2.0), deducted(0.0)
    ('扣51.5分', '加2分', '扣0分')
    """
    rounded = round(points, 1)
    return f"{'加' if rounded > 0 else '扣'}{abs(rounded):g}分"


class AssessmentSheet(Sheet):
    """A month on its way to paper: deductions by unit, window and person, and the ranking."""

    def __init__(self, record):
        super().__init__(record.sudo())

    @property
    def is_draft(self):
        """Whether this is not published yet, and says so on the paper."""
        return bool(self.record) and self.record.state != "published"

    @property
    def number(self):
        """The number of the notice; a draft has room for it."""
        return self.record.name or self.record.letter_id.name or ""

    @property
    def month(self):
        """The month in words, or room to write it."""
        month = self.record.month
        return f"{month.year}年{month.month}月" if month else "____年__月"

    @property
    def heading(self):
        """The title of the notice."""
        return f"{self.month}投诉处理月度考核通报"

    @property
    def opening(self):
        """The first paragraph: on what the notice rests."""
        clause = self.company._complaint_quotation("七.1")
        return f"根据{clause}的规定，现将{self.month}投诉处理考核情况通报如下："

    @property
    def summary(self):
        """The totals in a sentence."""
        if not self.record:
            return "本月累计扣____分，其中窗口扣____分，窗口人员扣____分，首席代表扣____分。"
        totals = dict.fromkeys(PARTIES, 0.0)
        totals.update(self._lines()._read_group(self._domain(), ["target"], ["points:sum"]))
        if not self.rows_to_print:
            return "本月无扣分事项。"
        parts = "，".join(f"{LABELS[name]}{deducted(totals[name])}" for name in PARTIES)
        words = f"本月累计{deducted(sum(totals.values()))}，其中{parts}。"
        return f"{words}{self._verdicts}{self._under_review}"

    @property
    def _verdicts(self):
        """How many complaints were upheld, and how many in part."""
        lines = self._lines().search(self._domain() & Domain("kind", "=", "finding"))
        cases = lines.finding_id.grouped("ticket_id").values()
        partly = sum(set(one.mapped("conclusion")) == {"partly"} for one in cases)
        return f"所涉投诉成立{len(cases) - partly}件、部分成立{partly}件。" if cases else ""

    @property
    def _under_review(self):
        """How many of the complaints were reopened: what was found of them may change."""
        lines = self._lines().search(self._domain() & Domain("finding_id", "!=", False))
        count = len(self.record._reopened_cases(lines))
        return f"其中{count}件已重新办理，以重新办理结果为准。" if count else ""

    @property
    def rows_to_print(self):
        """The deductions: unit, who, what for, how often, points; for the pen empty rows."""
        if not self.record:
            return [dict.fromkeys(("unit", "who", "reason", "count", "points"), "")] * PEN_ROWS
        rows = sorted([*self._computed(), *self._by_hand()], key=lambda row: row[0][0])
        return [
            {
                "unit": unit.name or "",
                "who": who,
                "reason": reason,
                "count": count,
                "points": written_points(points),
            }
            for (_order, unit, who, reason), count, points in rows
        ]

    def rankings(self):
        """Return what is ranked: title and rows, who lost most first."""
        return [
            (label, [row | {"points": written_points(row["points"])} for row in self._ranked(name)])
            for name, label in RULED_RANKS
        ]

    def _ranked(self, name):
        if not self.record:
            return [{"rank": "", "record": self.record, "points": 0, "count": ""}] * 5
        return self.record._ranked(name, PUBLIC)

    def _lines(self):
        return self.record.env["complaint.assessment.line"]

    def _domain(self):
        return PUBLIC & Domain("assessment_id", "in", self.record.ids)

    def _computed(self):
        """Yield what was computed, equal deductions of one party in one row."""
        by = ["unit_id", "target", "window_id", "staff_id", "representative_id", "conduct_id"]
        found = self._lines()._read_group(
            self._domain() & Domain("kind", "!=", "manual"),
            [*by, "corrected_id"],
            ["finding_id:recordset", "points:sum"],
        )
        for unit, target, window, staff, person, item, corrected, findings, points in found:
            party = {"window": window, "staff": staff, "representative": person}[target]
            reason = item.name or "投诉查证属实"
            count = len(findings.ticket_id)
            if corrected:
                month = corrected.month
                reason = f"更正：{month.year}年{month.month}月所扣分数退回（原认定结论已撤销）"
                count = ""
            yield self._sort_key_and_text(unit, target, party, reason), count, points

    def _by_hand(self):
        """Yield manual entries with their own texts."""
        for line in self._lines().search(self._domain() & Domain("kind", "=", "manual")):
            told = self._sort_key_and_text(line.unit_id, line.target, line._party(), line.reason)
            yield told, 1, line.points

    def _sort_key_and_text(self, unit, target, party, reason):
        """Return the place of a row among the others, and its words."""
        name = f"{party.number}号窗口" if target == "window" else party.display_name
        name = f"首席代表{name}" if target == "representative" else name
        order = (unit.sequence, unit.name or "", PARTIES.index(target), name, reason)
        return order, unit, name, reason


class AssessmentReport(models.AbstractModel):
    """月度考核通报: the notice of a month; a month in review prints as a draft."""

    _name = "report.kaiyang_complaint.report_assessment"
    _description = "Notice of the Monthly Assessment"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.assessment"
    _sheet_type = AssessmentSheet
