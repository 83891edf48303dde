from odoo.tests import tagged

from ..intake.traces_common import TracesCommon
from .import_common import ImportCommon, a_row

WORDS = "夜市油烟熏得整栋楼开不了窗"


@tagged("post_install", "-at_install")
class TestRefusalImport(ImportCommon, TracesCommon):
    """What came from the website and was refused does not come back, and leaves nothing (四.2)."""

    def refused(self, *numbers):
        record = self.take_in(self.csv_file([a_row(number, WORDS) for number in numbers]))
        self.registered(numbers[0]).action_refuse_out_of_scope(False)
        return record

    def test_p4_2_refused_is_not_imported_again(self):
        self.refused("GZ-9001", "GZ-9002")
        again = self.take_in(self.csv_file([a_row(f"GZ-900{place}", WORDS) for place in (1, 2, 3)]))
        self.assertEqual(self.counts(again), (1, 2, 0))
        self.assertEqual(self.line(again, 2).reason, "Refused before as out of scope")
        self.assertFalse(self.registered("GZ-9001"))

    def test_p4_2_the_room_knows_what_it_refused(self):
        self.refused("GZ-9001", "GZ-9002")
        self.assertTrue(self.room._was_refused("GZ-9001"))
        self.assertFalse(self.room._was_refused("GZ-9002"))
        self.assertFalse(self.room._was_refused(False))
        other = self.room.copy({"name": "另一投诉室"})
        self.assertFalse(other._was_refused("GZ-9001"), "another room decides for itself")

    def test_p4_2_no_import_keeps_what_was_refused(self):
        waiting = self.upload(self.csv_file([a_row("GZ-9001", WORDS)]))
        other = self.upload(self.csv_file([a_row("GZ-9009", "别的")]))
        record = self.refused("GZ-9001")
        self.assertFalse(self.traces("GZ-9001", WORDS))
        self.assertFalse(waiting.exists())
        self.assertTrue(other.exists())
        self.assertEqual(self.counts(record), (1, 0, 0))
        self.take_in(self.csv_file([a_row("GZ-9001", WORDS)]))
        self.assertFalse(self.traces("GZ-9001", WORDS))

    def test_p4_2_a_row_that_waits_is_dropped_when_its_complaint_is_refused(self):
        record = self.upload(self.csv_file([a_row("GZ-9001", WORDS), a_row("GZ-9002")]))
        record.action_import()
        record.sudo()._as_clerk()._stage()
        ticket = self.new_complaint("web", external_ref="GZ-9001")
        ticket.action_refuse_out_of_scope(False)
        self.assertFalse(self.traces("GZ-9001", WORDS))
        self.run_job()
        self.assertEqual(self.counts(record), (1, 1, 0))

    def test_p4_2_the_site_is_told_and_nothing_is_registered_again(self):
        self.refused("GZ-9001")
        site = self.env["complaint.gateway.key"].create({})._interface_user()
        tickets = self.env["helpdesk.ticket"].with_user(site)
        answer = tickets.register_complaint("GZ-9001", WORDS)
        self.assertEqual(
            answer, {"external_ref": "GZ-9001", "created": False, "state": "out_of_scope"}
        )
        self.assertFalse(self.registered("GZ-9001"))
        self.assertFalse(self.traces("GZ-9001", WORDS))

    def test_c1_3_samples_of_a_file_are_dropped_with_it(self):
        record = self.take_in(self.csv_file([a_row("GZ-9001", WORDS)]))
        self.assertFalse(any(record.column_ids.mapped("sample")))
