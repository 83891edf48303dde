"""What the page of a dashboard asks the server for, read from its file as the page does."""

import json
from datetime import date

from odoo.tools import file_open

FILE = "kaiyang_complaint/data/files/complaint_dashboard.json"


def load():
    """Return the dashboard as it is shipped."""
    with file_open(FILE) as file:
        return json.load(file)


def figures(data):
    """Return the figures of every sheet."""
    return [figure["data"] for sheet in data["sheets"] for figure in sheet["figures"]]


def charts(data):
    """Return the charts that ask the server."""
    return [figure for figure in figures(data) if figure["type"].startswith("odoo_")]


def questions(data, today):
    """Yield name, method and arguments of each call that opening the dashboard makes."""
    for pivot in data["pivots"].values():
        domain = pivot["domain"] + _period(pivot, today)
        rows = [":".join(filter(None, _dimension(row))) for row in pivot["rows"]]
        sets = [rows[:length] for length in range(len(rows) + 1)]
        measures = [_measure(measure) for measure in pivot["measures"]]
        yield pivot["name"], "formatted_read_grouping_sets", (domain, sets, measures)
    for chart in charts(data):
        domain = chart["searchParams"]["domain"] + _period(chart, today)
        groupby = chart["metaData"]["groupBy"]
        yield chart["chartId"], "formatted_read_group", (domain, groupby, ["__count"])


def _dimension(row):
    return row["fieldName"], row.get("granularity")


def _measure(measure):
    name = measure["fieldName"]
    return name if name == "__count" else f"{name}:{measure['aggregator']}"


def _period(source, today):
    """Return the domain of the year to date, or of the same days of the year before."""
    matching = source["fieldMatching"].get("period")
    if not matching:
        return []
    year = today.year + matching["offset"]
    last = today.replace(year=year) if (today.month, today.day) != (2, 29) else date(year, 2, 28)
    name = matching["chain"]
    return [[name, ">=", f"{year}-01-01"], [name, "<=", str(last)]]
