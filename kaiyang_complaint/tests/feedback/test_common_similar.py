from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .test_common_issue import CommonIssueCommon

TEXTS = (
    "<p>在大厅二楼取号机取号，机器坏了半个月没有人修，只能排队等候。</p>",
    "<p>大厅二楼取号机坏了半个月没有人修，取号只能排队等候，太不方便！</p>",
    "<p>二楼的取号机坏了，半个月没有人修，在大厅取号只能排队等候。</p>",
)
OTHER = "<p>孩子的身份证照片拍得模糊，要求重拍被拒绝，态度生硬。</p>"


@tagged("post_install", "-at_install")
class TestCommonSimilar(CommonIssueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"complaint_issue_count": 50, "complaint_issue_similar_count": 3})

    @classmethod
    def similar(cls, number=3, first=0, **vals):
        """Return complaints of different people, under different items, in similar words."""
        items = (cls.slow, cls.rude)
        tickets = cls.env["helpdesk.ticket"]
        for index in range(first, first + number):
            tickets |= cls.accepted(
                **{
                    "complainant_phone": f"1390000{index:04d}",
                    "service_item": "取号",
                    "description": TEXTS[index % len(TEXTS)],
                    "conduct_ids": items[index % len(items)].ids,
                    **vals,
                }
            )
        return tickets

    def found(self):
        super().found()
        return self.issues.search([("source", "=", "words")])

    def test_f5_3_5_similar_words_are_found_whatever_their_item(self):
        few = self.similar(2)
        self.similar(1, 7, description=OTHER, service_item="身份证换领")
        self.assertFalse(self.found())
        third = self.similar(1, 2)
        issue = self.found()
        self.assertEqual(issue.ticket_ids, few | third)
        self.assertEqual((issue.state, issue.complaint_count), ("found", 3))
        self.assertEqual((issue.unit_id, issue.name), (self.unit, f"{self.unit.name}：取号"))
        self.assertFalse(issue.conduct_id)

    def test_f5_3_5_similar_words_about_several_units(self):
        window = {"window_id": self.other_window.id, "respondent_ids": []}
        tickets = self.similar(2) | self.similar(1, 2, staff_waiver="duty", **window)
        issue = self.found()
        self.assertEqual(issue.ticket_ids, tickets)
        self.assertFalse(issue.unit_id)

    def test_f5_3_5_who_complains_three_times_is_one(self):
        self.similar(3, complainant_phone="13812345678")
        self.assertFalse(self.found())

    def test_f5_3_5_similar_words_again_change_nothing(self):
        self.similar()
        issue = self.found()
        written = issue.write_date
        self.assertEqual(self.found(), issue)
        self.assertEqual((issue.complaint_count, issue.write_date), (3, written))
        self.similar(1, 3)
        self.assertEqual(self.found(), issue)
        self.assertEqual(issue.complaint_count, 4)

    def test_f5_3_5_what_an_issue_has_makes_no_other(self):
        tickets = self.similar()
        self.issue(ticket_ids=tickets.ids)
        self.assertFalse(self.found())

    def test_f5_3_5_both_sources_make_one_issue(self):
        self.env.company.complaint_issue_count = 3
        self.similar(conduct_ids=self.slow.ids)
        self.assertFalse(self.found())
        issue = self.issues.search([("unit_id", "=", self.unit.id)])
        self.assertEqual((issue.source, issue.complaint_count), ("conduct", 3))

    def test_f5_3_5_restricted_words_are_never_compared(self):
        self.similar(2)
        self.similar(1, 2, conduct_ids=self.bribe.ids)
        self.assertFalse(self.found())

    def test_f5_3_5_words_of_long_ago_drafts_and_invalid_ones_do_not_count(self):
        tickets = self.similar()
        tickets[0].sudo().received_at = fields.Datetime.now() - timedelta(days=91)
        draft = tickets[1]._with_procedure().copy({"complainant_phone": "13900000009"})
        self.assertEqual(draft.complaint_state, "draft")
        self.assertFalse(self.found())

    def test_f5_3_5_similar_words_after_a_publication(self):
        tickets = self.similar()
        issue = self.found().with_user(self.leader)
        issue.write({"user_id": self.manager.id, "measures": "修好。", "method": "每日巡查。"})
        issue.action_study()
        issue.action_set_measures()
        issue.write({"medium": "公众号", "published_text": "每日巡查。"})
        self.consented(issue)
        issue.published_on = fields.Date.today()
        issue.action_publish()
        tickets.sudo().received_at = issue.closed_at - timedelta(hours=1)
        self.let_a_minute_pass(issue)
        self.similar(2, 3)
        self.found()
        self.assertEqual((issue.state, issue.recurrence_count), ("published", 0))
        self.similar(1, 5)
        self.assertEqual(self.found(), issue.sudo())
        self.assertEqual((issue.state, issue.recurrence_count), ("studying", 1))
        self.assertEqual(issue.complaint_count, 6)

    def test_f5_3_5_the_name_tells_nobody(self):
        self.similar(service_item="取号 13900000001")
        self.assertNotIn("139", self.found().name)

    def test_f5_3_5_the_name_is_of_most_of_them(self):
        for number, matter in enumerate(("取号一", "取号二", "取号三")):
            self.similar(1, number, service_item=matter, conduct_ids=self.slow.ids)
        self.assertEqual(self.found().name, f"{self.unit.name}：{self.slow.name}")

    def test_f5_3_5_looking_costs_the_same_for_many(self):
        self.similar(3)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=12):
            self.issues._alike(self.env.company)
        self.similar(3, 3)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=12):
            self.issues._alike(self.env.company)
