"""Figures as people meet them: on the printed reports, the dashboard and the page of the day."""

import re

import requests
from lxml import html

from .counted import MEASURES, digits, number, written

TABLES = ("total", "channel", "conduct", "aspect", "unit")
MODELS = {
    "channel": "helpdesk.ticket.channel",
    "conduct": "helpdesk.ticket.category",
    "aspect": "complaint.aspect",
    "unit": "complaint.window.unit",
    "window": "complaint.window",
}
RANKINGS = {"窗口单位": "unit", "窗口": "window"}
NAMELESS = "未注明"
MONTHLY = "kaiyang_complaint.report_statistics_month"
NOTICE = "kaiyang_complaint.report_assessment"
# The heading under which each table of the monthly report stands.
HEADINGS = ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、")


class Shown:
    """A server, met by somebody of the desk in Chinese."""

    def __init__(self, server, login):
        self.server, self.rpc = server, server.rpc(login)
        self.session = requests.Session()
        self.session.post(
            f"{server.url}/web/session/authenticate",
            json={"params": {"db": server.db, "login": login, "password": login}},
        ).raise_for_status()
        self.names = {name: self._names(model) for name, model in MODELS.items()}

    def _names(self, model):
        """Return the records of a model by the name that stands on paper."""
        context = {"lang": "zh_CN", "active_test": False}
        found = self.rpc.call(model, "search_read", [], ["display_name"], context=context)
        return {one["display_name"]: one["id"] for one in found}

    def page(self, report, record=None, **data):
        """Return a report as it is printed, before it is paper."""
        path = f"/{record}" if record else ""
        answer = self.session.get(f"{self.server.url}/report/html/{report}{path}", params=data)
        answer.raise_for_status()
        return html.fromstring(answer.content)

    def statistics(self, month):
        """Return what the monthly report of a month says."""
        page = self.page(MONTHLY, month=month.isoformat(), blank=1)
        sections = self._sections(page)
        figures = {}
        for name, heading in zip(TABLES, HEADINGS, strict=False):
            for line, (label, cells) in enumerate(self._rows(sections.get(heading))):
                key = line if name == "total" else self.names[name].get(label)
                assert name == "total" or key or label == NAMELESS, label
                figures |= {(name, key, place): text for place, text in enumerate(cells)}
        (steps,) = sections["六、"].xpath(".//tbody/tr")
        told = [self._text(cell) for cell in steps.xpath("td")]
        figures |= {("step", 5 - place): text for place, text in enumerate(told)}
        for bucket, (_label, cells) in enumerate(self._rows(sections["七、"]), 1):
            figures |= {("age", bucket, place): text for place, text in enumerate(cells)}
        return figures | self._results(sections["九、"])

    def _results(self, table):
        found, points, *counts = [cells[0] for _label, cells in self._rows(table)]
        figures = {("found",): " ".join(digits(found))}
        total = re.search(r"([\d.]+)分$", points)
        figures["points",] = total[1] if total else ""
        for name, text in zip(("bars", "red", "black", "reports"), counts, strict=True):
            figures[name,] = digits(text)[0]
        return figures

    def _sections(self, page):
        """Return the first table under each heading."""
        found = {}
        for heading in page.xpath("//h2"):
            table = heading.xpath("following-sibling::*[self::table or self::h2]")[:1]
            if table and table[0].tag == "table":
                found[self._text(heading)[:2]] = table[0]
        return found

    def _rows(self, table):
        if table is None:
            return []
        rows = table.xpath(".//tbody/tr")
        return [
            (self._text(row.xpath("th")[0]), [self._text(cell) for cell in row.xpath("td")])
            for row in rows
        ]

    def _text(self, element):
        return " ".join(element.text_content().split())

    def notice(self, assessment):
        """Return what the notice of an assessment says."""
        page = self.page(NOTICE, assessment)
        text = self._text(page)
        summary = re.search(r"本月累计[^。]*。", text)
        figures = {("sums",): ""}
        if summary:
            figures["sums",] = " ".join(re.findall(r"([\d.]+)分", summary[0]))
        for table in page.xpath("//table[thead//th[1][normalize-space()='名次']]"):
            name = RANKINGS[self._text(table.xpath("thead//th")[1])]
            rows = [[self._text(td) for td in row.xpath("td")] for row in table.xpath("tbody/tr")]
            told = [
                (int(rank), self.names[name][who], count, number(digits(points)[0]))
                for rank, who, count, points in filter(lambda row: row[0], rows)
            ]
            for place, one in enumerate(sorted(told)):
                figures[name, place] = " ".join(map(str, one))
        return figures

    def boards(self):
        """Return what the entries of boards say."""
        domain = [("source", "=", "facts"), ("figures", "!=", False)]
        found = self.rpc.call("complaint.board.entry", "search_read", domain, ["figures"])
        return {("entry", one["id"]): " ".join(digits(one["figures"])) for one in found}

    def tiles(self):
        """Return what waits."""
        told = self.rpc.call("helpdesk.ticket.team", "complaint_tiles")["tiles"]
        return {("tile", one["key"]): str(one["count"]) for one in told}

    def dashboard(self):
        """Return what the dashboard is answered for its totals, all filters open."""
        year = [["received_on", ">=", "today =1m =1d"], ["received_on", "<=", "today"]]
        domains = {
            "Period": year,
            "This month": [["received_on", ">=", "today =1d"]],
            "Last month, to the same day": [
                ["received_on", ">=", "today =1d -1m"],
                ["received_on", "<=", "today -1m"],
            ],
            "Open complaints": [
                [
                    "complaint_state",
                    "in",
                    ["accepted", "handling", "replied", "fed_back", "on_hold"],
                ]
            ],
        }
        figures = {}
        for name, domain in domains.items():
            (row,) = self.rpc.call(
                "complaint.analysis", "formatted_read_group", domain, [], list(MEASURES)
            )
            figures |= {(name, measure): written(row[measure]) for measure in MEASURES}
        return figures
