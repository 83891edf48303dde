from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .calendar_common import CalendarCommon

FEBRUARY = "2026-02-13 01:00:00"


@tagged("post_install", "-at_install")
class TestCalendar(CalendarCommon):
    def test_t6_1_a_year_the_library_lacks_is_refused_and_nothing_changes(self):
        year = self.years.create(
            {"year": 2079, "day_ids": [Command.create({"date": "2079-01-01"})]}
        )
        published = self.years.search([("year", "=", 2026)])
        published.action_unpublish()
        self.assertFalse(year.is_in_library)
        with self.assertRaisesRegex(UserError, "2079"):
            (published + year).action_load()
        self.assertEqual(set((published + year).mapped("state")), {"provisional"})
        self.assertEqual(year.off_count, 1)

    def test_t6_1_an_update_opens_what_is_new_and_touches_nothing(self):
        self.days.create({"date": "2026-12-24", "kind": "off", "name": "本地"})
        self.years.search([("year", "=", 2026)]).action_unpublish()
        self.years.search([("year", "=", 2025)]).unlink()
        self.years._load_known()
        self.assertEqual(self.day("2026-12-24").name, "本地")
        states = {year.year: year.state for year in self.years.search([])}
        self.assertEqual((states[2025], states[2026]), ("published", "provisional"))

    def test_t6_1_a_holiday_is_entered_in_one_go(self):
        first = self.days.with_user(self.manager).create(
            {"date": "2027-02-05", "until": "2027-02-11", "kind": "off", "name": "春节"}
        )
        self.assertEqual(first.date, date(2027, 2, 5))
        year = first.year_id
        self.assertEqual((year.year, year.state, year.off_count), (2027, "provisional", 7))
        for until in ("2027-02-04", "2028-02-05"):
            with self.subTest(until), self.assertRaises(ValidationError):
                self.days.create({"date": "2027-02-05", "until": until})

    def test_t6_1_a_day_follows_its_date_into_its_year(self):
        day = self.days.create({"date": "2027-12-31", "kind": "off"})
        day.date = "2026-12-31"
        self.assertEqual(day.year_id.year, 2026)
        with self.assertRaises(ValidationError):
            day.year_id = self.years.search([("year", "=", 2027)])

    def test_t6_1_the_glance_shows_weekends_and_opens_on_the_year(self):
        unusual = self.days.get_unusual_days("2025-12-31 16:00:00", "2026-12-31 15:59:59")
        self.assertTrue(unusual["2026-11-22"])
        self.assertFalse(unusual["2026-11-23"])
        year = self.years.search([("year", "=", 2025)])
        with freeze_time("2026-11-23 01:00:00"):
            self.assertIn("2025-", year.action_open_year()["context"]["initial_date"])

    def test_t6_1_the_trace_is_readable_and_harmless(self):
        self.day("2026-02-23").name = "<script>alert(1)</script>"
        with freeze_time(FEBRUARY):
            limit = self.accepted().deadline_ids.filtered(lambda one: one.kind == "handling")
        html = limit.trace_html
        self.assertNotIn("<script", html)
        for expected in ("&lt;script&gt;", "2026-02-14", "day off", "make-up", "2026-02-25 17:00"):
            self.assertIn(expected, html)
        self.assertNotIn("provisional", html)
        self.assertEqual(html.count("badge"), 3)

    def test_t6_1_who_reads_and_who_changes_the_calendar(self):
        year = self.years.search([("year", "=", 2026)])
        for user in (self.clerk, self.leader, self.director, self.archivist):
            with self.subTest(user.login):
                self.assertTrue(year.with_user(user).day_ids.mapped("name"))
                self._assert_refused(year, user)
        for user in (self.outsider, self.rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                year.with_user(user).read(["state"])
            self._assert_refused(year, user)
        year.with_user(self.manager).action_unpublish()
        year.with_user(self.manager).action_load()
        self.days.with_user(self.manager).create({"date": "2026-12-24", "kind": "off"}).unlink()

    def _assert_refused(self, year, user):
        """Assert that a user changes neither years nor days, by whatever verb."""
        year, day = year.with_user(user), year.day_ids[0].with_user(user)
        for act in (
            year.action_publish,
            year.action_unpublish,
            year.action_load,
            year.unlink,
            day.action_remove,
            lambda: day.write({"kind": "makeup"}),
            lambda: day.create({"date": "2027-02-05"}),
            lambda: year.create({"year": 2027}),
            lambda: self.env["complaint.calendar.import"].with_user(user).create({"file": "eA=="}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_t6_1_no_caller_can_change_days_without_a_recount(self):
        with freeze_time(FEBRUARY):
            ticket = self.accepted()
        sly = self.days.with_context(schedule_in_work=True).with_user(self.manager)
        sly.create({"date": "2026-02-24", "kind": "off"})
        self.assertEqual(self.local(ticket.due_at), "2026-02-26 17:00")


@tagged("post_install", "-at_install")
class TestMissingYear(CalendarCommon):
    def _check(self, today):
        with freeze_time(f"{today} 02:00:00"):
            self.years._cron_check()
            return self.years._missing_next_year()

    def _todos(self):
        return self.years.search([("year", "=", 2027)]).activity_ids

    def test_t6_1_managers_are_told_from_december_on_once(self):
        self.assertFalse(self._check("2026-11-30"))
        self.assertFalse(self.years.search([("year", "=", 2027)]))
        self.assertEqual(self._check("2026-12-01"), 2027)
        self.assertIn(self.manager, self._todos().user_id)
        self.assertFalse({self.clerk, self.leader} & set(self._todos().user_id))
        mine = self._todos().filtered(lambda todo: todo.user_id == self.manager)
        self.assertEqual(mine.date_deadline, date(2026, 12, 31))
        mine.with_user(self.manager).action_done()
        others = len(self._todos())
        self._check("2026-12-02")
        self.assertEqual(len(self._todos()), others)

    def test_t6_1_publication_ends_the_warning(self):
        self._check("2026-12-01")
        year = self.years.search([("year", "=", 2027)])
        self.days.create({"date": "2027-01-01", "kind": "off", "name": "元旦"})
        self.assertEqual(self._check("2026-12-02"), 2027)
        year.with_user(self.manager).action_publish()
        self.assertFalse(self._todos())
        self.assertFalse(self._check("2026-12-03"))

    def test_t6_1_december_begins_by_the_centres_clock(self):
        with freeze_time("2026-11-30 16:30:00"):
            self.assertEqual(self.years._missing_next_year(), 2027)
        with freeze_time("2026-11-30 15:59:00"):
            self.assertFalse(self.years._missing_next_year())
