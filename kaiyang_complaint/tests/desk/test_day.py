from freezegun import freeze_time
from odoo.tests import tagged

from ..common import ComplaintCommon

ARCHIVE = ["archive_overdue", "incomplete", "complete", "closed", "altered", "archived"]
ARCHIVE += ["lent_overdue", "lent"]


@tagged("post_install", "-at_install")
class TestDay(ComplaintCommon):
    def counts(self, user):
        """Return the counts in the tiles of a user's day, by key."""
        tiles = self.env["helpdesk.ticket.team"].with_user(user).complaint_tiles()["tiles"]
        return {tile["key"]: tile["count"] for tile in tiles}

    def test_p4_1_late_draft_is_marked_and_counted_in_its_tile(self):
        with freeze_time("2026-11-20 06:00:00"):
            ticket = self.new_complaint()
            self.assertFalse(ticket.waits_too_long)
            before = self.counts(self.clerk)["late"]
        with freeze_time("2026-11-24 06:00:00"):
            ticket.invalidate_recordset(["waits_too_long"])
            self.assertTrue(ticket.waits_too_long)
            self.assertEqual(self.counts(self.clerk)["late"], before + 1)

    def test_p4_1_each_role_has_its_tiles(self):
        """Clerks see their own work, managers everybody's, archivists what is closed."""
        before = self.counts(self.clerk), self.counts(self.manager)
        self.new_complaint(user_id=self.manager.id)
        self.assertEqual(self.counts(self.clerk), before[0])
        self.assertEqual(self.counts(self.manager)["new"], before[1]["new"] + 1)
        self.assertEqual(list(self.counts(self.archivist)), ARCHIVE)
        self.assertIn("decide", self.counts(self.leader))
        self.assertEqual(self.counts(self.outsider), {})

    def test_p4_1_tile_opens_on_what_it_counts(self):
        self.new_complaint()
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        action = day.open_complaint_tile("new")
        found = self.env[action["res_model"]].with_user(self.clerk).search_count(action["domain"])
        self.assertEqual(found, self.counts(self.clerk)["new"])
        self.assertEqual(action["views"][0][1], "list")

    def test_p4_1_step_is_said_once_in_the_chatter(self):
        ticket = self.new_complaint().with_context(tracking_disable=False, mail_notrack=False)
        self.cr.flush()
        ticket.action_accept()
        self.cr.flush()
        ticket.invalidate_recordset(["message_ids"])
        fields = ticket.sudo().message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertIn("complaint_state", fields)
        self.assertNotIn("stage_id", fields)
