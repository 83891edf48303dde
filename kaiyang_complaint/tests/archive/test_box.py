from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..access.paper_common import PaperCommon
from .archive_common import ArchiveCommon

LABEL = "kaiyang_complaint.report_dossier_box"


@tagged("post_install", "-at_install")
class TestBox(ArchiveCommon, PaperCommon):
    """Dossiers of a year stand in boxes, and the boxes say which (八)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossiers = cls.in_archive() + cls.in_archive()

    def boxed(self, dossiers, **vals):
        """Put dossiers into a box as the dialog does it."""
        context = dossiers.action_put_into_box()["context"]
        wizard = self.env["complaint.dossier.boxing"].with_user(self.archivist)
        wizard.with_context(**context).create(vals).action_put()
        return dossiers.box_id

    def test_a8_dossiers_are_put_into_a_box_that_begins_by_itself(self):
        box = self.boxed(self.dossiers[0])
        self.assertEqual((box.year, box.retention), (self.dossiers[0].year, "y30"))
        self.assertEqual(self.boxed(self.dossiers[1]), box)
        self.assertEqual((box.dossier_count, box.page_count), (2, 0))
        sequences = self.dossiers.mapped("sequence")
        self.assertEqual((box.sequence_from, box.sequence_to), (min(sequences), max(sequences)))
        second = self.boxed(self.dossiers[1], is_new=True)
        self.assertEqual(second.number, box.number + 1)
        self.assertEqual(self.dossiers[1].box_id, second)

    def test_u7_5_a_box_of_what_the_archivist_may_not_read_is_not_empty(self):
        box = self.boxed(self.dossiers[0]).with_user(self.archivist)
        self.dossiers[0].ticket_id.sudo()._unlocked()._procedure_write(
            {"is_discipline_matter": True}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(box.dossier_ids)
        with self.assertRaisesRegex(UserError, "take them out"):
            box.year -= 1
        with self.assertRaisesRegex(UserError, "take them out"):
            box.unlink()

    def test_a8_a_box_holds_one_year_and_one_period(self):
        box = self.boxed(self.dossiers[0])
        self.dossiers[1].sudo()._unlocked()._procedure_write(
            {"retention": "y10", "retention_reason": "重复"}
        )
        with self.assertRaisesRegex(UserError, "equally long"):
            self.dossiers.action_put_into_box()
        with self.assertRaisesRegex(UserError, "equally long"):
            self.dossiers[1]._put_into(box)
        with self.assertRaisesRegex(UserError, "take them out"):
            box.retention = "y10"
        with self.assertRaisesRegex(UserError, "take them out"):
            box.unlink()
        draft = self.closed_ago(1).with_user(self.archivist)._compile_dossier()
        with self.assertRaisesRegex(UserError, "Only archived dossiers"):
            draft.action_put_into_box()

    def test_a8_box_numbers_are_drawn_once(self):
        box = self.boxed(self.dossiers[0])
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            box.create({"year": box.year, "retention": "y30", "number": box.number})

    def test_a8_only_who_keeps_dossiers_moves_them_and_not_by_the_form(self):
        box = self.boxed(self.dossiers[0])
        with self.assertRaises(UserError):
            self.dossiers[1].box_id = box
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            box.with_user(self.clerk).place = "x"
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.dossiers[1].with_user(self.leader)._put_into(box)

    def test_a8_spine_and_face_say_what_is_in_the_box(self):
        box = self.boxed(self.dossiers)
        text = self.text(LABEL, box, self.archivist)
        first, last = box.sequence_from, box.sequence_to
        for word in ("全宗号", "X043", str(box.year), "30年", f"{first}—{last}", "盒号"):
            self.assertEqual(text.count(word), 2, word)
        other = box.create({"year": 2001, "retention": "y30"})
        self.assertEqual(len(self.streams(LABEL, box + other, self.archivist)), 2)
