"""What the complaints of a month led to, as far as the desk keeps it."""

from dateutil.relativedelta import relativedelta
from odoo.fields import Domain

from ..result.monthly_notice import written_points

CONCLUSIONS = {"upheld": "成立", "partly": "部分成立", "not_upheld": "不成立"}
ISSUES = {
    "found": "待研究",
    "studying": "研究中",
    "measured": "已定措施",
    "submitted": "公布待批示",
    "approved": "待公布",
    "published": "已公布",
    "dismissed": "不作共性问题",
}


class StatisticsResults:
    """Findings, points, bars, boards, written reports and common issues of a month."""

    def __init__(self, company, month):
        self.company, self.month = company.sudo(), month
        self.env = self.company.env
        next_month = month + relativedelta(months=1)
        self.begins = company._complaint_midnight(month - relativedelta(days=1))
        self.ends = company._complaint_midnight(next_month - relativedelta(days=1))

    def lines(self):
        """Return what each kind of result is called, and what became of it in the month."""
        return [
            ("本月确认的查处结论", self._findings()),
            ("月度考核扣分", self._points()),
            ("参评限制", f"{self._count('complaint.bar', *self._bars())}项"),
            ("红榜公示", f"{self._count('complaint.board.entry', *self._shown('red'))}个"),
            ("黑榜公示", f"{self._count('complaint.board.entry', *self._shown('black'))}个"),
            ("要求书面说明", f"{self._count('complaint.written.report', *self._asked())}件"),
        ]

    def issues(self):
        """Return the common issues that came up, or were worked on, in the month."""
        domain = self._ours() & Domain("create_date", "<", self.ends)
        domain &= Domain("closed_at", "=", False) | Domain("closed_at", ">=", self.begins)
        issues = self.env["complaint.common.issue"].search(domain, order="id")
        return [
            (issue.name, issue.complaint_count, ISSUES[issue.state], self._done(issue))
            for issue in issues
        ]

    def _done(self, issue):
        """Return what was done about an issue, without those who complained of it."""
        published = " ".join(filter(None, (str(issue.published_on or ""), issue.medium)))
        text = "\n".join(filter(None, (issue.measures, issue.method, published)))
        for ticket in issue.ticket_ids:
            text = ticket._scrubbed(text)
        return text or "—"

    def _findings(self):
        confirmed = self._ours() & Domain("confirmed_month", "=", self.month)
        rows = self.env["complaint.finding"]._read_group(
            confirmed & Domain("state", "=", "confirmed"), ["conclusion"], ["__count"]
        )
        counts = dict(rows)
        return "，".join(f"{label}{counts.get(key, 0)}项" for key, label in CONCLUSIONS.items())

    def _points(self):
        """Return the points of the month's notice, once it is published."""
        published = self._ours() & Domain("month", "=", self.month)
        published &= Domain("state", "=", "published")
        assessment = self.env["complaint.assessment"].search(published, limit=1)
        total = written_points(sum(assessment.line_ids.mapped("points")))
        return f"{assessment.name}，合计{total}分" if assessment else "尚未通报"

    def _bars(self):
        return Domain("period", "=", self.month), Domain("state", "=", "active")

    def _shown(self, colour):
        shown = Domain("state", "=", "shown") & Domain("colour", "=", colour)
        return shown, Domain("board_id.month", "=", self.month)

    def _asked(self):
        return Domain("asked_at", ">=", self.begins), Domain("asked_at", "<", self.ends)

    def _ours(self):
        return Domain("company_id", "=", self.company.id)

    def _count(self, model, *domains):
        if model not in self.env:
            return 0
        return self.env[model].search_count(Domain.AND([self._ours(), *domains]))
