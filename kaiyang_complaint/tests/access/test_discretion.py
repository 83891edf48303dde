import re

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestDiscretion(ComplaintCommon):
    """What is said about a complaint reaches nobody who may not read it (四.6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"mail_notify_force_send": False})
        cls.stranger = cls.env["res.partner"].create({"name": "外人", "email": "x@example.com"})
        cls.strangers = cls.stranger + (cls.outsider + cls.rep + cls.archivist).partner_id
        cls.ticket = cls.accepted().with_env(cls.env(user=cls.clerk))
        cls.slip = cls.ticket.slip_ids
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "IT"})
        cls.ordinary = cls.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "坏了", "team_id": cls.team.id}
        )

    def told(self, record):
        """Return who was notified of anything about a record."""
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )
        return messages.notification_ids.res_partner_id

    def test_p4_6_only_readers_follow(self):
        for stranger in self.strangers:
            with self.assertRaisesRegex(UserError, re.escape(stranger.display_name)):
                self.ticket.message_subscribe(stranger.ids)
        self.ticket.message_subscribe(self.leader.partner_id.ids)
        self.assertIn(self.leader.partner_id, self.ticket.message_partner_ids)
        self.assertFalse(self.ticket.message_partner_ids & self.strangers)

    def test_p4_6_only_readers_are_addressed(self):
        for stranger in self.strangers:
            with self.assertRaisesRegex(UserError, "not allowed to read it"):
                self.ticket.message_post(body="x", partner_ids=stranger.ids)
        with self.assertRaisesRegex(UserError, "mail address"):
            self.ticket.message_post(body="x", outgoing_email_to="x@example.com")
        message = self.ticket.message_post(body="x", partner_ids=self.leader.partner_id.ids)
        self.assertEqual(message.notification_ids.res_partner_id, self.leader.partner_id)

    def test_p4_6_a_reply_names_no_note_that_it_answers(self):
        """Links show names beyond the reader's rights, and a message is named by its subject."""
        secret = "只供投诉室"
        note = self.slip.message_post(body="x", subject=secret, subtype_xmlid="mail.mt_note")
        reply = self.slip.message_post(body="y", subtype_xmlid="mail.mt_comment")
        reply.sudo().parent_id = note
        self.env.flush_all()
        domain = [("id", "in", (note + reply).ids)]
        messages = self.env["mail.message"].with_user(self.rep)
        self.assertEqual(messages.search(domain).ids, reply.ids)
        groups = messages.formatted_read_group(domain, ["parent_id"], ["__count"])
        self.assertNotIn(secret, str(groups))
        self.assertNotIn(secret, str(messages.search(domain).read(["parent_id"])))
        self.assertIn(secret, str(reply.with_user(self.clerk).read(["parent_id"])))

    def test_p4_6_notices_leave_strangers_out(self):
        everybody = self.strangers + self.leader.partner_id
        message = self.ticket.message_notify(body="x", subject="y", partner_ids=everybody.ids)
        self.assertEqual(message.partner_ids, self.leader.partner_id)
        self.assertEqual(message.notification_ids.res_partner_id, self.leader.partner_id)

    def test_u7_5_followers_who_lost_access_hear_no_more(self):
        second = new_test_user(self.env, "kc_clerk2", "kaiyang_complaint.group_complaint_clerk")
        self.ticket.message_subscribe(second.partner_id.ids)
        note = {"body": "x", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        self.assertIn(second.partner_id, self.ticket.message_post(**note).notified_partner_ids)
        self.ticket.is_discipline_matter = True
        later = self.ticket.sudo().message_post(**note)
        self.assertNotIn(second.partner_id, later.notified_partner_ids)

    def test_p4_6_followers_of_the_room_follow_no_complaint(self):
        subtypes = self.env["mail.message.subtype"].search(
            [("res_model", "=", "helpdesk.ticket.team")]
        )
        self.room.sudo()._message_subscribe(self.strangers.ids, subtypes.ids)
        self.team._message_subscribe(self.strangers.ids, subtypes.ids)
        ticket = self.new_complaint()
        self.assertFalse(ticket.message_partner_ids & self.strangers)
        self.assertFalse(self.told(ticket) & self.strangers)

    def test_p4_6_being_in_charge_alone_brings_no_news(self):
        self.room.user_ids += self.outsider
        ticket = self.new_complaint()
        ticket.sudo().user_id = self.outsider
        self.assertNotIn(self.outsider.partner_id, ticket.message_partner_ids)
        self.assertNotIn(self.outsider.partner_id, self.told(ticket))

    def test_p4_6_mail_brings_nobody_along(self):
        mail = {"to": "x@example.com", "cc": "Other <y@example.com>", "from": "z@example.com"}
        self.ticket.sudo().message_update(mail)
        self.assertFalse(self.ticket.email_cc)
        self.assertFalse(self.ticket.message_partner_ids & self.strangers)

    def test_t6_4_no_mail_of_a_stage_goes_to_the_complainant(self):
        template = self.env["mail.template"].create(
            {
                "name": "Stage",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "partner_to": str(self.stranger.id),
                "subject": "moved",
            }
        )
        stage = self.env["helpdesk.ticket.stage"]
        stage.search([("complaint_state", "!=", False)]).mail_template_id = template
        self.replied()
        self.cr.flush()
        self.assertFalse(self.env["mail.mail"].search([("subject", "=", "moved")]))

    def test_p4_6_complainant_is_not_suggested_as_recipient(self):
        self.ticket.sudo().write({"email_cc": "x@example.com", "partner_id": self.stranger.id})
        suggested = self.ticket._message_get_suggested_recipients()
        self.assertFalse([entry for entry in suggested if entry["email"] == "x@example.com"])

    def test_h5_2_1_slip_speaks_to_its_representative_alone(self):
        with self.assertRaisesRegex(UserError, "not allowed to read it"):
            self.slip.message_post(body="x", partner_ids=self.other_rep.partner_id.ids)
        message = self.slip.message_post(body="x", partner_ids=self.rep.partner_id.ids)
        self.assertEqual(message.notification_ids.res_partner_id, self.rep.partner_id)

    def test_ordinary_tickets_are_discussed_as_ever(self):
        self.ordinary.message_subscribe(self.strangers.ids)
        self.assertEqual(self.ordinary.message_partner_ids & self.strangers, self.strangers)
        message = self.ordinary.message_post(body="x", partner_ids=self.stranger.ids)
        self.assertIn(self.stranger, message.notification_ids.res_partner_id)
        self.ordinary.write({"partner_id": self.stranger.id, "email_cc": "c@example.com"})
        emails = [entry["email"] for entry in self.ordinary._message_get_suggested_recipients()]
        self.assertIn("x@example.com", emails)
        self.ordinary.message_update({"to": "", "cc": "d@example.com", "from": "z@example.com"})
        self.assertIn("d@example.com", self.ordinary.email_cc)

    def test_ordinary_tickets_tell_followers_of_their_team(self):
        subtypes = self.env["mail.message.subtype"].search(
            [("res_model", "=", "helpdesk.ticket.team")]
        )
        self.team._message_subscribe(self.outsider.partner_id.ids, subtypes.ids)
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "网络",
                "description": "慢",
                "team_id": self.team.id,
            }
        )
        self.assertIn(self.outsider.partner_id, ticket.message_partner_ids)
