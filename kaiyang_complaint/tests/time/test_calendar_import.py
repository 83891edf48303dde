import base64
import io

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import tagged

from .calendar_common import CalendarCommon, days_between

ROWS = [
    ["2027年部分节假日安排"],
    ["日期", "类型", "节日"],
    ["2027-01-01", "休", "元旦"],
    [],
    ["2027/2/5 至 2027/2/11", "放假", "春节"],
    ["2027年2月20日", "上班", "春节"],
]


def csv(rows):
    """Return rows as a csv file of Chinese Excel."""
    return "\n".join(",".join(row) for row in rows).encode("gb18030")


def xlsx(rows):
    """Return rows as an xlsx file."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestCalendarImport(CalendarCommon):
    def take_in(self, content, name="2027.csv"):
        """Import a file as the manager and return the year."""
        wizard = self.env["complaint.calendar.import"].with_user(self.manager)
        wizard = wizard.create({"file": base64.b64encode(content), "file_name": name})
        action = wizard.action_import()
        return self.years.browse(action["res_id"])

    def test_t6_1_a_file_brings_a_year_that_stays_provisional(self):
        for content in (csv(ROWS), xlsx(ROWS)):
            with self.subTest(content[:4]):
                year = self.take_in(content)
                self.assertEqual(
                    (year.year, year.state, year.source), (2027, "provisional", "2027")
                )
                self.assertEqual((year.off_count, year.makeup_count), (8, 1))
                spring = year.day_ids.filtered(lambda day: day.name == "春节" and day.kind == "off")
                expected = days_between("2027-02-05", "2027-02-11")
                self.assertEqual(sorted(spring.mapped("date")), expected)
                year.action_publish()

    def test_t6_1_dates_of_a_spreadsheet_are_read_as_dates(self):
        day = days_between("2027-02-06", "2027-02-06")[0]
        self.assertEqual(self.take_in(xlsx([[day, "休", "春节"]])).day_ids.date, day)

    def test_t6_1_a_file_replaces_the_days_of_its_year(self):
        year = self.take_in(csv(ROWS))
        kept = self.day("2027-01-01")
        self.take_in(csv([["2027-01-01", "休", "元旦"], ["2027-05-01", "休", "劳动节"]]))
        self.assertEqual(year.day_ids.mapped("name"), ["元旦", "劳动节"])
        self.assertTrue(kept.exists())

    def test_t6_1_a_wrong_row_is_named_and_nothing_changes(self):
        year = self.take_in(csv(ROWS))
        year.action_publish()
        for wrong, told in (
            (["2027-02-30", "休", "x"], "Row 7 .*2027-02-30"),
            (["2027-03-01", "?", "x"], "Row 7 "),
            (["明天", "休", "x"], "Row 7 "),
            (["2027-01-01", "班", "元旦"], "Row 7 "),
            (["2027-02-11 至 2027-02-05", "休", "春节"], "Row 7 "),
            (["2028-01-01", "休", "元旦"], "2027、2028"),
        ):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, told):
                self.take_in(csv([*ROWS, wrong]))
        self.assertEqual((year.state, year.off_count, year.makeup_count), ("published", 8, 1))
        self.assertFalse(self.years.search([("year", "=", 2028)]))

    def test_t6_1_a_file_that_is_none_is_refused(self):
        for content in (
            b"%PDF-1.7",
            b"PK\x03\x04broken",
            b"\xd0\xcf\x11\xe0old",
            csv([["a", "b"]]),
        ):
            with self.subTest(content), self.assertRaises(UserError):
                self.take_in(content)
