"""Several archivists at once, each in a transaction of their own (八)."""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..at_once import AtOnceCase
from ..common import ALONE

PEOPLE = 3
ACCEPTED, TOLD = "2026-05-11 01:00:00", "2026-05-12 01:00:00"
TOOK_PLACE = {"state": "confirmed", "satisfaction": "5", "confirmed_at": TOLD}


@tagged("post_install", "-at_install")
class TestDossiersAtOnce(AtOnceCase):
    """Archives committed cases of a room of its own, and takes them away again."""

    def setUp(self):
        super().setUp()
        dossiers = type(self.env["complaint.dossier"])
        self.startPatcher(patch.object(dossiers, "_paper_pdf", return_value=b"%PDF-"))
        with self.database.cursor() as cr:
            self._create_cases(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._remove)

    def _create_cases(self, env):
        room = env["helpdesk.ticket.team"].create({"name": "并发归档", "is_complaint_room": True})
        names = ["complaint_number_pattern", "complaint_dossier_series"]
        self.numbering = {name: env.company[name] for name in names}
        plain = {"complaint_number_pattern": "{category}-{year}-{sequence}"}
        env.company.write({**plain, "complaint_dossier_series": "year"})
        case = {
            "team_id": room.id,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "description": "并发",
            "service_item": "并发",
            "no_recording_reason": "并发",
            "feedback_ids": [Command.create({"mode": "impossible"})],
        }
        tickets = env["helpdesk.ticket"].create([dict(case) for _person in range(PEOPLE)])
        facts = {"complaint_state": "closed", "accepted_at": ACCEPTED, "closed_date": TOLD}
        tickets._procedure_write(facts)
        tickets.feedback_ids._procedure_write(TOOK_PLACE)
        self.ticket_ids, self.room_id = tickets.ids, room.id

    def _remove(self):
        """Take away what nobody could: the rows go as the database lets them."""
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {MODULE_UNINSTALL_FLAG: True})
            env.company.write(self.numbering)
            tickets = env["helpdesk.ticket"].browse(self.ticket_ids)
            files = tickets.dossier_ids.attachment_id
            tickets.dossier_ids._procedure_write({"state": "draft", "attachment_id": False})
            env.flush_all()
            files.unlink()
            tickets.unlink()
            room = env["helpdesk.ticket.team"].browse(self.room_id)
            sequences = room.complaint_sequence_id
            room.unlink()
            sequences.unlink()

    def numbers(self):
        with self.database.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return env["helpdesk.ticket"].browse(self.ticket_ids).dossier_ids.mapped("sequence")

    def test_a8_numbers_drawn_at_once_leave_no_gap_and_no_double(self):
        def archive(env, index):
            return (
                env["helpdesk.ticket"].browse(self.ticket_ids[index]).action_archive_dossier(ALONE)
            )

        self.assertEqual(self.at_once(archive, PEOPLE), [True] * PEOPLE)
        numbers = sorted(self.numbers())
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + PEOPLE)))

    def test_a8_two_archivists_make_one_dossier(self):
        def archive(env, _index):
            return env["helpdesk.ticket"].browse(self.ticket_ids[0]).action_archive_dossier(ALONE)

        outcomes = self.at_once(archive, 2)
        self.assertEqual(outcomes.count(True), 1, outcomes)
        self.assertEqual(len(self.numbers()), 1)

    def test_a8_what_is_filed_while_the_case_is_archived_is_refused(self):
        printing, filed = threading.Event(), threading.Event()

        def print_slowly(_dossier):
            printing.set()
            filed.wait(1)
            return b"%PDF-"

        def act(env, index):
            ticket = env["helpdesk.ticket"].browse(self.ticket_ids[0])
            if not index:
                return ticket.action_archive_dossier(ALONE)
            printing.wait(20)
            somebody = env(user=env.ref("base.user_admin"))
            late = {"name": "迟到.txt", "raw": b"x", "res_model": ticket._name, "res_id": ticket.id}
            file = somebody["ir.attachment"].sudo().create(late)
            env.flush_all()
            filed.set()
            return file.id

        with patch.object(type(self.env["complaint.dossier"]), "_paper_pdf", print_slowly):
            archived, refused = self.at_once(act, 2)
        self.assertIs(archived, True)
        self.assertIsInstance(refused, UserError)
