from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon

VIEW = "kaiyang_complaint.complaint_view_form_intake"


@tagged("post_install", "-at_install")
class TestIntakeHints(ComplaintCommon):
    """The form of intake, as a clerk fills it in, offers what belongs to window and caller."""

    def form(self, channel="phone", user=None):
        tickets = self.env["helpdesk.ticket"].with_user(user or self.clerk)
        return Form(tickets.with_context(complaint_channel=channel), view=VIEW)

    def test_c2_window_brings_unit_representative_staff_and_matters(self):
        self.new_complaint(service_item="抵押权注销登记")
        self.new_complaint(service_item="抵押权注销登记")
        form = self.form()
        self.assertFalse(form.window_hints)
        form.window_id = self.window
        self.assertEqual(form.window_unit_id, self.unit)
        self.assertEqual(form.representative_id, self.representative)
        self.assertEqual([one["id"] for one in form.window_hints["staff"]], self.staff.ids)
        self.assertEqual(form.window_hints["matters"][0]["label"], "抵押权注销登记")
        self.assertIn(" dyqzxdj ", form.window_hints["matters"][0]["key"])

    def test_c2_missing_elements_go_as_they_are_given(self):
        form = self.form()
        self.assertEqual(form.missing_elements, "staff,window,time,matter,reason")
        form.window_id = self.window
        form.service_datetime = "2026-03-02 02:30:00"
        form.service_item = "转移登记"
        form.description = "<p>排队两小时</p>"
        self.assertEqual(form.missing_elements, "staff")
        with form.respondent_ids.new() as person:
            person.staff_id = self.staff
        self.assertFalse(form.missing_elements)
        self.assertEqual(form.save().respondent_ids.window_id, self.window)

    def test_c1_1_caller_is_known_by_the_number(self):
        earlier = self.accepted()
        form = self.form()
        form.complainant_phone = "138 1234-5678"
        self.assertEqual(form.known_caller["name"], "王小明")
        self.assertEqual(form.known_caller["count"], 1)
        (case,) = form.known_caller["cases"]
        self.assertEqual(case["id"], earlier.id)
        self.assertIn(earlier.number, case["number"])
        form.complainant_phone = "13900000000"
        self.assertFalse(form.known_caller)

    def test_u7_5_restricted_complaints_are_no_earlier_ones(self):
        bribe = self.env.ref("kaiyang_complaint.conduct_04")
        restricted = self.accepted(conduct_ids=[Command.set(bribe.ids)], service_item="索要红包")
        restricted.sudo().user_id = self.manager
        form = self.form()
        form.complainant_phone = "13812345678"
        form.window_id = self.window
        self.assertFalse(form.known_caller)
        self.assertFalse(form.window_hints["matters"])

    def test_strangers_learn_nothing(self):
        ticket = self.accepted()
        for user in (self.rep, self.outsider):
            for name in ("known_caller", "window_hints"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    ticket.with_user(user).read([name])

    def test_tickets_of_other_teams_have_no_hints(self):
        ticket = self.env["helpdesk.ticket"].create({"name": "Printer", "description": "Jam"})
        self.assertFalse(ticket.window_hints)
        self.assertFalse(ticket.known_caller)

    def test_c1_every_channel_has_the_same_layout(self):
        for channel in ("phone", "onsite", "letter", "web"):
            form = self.form(channel)
            form.window_id = self.window
            ticket = form.save()
            self.assertEqual(ticket.channel_code, channel)
            self.assertEqual(ticket.complaint_state, "draft")
