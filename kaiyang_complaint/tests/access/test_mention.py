"""A form tells nothing of a complaint that the user may not read (七.5)."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .forgery_common import QUIET, ForgeryCommon

TOLD = {
    "complaint.contact": "complainant_phone",
    "complaint.feedback": "display_name",
    "complaint.investigation": "complainant_facts",
    "complaint.meeting": "display_name",
    "complaint.referral": "matter",
    "complaint.settlement.wizard": "call_ids",
    "complaint.slip": "complainant_label",
}


@tagged("post_install", "-at_install")
class TestMention(ForgeryCommon):
    def open_form(self, model, ticket, by_default=False, user=None):
        """Let the colleague open a form about a complaint, or choose the complaint in it."""
        spec = {"ticket_id": {"fields": {"display_name": {}}}, TOLD[model]: {}}
        values = {} if by_default else {"ticket_id": ticket.id}
        context = {"default_ticket_id": ticket.id} if by_default else {}
        chosen = [*values]
        records, user = self.env[model], user or self.colleague
        answer = records.with_user(user).with_context(**context).onchange(values, chosen, spec)
        return answer["value"]

    def test_u7_5_forms_tell_nothing_of_a_restricted_complaint(self):
        for model in TOLD:
            for by_default in (False, True):
                with self.subTest(model=model, by_default=by_default):
                    self.open_form(model, self.ticket, by_default)
                    with self.assertRaises(AccessError), mute_logger(*QUIET):
                        self.open_form(model, self.restricted, by_default)

    def test_u7_5_nor_as_a_line_of_another_complaint(self):
        line = {"ticket_id": self.restricted.id}
        values = {"investigation_ids": [Command.create(line)]}
        spec = {"investigation_ids": {"fields": {"complainant_facts": {}}}}
        form = self.ticket.with_user(self.colleague)
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            form.onchange(values, ["investigation_ids"], spec)

    def test_u7_5_who_may_read_it_works_with_it(self):
        self.restricted.sudo().user_id = self.colleague
        told = self.open_form("complaint.contact", self.restricted)
        self.assertEqual(told["complainant_phone"], self.restricted.sudo().complainant_phone)

    def test_no_ticket_of_another_helpdesk_points_at_a_complaint(self):
        tickets = self.env["helpdesk.ticket"]
        values = {"name": "打印机", "description": "卡纸"}
        made = self.rpc(tickets, "create", values, user=self.outsider)
        link = {"duplicate_id": self.ticket.id}
        self.assert_refused(tickets.browse(made), "write", link, user=self.outsider)
        self.assert_refused(tickets, "create", {**values, **link}, user=self.outsider)

    def test_a_slip_of_no_complaint_yet_is_empty(self):
        slips = self.env["complaint.slip"].with_user(self.clerk)
        values = {"ticket_id": False, "unit_id": False}
        self.assertFalse(slips.onchange(values, ["ticket_id"], {"summary": {}})["value"])
