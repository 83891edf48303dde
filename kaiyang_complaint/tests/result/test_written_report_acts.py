import base64

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .report_common import JANUARY, NOW, WRITTEN, AskedCommon, DrawnCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
FILE = ("整改照片.jpg", base64.b64encode(b"\xff\xd8\xffphoto").decode())


@tagged("post_install", "-at_install")
class TestReportLetter(DrawnCommon):
    def test_u7_3b_the_letter_that_leaves_asks(self):
        report = self.unasked()
        self.assertFalse(report.with_user(self.rep).has_access("read"))
        body = report.letter_id.body
        self.send(report)
        self.assertEqual(report.state, "asked")
        self.assertEqual(len(self.mails_to(self.rep)), 1)
        deadline = report.deadline_ids
        self.assertEqual(
            (deadline.kind, deadline.limit_days, deadline.state), ("report", 5, "running")
        )
        self.assertEqual(str(deadline.start_date), "2026-02-25")
        self.assertEqual(str(deadline._due_date()), "2026-03-03")
        self.assertEqual(report.letter_id.answer_by, deadline._due_date())
        self.assertEqual(report.letter_id.body, body)
        self.assertLess(deadline.ticket_id.due_at, deadline.due_at)

    def test_u7_3b_leader_who_refuses_asks_nothing(self):
        report = self.unasked()
        letter = report.letter_id.with_user(self.clerk)
        letter.action_request()
        letter.approval_id.with_user(self.leader).action_reject("已约谈。")
        self.assertEqual(report.state, "refused")
        self.found(JANUARY)
        self.assertEqual(self.report(), report)
        self.assertTrue(report.needs_letter)
        report.with_user(self.clerk).action_draft_letter()
        self.assertEqual((report.state, report.letter_id.state), ("draft", "draft"))
        self.send(report)

    def test_u7_3b_letter_that_was_deleted_is_drawn_up_anew(self):
        report = self.unasked()
        with self.assertRaises(UserError):
            report.with_user(self.clerk).action_draft_letter()
        report.letter_id.with_user(self.clerk).unlink()
        report.with_user(self.clerk).action_draft_letter()
        self.send(report)
        self.assertEqual(report.state, "asked")

    def test_u7_3b_desk_finds_it_on_its_day(self):
        def counts():
            day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
            return {one["key"]: one["count"] for one in day.complaint_tiles()["tiles"]}

        report, before = self.unasked(), counts()
        self.send(report).with_user(self.rep).action_submit(WRITTEN)
        self.assertEqual(counts()["reports_unasked"], before["reports_unasked"] - 1)
        self.assertEqual(counts()["reports"], before["reports"] + 1)
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        self.assertEqual(
            day.open_complaint_tile("reports")["res_model"], "complaint.written.report"
        )


@tagged("post_install", "-at_install")
class TestWrittenReport(AskedCommon):
    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("kaiyang_complaint.cron_escalate").method_direct_trigger()
        self.env.invalidate_all()

    def test_u7_3b_from_draft_to_file(self):
        report = self.asked()
        mine = report.with_user(self.rep)
        mine.action_save_draft({"causes": "业务不熟。", "attachments": [FILE]})
        self.assertEqual((report.state, report.causes), ("asked", "业务不熟。"))
        mine.action_submit({**WRITTEN, "causes": "业务不熟，未一次性告知。"})
        self.assertEqual((report.state, report.submitted_by_id), ("submitted", self.rep))
        self.assertEqual(report.deadline_ids.state, "met")
        self.assertEqual(report.activity_user_id, self.clerk)
        report.with_user(self.clerk).action_accept()
        self.assertEqual(report.state, "accepted")
        letter = report.letter_id
        self.assertEqual(letter.state, "answered")
        self.assertEqual(letter.answer_file_ids, report.pdf_id + report.sudo().attachment_ids)
        self.assertTrue(report.pdf_id.raw.startswith(b"%PDF-"))
        self.assertTrue(all(letter.answer_file_ids.mapped("complaint_frozen")))
        self.assertFalse(report.activity_ids)
        for verb in ("action_accept", "action_submit"):
            with self.assertRaises(UserError):
                getattr(report.with_user(self.clerk), verb)()

    def test_u7_3b_both_addressees_are_served(self):
        mine = self.asked().with_user(self.rep)
        for left_out, said in (
            ("causes", "Causes"),
            ("measures", "Rectification Measures"),
            ("measures_by", "Rectified By"),
            ("unit_addressee", "Addressee in the Own Unit"),
            ("to_unit_on", "Given to the Own Unit On"),
            ("to_unit", "your own unit"),
        ):
            with self.subTest(left_out=left_out), self.assertRaisesRegex(UserError, said):
                mine.action_submit({**WRITTEN, left_out: False})
        with self.assertRaisesRegex(UserError, "to come"):
            mine.action_submit({**WRITTEN, "to_unit_on": "2026-02-26"})
        with self.assertRaisesRegex(UserError, "Invalid date"):
            mine.action_submit({**WRITTEN, "measures_by": "三月底"})
        self.assertEqual(mine.state, "asked")

    def test_u7_3b_returned_for_rework_with_what_was_written(self):
        report = self.submitted()
        wizard = report.with_user(self.clerk).action_return()
        self.assertEqual(wizard["res_model"], "complaint.reason.wizard")
        report.with_user(self.clerk).action_return("王小明反映的原因没有说明。")
        self.assertEqual((report.state, report.causes), ("returned", WRITTEN["causes"]))
        self.assertNotIn("王小明", report.return_reason)
        self.assertEqual(report.deadline_ids.state, "running")
        self.assertIn("returned", " ".join(self.mails_to(self.rep)))
        mine = report.with_user(self.rep)
        mine.action_submit({"causes": "审核把关不严。"})
        self.assertEqual((report.state, report.measures), ("submitted", WRITTEN["measures"]))

    def test_u7_3b_late_is_shown_and_urged_and_stays_on_record(self):
        report = self.asked()
        with freeze_time("2026-03-03 01:00:00"):
            self.run_job()
        ledger = self.env["complaint.escalation"].search(
            [("deadline_id", "in", report.deadline_ids.ids)]
        )
        self.assertEqual(sorted(ledger.mapped("effect")), ["reminder", "urging"])
        self.assertIn(self.rep, ledger.user_ids)
        self.assertTrue(any("Urging" in one for one in self.mails_to(self.rep)))
        with freeze_time("2026-03-05 01:00:00"):
            self.env.invalidate_all()
            self.assertEqual(report.due_status, "overdue")
            late = [("state", "in", ("asked", "returned")), ("due_status", "=", "overdue")]
            self.assertIn(report, self.reports.search(late))
            report.with_user(self.rep).action_submit(WRITTEN)
            self.assertTrue(report.is_late)
            self.assertFalse(report.due_status)

    def test_u7_3b_paper_is_entered_by_the_desk(self):
        report = self.asked().with_user(self.clerk)
        report.write(WRITTEN)
        report.action_submit()
        self.assertEqual((report.state, report.submitted_by_id), ("submitted", self.clerk))
        with self.assertRaises(UserError):
            report.causes = "别的"

    def test_u7_3b_letter_is_not_answered_by_hand(self):
        letter = self.asked().letter_id.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "Written Reports"):
            letter.action_record_answer({"answer": "已收到", "answered_at": NOW})

    def test_u7_3b_manager_withdraws(self):
        report = self.asked()
        with self.assertRaises(AccessError):
            report.with_user(self.clerk).action_withdraw("不再需要")
        report.with_user(self.manager).action_withdraw("窗口已撤销。")
        self.assertEqual(report.with_user(self.rep).withdraw_reason, "窗口已撤销。")

    def test_u7_3b_state_follows_the_procedure_alone(self):
        report = self.asked().with_user(self.manager)
        for vals in (
            {"state": "accepted"},
            {"finding_ids": [Command.clear()]},
            {"second_month": "2026-03-01"},
            {"unit_id": self.other_unit.id},
            {"pdf_id": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                report.write(vals)

    def test_u7_3b_rights_by_role(self):
        report = self.asked()
        rights = {
            "clerk": "rw",
            "manager": "rw",
            "leader": "r",
            "director": "r",
            "archivist": "",
            "rep": "r",
            "other_rep": "",
            "outsider": "",
        }
        for role, held in rights.items():
            with self.subTest(role=role):
                self.assertEqual(self.held(report, getattr(self, role)), held)

    def test_u7_3b_representatives_read_nothing_of_the_complaints(self):
        report = self.asked().with_user(self.rep)
        self.assertEqual((report.upheld_count, report.conduct_names), (2, self.item.name))
        with mute_logger(*QUIET):
            for name in (
                "finding_ids",
                "letter_id",
                "deadline_ids",
                "conflicted_user_ids",
                "pdf_id",
            ):
                with self.subTest(name=name), self.assertRaises(AccessError):
                    report.read([name])
            for model in ("complaint.finding", "complaint.letter", "complaint.deadline"):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(self.rep).search([])

    def test_u7_3b_another_unit_and_strangers_act_in_vain(self):
        report = self.asked()
        for user in (self.other_rep, self.archivist, self.outsider, self.leader):
            mine = report.with_user(user)
            for verb, *args in (("action_submit", WRITTEN), ("action_save_draft", {"causes": "x"})):
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    getattr(mine, verb)(*args)
        for verb in ("action_accept", "action_return", "action_withdraw"):
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                getattr(report.with_user(self.rep), verb)()

    def test_u7_3b_window_counts_its_reports(self):
        window = self.window.with_user(self.clerk)
        self.assertEqual(window.written_report_count, 1)
        self.assertEqual(window.action_open_written_reports()["res_model"], self.reports._name)

    def test_u7_3b_report_joins_the_dossiers_of_its_cases(self):
        report = self.submitted()
        report.with_user(self.clerk).action_accept()
        dossiers = self.env["complaint.dossier"]
        for ticket in report.finding_ids.ticket_id:
            dossier = dossiers._with_procedure().create({"ticket_id": ticket.id, "name": "卷"})
            files = [one.get("attachment_id") for one in dossier._papers()]
            self.assertEqual(files.count(report.pdf_id.id), 1)
