from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from ...models.access.complaint_lock_mixin import ComplaintLockMixin
from ...models.archive.ir_attachment import IrAttachment
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestFreezeCost(ComplaintCommon):
    """What hangs on records of others costs nothing more for what the archive freezes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        team = cls.env["helpdesk.ticket.team"].create({"name": "IT"})
        values = {"name": "Printer", "description": "Broken", "team_id": team.id}
        cls.ordinary = cls.env["helpdesk.ticket"].create(values)

    def test_file_of_another_model_costs_no_query_more(self):
        plain = self.unfrozen(self.of_file, self.partner)
        self.assertLessEqual(self.of_file(self.partner), plain)

    def test_message_of_another_model_costs_no_query_more(self):
        plain = self.unfrozen(self.of_words, self.partner)
        self.assertLessEqual(self.of_words(self.partner), plain)

    def test_file_of_an_ordinary_ticket_costs_two_queries_more_an_act(self):
        """Whose the ticket is, and whether a case names the file: however many models may."""
        plain = self.unfrozen(self.of_file, self.ordinary)
        self.assertLessEqual(self.of_file(self.ordinary), plain + 3 * 2)

    def test_message_of_an_ordinary_ticket_costs_a_query_more_a_record(self):
        plain = self.unfrozen(self.of_words, self.ordinary)
        self.assertLessEqual(self.of_words(self.ordinary), plain + 4)

    def of_file(self, record):
        """Count the queries of a file's life."""
        owner = {"res_model": record._name, "res_id": record.id}
        with self.counted() as queries:
            file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"a", **owner})
            self.env.flush_all()
            file.write({"name": "b.txt"})
            self.env.flush_all()
            file.unlink()
        return queries[0]

    def of_words(self, record):
        """Count the queries of a message's life."""
        with self.counted() as queries:
            message = record.message_post(body="Seen")
            self.env.flush_all()
            message.write({"body": "Done"})
            self.env.flush_all()
            message.unlink()
        return queries[0]

    @contextmanager
    def counted(self):
        self.env.flush_all()
        self.env.invalidate_all()
        queries = [-self.env.cr.sql_log_count]
        yield queries
        self.env.flush_all()
        queries[0] += self.env.cr.sql_log_count

    def unfrozen(self, act, record):
        """Count the queries of an act where nothing is ever frozen; caches are warm by then."""
        act(record)
        with (
            patch.object(ComplaintLockMixin, "_assert_not_frozen"),
            patch.object(IrAttachment, "_assert_not_frozen"),
        ):
            return act(record)
