from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestAsked(ComplaintCommon):
    """Only somebody who was asked is satisfied or not (五(三))."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls.replied(
            "letter", complainant_identity="anonymous", partner_name=False, complainant_phone=False
        ).with_user(cls.clerk)

    def feedback(self, ticket, **vals):
        feedbacks = self.env["complaint.feedback"].with_user(self.clerk)
        return feedbacks.create(self.feedback_values(ticket, **vals))

    def rated(self, ticket):
        """Return what the statistics and the red board count of a complaint."""
        self.env.flush_all()
        self.env.invalidate_all()
        row = self.env["complaint.analysis"].search([("id", "=", ticket.id)])
        return row.satisfaction_step, row.satisfied

    def test_f5_3_4_nobody_calls_an_anonymous_complainant_without_a_number(self):
        hollow = {"called_number": "无", "callee": "无", "satisfaction": "5"}
        feedback = self.feedback(self.letter, **hollow)
        with self.assertRaisesRegex(UserError, "left no telephone"):
            feedback.action_confirm()
        feedback.mode = "impossible"
        with self.assertRaisesRegex(UserError, "Nobody was reached"):
            feedback.action_confirm()
        feedback.satisfaction = False
        feedback.action_confirm()
        self.assertFalse(feedback.was_asked)
        self.assertEqual(self.rated(self.letter), (False, 0))

    def test_f5_3_4_what_was_confirmed_hollow_before_counts_nowhere(self):
        feedback = self.feedback(self.letter, called_number="无", callee="无", satisfaction="1")
        now = fields.Datetime.now()
        feedback._procedure_write({"state": "confirmed", "confirmed_at": now})
        self.assertEqual(self.rated(self.letter), (False, 0))
        self.assertFalse(feedback._is_dissatisfied())
        self.assertFalse(self.board().entry_ids)
        # The same with somebody who answered counts.
        feedback._procedure_write({"called_number": "13812345678", "callee": "本人"})
        self.assertEqual(self.rated(self.letter), ("1", 0))
        self.assertTrue(feedback._is_dissatisfied())

    def board(self):
        company = self.letter.sudo().company_id
        company.write({"complaint_board_min_count": 1, "complaint_board_min_average": 1})
        month = company._complaint_today().replace(day=1)
        return self.env["complaint.board"].create({"month": month})

    def test_f5_3_4_words_that_say_nothing_are_no_record_of_a_call(self):
        for vals, words in (
            ({"called_number": "无"}, "Number Called"),
            ({"callee": "无。"}, "Answered By"),
            ({"content": "——"}, "Feedback Text"),
        ):
            feedback = self.feedback(self.replied(), **vals)
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, words):
                feedback.action_confirm()

    def test_f5_3_4_nothing_is_told_in_the_future(self):
        feedback = self.feedback(self.replied(), given_at="2099-01-01 00:00:00")
        with self.assertRaisesRegex(UserError, "in the future"):
            feedback.action_confirm()

    def test_f5_3_4_the_form_asks_nobody_who_can_t_be_reached(self):
        feedbacks = self.env["complaint.feedback"].with_user(self.clerk)
        asked = {"default_ticket_id": self.letter.id, "default_mode": "phone"}
        with Form(feedbacks.with_context(**asked)) as form:
            self.assertTrue(form.is_unreachable)
            self.assertEqual(form.mode, "impossible")
            self.assertFalse(form.satisfaction)
