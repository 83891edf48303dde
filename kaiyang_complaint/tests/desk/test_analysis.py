from freezegun import freeze_time
from odoo import Command, models
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import GROUP, ComplaintCommon

# A Monday; Wednesday was a day off (五一), and the Saturday after it makes up for it.
MONDAY = "2026-04-27 02:00:00"


class AnalysisCommon(ComplaintCommon):
    """Complaints at moments of the past, and what the statistics make of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env.ref("kaiyang_complaint.channel_phone").display_name
        cls.others = cls.env["complaint.analysis"].search([]).ids

    def at(self, moment, channel="phone", **vals):
        """Return a complaint that came in and was accepted at a moment (UTC)."""
        with freeze_time(moment):
            return self.accepted(channel, **vals)

    def ended(self, moment, end, satisfaction="4"):
        """Return a complaint of one moment, answered and closed at another."""
        with freeze_time(moment):
            ticket = self.accepted()
        with freeze_time(end):
            slip = ticket.slip_ids.with_user(self.rep)
            slip.action_receive()
            slip.action_reply(self.reply_values())
            ticket.slip_ids.action_accept_reply(self.CONSIDERED)
            values = self.feedback_values(ticket, satisfaction=satisfaction)
            self.env["complaint.feedback"].with_user(self.clerk).create(values).action_confirm()
            self.clear(ticket)
            ticket.action_close()
        return ticket

    def analysis(self, user=None):
        return self.env["complaint.analysis"].with_user(user or self.leader)

    def of(self, ticket, user=None):
        """Return the row of a complaint, as it stands now."""
        self.env.invalidate_all()
        return self.analysis(user).search([("id", "=", ticket.id)])

    def figures(self, groupby, *aggregates, user=None):
        """Return the figures of the complaints of this test, by the first value of their group."""
        domain = [("id", "not in", self.others)]
        rows = self.analysis(user)._read_group(domain, [groupby], aggregates or ["__count"])
        return {
            key.display_name if isinstance(key, models.BaseModel) else key: list(figures)
            for key, *figures in rows
        }

    def found(self, conclusion):
        """Return a complaint with a confirmed finding."""
        ticket = self.replied()
        self.finding(ticket, conclusion=conclusion).action_confirm()
        return ticket

    def finding(self, ticket, **values):
        """Return the finding on the respondent of a complaint: as proposed, or a new one."""
        values["conduct_id"] = self.env.ref("kaiyang_complaint.conduct_09").id
        values |= {"facts": "未一次性告知。", "responsibility": "main", "liable": "staff"}
        findings = self.env["complaint.finding"].with_user(self.clerk)
        finding = findings.search([("ticket_id", "=", ticket.id)])
        if not finding:
            links = {"ticket_id": ticket.id, "respondent_id": ticket.respondent_ids.id}
            return findings.create({**links, **values})
        finding.write(values)
        return finding


@tagged("post_install", "-at_install")
class TestAnalysis(AnalysisCommon):
    """What the statistics count, counted by hand."""

    def test_c3_drafts_and_invalid_ones_do_not_count(self):
        draft, invalid = self.new_complaint(), self.new_complaint()
        invalid.action_mark_invalid("无理取闹。", "unreasonable")
        self.assertFalse(self.of(draft) + self.of(invalid))
        draft.action_accept()
        self.assertEqual(self.of(draft).number, draft.number)

    def test_c3_a_complaint_counts_once_under_each_item_and_aspect(self):
        items = self.env["helpdesk.ticket.category"].search([("conduct_number", "in", (8, 13))])
        ticket = self.accepted(conduct_ids=items.ids)
        domain = [("id", "=", ticket.id)]
        by_item = self.analysis()._read_group(domain, ["conduct_ids"], ["__count"])
        self.assertEqual(by_item, [(item, 1) for item in items.with_user(self.leader)])
        by_aspect = self.analysis()._read_group(domain, ["aspect_ids"], ["__count"])
        self.assertEqual(
            {aspect.name: count for aspect, count in by_aspect},
            dict.fromkeys(items.aspect_id.mapped("name"), 1),
        )

    def test_c3_months_and_years_are_those_of_the_centre(self):
        cases = {
            "2026-01-31 15:59:59": ("2026", "01", "23:00"),
            "2026-01-31 16:00:00": ("2026", "02", "00:00"),
            "2025-12-31 15:59:59": ("2025", "12", "23:00"),
            "2025-12-31 16:00:00": ("2026", "01", "00:00"),
        }
        for moment, expected in cases.items():
            row = self.of(self.at(moment))
            with self.subTest(moment):
                self.assertEqual((row.year, row.month, row.hour), expected)
        for zone in ("UTC", "America/New_York"):
            self.leader.tz = zone
            self.assertEqual(
                [count[0] for count in self.figures("received_on:month").values()], [1, 2, 1]
            )

    def test_c3_a_centre_elsewhere_has_days_of_its_own(self):
        ticket = self.at("2026-01-31 17:00:00")
        self.assertEqual(str(self.of(ticket).received_on), "2026-02-01")
        ticket.company_id.sudo().complaint_tz = "Europe/London"
        self.assertEqual(str(self.of(ticket).received_on), "2026-01-31")
        self.assertEqual(str(self.of(ticket).accepted_on), "2026-01-31")

    def test_t6_1_working_days_of_handling(self):
        self.env["complaint.calendar.day"].search([]).unlink()
        self.env["complaint.calendar.day"].create(
            [{"date": "2026-04-29", "kind": "off"}, {"date": "2026-05-02", "kind": "makeup"}]
        )
        days = {
            "2026-04-27 09:00:00": 0,
            "2026-04-28 02:00:00": 1,
            "2026-04-30 02:00:00": 2,
            "2026-05-02 02:00:00": 4,
            "2026-05-04 02:00:00": 5,
        }
        for end, expected in days.items():
            with self.subTest(end):
                self.assertEqual(self.of(self.ended(MONDAY, end)).handling_days, expected)

    def test_t6_1_on_time_late_and_still_running(self):
        self.ended(MONDAY, "2026-04-28 02:00:00")
        self.ended(MONDAY, "2026-06-28 02:00:00")
        running = self.at(MONDAY)
        counted = ("timeliness", "__count", "overdue:sum", "on_time:avg")
        with freeze_time("2026-04-28 02:00:00"):
            figures = self.figures(*counted)
            self.assertEqual(figures["running"], [1, 0, False])
        with freeze_time("2026-06-01 02:00:00"):
            figures = self.figures(*counted)
            self.assertEqual(figures, {"on_time": [1, 0, 1], "late": [2, 1, 0]})
            rate = self.analysis()._read_group([("id", "not in", self.others)], [], ["on_time:avg"])
            self.assertAlmostEqual(rate[0][0], 1 / 3)
            self.assertEqual(self.of(running).timeliness, "late")

    def test_t6_3_share_of_extensions(self):
        first, _second = self.accepted(), self.accepted()
        extension = self.env["complaint.extension"].create(
            {"ticket_id": first.id, "limit_days": 7, "reason": "调档", "told_at": MONDAY}
        )
        self.assertEqual(self.figures("channel_id", "extended:avg"), {self.channel: [0]})
        extension._procedure_write({"state": "granted"})
        self.assertEqual(self.figures("channel_id", "extended:avg"), {self.channel: [0.5]})

    def test_f5_3_satisfaction_is_of_those_who_said_so(self):
        for step in "531":
            self.ended(MONDAY, "2026-04-28 02:00:00", step)
        self.at(MONDAY)
        figures = self.figures("channel_id", "satisfaction:avg", "satisfied:avg")
        (satisfaction, satisfied) = figures[self.channel]
        self.assertEqual(satisfaction, 3)
        self.assertAlmostEqual(satisfied, 2 / 3)
        self.assertEqual(
            self.figures("satisfaction_step"), {"5": [1], "3": [1], "1": [1], False: [1]}
        )

    def test_u7_1_overturned_findings_change_the_upheld_rate(self):
        upheld, dismissed = self.found("partly"), self.found("not_upheld")
        self.finding(self.replied(), conclusion="upheld")
        self.assertEqual(self.figures("channel_id", "upheld:avg"), {self.channel: [0.5]})
        self.assertEqual(self.figures("conclusion"), {"partly": [1], "not_upheld": [1], False: [1]})
        finding = upheld.finding_ids.with_user(self.manager)
        finding.action_overturn("新证据。")
        self.assertEqual(self.figures("channel_id", "upheld:avg"), {self.channel: [0]})
        self.assertFalse(self.of(upheld).conclusion)
        self.assertEqual(self.of(dismissed).conclusion, "not_upheld")

    def test_u7_1_points_are_those_of_published_notices(self):
        ticket = self.found("upheld")
        assessment = self.env["complaint.assessment"].create({})
        line = {
            "assessment_id": assessment.id,
            "kind": "finding",
            "finding_id": ticket.finding_ids.id,
            "target": "window",
            "window_id": self.window.id,
            "points": -3,
        }
        self.env["complaint.assessment.line"]._with_procedure().create(line)
        self.assertEqual(self.of(ticket).points, 0)
        assessment._procedure_write({"state": "published"})
        self.assertEqual(self.of(ticket).points, -3)
        self.assertEqual(self.figures("channel_id", "points:sum"), {self.channel: [-3]})

    def test_c3_repeats_are_of_one_window_within_the_days_set(self):
        self.env.company.complaint_repeat_days = 30
        first = self.at("2026-03-02 02:00:00")
        again = self.at("2026-04-01 02:00:00")
        late = self.at("2026-05-01 02:00:01")
        elsewhere = self.at("2026-04-02 02:00:00", window_id=self.other_window.id)
        rows = [self.of(ticket).repeat for ticket in (first, again, late, elsewhere)]
        self.assertEqual(rows, [0, 1, 0, 0])
        first.is_discipline_matter = True
        self.assertEqual(self.of(again).repeat, 0, "a restricted case is not told of")

    def test_c3_age_of_what_is_open(self):
        ticket = self.at(MONDAY)
        ages = {"2026-04-30": (3, "a"), "2026-05-01": (4, "b"), "2026-05-28": (31, "e")}
        for day, expected in ages.items():
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                row = self.of(ticket)
                self.assertEqual((row.age_days, row.age_bucket), expected)
        closed = self.of(self.ended(MONDAY, "2026-04-28 02:00:00"))
        self.assertFalse(closed.age_bucket)
        self.assertEqual(str(closed.closed_on), "2026-04-28")

    def test_c3_a_window_handed_over_changes_no_past(self):
        ticket = self.accepted()
        self.window.unit_id = self.other_unit
        self.assertEqual(self.of(ticket).window_unit_id, self.unit)
        self.assertEqual(self.of(ticket).representative_id, self.representative)

    def test_c3_every_role_counts_what_it_may_read(self):
        ticket, restricted = self.accepted(), self.accepted(is_discipline_matter=True)
        closed = self.closed()
        colleague = new_test_user(self.env, "kc_colleague", GROUP + "clerk")
        readers = {
            self.clerk: ticket + restricted + closed,
            colleague: ticket + closed,
            self.manager: ticket + closed,
            self.leader: ticket + restricted + closed,
            self.director: ticket + restricted + closed,
            self.archivist: closed,
        }
        ours = ticket + restricted + closed
        for user, seen in readers.items():
            with self.subTest(user.login):
                rows = self.analysis(user).search([("id", "in", ours.ids)])
                self.assertEqual(set(rows.ids), set(seen.ids))
                count = self.analysis(user)._read_group([("id", "in", ours.ids)], [], ["__count"])
                self.assertEqual(count, [(len(seen),)])
        bare = new_test_user(self.env, "kc_bare", GROUP + "user")
        self.assertFalse(self.analysis(bare).search([]))
        plain = new_test_user(self.env, "kc_plain", "base.group_user")
        for user in (plain, self.outsider, self.rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.analysis(user).search([])

    def test_c3_centres_are_counted_apart(self):
        ticket = self.accepted()
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        foreign = new_test_user(
            self.env,
            "kc_foreign",
            GROUP + "leader",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        self.assertFalse(self.of(ticket, foreign))

    def test_c3_a_row_opens_its_case(self):
        ticket = self.accepted()
        action = self.of(ticket).action_open_case()
        self.assertEqual((action["res_model"], action["res_id"]), ("helpdesk.ticket", ticket.id))
