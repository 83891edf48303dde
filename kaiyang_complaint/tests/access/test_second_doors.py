from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import GROUP
from .forgery_common import QUIET, ForgeryCommon


@tagged("post_install", "-at_install")
class TestSecondDoors(ForgeryCommon):
    def test_ledger_of_a_slip_cannot_be_written_through_the_slip(self):
        self.rpc(self.slip, "action_urge", "请尽快回复")
        entry = self.slip.sudo().escalation_ids
        for command in (Command.clear(), Command.unlink(entry.id), Command.set(entry.ids)):
            self.assert_refused(self.slip, "write", {"escalation_ids": [command]})
        values = {"ticket_id": self.ticket.id, "unit_id": self.unit.id}
        forged = {**values, "escalation_ids": [Command.link(entry.id)]}
        self.assert_refused(self.slip.browse(), "create", forged)
        self.assertEqual(self.slip.urged_count, 1)

    def test_leaders_of_other_helpdesks_write_no_complaint(self):
        for role in ("leader", "director"):
            for helpdesk in ("group_helpdesk_user", "group_helpdesk_manager"):
                user = new_test_user(
                    self.env, f"kc_{role}_{helpdesk}", f"{GROUP}{role},helpdesk_mgmt.{helpdesk}"
                )
                self.assertTrue(self.rpc(self.ticket, "read", ["name"], user=user))
                self.assert_refused(self.ticket, "write", {"room_opinion": "伪造"}, user=user)
                self.assert_refused(self.ticket, "action_hold", user=user)
                self.assert_refused(self.ticket, "unlink", user=user)
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    values = self.complaint_values()
                    self.rpc(self.ticket.browse(), "create", values, user=user)

    def test_context_lifts_no_restriction(self):
        conduct = self.env.ref("kaiyang_complaint.conduct_04")
        values = self.complaint_values(conduct_ids=conduct.ids)
        lies = {"default_is_restricted": False, "default_missing_elements": ""}
        made = self.rpc(self.ticket.browse(), "create", values, context=lies)
        self.assertTrue(self.ticket.browse(made).sudo().is_restricted)

    def test_blank_reason_is_no_reason(self):
        self.rpc(self.slip, "action_decline", "  ", user=self.rep)
        self.assertEqual(self.slip.state, "sent")

    def test_sequence_of_a_room_stays(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.room.complaint_sequence_id.unlink()

    def test_policy_that_applied_stays(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.ticket.policy_id.with_user(self.manager).unlink()
