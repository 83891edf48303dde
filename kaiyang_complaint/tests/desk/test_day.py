from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged

from ...models.case.complaint_case_event import CHANGED
from ...tools.codes import STAFF_ONLY
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

    def rows(self, user, name):
        """Return one of the lists of a user's day."""
        return self.env["helpdesk.ticket.team"].with_user(user).complaint_tiles()[name]

    def test_p4_1_own_complaints_come_first_and_the_rooms_second(self):
        mine = self.accepted()
        draft = self.new_complaint(user_id=self.clerk.id)
        theirs = self.new_complaint(user_id=self.manager.id)
        hidden = self.new_complaint(is_discipline_matter=True)
        hidden.sudo().user_id = self.leader
        self.closed()
        own, room = self.rows(self.clerk, "own"), self.rows(self.clerk, "room")
        ids = [row["id"] for row in own["rows"]]
        self.assertEqual(set(ids), {mine.id, draft.id})
        self.assertEqual(own["count"], 2)
        self.assertEqual([row["id"] for row in room["rows"]], [theirs.id])
        self.assertNotIn(hidden.id, [row["id"] for row in room["rows"]])
        row = own["rows"][ids.index(mine.id)]
        self.assertEqual(row["number"], mine.number)
        self.assertTrue(row["step"] and row["acting"] and row["due"])
        self.assertNotIn("王小明", str([own, room]))
        self.assertFalse(self.rows(self.leader, "own"))
        self.assertTrue(self.rows(self.leader, "room"))
        self.assertFalse(self.rows(self.archivist, "room"))

    def test_p4_1_lists_open_on_what_they_count(self):
        self.accepted()
        self.new_complaint(user_id=self.manager.id)
        team = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        for name in ("own", "room"):
            action = team.open_complaint_list(name)
            found = self.env["helpdesk.ticket"].with_user(self.clerk)
            self.assertEqual(
                found.search_count(action["domain"]), self.rows(self.clerk, name)["count"]
            )

    def test_p4_1_what_is_overdue_stands_first(self):
        with freeze_time("2026-11-20 06:00:00"):
            late = self.new_complaint(user_id=self.clerk.id)
        with freeze_time("2026-11-24 06:00:00"):
            self.new_complaint(user_id=self.clerk.id)
            rows = self.rows(self.clerk, "own")["rows"]
        self.assertEqual((rows[0]["id"], rows[0]["group"]), (late.id, "overdue"))

    def test_x1_pages_hear_of_a_step_and_of_nothing_else(self):
        """What goes over the bus names neither a complaint nor a person (四.6)."""
        with patch.object(self.env.registry["bus.bus"], "_sendone", autospec=True) as sent:
            self.new_complaint().action_accept()
        told = [call.args[1:] for call in sent.call_args_list if call.args[2] == CHANGED]
        self.assertIn((self.env.ref(STAFF_ONLY), CHANGED, {}), told)
        self.assertEqual([message for _channel, _kind, message in told], [{}] * len(told))

    def test_u7_5_of_a_restricted_case_its_clerk_alone_hears(self):
        ticket = self.new_complaint(is_discipline_matter=True)
        with patch.object(self.env.registry["bus.bus"], "_sendone", autospec=True) as sent:
            ticket.action_accept()
        told = {call.args[1] for call in sent.call_args_list if call.args[2] == CHANGED}
        self.assertEqual(told, {ticket.sudo().user_id.partner_id})
