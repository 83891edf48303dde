from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .letter_common import LETTER, LetterCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestLetterWay(LetterCommon):
    def test_e_from_the_draft_to_the_answer(self):
        letter = self.of_report()
        self.assertEqual(self.issued(letter).state, "issued")
        with self.assertRaisesRegex(UserError, "how"):
            letter.action_send()
        proof = self.file(name="挂号回执.jpg", raw=b"jpg")
        letter.write({"sent_how": "post", "sent_note": "XA123", "proof_ids": self.linked(proof)})
        letter.action_send()
        self.assertEqual((letter.state, letter.sent_by_id), ("sent", self.clerk))
        todo = letter.activity_ids
        self.assertEqual((todo.user_id, str(todo.date_deadline)), (self.clerk, "2026-05-27"))
        self.assertEqual(letter.answer_status, "waiting")

    def test_e_answer_that_is_late_shows_and_is_recorded(self):
        letter = self.sent(self.of_report())
        values = {"answer": "已整改。", "answered_at": "2026-05-20 01:00:00"}
        with self.assertRaisesRegex(UserError, "after the letter"):
            letter.action_record_answer(values)
        overdue = [("answer_status", "=", "overdue")]
        with freeze_time("2026-05-27 15:59:59"):
            letter.invalidate_recordset()
            self.assertEqual(letter.answer_status, "waiting", "the last day is not over yet")
            self.assertNotIn(letter, self.env["complaint.letter"].search(overdue))
        with freeze_time("2026-05-27 16:00:00"):
            letter.invalidate_recordset()
            self.assertEqual(letter.answer_status, "overdue")
            self.assertIn(letter, self.env["complaint.letter"].search(overdue))
            wizard = self.env["complaint.answer.wizard"].with_user(self.clerk)
            values = {"letter_id": letter.id, "answer": "已整改。"}
            file = self.file(name="说明.pdf")
            wizard.create({**values, "file_ids": self.linked(file)}).action_confirm()
        self.assertEqual((letter.state, letter.answer), ("answered", "已整改。"))
        self.assertEqual(letter.answer_file_ids.mapped("name"), ["说明.pdf"])
        self.assertFalse(letter.activity_ids)

    def test_e_refused_and_taken_back_and_cancelled(self):
        letter = self.requested(self.letter(ticket_id=self.upheld[0].id))
        letter.approval_id.with_user(self.leader).action_reject("不妥。")
        self.assertEqual((letter.state, letter.name), ("refused", False))
        again = self.requested(letter.copy())
        self.assertEqual((again.body, again.ticket_ids), (letter.body, letter.ticket_ids))
        again.action_withdraw()
        self.assertEqual((again.state, again.approval_id.state), ("draft", "withdrawn"))
        self.approved(again)
        again.action_withdraw()
        again.body = "改后。"
        with self.assertRaises(UserError):
            again.action_issue()
        self.issued(again)
        self.assertEqual(again.action_cancel()["target"], "new")
        again.action_cancel("写错主送单位")
        self.assertEqual((again.state, again.name), ("cancelled", "投函〔2026〕1号"))
        self.assertEqual(self.issued().name, "投函〔2026〕2号")
        with self.assertRaisesRegex(UserError, "can't be done now"):
            self.sent().action_cancel("晚了")

    def test_e_list_decides_and_issues_several_at_once(self):
        letters = self.letter(body="一。") + self.letter(body="二。")
        letters.action_request()
        letters.with_user(self.leader).action_approve()
        letters.action_issue()
        self.assertEqual(letters.mapped("name"), ["投函〔2026〕1号", "投函〔2026〕2号"])

    @mute_logger(*QUIET)
    def test_e_nobody_consents_to_their_own(self):
        letter = self.requested(self.letter(user=self.both))
        with self.assertRaises(AccessError):
            letter.with_user(self.both).action_approve()
        letter.with_user(self.leader).action_approve()
        self.assertEqual(letter.state, "approved")

    def test_e_referral_and_transfer_are_made_by_their_process(self):
        for kind in ("referral", "transfer"):
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "Refer"):
                self.letter(kind, addressee="县纪委监委")

    def test_e_agency_code_begins_series_that_kinds_share(self):
        centre = self.room.company_id
        self.assertEqual(self.issued().name, "投函〔2026〕1号")
        centre.write({"complaint_agency_code": "县政服", "complaint_signature": "某县人民政府中心"})
        letters = self.issued() | self.issued(self.of_return()) | self.issued(self.of_report())
        self.assertEqual(
            letters.mapped("name"), [f"县政服函〔2026〕{number}号" for number in (1, 2, 3)]
        )
        self.assertIn("某县人民政府中心2026年5月20日", self.text(LETTER, letters[:1]))
        centre.complaint_agency_code = " "
        self.assertEqual(self.issued().name, "投函〔2026〕2号", "the old series goes on")

    def test_e_numbers_of_the_year_without_a_gap(self):
        names = [self.issued().name for _one in range(2)]
        self.assertEqual(names, ["投函〔2026〕1号", "投函〔2026〕2号"])
        letter = self.approved(self.letter())
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            letter.action_issue()
            raise ZeroDivisionError
        letter.invalidate_recordset()
        letter.action_issue()
        self.assertEqual(letter.name, "投函〔2026〕3号")
        with freeze_time("2027-01-04 02:00:00"):
            self.assertEqual(self.issued().name, "投函〔2027〕1号")
