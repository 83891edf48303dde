from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .meeting_common import MeetingCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
SECRETS = ("王小明", "13812345678", "推诿", "李晓梅", "/odoo/", "helpdesk")


@tagged("post_install", "-at_install")
class TestMeetingTable(MeetingCommon):
    """Who is invited, what they learn, and what becomes of it."""

    def entry(self, meeting):
        return meeting.sudo().event_id

    def mails(self, meeting):
        return self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("res_id", "=", self.entry(meeting).id)]
        )

    def test_h5_2_5_convening_enters_the_calendar_of_everybody(self):
        meeting = self.convened()
        event = self.entry(meeting)
        self.assertEqual(event.partner_ids, meeting.invitee_ids.partner_id)
        self.assertEqual((event.start, event.location), (meeting.starts_at, "三楼会议室"))
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.user_id, self.clerk)

    def test_h5_2_5_invitation_bears_the_number_and_nothing_else(self):
        meeting = self.convened()
        event = self.entry(meeting)
        self.assertIn(meeting.ticket_id.number, event.name)
        self.assertFalse(event.res_model or event.res_id or event.activity_ids)
        said = [event.name, str(event.description), *self.mails(meeting).mapped("body")]
        self.assertIn(self.boss, self.mails(meeting).notified_partner_ids)
        for secret in SECRETS:
            self.assertNotIn(secret, "".join(said))

    def test_h5_2_5_convened_from_the_form_it_still_leads_nowhere(self):
        meeting = self.approved(starts_at=self.tonight(), place="三楼会议室")
        here = {"active_model": "complaint.meeting", "active_id": meeting.id}
        meeting.with_context(**here, default_res_id=meeting.id).action_convene()
        event = self.entry(meeting)
        self.assertFalse(event.res_model or event.res_id)

    def test_h5_2_5_convening_needs_time_and_place(self):
        meeting = self.approved()
        with self.assertRaisesRegex(UserError, "Meeting At、Place"):
            meeting.action_convene()
        yesterday = fields.Datetime.now() - timedelta(days=1)
        meeting.write({"starts_at": yesterday, "place": "三楼"})
        with self.assertRaisesRegex(UserError, "in the future|a future date"):
            meeting.action_convene()
        self.assertEqual(meeting.state, "approved")

    def test_h5_2_5_moved_meeting_moves_the_entry(self):
        meeting = self.convened()
        later = fields.Datetime.now() + timedelta(days=2)
        before = self.mails(meeting)
        meeting.write({"starts_at": later, "place": "一楼"})
        event = self.entry(meeting)
        self.assertEqual((event.start, event.location), (meeting.starts_at, "一楼"))
        self.assertIn(self.boss, (self.mails(meeting) - before).notified_partner_ids)

    def test_h5_2_5_who_joins_later_is_invited_at_once(self):
        meeting = self.convened()
        guest = self.env["res.partner"].create({"name": "法律顾问", "email": "law@example.com"})
        meeting.invitee_ids = [Command.create({"partner_id": guest.id})]
        self.assertIn(guest, self.entry(meeting).partner_ids)
        meeting.invitee_ids.filtered(lambda one: one.partner_id == guest).unlink()
        self.assertNotIn(guest, self.entry(meeting).partner_ids)

    def test_h5_2_5_called_off_everybody_learns_of_it(self):
        meeting = self.convened()
        before = self.mails(meeting)
        self.assertEqual(meeting.action_cancel()["target"], "new")
        meeting.action_cancel("双方已协商一致")
        self.assertEqual((meeting.state, meeting.cancel_reason), ("cancelled", "双方已协商一致"))
        self.assertFalse(self.entry(meeting).active)
        notice = self.mails(meeting) - before
        self.assertIn(self.boss, notice.notified_partner_ids)
        self.assertNotIn("协商一致", "".join(notice.mapped("body")), "the reason stays with us")
        self.assertNotEqual(meeting.ticket_id.action_propose_meeting()["res_id"], meeting.id)

    def test_h5_2_5_request_is_withdrawn_with_its_meeting(self):
        meeting = self.proposed()
        meeting.action_request()
        meeting.action_cancel("不再需要")
        self.assertEqual((meeting.state, meeting.approval_id.state), ("cancelled", "withdrawn"))
        self.assertFalse(meeting.approval_id.sudo().activity_ids)

    def test_h5_2_5_settled_on_the_spot_needs_no_meeting_any_more(self):
        meeting = self.convened()
        meeting.ticket_id._with_procedure()._move_to("fed_back")
        self.assertEqual(meeting.state, "cancelled")

    @mute_logger(*QUIET)
    def test_h5_2_5_nobody_moves_the_entry_in_the_calendar(self):
        event = self.entry(self.convened())
        changes = (
            {"start": fields.Datetime.now()},
            {"name": "改"},
            {"privacy": "public"},
            {"partner_ids": [Command.link(self.outsider.partner_id.id)]},
            {"active": False},
        )
        for user in (self.clerk, self.leader):
            for vals in changes:
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                    event.with_user(user).write(vals)
            with self.assertRaises(UserError):
                event.with_user(user).unlink()
        event.attendee_ids.filtered(lambda one: one.partner_id == self.leader.partner_id).with_user(
            self.leader
        ).do_accept()

    def test_h5_2_5_others_see_that_somebody_is_busy(self):
        event = self.entry(self.convened()).with_user(self.outsider)
        event.invalidate_recordset()
        self.assertNotIn("TS", event.display_name)
        self.assertFalse(event.location)

    def test_h5_2_5_other_entries_are_left_alone(self):
        events = self.env["calendar.event"].with_user(self.outsider)
        event = events.create({"name": "例会", "start": self.tonight(), "stop": self.tonight()})
        event.write({"name": "周例会"})
        event.unlink()

    # --- restricted -------------------------------------------------------------------------------

    def restricted(self):
        """Return a restricted complaint about two units, with the clerk in charge."""
        item = self.env.ref("kaiyang_complaint.conduct_04")
        return self.of_two_units(conduct_ids=item.ids, user_id=self.clerk.id)

    def test_u7_5_restricted_nobody_of_the_units_is_invited(self):
        meeting = self.proposed(self.restricted())
        people = meeting.invitee_ids.partner_id
        self.assertFalse(people & (self.boss + self.other_boss + self.rep.partner_id))
        self.assertIn(self.leader.partner_id, people)
        stranger = new_test_user(
            self.env, "kc_colleague", "kaiyang_complaint.group_complaint_clerk"
        )
        for person in (self.boss, self.rep.partner_id, stranger.partner_id):
            with (
                self.subTest(person=person.name),
                self.assertRaisesRegex(UserError, "may not know"),
            ):
                meeting.invitee_ids = [Command.create({"partner_id": person.id})]

    def test_u7_5_restricted_decision_sends_no_slip(self):
        meeting = self.held(self.restricted())
        self.assertFalse(meeting.ticket_id.slip_ids)
        self.assertEqual(meeting.ticket_id.complaint_state, "accepted")

    def test_u7_5_meeting_with_the_units_is_called_off_once_restricted(self):
        meeting = self.convened()
        event = self.entry(meeting)
        meeting.ticket_id.write({"user_id": self.clerk.id, "is_discipline_matter": True})
        self.assertEqual(meeting.state, "cancelled")
        self.assertFalse(event.active)
        self.assertFalse(event.partner_ids & (self.boss + self.other_boss + self.rep.partner_id))
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            event.with_user(self.rep).read(["name"])

    def test_u7_5_meeting_that_is_over_leaves_the_units_calendar(self):
        meeting = self.held()
        meeting.ticket_id.write({"user_id": self.clerk.id, "is_discipline_matter": True})
        self.assertEqual(meeting.state, "held")
        strangers = self.boss + self.other_boss + self.rep.partner_id
        self.assertFalse(self.entry(meeting).partner_ids & strangers)

    def test_u7_5_meeting_of_the_centre_alone_goes_on(self):
        meeting = self.convened(self.restricted())
        meeting._withdraw_for_restriction()
        self.assertEqual(meeting.state, "convened")

    @mute_logger(*QUIET)
    def test_u7_5_restricted_meeting_is_hidden_from_other_clerks(self):
        meeting = self.proposed(self.restricted())
        other = new_test_user(self.env, "kc_colleague", "kaiyang_complaint.group_complaint_clerk")
        self.room.user_ids += other
        for records in (meeting, meeting.line_ids, meeting.invitee_ids):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(other).read(["id", "display_name"])
