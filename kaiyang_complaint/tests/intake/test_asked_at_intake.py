from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..access.file_contents import recording
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestAskedAtIntake(ComplaintCommon):
    """What the regulation wants is asked at the step where it is due, or why there is none."""

    def test_c3_a_kind_of_conduct_or_why_none(self):
        for reason in (False, "无", " / "):
            ticket = self.new_complaint(no_conduct_reason=reason)
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "kind of conduct"):
                ticket.action_accept()
            self.assertEqual(ticket.complaint_state, "draft")
        ticket.no_conduct_reason = "投诉人说不清"
        ticket.action_accept()
        chosen = self.new_complaint(
            no_conduct_reason=False, conduct_ids=self.env.ref("kaiyang_complaint.conduct_09").ids
        )
        chosen.action_accept()
        self.assertEqual(chosen.complaint_state, "accepted")

    def test_h5_2_4_what_is_not_about_staff_has_no_conduct(self):
        ticket = self.new_complaint(is_outside_matter=True, no_conduct_reason=False)
        ticket.action_accept()
        self.assertEqual(ticket.complaint_state, "accepted")

    def test_c2_nobody_was_served_in_the_future(self):
        later = fields.Datetime.now() + timedelta(hours=1)
        draft = self.new_complaint(service_datetime=later)
        with self.assertRaisesRegex(UserError, "in the future"):
            draft.action_accept()
        ticket = self.accepted()
        with self.assertRaisesRegex(ValidationError, "in the future"):
            ticket.service_datetime = later

    def test_r5_1_1_no_recording_for_no_reason(self):
        ticket = self.new_complaint(no_recording_reason="无")
        with self.assertRaisesRegex(UserError, "announcement"):
            ticket.action_accept()

    def told(self):
        """Return a recorded call whose complainant was told, its findings confirmed."""
        ticket = self.fed_back().with_user(self.clerk)
        ticket._procedure_write({"announced_at": ticket.received_at, "no_recording_reason": False})
        self.clear(ticket)
        return ticket

    def test_r5_1_1_a_recorded_call_is_closed_with_its_recording_or_why_none(self):
        ticket = self.told()
        with self.assertRaisesRegex(UserError, "recording of the call is missing"):
            ticket.action_close()
        ticket.no_recording_reason = "录音设备故障，录音未保存"
        ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")
        other = self.told()
        other.recording_ids = [Command.create({"name": "来电.wav", "raw": recording()})]
        other.action_close()
        self.assertEqual(other.complaint_state, "closed")

    def test_f5_3_1_a_card_is_not_dragged_past_what_is_missing(self):
        ticket = self.told()
        closed = self.env.ref("kaiyang_complaint.stage_closed", raise_if_not_found=False)
        stages = self.env["helpdesk.ticket.stage"]
        closed = closed or stages.search([("complaint_state", "=", "closed")], limit=1)
        with self.assertRaisesRegex(UserError, "recording of the call is missing"):
            ticket.stage_id = closed
