"""A channel more than the regulation's four is a record: no code knows it (一)."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...models.archive.archive_gaps import ArchiveGaps
from ..access.paper_common import ONSITE, PHONE, PaperCommon
from ..archive.archive_common import ArchiveCommon

FORM = "kaiyang_complaint.complaint_view_form"
SHEET = "kaiyang_complaint.report_registration_letter"
NOTICE = "kaiyang_complaint.report_refusal_notice"
WECHAT = {
    "name": "微信",
    "complaint_code": "wechat",
    "asks_for_contact": True,
    "has_external_ref": True,
    "company_id": False,
}
CONTACTED = {"contact_ids": [Command.create({"note": "已在微信中回复投诉人。"})]}


@tagged("post_install", "-at_install")
class TestFifthChannel(PaperCommon, ArchiveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env["helpdesk.ticket.channel"]._load_records(
            [{"xml_id": "kaiyang_complaint.channel_wechat", "values": WECHAT}]
        )

    def by_wechat(self, **vals):
        return self.new_complaint("wechat", **{**CONTACTED, **vals})

    def test_c1_a_code_is_all_that_a_channel_needs(self):
        plain = self.env["helpdesk.ticket.channel"].create({"name": "微博", "complaint_code": "wb"})
        self.assertEqual(plain.registration_form, "report_registration_letter")
        self.assertEqual((plain.paper_name, plain.paper_phrase), ("微博", "通过微博"))
        self.assertEqual((plain.form_title, plain.dossier_title), ("微博投诉处理单",) * 2)
        ticket = self.new_complaint(channel_id=plain.id, no_recording_reason=False)
        ticket.action_accept()
        self.assertTrue(ticket.accepted_at, "nothing is asked of the desk")

    def test_c1_clerk_registers_by_the_form(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        with Form(tickets.with_context(complaint_channel="wechat"), FORM) as form:
            self.assertEqual(form.channel_id, self.channel)
            self.assertFalse(form._get_modifier("external_ref", "invisible"))
            for name in ("letter_source", "visit_place", "recording_ids", "no_recording_reason"):
                self.assertTrue(form._get_modifier(name, "invisible"), name)
            form.external_ref = "WX-7"
            form.description = "窗口无人。"
        self.assertEqual(form.record.channel_id, self.channel)
        self.assertEqual(form.record.complaint_state, "draft")

    def test_r5_1_4_what_the_channel_asks_for_comes_before_acceptance(self):
        ticket = self.new_complaint("wechat")
        with self.assertRaisesRegex(UserError, "Contact the complainant first"):
            ticket.action_accept()
        self.channel.write({"asks_for_contact": False, "asks_for_signature": True})
        with self.assertRaisesRegex(UserError, "verify the record"):
            ticket.action_accept()
        self.channel.write({"asks_for_signature": False, "asks_for_recording": True})
        with self.assertRaisesRegex(UserError, "Read the announcement"):
            ticket.action_accept()
        self.channel.write({"asks_for_recording": False, "is_letter": True})
        with self.assertRaisesRegex(UserError, "The record of the letter lacks"):
            ticket.action_accept()
        self.channel.is_letter = False
        ticket.action_accept()
        self.assertTrue(ticket.accepted_at)

    def test_c2_anonymous_paper_of_any_channel_excuses_the_name(self):
        ticket = self.by_wechat(
            respondent_ids=[], complainant_identity="anonymous", staff_waiver="anonymous_letter"
        )
        self.assertEqual(ticket.missing_elements, "staff")
        self.channel.is_letter = True
        self.assertFalse(ticket.missing_elements)

    def test_t6_1_limits_name_the_channels_they_are_for(self):
        general, web = (
            self.env.ref(f"kaiyang_complaint.policy_{one}") for one in ("general", "web")
        )
        first, second = self.by_wechat(), self.by_wechat()
        first.action_accept()
        self.assertEqual(first.policy_id, general)
        web.channel_ids += self.channel
        self.assertIn("微信", web.explanation)
        second.action_accept()
        self.assertEqual(second.policy_id, web)
        self.channel.active = False
        web.invalidate_recordset()
        self.assertIn(self.channel, web.channel_ids, "out of use, it is still none of the others")

    def test_x2_form_speaks_of_the_channel(self):
        ticket = self.by_wechat(external_ref="WX-1")
        ticket.action_accept()
        text = self.text(SHEET, ticket)
        for expected in (
            "某县政务服务中心微信投诉处理单",
            "☑微信，工单号：WX-1",
            "□政务服务网，工单号：",
            "已在微信中回复投诉人。",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("信函／网上", text)
        reports = self.env["ir.actions.report"].browse(
            self.env.ref(name).id for name in (SHEET, PHONE, ONSITE)
        )
        valid = (
            reports.with_user(self.clerk).sudo().get_valid_action_reports(ticket._name, ticket.ids)
        )
        self.assertEqual(valid, reports[0].ids)
        with self.assertRaisesRegex(UserError, "another way"):
            self.text(PHONE, ticket)

    def test_x2_channel_may_have_another_form(self):
        self.channel.write(
            {"registration_form": "report_registration_phone", "form_title": "微信语音登记表"}
        )
        self.assertIn("某县政务服务中心微信语音登记表", self.text(PHONE, self.by_wechat()))

    def test_p4_3_refusal_speaks_of_the_channel(self):
        ticket = self.by_wechat()
        ticket.action_mark_invalid("反复辱骂", "unreasonable")
        self.assertIn("通过微信向我中心投诉室反映", self.text(NOTICE, ticket))

    def test_p4_2_out_of_scope_is_counted_under_the_channel(self):
        entry = self.env["complaint.guidance.log"]
        before = entry.search([])
        self.by_wechat().action_refuse_out_of_scope(authority_id=False)
        self.assertEqual((entry.search([]) - before).channel_id, self.channel)

    def test_a8_closed_and_archived_by_the_channels_name(self):
        dossier = self.in_archive(channel="wechat", **CONTACTED)
        self.assertEqual(dossier.ticket_id.complaint_state, "archived")
        self.assertIn("微信投诉处理单", dossier.item_ids.mapped("title"))

    def test_a8_dossier_holds_what_the_channel_asks_for(self):
        ticket = self.closed("wechat", **CONTACTED)
        self.assertFalse(ArchiveGaps(ticket.sudo()).sentences())
        self.channel.asks_for_signature = True
        self.assertIn("did not sign the form", "".join(ArchiveGaps(ticket.sudo()).sentences()))
        self.channel.write({"asks_for_signature": False, "is_letter": True})
        self.assertIn("was not scanned", "".join(ArchiveGaps(ticket.sudo()).sentences()))

    def test_x1_chart_shows_what_the_channel_asks_for(self):
        ticket = self.new_complaint("wechat")
        self.assertEqual(self._boxes(ticket)[:2], ["came_in", "contact"])
        self.channel.write({"asks_for_contact": False, "is_visit": True})
        ticket.action_accept()
        self.assertIn("on_spot", self._boxes(ticket))
        self.assertEqual(ticket.acting_level, "window")

    def _boxes(self, ticket):
        bands = ticket.flow_path["bands"]
        return [
            box["key"]
            for band in bands
            for lanes in band["segments"]
            for lane in lanes
            for box in lane["boxes"]
        ]


@tagged("post_install", "-at_install")
class TestChannelSettings(ArchiveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channels = cls.env["helpdesk.ticket.channel"]
        cls.channel = cls.channels.create(WECHAT)
        cls.email = cls.channels.create({"name": "E-mail of IT"})

    def test_c1_manager_keeps_the_channels_by_their_form(self):
        view = "helpdesk_mgmt.view_helpdesk_channel_form"
        manager = self.channels.with_user(self.manager).with_context(complaint_channels=True)
        with Form(manager, view) as form:
            form.name = "12345热线"
            form.complaint_code = "hotline"
            form.asks_for_recording = True
            self.assertEqual(form.paper_phrase, "通过12345热线")
            form.registration_form = "report_registration_phone"
        self.assertEqual(form.record.paper_name, "12345热线")
        with self.assertRaises(AccessError):
            form.record.unlink()

    def test_only_the_manager_of_the_desk_changes_channels_of_complaints(self):
        for user in (self.clerk, self.leader, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.channel.with_user(user).asks_for_contact = False
        with self.assertRaises(AccessError):
            self.channels.with_user(self.outsider).create(WECHAT | {"complaint_code": "other"})
        with self.assertRaises(AccessError):
            self.email.with_user(self.outsider).complaint_code = "email"
        with self.assertRaises(AccessError):
            self.email.with_user(self.manager).name = "The desk's now"
        with self.assertRaises(AccessError):
            self.email.with_user(self.manager).complaint_code = "email"

    def test_other_helpdesks_keep_their_channels(self):
        self.assertFalse(self.email.registration_form or self.email.paper_name)
        self.email.with_user(self.outsider).name = "Mail"
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Printer", "description": "<p>Jam</p>", "channel_id": self.email.id}
        )
        self.email.with_user(self.outsider).unlink()
        self.assertFalse(ticket.exists().channel_id)

    def test_code_is_a_name_and_stands_once(self):
        self.assertFalse(self.channel.copy().complaint_code)
        with self.assertRaisesRegex(ValidationError, "Another channel"):
            self.channels.create(WECHAT)
        for code in ("WeChat", "微信", "1st", "a b"):
            with self.subTest(code=code), self.assertRaisesRegex(ValidationError, "no code"):
                self.channel.complaint_code = code

    def test_papers_have_no_gaps(self):
        with self.assertRaisesRegex(ValidationError, "Words in Letters"):
            self.channel.paper_phrase = " "

    def test_channel_in_use_stays_one_of_complaints(self):
        limit = self.env.ref("kaiyang_complaint.policy_web")
        limit.channel_ids += self.channel
        with self.assertRaisesRegex(UserError, "time limit"):
            self.channel.unlink()
        limit.channel_ids -= self.channel
        self.new_complaint(channel_id=self.channel.id)
        for change in (self.channel.unlink, lambda: self.channel.write({"complaint_code": False})):
            with self.assertRaisesRegex(UserError, "came in by this channel"):
                change()
        self.channel.active = False
