"""Two people confirm findings at the same moment: nothing is counted past (七.3)."""

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.tests import tagged

from ..at_once import AtOnceCase

MOMENTS = ("2026-03-09 01:00:00", "2026-04-13 01:00:00", "2026-05-11 01:00:00")
FOUND = {
    "facts": "属实",
    "conclusion": "upheld",
    "liable": "staff",
    "responsibility": "main",
}


@tagged("post_install", "-at_install")
class TestFindingsAtOnce(AtOnceCase):
    """Confirms committed findings on one person, and takes them away again."""

    def setUp(self):
        super().setUp()
        with self.database.cursor() as cr:
            self._create_findings(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._remove)

    def _create_findings(self, env):
        room = env["helpdesk.ticket.team"].create({"name": "并发认定", "is_complaint_room": True})
        unit = env["complaint.window.unit"].create({"name": "并发局"})
        window = env["complaint.window"].create({"number": "Z99", "name": "并", "unit_id": unit.id})
        staff = env["complaint.window.staff"].create({"name": "并发员", "window_id": window.id})
        self.staff, self.window, self.unit, self.room = staff.id, window.id, unit.id, room.id
        conduct = env.ref("kaiyang_complaint.conduct_01").id
        tickets = self._cases(env)
        values = [
            {"ticket_id": one.id, "respondent_id": one.respondent_ids.id, "conduct_id": conduct}
            for one in tickets
        ]
        findings = env["complaint.finding"].create([{**FOUND, **one} for one in values])
        findings[0].action_confirm()
        self.finding_ids, self.ticket_ids = findings.ids, tickets.ids

    def _cases(self, env):
        """Return complaints about the one person, looked into, of three months."""
        case = {
            "team_id": self.room,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "service_item": "并发",
            "window_id": self.window,
            "respondent_ids": [Command.create({"staff_id": self.staff})],
        }
        tickets = env["helpdesk.ticket"].create([dict(case) for _moment in MOMENTS])
        for ticket, moment in zip(tickets, MOMENTS, strict=True):
            ticket._procedure_write({"complaint_state": "replied", "accepted_at": moment})
        return tickets

    def _remove(self):
        """Take away what nobody could: the rows go as the database lets them."""
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            tickets = env["helpdesk.ticket"].browse(self.ticket_ids)
            letters = env["complaint.letter"].search([("ticket_ids", "in", tickets.ids)])
            env["complaint.written.report"].search([("window_id", "=", self.window)]).unlink()
            letters.unlink()
            env["complaint.bar"].search([("ticket_id", "in", tickets.ids)]).unlink()
            tickets.unlink()
            env["complaint.window.staff"].browse(self.staff).unlink()
            env["complaint.window"].browse(self.window).unlink()
            env["complaint.window.unit"].browse(self.unit).unlink()
            room = env["helpdesk.ticket.team"].browse(self.room)
            sequences = room.complaint_sequence_id
            room.unlink()
            sequences.unlink()

    def confirm(self, *indices):
        """Let people confirm findings at once; return what came of it."""

        def act(env, index):
            return (
                env["complaint.finding"].browse(self.finding_ids[indices[index]]).action_confirm()
            )

        return self.at_once(act, len(indices))

    def test_u7_3c_the_second_and_the_third_at_once_draft_the_letter(self):
        self.assertEqual(self.confirm(1, 2), [True, True])
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            letters = env["complaint.letter"].search(
                [("kind", "=", "return"), ("staff_id", "=", self.staff)]
            )
            self.assertEqual(sorted(letters.ticket_ids.ids), sorted(self.ticket_ids))
            self.assertEqual(len(letters), 1)

    def test_u7_3a_one_finding_is_confirmed_once_and_bars_once(self):
        outcomes = self.confirm(1, 1)
        self.assertEqual(outcomes.count(True), 1, outcomes)
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            bars = env["complaint.bar"].search([("finding_id", "=", self.finding_ids[1])])
            self.assertEqual(len(bars), 7)
