"""A window that goes to another unit takes along who is chosen; open cases stay with the old."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestWindowMove(ComplaintCommon):
    def dialog(self, user):
        moves = self.env["complaint.window.move"].with_user(user)
        return Form(moves.with_context(default_window_id=self.window.id))

    def test_p4_6_staff_go_along_and_open_cases_stay(self):
        ticket = self.accepted()
        form = self.dialog(self.manager)
        form.unit_id = self.other_unit
        form.save().action_confirm()
        self.assertEqual(self.window.unit_id, self.other_unit)
        self.assertEqual((self.staff.window_id, self.staff.unit_id), (self.window, self.other_unit))
        kept = ticket.window_unit_id | ticket.respondent_ids.unit_id | ticket.slip_ids.unit_id
        self.assertEqual(kept, self.unit, "who answered for it then answers")
        self.assertEqual(self.new_complaint().window_unit_id, self.other_unit)

    def test_p4_6_who_is_left_out_stays_with_the_unit(self):
        colleague = self.staff.copy({"name": "陈小红", "employee_no": "T013"})
        form = self.dialog(self.manager)
        form.unit_id = self.other_unit
        form.staff_ids.remove(self.staff.id)
        form.save().action_confirm()
        self.assertEqual((self.staff.window_id.id, self.staff.unit_id), (False, self.unit))
        self.assertEqual(colleague.unit_id, self.other_unit)

    def test_p4_6_window_written_directly_takes_its_staff(self):
        self.window.with_user(self.manager).unit_id = self.other_unit
        self.assertEqual(self.staff.unit_id, self.other_unit)

    def test_p4_6_who_moves_a_window(self):
        with self.assertRaises(AccessError):
            self.dialog(self.clerk)
        form = self.dialog(self.manager)
        form.unit_id = self.unit
        with self.assertRaisesRegex(UserError, "already"):
            form.save().action_confirm()
