"""What a dossier is made of, and what becomes of it when it is compiled again (八, forms.md G)."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dossier_common import HEADS, DossierCommon

RANKS = {"result": 0, "handling": 1, "complaint": 2, "other": 3}


@tagged("post_install", "-at_install")
class TestDossier(DossierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.rich_case()

    def setUp(self):
        super().setUp()
        self.made = self.dossier(self.ticket)

    def titles(self, section=None):
        items = self.made.item_ids.filtered(lambda one: section in (None, one.section))
        return items.sorted("sequence").mapped("title")

    def item(self, title):
        return self.made.item_ids.filtered(lambda one: one.title == title)

    def test_a8_results_first_then_handling_then_the_complaint_then_the_rest(self):
        items = self.made.item_ids.sorted("sequence")
        ranks = [RANKS[section] for section in items.mapped("section")]
        self.assertEqual(ranks, sorted(ranks))
        self.assertEqual(set(ranks), {0, 1, 2, 3})
        self.assertFalse(self.made.is_out_of_order)
        items[-1:].sequence = 0
        self.assertTrue(self.made.is_out_of_order, "the archivist is told, and may mean it")
        items[-1:].action_leave_out("重复")
        self.assertFalse(self.made.is_out_of_order)

    def test_a8_papers_of_a_kind_stand_in_the_order_of_their_days(self):
        first, second = self.ticket.slip_ids.sorted("id").sudo()._unlocked()
        first._procedure_write({"sent_at": "2026-10-10 02:00:00"})
        second._procedure_write({"sent_at": "2026-10-08 02:00:00"})
        slips = self.env.ref("kaiyang_complaint.report_slip")
        papers = [
            vals["res_id"] for vals in self.made._papers() if vals.get("report_id") == slips.id
        ]
        self.assertEqual(papers, [second.id, first.id])

    def test_a8_a_file_is_not_added_twice(self):
        made = self.made.with_user(self.archivist)
        content = base64.b64encode(b"twice")
        made._add_file("一.txt", content, {"title": "一"})
        with self.assertRaisesRegex(UserError, "一"):
            made._add_file("二.txt", content, {"title": "二"})
        with self.assertRaisesRegex(UserError, "空.txt"):
            made._add_file("空.txt", b"", {"title": "空"})
        self.assertNotIn("空", self.titles())

    def test_a8_everything_of_the_case_is_in_it(self):
        self.assertIn("回访录音：回访", self.titles("result"))
        handling = self.titles("handling")
        self.assertIn("会商纪要", handling)
        self.assertIn("延期告知书", handling)
        self.assertIn("承办单位回复材料：不动产登记中心情况说明", handling)
        self.assertIn("承办单位回复材料：公安局情况说明", handling)
        self.assertEqual(self.titles("complaint"), ["电话投诉举报登记表", "来电录音：来电"])
        self.assertEqual(self.titles("other"), ["照片"])

    def test_a8_each_paper_says_number_author_and_date(self):
        form = self.item("电话投诉举报登记表")
        self.assertEqual(form.doc_number, self.ticket.number)
        self.assertEqual(form.author, "某县政务服务中心")
        self.assertEqual(form.date, self.centre._complaint_local(self.ticket.received_at).date())
        self.assertEqual((form.res_model, form.res_id), ("helpdesk.ticket", self.ticket.id))
        self.assertEqual(form.report_id.report_name, "kaiyang_complaint.report_registration_phone")
        self.assertEqual(self.item("承办单位回复材料：公安局情况说明").author, "公安局")
        self.assertEqual(self.item("来电录音：来电").author, "王小明")

    def test_a8_it_says_what_it_is_without_the_complainant(self):
        self.assertEqual(self.made.name, "关于不动产登记中心、公安局不动产转移登记的投诉举报案")
        self.assertEqual(self.made.fonds_name, "某县政务服务中心")
        self.assertEqual(self.made.category_name, "投诉举报")
        self.assertEqual(self.made.item_count, len(self.made.item_ids))
        self.assertEqual(self.made.date_from, min(self.made.item_ids.mapped("date")))
        self.assertEqual(self.ticket.dossier_id, self.made)
        self.assertTrue(self.made.is_complete, self.made.gaps)

    def test_a8_no_file_is_in_it_twice(self):
        self.file(self.ticket, "照片副本.jpg", HEADS["jpg"] + "照片.jpg".encode())
        self.made.action_compile()
        self.assertEqual(self.titles("other"), ["照片"])
        files = self.made.item_ids.attachment_id
        self.assertEqual(len(files), len(set(files.mapped("checksum"))))

    def test_a8_compiling_again_keeps_what_the_archivist_did(self):
        form, photo = self.item("电话投诉举报登记表"), self.item("照片")
        form.write({"sequence": 1, "note": "原件", "author": "投诉室"})
        photo.action_leave_out("与本案无关")
        self.made._add_file("补充.pdf", base64.b64encode(b"more"), {"title": "补充材料"})
        before = self.titles()
        self.file(self.ticket.slip_ids[0], "后补.txt")
        self.made.action_compile()
        self.assertEqual([title for title in self.titles() if title != "转办附件：附件1"], before)
        self.assertEqual(before[0], "电话投诉举报登记表")
        self.assertEqual((form.note, form.author), ("原件", "投诉室"))
        self.assertEqual((photo.left_out, photo.left_out_reason), (True, "与本案无关"))
        self.assertEqual(self.made.item_count, len(self.made.item_ids) - 1)

    def test_a8_what_the_case_no_longer_has_is_dropped(self):
        self.item("照片").attachment_id.with_env(self.env).res_id = False
        self.made.action_compile()
        self.assertFalse(self.item("照片"))

    def test_a8_required_papers_are_left_out_by_a_manager_alone(self):
        form = self.item("电话投诉举报登记表")
        with self.assertRaises(AccessError):
            form.action_leave_out("重复")
        form.with_user(self.manager).action_leave_out("另存原件")
        self.assertTrue(form.left_out)
        form.action_take_in()
        self.assertFalse(form.left_out or form.left_out_reason)

    def test_a8_leaving_out_asks_for_the_reason(self):
        photo = self.item("照片")
        dialog = photo.action_leave_out()
        self.assertEqual(dialog["res_model"], "complaint.reason.wizard")
        wizard = self.env[dialog["res_model"]].with_user(self.archivist)
        wizard = wizard.with_context(**dialog["context"]).create({"reason": "与本案无关"})
        wizard.action_confirm()
        self.assertEqual(photo.left_out_reason, "与本案无关")

    def test_a8_a_file_is_added_and_removed_again(self):
        wizard = self.env["complaint.dossier.add"].with_user(self.archivist)
        wizard.create(
            {
                "dossier_id": self.made.id,
                "file": base64.b64encode(b"more"),
                "file_name": "谈话笔录.pdf",
                "title": "谈话笔录",
                "section": "handling",
                "author": "投诉室",
            }
        ).action_add()
        added = self.item("谈话笔录")
        self.assertEqual(self.titles("handling")[-1], "谈话笔录")
        self.assertTrue(added.is_added)
        file = added.attachment_id
        added.action_remove()
        self.assertFalse(added.exists() or file.exists())
        with self.assertRaises(UserError):
            self.item("照片").unlink()

    def test_a8_no_file_of_another_case_comes_in(self):
        other = self.file(self.accepted(), "别案.pdf")
        items = self.env["complaint.dossier.item"].with_user(self.archivist)
        loose = self.env["ir.attachment"].create({"name": "无主.pdf", "raw": b"x"})
        for file in (other, loose):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                items.create(
                    {"dossier_id": self.made.id, "title": "别案", "attachment_id": file.id}
                )
        with self.assertRaises(UserError):
            items.create({"dossier_id": self.made.id, "title": "没有文件"})

    def test_a8_sound_is_no_paper(self):
        self.assertTrue(self.item("来电录音：来电").is_embedded)
        self.assertFalse(self.item("电话投诉举报登记表").is_embedded)

    # --- how long it is kept --------------------------------------------------------------------

    def test_a8_a_leaders_instruction_keeps_it_for_ever(self):
        self.assertEqual(self.made.retention, "permanent")
        self.assertEqual(self.dossier(self.closed()).retention, "y30")

    def test_a8_without_result_ten_years(self):
        rule = self.env["complaint.retention.rule"]
        self.assertEqual(rule._first_for(self.accepted()).retention, "y10")

    def test_a8_another_retention_takes_a_reason_and_stays(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.made.retention = "y10"
        self.made.write({"retention": "y10", "retention_reason": "批示为转办性质"})
        self.made.action_compile()
        self.assertEqual(self.made.retention, "y10")

    @mute_logger("odoo.sql_db")
    def test_a8_bad_conditions_are_refused_at_once(self):
        rule = self.env.ref("kaiyang_complaint.retention_rule_result").with_user(self.manager)
        for bad in ("[('no_such_field', '=', 1)]", "[(", "uid", "[('id', 'like it', 1)]"):
            with self.subTest(bad), self.assertRaises(ValidationError), self.env.cr.savepoint():
                rule.domain = bad
