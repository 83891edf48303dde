from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .calendar_common import CalendarCommon

FEBRUARY = "2026-02-13 01:00:00"


@tagged("post_install", "-at_install")
class TestRecount(CalendarCommon):
    """What changes the calendar moves every limit that runs, with a note, and none that stopped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(FEBRUARY):
            cls.ticket = cls.accepted()
            cls.over = cls.closed()
        cls.before = {limit: limit.due_at for limit in cls.over.deadline_ids}

    def assert_moved(self, expected):
        """Assert the new end of the running limit, the note, and that nothing else moved."""
        self.assertEqual(self.local(self.ticket.due_at), expected)
        note = self.ticket.message_ids[0].body
        self.assertIn("recounted", note)
        self.assertEqual({limit: limit.due_at for limit in self.over.deadline_ids}, self.before)
        self.assertFalse(self.over.message_ids.filtered(lambda m: "recounted" in (m.body or "")))

    def test_t6_1_day_added(self):
        self.days.create({"date": "2026-02-24", "kind": "off", "name": "加放"})
        self.assert_moved("2026-02-26 17:00")
        self.assertIn(["2026-02-24", 0, "off", "加放"], self.ticket.deadline_ids[0].trace)

    def test_t6_1_day_removed(self):
        self.day("2026-02-14").unlink()
        self.assert_moved("2026-02-26 17:00")

    def test_t6_1_day_changed(self):
        self.day("2026-02-23").kind = "makeup"
        self.assert_moved("2026-02-24 17:00")

    def test_t6_1_day_moved(self):
        self.day("2026-02-14").date = "2026-03-07"
        self.assert_moved("2026-02-26 17:00")

    def test_t6_1_year_deleted_counts_plain_weeks_and_loading_brings_it_back(self):
        self.years.search([("year", "=", 2026)]).unlink()
        self.assert_moved("2026-02-18 17:00")
        self.assertTrue(self.ticket.is_provisional)
        self.years.create({"year": 2026}).action_load()
        self.assert_moved("2026-02-25 17:00")
        self.assertFalse(self.ticket.is_provisional)

    def test_t6_1_business_hours_changed(self):
        hours = self.company.resource_calendar_id.attendance_ids
        evening = hours.filtered(lambda slot: slot.dayofweek == "2" and slot.hour_to == 17)
        evening.hour_to = 18.5
        self.assert_moved("2026-02-25 18:30")

    def test_t6_1_other_business_hours_chosen(self):
        slot = {"dayofweek": "2", "hour_from": 9, "hour_to": 16, "name": "周三"}
        hours = self.env["resource.calendar"].create(
            {"name": "短", "attendance_ids": [Command.clear(), Command.create(slot)]}
        )
        self.company.resource_calendar_id = hours
        self.assert_moved("2026-02-25 16:00")

    def test_t6_1_day_ends_at_midnight(self):
        self.company.complaint_day_end = "midnight"
        self.assert_moved("2026-02-25 23:59")

    def test_t6_1_who_closes_at_24_closes_that_day(self):
        hours = self.company.resource_calendar_id.attendance_ids
        hours.filtered(lambda slot: slot.dayofweek == "2" and slot.hour_to == 17).hour_to = 24
        self.assert_moved("2026-02-25 23:59")

    def test_t6_1_time_zone_changed(self):
        self.company.complaint_tz = "Asia/Urumqi"
        self.assert_moved("2026-02-25 17:00")
        self.assertEqual(self.ticket.due_at.hour, 11)

    def test_t6_1_publication_moves_nothing_and_clears_the_mark(self):
        year = self.years.search([("year", "=", 2026)])
        notes = len(self.ticket.message_ids)
        year.action_unpublish()
        self.assertTrue(self.ticket.is_provisional)
        self.assertTrue(self.ticket.slip_ids.is_provisional)
        year.action_publish()
        self.assertFalse(self.ticket.is_provisional)
        self.assertEqual(len(self.ticket.message_ids), notes)

    def test_t6_1_the_source_of_a_year_recounts_nothing(self):
        year = self.years.search([("year", "=", 2026)])
        self.env.flush_all()
        with self.assertQueryCount(12):
            year.source = "国办发明电〔2025〕7号"
            self.env.flush_all()

    def test_p4_1_the_day_to_accept_a_draft_moves_too(self):
        with freeze_time(FEBRUARY):
            draft = self.new_complaint()
        self.assertEqual(self.local(draft.accept_by), "2026-02-14 17:00")
        self.day("2026-02-14").unlink()
        self.assertEqual(self.local(draft.accept_by), "2026-02-24 17:00")

    def test_t6_1_a_complaint_that_slipped_past_a_change_is_caught_by_the_daily_job(self):
        self.ticket.sudo().deadline_ids.write({"due_at": "2026-02-20 09:00:00"})
        self.years._cron_check()
        self.assert_moved("2026-02-25 17:00")


@tagged("post_install", "-at_install")
class TestRecountInBulk(CalendarCommon):
    def _running(self, count):
        """Start many limits of four kinds on many drafts."""
        tickets = self.env["helpdesk.ticket"].create(
            [self.complaint_values(service_item=f"事项{n}") for n in range(count // 10)]
        )
        values = [
            {
                "ticket_id": tickets[n // 10].id,
                "kind": "handling",
                "start_date": date(2026, 2, 12 + n % 2),
                "limit_days": (3, 5)[n // 2 % 2],
                "due_at": "2026-02-20 09:00:00",
            }
            for n in range(count)
        ]
        return self.env["complaint.deadline"].create(values)

    def _queries(self, count, day):
        """Return how many queries a new day off costs when so many limits are added."""
        limits = self._running(count)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.days.create({"date": day, "kind": "off"})
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(set(limits.mapped("due_at"))), 4)
        return queries

    def test_t6_1_recounting_a_thousand_limits_costs_few_queries(self):
        few, many = self._queries(100, "2026-02-25"), self._queries(1000, "2026-02-24")
        self.assertLess(many, 150)
        self.assertLess(many - few, 60, f"{few} queries for 100 limits, {many} for 1,100")


@tagged("post_install", "-at_install")
class TestDayEnd(CalendarCommon):
    def test_t6_1_makeup_saturday_closes_with_the_latest_weekday(self):
        hours = self.company.resource_calendar_id.attendance_ids
        hours.filtered(lambda slot: slot.dayofweek == "4" and slot.hour_to == 17).hour_to = 16
        hours.filtered(lambda slot: slot.dayofweek == "1" and slot.hour_to == 17).hour_to = 17.5
        duty = {"dayofweek": "5", "hour_from": 9, "hour_to": 12, "name": "值班"}
        self.company.resource_calendar_id.attendance_ids = [Command.create(duty)]
        for day, expected in ((date(2026, 2, 14), "17:30"), (date(2026, 2, 13), "16:00")):
            self.assertEqual(self.local(self.company._complaint_day_end(day))[11:], expected)

    def test_t6_1_a_date_out_of_all_years_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "too far away"):
            self.company._complaint_due_at(date(1202, 3, 4), 1)
        with self.assertRaisesRegex(UserError, "too far away"):
            self.company._complaint_count(date(2202, 3, 4), 1)
