from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..access.file_contents import scan
from ..access.paper_common import PaperCommon
from .test_portal import PortalCase

SLIP = "kaiyang_complaint.report_slip"
NOTE = "kaiyang_complaint.report_urging_note"
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestSlipPaper(PaperCommon):
    """转办单, 催办单, 督办单: they leave the house, and name no complainant (五(二)1, 6)."""

    def test_h5_2_1_slip_holds_the_case_and_the_receipt(self):
        slip = self.replied(room_opinion="请三日内查明并回复。").slip_ids
        text = self.text(SLIP, slip)
        for words in (
            "某县政务服务中心投诉举报转办单",
            f"编号：{slip.name}",
            f"登记表号{slip.ticket_id.number}",
            "承办单位不动产登记中心",
            "首席代表kc_rep",
            "不动产转移登记",
            "排队两小时",
            "请三日内查明并回复。",
            "签发人kc_clerk",
            "调查情况经查，情况属实。",
            "整改措施批评教育，重新培训。",
            "☑人员",
            "首席代表签字：kc_rep",
            "（单位章）",
        ):
            with self.subTest(words):
                self.assertIn(words, text)
        for secret in ("王小明", "13812345678"):
            self.assertNotIn(secret, text)

    def test_h5_2_1_slip_lists_what_was_released_with_it(self):
        slip = self.accepted().slip_ids
        self.env["ir.attachment"].create(
            {"name": "原文.png", "raw": scan(), "res_model": slip._name, "res_id": slip.id}
        )
        slip.with_user(self.clerk).message_post(
            body="内部", attachments=[("内部.txt", b"x")], subtype_xmlid="mail.mt_note"
        )
        text = self.text(SLIP, slip)
        self.assertIn("附件1.png", text)
        self.assertNotIn("原文", text)
        self.assertNotIn("内部", text)
        self.assertIn("请首席代表调查核实", text)
        slip.sudo()._procedure_write({"room_opinion": False})
        self.assertIn("请于回复期限前调查处理完毕", self.text(SLIP, slip), "without an opinion")

    def test_h5_2_1_returned_reply_is_no_receipt_and_a_declined_slip_says_why(self):
        slip = self.accepted().slip_ids
        unit = slip.with_user(self.rep)
        unit.action_receive()
        unit.action_reply(self.reply_values(facts="第一次说法"))
        slip.action_return_reply("请补充")
        self.assertNotIn("第一次说法", self.text(SLIP, slip))
        unit.action_decline("不属本单位职责")
        declined = self.text(SLIP, slip)
        self.assertIn("退回理由不属本单位职责首席代表签字：（单位章）", declined)
        self.assertNotIn("调查情况", declined)

    def test_h5_2_1_draft_has_no_number_and_does_not_print(self):
        ticket = self.accepted("letter")
        draft = self.env["complaint.slip"].create({"ticket_id": ticket.id, "unit_id": self.unit.id})
        with self.assertRaisesRegex(UserError, "gets its number when it is sent"):
            self.text(SLIP, draft)
        report = self.env.ref(SLIP)
        self.assertFalse(report.get_valid_action_reports(draft._name, draft.ids))

    @mute_logger(*QUIET)
    def test_h5_2_1_slip_of_the_desk_is_printed_by_the_desk_only(self):
        slip = self.accepted().slip_ids
        self.text(SLIP, slip, self.leader)
        for user in (self.rep, self.other_rep, self.outsider, self.archivist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.text(SLIP, slip, user)

    def test_h5_2_6_urging_note_counts_and_says_how_late_it_is(self):
        slip = self.accepted().slip_ids
        company = slip.company_id
        calendar = self.env["complaint.calendar.year"]._working_days()
        day = calendar.shift(company._complaint_today(), -2)
        slip.sudo().deadline_ids.due_at = company._complaint_day_end(day)
        slip.with_user(self.clerk).action_urge("请王小明的件今日办结。")
        slip.with_user(self.leader).action_urge("再次催办。")
        first, second = slip.escalation_ids.sorted("number")
        text = self.text(NOTE, first)
        for words in (
            "某县政务服务中心投诉举报催办单",
            "第1次催办",
            slip.name,
            "主送不动产登记中心（首席代表：kc_rep",
            "逾期天数2个工作日",
            "回复期限",
            "签发人：kc_clerk",
        ):
            with self.subTest(words):
                self.assertIn(words, text)
        self.assertNotIn("王小明", text)
        self.assertIn("第2次催办", self.text(NOTE, second))

    def test_h5_2_6_supervision_note_goes_to_clerk_and_units(self):
        ticket = self.accepted()
        ticket.with_user(self.leader).action_supervise("两日内办结，专报中心。")
        text = self.text(NOTE, ticket.escalation_ids)
        for words in ("投诉举报督办单", "第1次督办", "kc_clerk", "kc_rep", "专报中心"):
            self.assertIn(words, text)
        self.assertIn("尚未逾期", text)

    def test_h5_2_6_note_asks_for_what_the_limit_is_about(self):
        ticket = self.replied()
        limit = ticket.deadline_ids.filtered(lambda one: one.kind == "feedback")
        vals = {"ticket_id": ticket.id, "deadline_id": limit.id, "due_at": limit.due_at}
        note = self.env["complaint.escalation"].create(
            {**vals, "effect": "urging", "user_ids": [Command.set(self.clerk.ids)]}
        )
        text = self.text(NOTE, note)
        for words in ("主送kc_clerk", "反馈期限已到", "立即将处理结果反馈投诉人", "承办人签字"):
            self.assertIn(words, text)
        for words in ("原转办单号", "反馈中心投诉室", "首席代表", "单位章"):
            self.assertNotIn(words, text)
        late = note.create({**vals, "effect": "supervision"})
        self.assertIn("该件已超过反馈期限，请立即将处理结果反馈投诉人", self.text(NOTE, late))

    def test_h5_2_6_supervision_note_calls_upon_the_unit_and_copies_the_leader(self):
        ticket = self.accepted()
        rule = self.env.ref("kaiyang_complaint.escalation_rule_supervision")
        vals = {"effect": "supervision", "rule_id": rule.id, "ticket_id": ticket.id}
        vals["user_ids"] = [Command.set(self.leader.ids)]
        limits = {one.kind: one for one in ticket.deadline_ids}
        for kind in ("handling", "reply"):
            limit = {"deadline_id": limits[kind].id, "due_at": limits[kind].due_at}
            slip = kind == "reply" and ticket.slip_ids.id
            note = self.env["complaint.escalation"].create({**vals, **limit, "slip_id": slip})
            text = self.text(NOTE, note)
            with self.subTest(kind=kind):
                self.assertRegex(text, "主送不动产登记中心（首席代表：kc_rep.*）抄送kc_leader")
                self.assertIn("首席代表签字", text)
        own = self.accepted("letter", user_id=self.clerk.id, is_outside_matter=True)
        limit = own.deadline_ids.filtered(lambda one: one.kind == "handling")
        vals |= {"ticket_id": own.id, "deadline_id": limit.id, "due_at": limit.due_at}
        text = self.text(NOTE, self.env["complaint.escalation"].create(vals))
        self.assertRegex(text, "主送投诉室（经办人：kc_clerk.*）抄送kc_leader")

    def test_h5_2_6_reminders_are_no_paper(self):
        slip = self.accepted().slip_ids
        reminder = self.env["complaint.escalation"].create(
            {"ticket_id": slip.ticket_id.id, "slip_id": slip.id, "effect": "reminder"}
        )
        with self.assertRaisesRegex(UserError, "Only urging notes"):
            self.text(NOTE, reminder)

    def test_h5_2_6_blank_notes_for_the_pen(self):
        self.assertIn("催办单", self.text(NOTE, blank=True))
        self.assertIn("督办单", self.text(NOTE, blank=True, effect="supervision"))
        action = self.env.ref("kaiyang_complaint.action_blank_supervision")
        printed = action.with_user(self.clerk).run()
        self.assertEqual(printed["data"], {"blank": True, "effect": "supervision"})
        self.assertEqual(printed["paper_engine"], "weasyprint")


@tagged("post_install", "-at_install")
class TestSlipPaperOfTheUnit(PortalCase):
    def test_h5_2_1_representative_prints_the_slip_of_the_unit(self):
        slip = self.accepted(room_opinion="请查明。").slip_ids
        url = f"/my/complaints/{slip.id}/print"
        self.login(self.rep)
        self.assertIn(url, self.url_open(f"/my/complaints/{slip.id}").text)
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn(slip.name, answer.headers["Content-Disposition"])
        self.assertEqual(answer.content[:4], b"%PDF")

    def test_h5_2_1_nobody_else_prints_it(self):
        slip = self.accepted().slip_ids
        for user in (self.other_rep, self.outsider):
            self.login(user)
            answer = self.url_open(f"/my/complaints/{slip.id}/print")
            self.assertNotIn(b"%PDF-", answer.content[:9], user.login)
            self.assertNotIn(slip.name, answer.text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(f"/my/complaints/{slip.id}/print").url)

    def test_h5_2_1_end_of_office_and_restriction_end_printing(self):
        slip = self.accepted().slip_ids
        self.representative.active = False
        self.login(self.rep)
        answer = self.url_open(f"/my/complaints/{slip.id}/print")
        self.assertTrue(answer.url.endswith("notice=unknown"))

    @mute_logger("odoo.http")
    def test_h5_2_1_routes_of_reports_stay_closed_to_representatives(self):
        slip = self.accepted().slip_ids
        self.login(self.rep)
        for converter in ("pdf", "html", "text"):
            answer = self.url_open(f"/report/{converter}/{SLIP}/{slip.id}")
            self.assertGreaterEqual(answer.status_code, 400)
            self.assertNotIn(slip.name, answer.text)
