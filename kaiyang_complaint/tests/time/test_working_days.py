from datetime import UTC, date, datetime, timedelta

from freezegun import freeze_time
from odoo.tests import tagged

from ...tools.working_days import WorkingDays
from ..access.paper_common import PHONE, PaperCommon
from .calendar_common import CalendarCommon, days_between

LIMITS = (1, 3, 5, 7)
# What the State Council announced, copied by hand: the library is checked as well.
OFF = [
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
WORKED = [
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]
# Spring festival, labour day, national day, year's end: with weeks before and after.
SEASONS = [
    ("2025-01-15", "2025-02-20"),
    ("2025-04-20", "2025-05-15"),
    ("2025-09-20", "2025-10-20"),
    ("2025-12-20", "2026-01-12"),
    ("2026-02-01", "2026-03-10"),
    ("2026-04-20", "2026-05-15"),
    ("2026-09-15", "2026-10-20"),
    ("2026-12-20", "2027-01-12"),
    ("2027-01-25", "2027-02-25"),
    ("2027-04-20", "2027-05-15"),
    ("2027-09-20", "2027-10-20"),
    ("2027-12-20", "2027-12-31"),
]
VECTORS = {
    "2026-02-13": ("2026-02-14", "2026-02-25", "2026-02-27", "2026-03-02"),
    "2026-09-30": ("2026-10-08", "2026-10-10", "2026-10-13", "2026-10-15"),
}
NAIVE_OFF = {str(day) for season in OFF for day in days_between(*season)}


def naive_due(text, limit):
    """Walk from day to day, as somebody with a calendar and a pencil does."""
    day = date.fromisoformat(text)
    while limit:
        day += timedelta(days=1)
        name = str(day)
        if name in WORKED or (name not in NAIVE_OFF and day.strftime("%a") not in ("Sat", "Sun")):
            limit -= 1
    return day


@tagged("post_install", "-at_install")
class TestWorkingDays(CalendarCommon):
    def test_t6_1_every_day_of_the_seasons_agrees_with_a_walk(self):
        engine = self.years._working_days()
        for season in SEASONS:
            for day in days_between(*season):
                for limit in LIMITS:
                    expected = naive_due(str(day), limit)
                    self.assertEqual(engine.add(day, limit), expected, (day, limit))
                    trace = engine.trace(day, limit)
                    self.assertEqual((trace[-1].date, trace[-1].number), (expected, limit))
                    self.assertEqual(engine.count(day, expected), limit)

    def test_t6_1_every_minute_of_the_seasons_belongs_to_its_local_day(self):
        due = {}
        for first, last in SEASONS:
            minute = datetime.fromisoformat(first) - timedelta(hours=8)
            end = datetime.fromisoformat(last) + timedelta(days=1, hours=-8)
            while minute < end:
                local = self.company._complaint_local(minute).date()
                if local not in due:
                    due[local] = [self.company._complaint_due_at(local, n) for n in LIMITS]
                    self._assert_due(minute, due[local])
                # China's clock is eight hours ahead of UTC, all year.
                if local != (minute + timedelta(hours=8)).date():
                    self.fail(f"{minute} UTC is not {local}")
                minute += timedelta(minutes=1)

    def _assert_due(self, minute, dues):
        """Compare the ends of the limits of an acceptance with those of a walk."""
        local = minute + timedelta(hours=8)
        for limit, due_at in zip(LIMITS, dues, strict=True):
            expected = naive_due(str(local.date()), limit)
            close = datetime(expected.year, expected.month, expected.day, 9, tzinfo=UTC)
            self.assertEqual(due_at, close.replace(tzinfo=None), (local, limit))

    def test_t6_1_the_minutes_around_local_midnight_through_the_door(self):
        """16:00 UTC is midnight in China: a complaint of 15:59 starts a day earlier."""
        for moment, expected in (
            ("2026-02-12 15:59:00", "2026-02-24 17:00"),
            ("2026-02-12 16:00:00", "2026-02-25 17:00"),
            ("2026-02-13 15:59:59", "2026-02-25 17:00"),
            ("2026-02-13 16:00:00", "2026-02-26 17:00"),
            ("2026-04-30 15:59:00", "2026-05-08 17:00"),
            ("2026-04-30 16:00:00", "2026-05-08 17:00"),
            ("2026-09-30 15:59:00", "2026-10-10 17:00"),
            ("2026-12-31 15:59:00", "2027-01-05 17:00"),
            ("2026-12-31 16:00:00", "2027-01-06 17:00"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self.local(self.accepted().due_at), expected)

    def test_t6_1_a_limit_reckons_in_no_other_zone_than_the_centres(self):
        for zone in ("America/New_York", "Pacific/Auckland"):
            with self.subTest(zone), freeze_time("2026-02-12 16:30:00"):
                self.clerk.tz = zone
                self.assertEqual(self.local(self.accepted().due_at), "2026-02-25 17:00")

    def test_t6_1_an_empty_calendar_counts_the_plain_week(self):
        plain = WorkingDays(2027, 2027, {})
        self.assertEqual(plain.add(date(2027, 2, 5), 5), date(2027, 2, 12))
        self.assertTrue(plain.is_provisional(date(2027, 2, 5), date(2027, 2, 12)))

    def test_t6_1_a_limit_out_of_all_years_is_refused(self):
        for start, limit in (
            (date(2027, 12, 31), 1),
            (date(2026, 12, 31), 1),
            (date(2027, 1, 4), 0),
        ):
            with self.subTest(start), self.assertRaises(ValueError):
                WorkingDays(2027, 2027, {}).add(start, limit)

    def test_t6_1_the_library_is_loaded_as_announced(self):
        loaded = self.days.search([("year_id.year", "in", (2025, 2026))])
        off, worked = (
            {str(day.date) for day in loaded if day.kind == kind} for kind in ("off", "makeup")
        )
        self.assertEqual(off, NAIVE_OFF)
        self.assertEqual(worked, set(WORKED))


@tagged("post_install", "-at_install")
class TestVectors(PaperCommon, CalendarCommon):
    def test_t6_1_vectors_hold_in_the_program_and_on_the_form(self):
        policy = self.env.ref("kaiyang_complaint.policy_general")
        for start, ends in VECTORS.items():
            for limit, end in zip(LIMITS, ends, strict=True):
                policy.limit_days = limit
                with self.subTest(start=start, limit=limit), freeze_time(f"{start} 07:30:00"):
                    ticket = self.accepted()
                    self.assertEqual(self.local(ticket.due_at), f"{end} 17:00")
                    year, month, day = (int(part) for part in end.split("-"))
                    printed = f"办理期限至{year}年{month}月{day}日"
                    self.assertIn(printed, self.text(PHONE, ticket))
                    self.assertNotIn("暂定", self.text(PHONE, ticket))

    def test_t6_2_complex_vectors_hold_by_the_shipped_policies(self):
        for start, ends in VECTORS.items():
            with self.subTest(start), freeze_time(f"{start} 07:30:00"):
                ticket = self.accepted(complaint_class="complex")
                self.assertEqual(self.local(ticket.due_at), f"{ends[2]} 17:00")
                year, month, day = (int(part) for part in ends[2].split("-"))
                self.assertIn(f"办理期限至{year}年{month}月{day}日", self.text(PHONE, ticket))

    def test_f5_3_1_feedback_is_due_on_the_next_working_day(self):
        for start, ends in VECTORS.items():
            with self.subTest(start), freeze_time(f"{start} 07:30:00"):
                limits = self.replied().deadline_ids
                feedback = limits.filtered(lambda limit: limit.kind == "feedback")
                self.assertEqual(self.local(feedback.due_at), f"{ends[0]} 17:00")

    def test_t6_1_the_form_says_that_a_date_is_provisional(self):
        with freeze_time("2026-12-30 01:00:00"):
            self.assertIn("办理期限至2027年1月4日（暂定）", self.text(PHONE, self.accepted()))
