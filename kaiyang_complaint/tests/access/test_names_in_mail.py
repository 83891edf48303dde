from unittest.mock import patch

from odoo.addons.mail.tests.common import MailCase
from odoo.tests import new_test_user, tagged
from odoo.tools.mail import email_normalize

from ..common import ComplaintCommon

CENTRE = "desk@centre.example.com"
TITLE = "欧阳秋水反映不动产登记排队"


@tagged("post_install", "-at_install")
class TestNamesInMail(ComplaintCommon, MailCase):
    """Mails and notices name number and kind only, and come from the centre."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.env.company.write({"email": CENTRE, "complaint_center_name": "政务服务中心"})
        (cls.clerk + cls.manager + cls.leader).notification_type = "email"
        cls.ticket = cls.accepted(name=TITLE, user_id=cls.clerk.id).with_env(cls.env)
        cls.slip = cls.ticket.slip_ids

    def assert_discreet(self, mail, *names):
        """Check that a mail names kind and number, and leaves from the centre."""
        for name in (TITLE, "欧阳秋水", "王小明", *names):
            self.assertNotIn(name, mail["subject"])
            self.assertNotIn(name, mail["body"])
        for sender in ("email_from", "reply_to"):
            self.assertNotIn("kc_", mail[sender])
        self.assertEqual(email_normalize(mail["email_from"]), CENTRE)

    def sent(self, act):
        """Return the mails that an act causes, as they were handed to the mail server."""
        with self.mock_mail_gateway():
            act()
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
        self.assertTrue(self._mails)
        return self._mails

    def answer(self, verb):
        slip = self.slip.with_user(self.rep).with_context(tracking_disable=False)
        if verb == "decline":
            slip.action_decline("非我单位职责")
        else:
            slip.action_receive()
            slip.action_reply(self.reply_values())

    def test_mails_of_what_a_unit_does_come_from_the_centre(self):
        for verb in ("reply", "decline"):
            with self.subTest(verb=verb), self.env.cr.savepoint() as savepoint:
                for mail in self.sent(lambda verb=verb: self.answer(verb)):
                    self.assert_discreet(mail)
                    self.assertIn(self.ticket.number, mail["subject"])
                savepoint.rollback()

    def test_envelope_and_bounces_are_the_centres(self):
        with self.mock_smtplib_connection():
            self.answer("reply")
            self.env["mail.mail"].search([("state", "=", "outgoing")]).send()
            self.assertTrue(self.emails)
            for mail in self.emails:
                self.assertNotIn("kc_", mail["smtp_from"])
                self.assertNotIn("kc_", mail["msg_from"])
                self.assertIn(CENTRE, mail["msg_from"])

    def test_assignment_and_activity_name_the_number(self):
        ticket = self.ticket.with_user(self.clerk).with_context(tracking_disable=False)
        acts = {
            "assignment": lambda: ticket.write({"user_id": self.manager.id}),
            "activity": lambda: ticket.activity_schedule(
                "mail.mail_activity_data_todo", summary="回访", user_id=self.manager.id
            ),
        }
        for name, act in acts.items():
            with self.subTest(act=name):
                self.env["mail.mail"].search([]).unlink()
                for mail in self.sent(act):
                    self.assert_discreet(mail)
                    self.assertEqual(mail["subject"], self.ticket._reference())
        notes = self.env["mail.message"].search(
            [("model", "=", "helpdesk.ticket"), ("message_type", "=", "user_notification")]
        )
        for note in notes.filtered(lambda one: one.res_id == self.ticket.id):
            self.assertNotIn(TITLE, note.subject)
            self.assertNotIn(TITLE, note.body)

    def test_subject_typed_by_hand_does_not_leave(self):
        post = {
            "body": "请看",
            "subject": TITLE,
            "subtype_xmlid": "mail.mt_comment",
            "partner_ids": self.leader.partner_id.ids,
            "email_from": "boss@unit.example.com",
        }
        ticket = self.ticket.with_user(self.clerk)
        for mail in self.sent(lambda: ticket.message_post(**post)):
            self.assert_discreet(mail)

    def test_every_record_of_the_desk_is_named_by_kind_and_number(self):
        models = self.env.registry.descendants(["complaint.confidential.mixin"], "_inherit")
        message = self.env["mail.message"]
        for name in sorted(models - {"complaint.confidential.mixin"}):
            record = (
                self.env[name].search([], limit=1) if name != "helpdesk.ticket" else self.ticket
            )
            if not record:
                continue
            with self.subTest(model=name):
                said = message.new({"model": name, "res_id": record.id}).record_name
                self.assertEqual(said, record._reference())
                self.assertEqual(record._message_compute_subject(), said)
                self.assertTrue(said.startswith(record._kind()))
                self.assertNotIn(TITLE, said)

    def test_push_and_bus_name_the_number(self):
        post = {"body": f"<p>{TITLE}</p>", "subtype_xmlid": "mail.mt_comment"}
        self.leader.notification_type = "inbox"
        ticket = self.ticket.with_user(self.clerk)
        with patch.object(self.env.registry["res.users"], "_bus_send", autospec=True) as pushed:
            message = ticket.message_post(partner_ids=self.leader.partner_id.ids, **post)
        [inbox] = [
            call.args[2] for call in pushed.call_args_list if call.args[1] == "mail.message/inbox"
        ]
        [thread] = inbox["store_data"]["mail.thread"]
        self.assertEqual(thread["display_name"], ticket._reference())
        [data] = inbox["store_data"]["mail.message"]
        self.assertEqual(data["default_subject"], ticket._reference())
        payload = ticket._notify_by_web_push_prepare_payload(message)
        self.assertNotIn(TITLE, str(payload))
        self.assertEqual(payload["title"], ticket._reference())

    def test_failed_mail_tells_no_representative(self):
        self.answer("reply")
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        mails = mails.filtered(lambda mail: mail.model == "helpdesk.ticket")
        self.assertIn(self.rep.partner_id, mails.author_id)
        with patch.object(self.env.registry["bus.bus"], "_sendone", autospec=True) as sent:
            mails.mail_message_id._notify_message_notification_update()
        targets = [call.args[1] for call in sent.call_args_list]
        self.assertNotIn(self.rep, targets)
        self.assertNotIn(self.rep.partner_id, targets)
        self.assertNotIn(TITLE, str(sent.call_args_list))

    def test_failed_mail_tells_its_reader_the_number(self):
        ticket = self.ticket.with_user(self.clerk)
        message = ticket.message_post(
            body="x", subtype_xmlid="mail.mt_comment", partner_ids=self.leader.partner_id.ids
        )
        with patch.object(self.env.registry["bus.bus"], "_sendone", autospec=True) as sent:
            message.with_user(self.clerk)._notify_message_notification_update()
        told = [
            call.args for call in sent.call_args_list if self.clerk.partner_id in call.args[1:2]
        ]
        self.assertIn(ticket._reference(), str(told))
        self.assertNotIn(TITLE, str(told))

    def test_mail_that_came_in_is_not_sent_on(self):
        message = self.ticket.sudo().message_post(
            body="我是欧阳秋水",
            subject=TITLE,
            email_from="qiushui@example.com",
            author_id=False,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.leader.partner_id.ids,
        )
        notices = message.notification_ids
        self.assertIn(self.leader.partner_id, notices.res_partner_id)
        self.assertEqual(set(notices.mapped("notification_type")), {"inbox"})
        self.assertEqual(message.email_from, "qiushui@example.com")

    def test_absence_note_answers_no_stranger(self):
        self.clerk.write(
            {
                "out_of_office_from": "2020-01-01 00:00:00",
                "out_of_office_to": "2099-01-01 00:00:00",
                "out_of_office_message": "<p>不在</p>",
            }
        )
        self.ticket.sudo().message_post(
            body="我是欧阳秋水",
            email_from="qiushui@example.com",
            author_id=False,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.clerk.partner_id.ids,
        )
        notes = [("message_type", "=", "out_of_office"), ("res_id", "=", self.ticket.id)]
        self.assertFalse(self.env["mail.message"].search(notes))

    def test_invitations_to_meetings_come_from_the_centre(self):
        event = self.env["calendar.event"].create(
            {"name": "M", "start": "2030-01-01 01:00:00", "stop": "2030-01-01 02:00:00"}
        )
        self.assertFalse(event._mail_values())
        meetings = self.env.registry["complaint.meeting"]
        with patch.object(meetings, "search_count", return_value=1):
            self.assertEqual(email_normalize(event._mail_values()["email_from"]), CENTRE)

    def test_ordinary_tickets_mail_as_ever(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        outsider = new_test_user(self.env, "kc_it", "helpdesk_mgmt.group_helpdesk_manager")
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(outsider)
            .create({"name": "打印机", "description": "坏了", "team_id": team.id})
        )
        mails = self.sent(
            lambda: ticket.message_notify(
                body="x", subject="打印机", partner_ids=self.leader.partner_id.ids
            )
        )
        self.assertEqual(email_normalize(mails[0]["email_from"]), outsider.email_normalized)
        self.assertEqual(mails[0]["subject"], "打印机")
