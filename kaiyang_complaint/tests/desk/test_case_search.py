"""One box finds complaints by whatever is known of them: nobody learns more than they may know."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

NOBODY = "base.group_no_one,base.group_erp_manager"


@tagged("post_install", "-at_install")
class TestCaseSearch(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.accepted(
            partner_name="欧阳小明",
            complainant_phone="+86 138 1234-5678",
            complainant_id_number="52012119900101123X",
            service_item="抵押权注销登记",
            description="<p>排队两个小时，没有人叫号。</p>",
        )
        person = {"stated_name": "胖大姐", "window_id": cls.other_window.id}
        cls.two = cls.new_complaint(
            "web",
            external_ref="GZ-ZX-2026-033120",
            partner_name="李秀英",
            complainant_phone="0851-87250000",
            window_id=cls.other_window.id,
            service_item="护照",
            description="<p>窗口提前下班。</p>",
            respondent_ids=[fields.Command.create(person)],
        )
        cls.restricted = cls.new_complaint(partner_name="欧阳暗访", is_discipline_matter=True)
        cls.env.flush_all()

    def found(self, text, user=None):
        """Return what a user finds over the door by which lists are asked."""
        tickets = self.env["helpdesk.ticket"].with_user(user or self.clerk)
        domain = [("case_search", "ilike", text)]
        rows = call_kw(tickets, "search_read", [domain, ["id"]], {})
        ours = self.one + self.two + self.restricted
        return ours.filtered(lambda one: one.id in [row["id"] for row in rows])

    def test_it_finds_by_whatever_is_known(self):
        number = self.one.number
        for text in (
            *(number, number.lower(), number[-4:], str(int(number[-4:])), f" {number}\n"),
            *(
                "欧阳小明",
                "小明",
                "13812345678",
                "138 1234 5678",
                "1234-5678",
                "１３８１２３４５６７８",
            ),
            *("52012119900101123X", "520121 19900101 123x", "19900101"),
            *("T12", "t12", "Ｔ12 窗口", "12号", "李晓梅", "T012", "不动产登记中心", "T1"),
            *("两个小时", "抵押", "抵押权注销", f"{number} 抵押权注销登记", "欧阳小明 T12"),
        ):
            with self.subTest(text=text):
                self.assertIn(self.one, self.found(text.replace(" 窗口", "")))
        for text in ("GZ-ZX-2026-033120", "033120", "李秀英", "秀英", "87250000", "大姐", "公安局"):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), self.two)
        for text in ("护照", "提前下班", "T20", "20", "护照 李秀英"):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), self.two)

    def test_it_finds_nothing_else(self):
        for text in (
            "李秀英 T12",
            "欧小",
            "没有这样的话",
            "99999",
            "T13",
            "%",
            "_",
            "。",
            "欧_小明",
        ):
            with self.subTest(text=text):
                self.assertFalse(self.found(text))

    def test_a_family_name_alone_is_enough(self):
        self.assertEqual(self.found("李"), self.two)
        self.assertFalse(self.found("秀"))

    def test_an_archived_case_is_found_by_its_archive_number(self):
        dossier = self.env["complaint.dossier"].sudo()._with_procedure()
        dossier = dossier.create({"ticket_id": self.two.id, "name": "卷宗"})
        dossier._procedure_write({"number": "X081-TS·2026-D30-0777"})
        self.env.flush_all()
        for text in ("X081-TS·2026-D30-0777", "D30-0777"):
            self.assertEqual(self.found(text), self.two)

    def test_u7_5_a_restricted_case_stays_hidden(self):
        self.assertIn(self.restricted, self.found("欧阳暗访", self.leader))
        colleague = self.manager
        for text in ("欧阳暗访", "暗访", "欧", str(self.restricted.id)):
            self.assertNotIn(self.restricted, self.found(text, colleague))

    def test_p4_6_who_may_not_read_a_contact_does_not_find_by_it(self):
        """Else the number of results would tell who complained."""
        tickets = self.env["helpdesk.ticket"]
        for name in ("complainant_search", "complainant_phone", "complainant_id_number"):
            self.patch(tickets._fields[name], "groups", NOBODY)
        for text in ("欧阳小明", "小明", "欧", "13812345678", "1234-5678", "19900101"):
            with self.subTest(text=text):
                self.assertFalse(self.found(text))
        self.assertIn(self.one, self.found(self.one.number))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_strangers_find_nothing_and_by_no_detour(self):
        for user in (self.rep, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.found("欧阳小明", user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                team = self.env["helpdesk.ticket.team"].with_user(user)
                call_kw(team, "find_complaints", ["欧阳小明"], {})
        slips = self.env["complaint.slip"].with_user(self.rep)
        with self.assertRaises(AccessError):
            call_kw(slips, "search", [[("ticket_id.case_search", "ilike", "欧阳小明")]], {})

    def test_another_centre_finds_none_of_ours(self):
        other = self.env["res.company"].create({"name": "另一中心"})
        self.manager.sudo().write({"company_id": other.id, "company_ids": [(6, 0, other.ids)]})
        self.assertFalse(self.found("欧阳小明", self.manager))
        self.assertFalse(self.found(self.one.number, self.manager))

    def test_the_page_of_the_day_opens_the_one_that_is_found(self):
        team = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        action = call_kw(team, "open_found_complaints", ["李秀英"], {})
        self.assertEqual((action["res_id"], action["views"][0][1]), (self.two.id, "form"))
        self.new_complaint(partner_name="李秀英")
        action = call_kw(team, "open_found_complaints", ["李秀英"], {})
        self.assertEqual(action["views"][0][1], "list")
        self.assertEqual(action["context"]["search_default_case_search"], "李秀英")
        self.assertNotIn("search_default_open", action["context"])
        self.assertFalse(call_kw(team, "open_found_complaints", ["没有这样的人"], {}))

    def test_enter_takes_the_box_that_finds_everything(self):
        view = self.env.ref("kaiyang_complaint.complaint_view_search").with_user(self.clerk)
        arch = view.env["helpdesk.ticket"].get_view(view.id, "search")["arch"]
        self.assertIn('name="case_search"', arch[: arch.index('name="number"')])
