from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..common import SIGNATURE, ComplaintCommon


@tagged("post_install", "-at_install")
class TestIntake(ComplaintCommon):
    def test_c1_1_onsite_has_its_own_form(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        defaults = tickets.with_context(complaint_channel="onsite").default_get(
            ["team_id", "channel_id", "complaint_state", "complainant_identity"]
        )
        channel = self.env.ref("kaiyang_complaint.channel_onsite")
        self.assertEqual((defaults["team_id"], defaults["channel_id"]), (self.room.id, channel.id))
        self.assertEqual(defaults["complaint_state"], "draft")
        self.assertTrue(channel.is_visit)
        self.assertTrue(channel.asks_for_signature)
        self.assertEqual(channel.registration_form, "report_registration_onsite")

    def test_c1_2_phone_has_its_own_form(self):
        """The action of a channel prepares its room and channel."""
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        defaults = tickets.with_context(complaint_channel="phone").default_get(
            ["team_id", "channel_id", "complaint_state", "complainant_identity"]
        )
        self.assertEqual(defaults["team_id"], self.room.id)
        self.assertEqual(defaults["channel_id"], self.env.ref("kaiyang_complaint.channel_phone").id)
        self.assertEqual(defaults["complaint_state"], "draft")

    def test_r5_1_2_onsite_needs_verification(self):
        ticket = self.new_complaint("onsite", complainant_signature=False)
        with self.assertRaisesRegex(UserError, "verify the record"):
            ticket.action_accept()
        ticket.complainant_signature = SIGNATURE
        ticket.action_accept()
        self.assertEqual(ticket.complaint_state, "accepted")

    def test_r5_1_2_signature_is_stamped(self):
        ticket = self.new_complaint("onsite", complainant_signature=False)
        self.assertFalse(ticket.complainant_signed_at)
        self.assertTrue(self.new_complaint("onsite").complainant_signed_at, "signed at intake")
        ticket.complainant_signature = SIGNATURE
        self.assertTrue(ticket.complainant_signed_at)

    def test_c2_missing_elements_are_named(self):
        ticket = self.new_complaint(
            window_id=False, service_datetime=False, service_item=False, respondent_ids=[]
        )
        self.assertEqual(ticket.missing_elements, "staff,window,time,matter")
        with self.assertRaisesRegex(UserError, "Staff member、Window、Time of service、Matter"):
            ticket.action_accept()
        self.assertEqual(ticket.number, "/")

    def test_c2_duty_identified_by_window_and_time(self):
        ticket = self.new_complaint(respondent_ids=[])
        self.assertEqual(ticket.missing_elements, "staff")
        ticket.staff_waiver = "duty"
        self.assertFalse(ticket.missing_elements)
        ticket.action_accept()
        self.assertEqual(ticket.respondent_ids.window_id, self.window)

    def test_r5_1_1_announcement_before_recording(self):
        ticket = self.new_complaint(no_recording_reason=False)
        self.assertEqual(
            ticket.announcement, "您好，您的电话将被录音，请您对投诉举报内容的真实性负责"
        )
        with self.assertRaisesRegex(UserError, "announcement"):
            ticket.action_accept()
        with self.assertRaisesRegex(UserError, "before recording"):
            ticket.recording_seconds = 60
        tickets, values = self.env["helpdesk.ticket"].with_user(self.clerk), self.complaint_values()
        for context, given in (
            ({}, {"recording_seconds": 60}),
            ({"default_recording_seconds": 60}, {}),
        ):
            with self.assertRaisesRegex(UserError, "before recording"):
                tickets.with_context(**context).create({**values, **given})
        ticket.action_announce()
        first = ticket.announced_at
        with freeze_time(first + timedelta(minutes=5)):
            ticket.action_announce()
        self.assertEqual(ticket.announced_at, first)
        ticket.recording_seconds = 60
        ticket.action_accept()

    def test_p4_1_acceptance_is_stamped_and_numbered(self):
        first, second = self.accepted(), self.accepted()
        self.assertTrue(first.accepted_at)
        self.assertRegex(first.number, r"^TS\d{4}-\d{4}$")
        self.assertEqual(int(second.number[-4:]), int(first.number[-4:]) + 1)

    def test_p4_1_draft_older_than_a_working_day_is_found(self):
        """Received on Friday, it may wait until Monday's close of business."""
        fresh = self.new_complaint(received_at="2026-11-20 06:00:00")
        old = self.new_complaint(received_at="2026-11-19 06:00:00")
        late = [("complaint_state", "=", "draft"), ("accept_by", "<", "2026-11-23 08:00:00")]
        found = self.env["helpdesk.ticket"].search([*late, ("id", "in", (fresh + old).ids)])
        self.assertEqual(found, old)

    def test_p4_1_number_starts_anew_each_year(self):
        with freeze_time("2026-12-31 08:00:00"):
            self.assertIn("2026-", self.accepted().number)
        with freeze_time("2026-12-31 16:30:00"):
            self.assertEqual(self.accepted().number, "TS2027-0001")

    def test_p4_1_refused_acceptance_leaves_no_gap(self):
        first = self.accepted()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (self.new_complaint() + self.new_complaint(service_item=False)).action_accept()
        self.assertEqual(int(self.accepted().number[-4:]), int(first.number[-4:]) + 1)

    def test_p4_3_invalid_has_reason_but_no_number(self):
        ticket = self.new_complaint()
        dialog = ticket.action_mark_invalid()
        self.assertEqual(ticket.complaint_state, "draft")
        wizard = self.env["complaint.invalid.wizard"].with_user(self.clerk)
        wizard = wizard.with_context(**dialog["context"]).create({"reason": "三次劝导无效"})
        self.assertEqual(wizard.ground, "unreasonable")
        wizard.action_confirm()
        self.assertEqual(ticket.complaint_state, "invalid")
        self.assertEqual(ticket.end_reason, "三次劝导无效")
        self.assertEqual(ticket.number, "/")
        self.assertFalse(ticket.deadline_ids)
        ticket.action_reconsider("补充了被投诉人")
        self.assertEqual(ticket.complaint_state, "draft")

    def test_c1_3_site_number_only_once(self):
        self.new_complaint("web", external_ref="GZ-1")
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.new_complaint("web", external_ref="GZ-1")
