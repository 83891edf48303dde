"""Who was told of a complaint, and at which address, is nobody else's to read (七.5)."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access_common import AccessCommon


@tagged("post_install", "-at_install")
class TestNotifications(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tickets = {"hidden": cls.restricted, "open": cls.ticket, "ordinary": cls.ordinary()}
        cls.told = {name: cls.tell(ticket) for name, ticket in tickets.items()}

    @classmethod
    def ordinary(cls):
        team = cls.env["helpdesk.ticket.team"].create({"name": "IT"})
        values = {"name": "打印机", "description": "坏了", "team_id": team.id}
        return cls.env["helpdesk.ticket"].create(values)

    @classmethod
    def tell(cls, ticket):
        """Return the notification of somebody who is told about a ticket."""
        person = cls.leader if ticket.is_complaint else cls.outsider
        message = ticket.message_post(
            body="x",
            subject="王小明反映窗口索要好处费",
            partner_ids=person.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        return message.sudo().notification_ids[:1]

    def call(self, user, method, *args):
        model = self.env["mail.notification"].with_user(user)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            return call_kw(model, method, list(args), {})

    def found(self, user):
        """Return which of the notifications a user finds."""
        ids = {name: one.id for name, one in self.told.items()}
        found = self.call(user, "search", [("id", "in", list(ids.values()))])
        return {name for name, one in ids.items() if one in found}

    def test_u7_5_notifications_are_found_by_who_reads_the_complaint(self):
        self.assertTrue(all(self.told.values()))
        for user, expected in (
            (self.leader, {"hidden", "open", "ordinary"}),
            (self.colleague, {"open", "ordinary"}),
            (self.plain, {"ordinary"}),
            (self.outsider, {"ordinary"}),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.found(user), expected)

    def test_u7_5_notifications_tell_nobody_else_subject_and_address(self):
        names = ["mail_message_id", "res_partner_id", "mail_email_address"]
        for user in (self.colleague, self.plain, self.outsider, self.foreign_clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.call(user, "read", self.told["hidden"].ids, names)
        self.assertTrue(self.call(self.leader, "read", self.told["hidden"].ids, names))
        self.assertTrue(self.call(self.plain, "read", self.told["ordinary"].ids, names))
