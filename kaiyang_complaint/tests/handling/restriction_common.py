from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ..common import GROUP, ComplaintCommon

TODO = "mail.mail_activity_data_todo"


class RestrictionCommon(ComplaintCommon):
    """A complaint that a colleague of its clerk has a hand in, in every way there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={"tracking_disable": False, "mail_notrack": False, "mail_create_nolog": False}
        )
        cls.colleague = new_test_user(
            cls.env, "kc_colleague", GROUP + "clerk", email="c@example.com", lang="en_US"
        )
        cls.room.user_ids += cls.colleague
        exporters = cls.env.ref("base.group_allow_export")
        exporters.user_ids += cls.clerk + cls.colleague + cls.manager
        cls.bribery = cls.env.ref("kaiyang_complaint.conduct_04")
        cls.ticket = cls.accepted()
        cls.slip = cls.ticket.slip_ids
        cls.note, cls.told, cls.scheduled, cls.mail = cls.involve_colleague(cls.ticket)

    @classmethod
    def involve_colleague(cls, ticket):
        """Return the colleague's note, what they were told, and what they and others wait to."""
        partners = (cls.colleague + cls.leader).partner_id
        mine = ticket.with_user(cls.colleague)
        mine.message_subscribe(cls.colleague.partner_id.ids)
        mine.activity_schedule(TODO, user_id=cls.colleague.id, summary="回访")
        mine.activity_schedule(TODO, user_id=cls.leader.id)
        note = mine.message_post(body="王小明来电")
        told = ticket.message_post(body="请协助", partner_ids=partners.ids)
        told.with_user(cls.colleague).toggle_message_starred()
        scheduled = cls.env["mail.scheduled.message"].with_user(cls.colleague)
        scheduled = scheduled.create(
            {
                "body": "稍后",
                "model": ticket._name,
                "res_id": ticket.id,
                "scheduled_date": "2099-01-01 00:00:00",
                "author_id": cls.colleague.partner_id.id,
            }
        )
        mail = cls.env["mail.mail"].create(
            {"mail_message_id": told.id, "recipient_ids": [Command.set(partners.ids)]}
        )
        return note, told, scheduled, mail

    def restrict(self, **vals):
        """Let the clerk in charge restrict the complaint, by a mark or by other values."""
        self.ticket.with_user(self.clerk).write(vals or {"is_discipline_matter": True})
        self.env.flush_all()

    def assert_silent(self, user, ticket):
        """Nothing of a complaint is left with a person, by any door."""
        self.assert_holds_nothing(user, ticket.sudo())
        theirs = self.env["helpdesk.ticket"].with_user(user)
        ours = [("id", "in", ticket.ids)]
        self.assertFalse(theirs.search(ours))
        self.assertFalse(theirs.name_search(ticket.sudo().number))
        self.assertFalse(theirs.formatted_read_group(ours, ["stage_id"], ["__count"]))
        for model, name in (("mail.message", "model"), ("mail.activity", "res_model")):
            about = [(name, "=", ticket._name), ("res_id", "in", ticket.ids)]
            self.assertFalse(self.env[model].with_user(user).search(about))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            ticket.with_user(user).read(["number"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            ticket.with_user(user).export_data(["number"])

    def assert_holds_nothing(self, user, ticket):
        """No row of the database says that a person has to do with a complaint or its slips."""
        partner = user.partner_id
        for records in (ticket, ticket.slip_ids):
            self.assertNotIn(partner, records.message_partner_ids)
            todos = records.with_context(active_test=False).activity_ids
            self.assertNotIn(user, todos.user_id)
            messages = records.message_ids | self.env["mail.message"].search(
                [("model", "=", records._name), ("res_id", "in", records.ids)]
            )
            self.assertNotIn(partner, messages.notification_ids.res_partner_id)
            self.assertNotIn(partner, messages.partner_ids)
            self.assertNotIn(partner, messages.starred_partner_ids)
