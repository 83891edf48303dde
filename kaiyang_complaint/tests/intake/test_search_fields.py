from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.intake.search_fields import contains
from ...tools.wording import COMPARED
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSearchFields(ComplaintCommon):
    """What a clerk types finds the complaint, as the plain search for it did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.new_complaint(
            partner_name="欧阳小明",
            complainant_phone="+86 138 1234-5678",
            description="<p>排队两个小时，没有人叫号。</p>",
            service_item="过户登记",
        )
        cls.two = cls.new_complaint(
            partner_name="李%明",
            complainant_phone="0851-87250000、13900000002",
            description=f"<p>{'等' * COMPARED}到下班</p>",
        )
        cls.one.respondent_ids.sudo().unlink()
        values = {"ticket_id": cls.one.id, "stated_name": "胖大姐", "window_id": cls.window.id}
        cls.env["complaint.respondent"].create(values)
        cls.env.flush_all()

    def found(self, name, value):
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        ours = ("id", "in", (self.one + self.two).ids)
        return tickets.search([ours, (name, "ilike", value)]).sudo()

    def test_a_name_is_found_by_any_part_of_it(self):
        for part in ("欧阳小明", "欧阳", "阳小", "明", "小明"):
            self.assertIn(self.one, self.found("complainant_search", part), part)
        self.assertFalse(self.found("complainant_search", "欧小"))
        self.assertEqual(self.found("complainant_search", "李%明"), self.two)
        self.assertFalse(self.found("complainant_search", "欧%明"))

    def test_two_characters_are_looked_up_as_they_stand(self):
        names = ("王王", "王", "欧阳欧", "阳欧", "a_b", "aab", "")
        tickets = self.env["helpdesk.ticket"]
        for name in names:
            self.one.partner_name = name
            for part in ("王", "王王", "阳欧", "欧阳欧", "_", "ab", "aa"):
                domain = contains("partner_name", part)
                found = tickets.search(domain & contains("partner_name", part))
                self.assertEqual(self.one in found, part in name, (name, part))

    def test_a_telephone_is_found_however_it_was_written(self):
        for number in ("13812345678", "138 1234 5678", "1234-5678", "+8613812345678"):
            self.assertEqual(self.found("complainant_search", number), self.one, number)
        for number in ("87250000", "13900000002"):
            self.assertEqual(self.found("complainant_search", number), self.two, number)

    def test_a_reason_is_found_whatever_stands_between_its_words(self):
        for words in ("两个小时", "两个小时，没有", "两个小时 没有", "过户"):
            self.assertEqual(self.found("reason_search", words), self.one, words)
        self.assertEqual(self.found("reason_search", "到下班"), self.two)
        self.assertFalse(self.found("reason_search", "小时没有"))

    def test_a_respondent_is_found_by_what_was_stated_or_is_known(self):
        self.assertEqual(self.found("respondent_search", "大姐"), self.one)
        staff = self.two.respondent_ids.staff_id or self.staff
        self.two.respondent_ids.sudo().unlink()
        values = {"ticket_id": self.two.id, "staff_id": staff.id}
        self.env["complaint.respondent"].create(values)
        self.assertEqual(self.found("respondent_search", staff.name[:2]), self.two)

    def test_strangers_look_for_nobody(self):
        for user in (self.rep, self.outsider):
            for name in ("complainant_search", "respondent_search", "reason_search"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    self.env["helpdesk.ticket"].with_user(user).search([(name, "ilike", "明")])

    def test_what_was_accepted_is_compared_when_somebody_asks(self):
        earlier = self.accepted()
        ticket = self.accepted()
        self.assertFalse(ticket.with_user(self.clerk).repeats_summary)
        action = ticket.with_user(self.clerk).action_open_repeats()
        self.assertIn(earlier.id, action["domain"][0][2])
