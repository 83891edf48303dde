from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestNumbers(ComplaintCommon):
    """Numbers that can't be right are asked about, and kept for a reason (五(一)1)."""

    def test_r5_1_1_what_can_t_be_a_number_is_asked_about(self):
        for vals, words in (
            ({"complainant_phone": "1380001003"}, "Telephone"),
            ({"complainant_phone": "无"}, "Telephone"),
            ({"complainant_id_number": "520121199001011234"}, "Identity No."),
        ):
            ticket = self.new_complaint(number_reason=False, **vals)
            with self.subTest(vals=vals):
                self.assertEqual(ticket.number_fault, words)
                with self.assertRaisesRegex(UserError, f"can't be right: {words}"):
                    ticket.action_accept()
                ticket.number_reason = "/"
                with self.assertRaisesRegex(UserError, "can't be right"):
                    ticket.action_accept()
                ticket.number_reason = "投诉人坚持号码无误"
                ticket.action_accept()
                self.assertEqual(ticket.complaint_state, "accepted")

    def test_r5_1_1_good_numbers_and_none_are_no_matter(self):
        for vals in (
            {"complainant_phone": "0851-87253281", "complainant_id_number": "11010519491231002X"},
            {"complainant_phone": False, "complainant_id_number": False},
        ):
            ticket = self.new_complaint(number_reason=False, **vals)
            ticket.action_accept()
            self.assertEqual((ticket.number_fault, ticket.complaint_state), ("", "accepted"))
