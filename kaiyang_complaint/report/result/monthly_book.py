"""A month's assessment as a spreadsheet: every line with its sources, and the rankings."""

from ..engine.spreadsheet import Spreadsheet

LINES = [
    ("序号", 6),
    ("窗口单位", 24),
    ("扣分对象类别", 14),
    ("扣分对象", 24),
    ("投诉情形", 30),
    ("来源", 10),
    ("扣分依据", 34),
    ("规则分值", 9),
    ("分值", 8),
    ("理由", 34),
    ("投诉编号", 20),
]
RANKS = [("名次", 7), ("名称", 34), ("次数", 8), ("累计分值", 10)]
SHEETS = {
    "unit": "窗口单位排名",
    "window": "窗口排名",
    "staff": "窗口人员排名",
    "representative": "首席代表排名",
}
TARGETS = {"window": "窗口", "staff": "窗口人员", "representative": "首席代表"}
KINDS = {"finding": "查处结论", "manual": "人工录入", "correction": "更正"}
BATCH = 2000


class AssessmentBook(Spreadsheet):
    """The month as far as whoever downloads it may read its lines."""

    def __init__(self, title, assessment):
        super().__init__(title)
        self.assessment = assessment

    def sheets(self):
        """Yield the lines, and the ranking of each kind of party."""
        yield "扣分明细", LINES, self._line_rows()
        for name, label in SHEETS.items():
            yield label, RANKS, self._rank_rows(name)

    def _line_rows(self):
        lines = self.assessment.env["complaint.assessment.line"]
        ids = lines.search([("assessment_id", "=", self.assessment.id)]).ids
        for start in range(0, len(ids), BATCH):
            lines.env.invalidate_all()
            batch = lines.browse(ids[start : start + BATCH])
            for number, line in enumerate(batch, start + 1):
                yield (
                    number,
                    line.unit_id.name,
                    TARGETS[line.target],
                    line.party,
                    line.conduct_id.name,
                    KINDS[line.kind],
                    line.rule_words,
                    line.rule_points if line.kind == "finding" else "",
                    line.points,
                    line.reason,
                    line.ticket_id.number or "",
                )

    def _rank_rows(self, name):
        for row in self.assessment._ranked(name):
            yield row["rank"], row["record"].display_name, row["count"], row["points"]
