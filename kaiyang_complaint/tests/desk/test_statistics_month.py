from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..access.paper_common import PaperCommon, pages

REPORT = "kaiyang_complaint.report_statistics_month"
NOBODY = ("王小明", "13812345678", "1381234")


@tagged("post_install", "-at_install")
class TestStatisticsMonth(PaperCommon):
    """投诉受理月报: what it says of a month, and what it never says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env.ref("kaiyang_complaint.conduct_09")
        channel = cls.env.ref("kaiyang_complaint.channel_phone").with_context(lang="zh_CN")
        cls.channel = "".join(channel.name.split())
        cls.bribery = cls.env.ref("kaiyang_complaint.conduct_04")
        # 23:59 and 00:00 on the wall of the hall.
        for moment in ("2021-02-28 15:59:59", "2021-03-31 16:00:00", "2020-03-15 02:00:00"):
            cls.at(moment)
        with freeze_time("2021-02-28 16:00:00"):
            cls.late = cls.accepted(conduct_ids=cls.items.ids)
        with freeze_time("2021-03-02 02:00:00"):
            cls.restricted = cls.accepted("web", conduct_ids=cls.bribery.ids)
        with freeze_time("2021-03-31 15:00:00"):
            cls.settled = cls.closed(conduct_ids=cls.items.ids)
        cls.finding = cls._create_finding()
        cls.issue = cls._create_issue()

    @classmethod
    def _create_finding(cls):
        """Return a finding that was confirmed in the last minute of the month."""
        case = {"ticket_id": cls.settled.id, "respondent_id": cls.settled.respondent_ids.id}
        finding = cls.settled.finding_ids or cls.env["complaint.finding"].create(case)
        last_minute = {"state": "confirmed", "confirmed_at": "2021-03-31 15:59:59"}
        finding.with_env(cls.env)._procedure_write({"conclusion": "partly", **last_minute})
        return finding.with_env(cls.env)

    @classmethod
    def _create_issue(cls):
        issue = cls.env["complaint.common.issue"].create(
            {
                "name": "排队时间长",
                "conduct_id": cls.items.id,
                "unit_id": cls.unit.id,
                "ticket_ids": (cls.late + cls.settled).ids,
                "measures": "王小明反映的窗口增开一个号。",
            }
        )
        cls.env.cr.execute(
            "UPDATE complaint_common_issue SET create_date = '2021-03-05' WHERE id = %s",
            [issue.id],
        )
        return issue

    @classmethod
    def at(cls, moment):
        with freeze_time(moment):
            return cls.accepted()

    def printed(self, month, user=None):
        return self.text(REPORT, user=user or self.leader, month=month, blank=True)

    def test_c3_a_month_beside_the_month_and_the_year_before(self):
        text = self.printed("2021-03-15")
        self.assertIn("投诉受理月报2021年3月", text)
        self.assertIn("受理投诉（件）311", text)
        self.assertIn("按期办结率33.3%0.0%0.0%", text)
        self.assertIn("满意率100.0%——", text)
        self.assertIn(f"{self.items.name}2050.0%100.0%100.0%", text)
        self.assertIn(f"{self.channel}21", text)
        self.assertIn("非常满意满意基本满意不满意非常不满意0件1件0件0件0件", text)

    def test_u7_5_restricted_cases_are_counted_and_never_told(self):
        text = self.printed("2021-03-01")
        self.assertIn("本月受理投诉3件，其中1件限制知悉", text)
        self.assertNotIn(self.bribery.name, text)
        self.assertNotIn("网上投诉", text)
        self.assertEqual(text, self.printed("2021-03-01", self.clerk), "the same for everybody")

    def test_c3_it_names_nobody_who_complained(self):
        text = self.printed("2021-03-01")
        self.assertIn("排队时间长2待研究〔姓名〕反映的窗口增开一个号。", text)
        for name in NOBODY:
            self.assertNotIn(name, text)

    def test_u7_1_it_tells_what_came_of_it(self):
        self.assertIn("成立0项，部分成立1项，不成立0项", self.printed("2021-03-01"))
        self.finding._procedure_write({"confirmed_at": "2021-03-31 16:00:00"})
        self.assertIn("成立0项，部分成立0项，不成立0项", self.printed("2021-03-01"))
        self.assertIn("尚未通报", self.printed("2021-03-01"))

    def test_c3_a_month_without_anything_prints(self):
        text = self.printed("2019-01-01")
        self.assertIn("受理投诉（件）000", text)
        self.assertIn("本月没有可列出的投诉。", text)
        self.assertNotRegex(text, "None|False")

    def test_c3_its_dialog_prints_the_month_before(self):
        with freeze_time("2026-12-31 16:00:00"):
            dialog = self.env["complaint.statistics.month"].with_user(self.leader).create({})
        self.assertEqual(str(dialog.month), "2026-12-01")
        action = dialog.action_print()
        self.assertEqual(action["data"]["month"], "2026-12-01")

    def test_c3_for_clerks_and_leaders_alone(self):
        for user in (self.archivist, self.outsider):
            with self.assertRaises(AccessError):
                self.printed("2021-03-01", user)
        for month in ("so what", 5, ["2021-03-01"], "0001-01-01", "9999-12-31"):
            with self.subTest(month=month), self.assertRaisesRegex(UserError, "one of its days"):
                self.printed(month)

    def test_c3_every_page_has_its_number(self):
        (content,) = self.streams(REPORT, user=self.leader, month="2021-03-01", blank=True).values()
        texts = pages(content["stream"])
        for number, text in enumerate(texts, 1):
            self.assertTrue(text.endswith(f"第{number}页共{len(texts)}页"))
