from odoo.tests import tagged

from .archive_common import ArchiveCommon


@tagged("post_install", "-at_install")
class TestArchiveDesk(ArchiveCommon):
    """What an archivist finds in the morning (八)."""

    def day(self, user=None):
        tiles = (
            self.env["helpdesk.ticket.team"]
            .with_user(user or self.archivist)
            .complaint_tiles()["tiles"]
        )
        return {tile["key"]: tile for tile in tiles}

    def found(self, key):
        action = self.env["helpdesk.ticket.team"].with_user(self.archivist).open_complaint_tile(key)
        return self.env[action["res_model"]].with_user(self.archivist).search(action["domain"])

    def test_a8_the_desk_counts_what_waits_and_opens_on_it(self):
        before = {key: tile["count"] for key, tile in self.day().items()}
        late, whole, lacking = self.closed_ago(40), self.closed_ago(3), self.incomplete()
        self.in_archive()
        after = {key: tile["count"] for key, tile in self.day().items()}
        self.assertEqual(
            {key: after[key] - before[key] for key in before},
            {"archive_overdue": 1, "incomplete": 1, "complete": 2, "closed": 3, "archived": 1}
            | {"altered": 0}
            | {key: 0 for key in before if key.startswith("lent")},
        )
        self.assertIn(late, self.found("archive_overdue"))
        self.assertIn(lacking, self.found("incomplete"))
        self.assertIn(whole, self.found("complete"))
        self.assertNotIn(lacking, self.found("complete"))

    def test_a8_the_desk_says_how_long_the_oldest_has_waited(self):
        self.closed_ago(2000)
        self.assertIn("oldest", self.day()["closed"]["hint"])
        self.assertFalse(self.day()["complete"]["hint"])

    def test_a8_each_case_says_what_it_lacks_and_until_when_it_waits(self):
        lacking, late = self.incomplete().with_user(self.archivist), self.closed_ago(31)
        self.assertIn("recording is missing", lacking.archive_gaps)
        self.assertFalse(lacking.archive_is_overdue)
        self.assertEqual((late.archive_is_overdue, late.archive_gaps), (True, ""))
        today = self.centre._complaint_today()
        self.assertEqual((lacking.archive_due_on - today).days, 29)
        self.centre.complaint_archive_days = 60
        self.assertFalse(late.archive_is_overdue)

    def test_a8_overdue_is_searched_as_it_is_shown(self):
        tickets = self.closed_ago(29) + self.closed_ago(30) + self.closed_ago(31) + self.accepted()
        found = tickets.search([("archive_is_overdue", "=", True), ("id", "in", tickets.ids)])
        self.assertEqual(found, tickets.filtered("archive_is_overdue"))
        self.assertEqual(found, tickets[2])

    def test_a8_retention_is_shown_before_the_dossier_is_there(self):
        tickets = self.closed_ago(1) + self.closed_ago(2)
        rules = self.env["complaint.retention.rule"]
        rules.search([]).active = False
        self.assertFalse(tickets[0].expected_retention)
        tickets.invalidate_recordset(["expected_retention"])
        domain = [("id", "=", tickets[1].id)]
        rules.create({"name": "其一", "domain": str(domain), "retention": "y30", "sequence": 1})
        rules.create({"name": "其余", "domain": "[]", "retention": "y10", "sequence": 2})
        self.assertEqual(tickets.mapped("expected_retention"), ["y10", "y30"])

    def test_u7_5_archivists_meet_no_restricted_case(self):
        ticket = self.closed_ago(40)
        before = {key: tile["count"] for key, tile in self.day().items()}
        ticket.sudo()._procedure_write({"is_discipline_matter": True})
        self.env.flush_all()
        after = {key: tile["count"] for key, tile in self.day().items()}
        self.assertEqual(after["archive_overdue"], before["archive_overdue"] - 1)
        self.assertNotIn(ticket, self.found("closed"))
        self.assertFalse(self.day(self.outsider))
