"""Calls to the room on the pages of the representatives (五(一)2, 五(二)2)."""

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..handling.test_portal import PortalCase
from .spot_common import SpotCommon


@tagged("post_install", "-at_install")
class TestCallPages(SpotCommon, PortalCase):
    def come(self, call):
        data = {"csrf_token": Request.csrf_token(self)}
        return self.url_open(f"/my/complaints/call/{call.id}/come", data=data)

    def test_r5_1_2_representative_reads_the_call_and_comes(self):
        ticket = self.called(visit_place="王小明所在的A区")
        call = ticket.call_ids.filtered("representative_id")
        self.login(self.rep)
        page = self.url_open("/my/complaints").text
        self.assertIn("You are called to the complaint room", page)
        self.assertIn("T12", page)
        self.assertIn("〔姓名〕所在的A区", page)
        for secret in ("王小明", "13812345678", ticket.number, "李晓梅"):
            self.assertNotIn(secret, page)
        page = self.come(call)
        self.assertIn("knows that you are on your way", page.text)
        self.assertIn("On your way since", page.text)
        self.assertEqual(call.state, "coming")
        call.action_arrive()
        self.assertNotIn("You are called", self.url_open("/my/complaints").text)

    def test_r5_1_2_foreign_and_ended_calls_look_like_none(self):
        ticket = self.called()
        call = ticket.call_ids.filtered("representative_id")
        self.login(self.other_rep)
        self.assertNotIn("You are called", self.url_open("/my/complaints").text)
        self.assertIn("or it is not for you", self.come(call).text)
        ticket.action_forward()
        self.login(self.rep)
        self.assertNotIn("You are called", self.url_open("/my/complaints").text)
        self.assertIn("or it is not for you", self.come(call).text)
        self.assertFalse(call.coming_at)

    @mute_logger("odoo.http")
    def test_r5_1_2_come_needs_a_token(self):
        call = self.called().call_ids.filtered("representative_id")
        self.login(self.rep)
        url = f"/my/complaints/call/{call.id}/come"
        self.assertEqual(self.url_open(url, data={"x": "y"}).status_code, 400)
        self.assertFalse(call.coming_at)
