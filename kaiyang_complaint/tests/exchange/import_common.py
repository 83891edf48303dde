import base64
import csv
import io

import openpyxl

from ..common import ComplaintCommon

HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]


def a_row(number, text="取号后等了两个小时。\n窗口无人。", moment="2026/3/2 9:32:09"):
    return [number, "A0001", f"窗口无人 {number}", moment, text, "已答复", "2026/3/5 8:00:00"]


class ImportCommon(ComplaintCommon):
    """Files as a site exports them, and a clerk who imports them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.lang = "en_US"
        cls.tickets = cls.env["helpdesk.ticket"].with_user(cls.clerk)

    def csv_file(self, rows, header=HEADER, encoding="utf-8"):
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        return text.getvalue().encode(encoding)

    def xlsx_file(self, rows, header=HEADER):
        book = openpyxl.Workbook()
        for row in [header, *rows]:
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def upload(self, content, name="export.csv", user=None):
        imports = self.env["complaint.import"].with_user(user or self.clerk)
        return imports.create({"name": name, "file": base64.b64encode(content)})

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("kaiyang_complaint.cron_import").method_direct_trigger()

    def take_in(self, content, **mapping):
        """Upload a file as the clerk, correct the mapping, import, let the job run."""
        record = self.upload(content)
        for column in record.column_ids:
            if column.header in mapping:
                column.field_name = mapping[column.header]
        record.action_import()
        self.run_job()
        return record

    def registered(self, *refs):
        domain = [("team_id", "=", self.room.id), ("external_ref", "in", refs)]
        return self.tickets.search(domain, order="external_ref")

    def counts(self, record):
        return record.taken_count, record.skipped_count, record.wrong_count

    def line(self, record, row):
        return record.line_ids.filtered(lambda line: line.row == row)
