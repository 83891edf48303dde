from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .referral_common import NOW, RECEIVED, ReferralCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestReferralPeople(ReferralCommon):
    """What the leader decides about a referral, what it says of people, who gets at it."""

    # --- the leader --------------------------------------------------------------------------

    def test_h5_2_4_refused_with_the_leaders_words(self):
        referral = self.requested()
        ticket = referral.ticket_id
        referral.approval_id.with_user(self.leader).action_reject("此件应由住建局办理。")
        self.assertEqual(
            (referral.state, referral.instruction), ("refused", "此件应由住建局办理。")
        )
        self.assertEqual((ticket.complaint_state, ticket.referral_due), ("handling", "outside"))
        action = ticket.with_user(self.clerk).action_refer()
        self.assertFalse(action["res_id"])
        with Form(self.env["complaint.referral"].with_context(**action["context"])) as form:
            self.assertEqual(form.authority_id, self.authority)
            self.assertEqual(form.summary, referral.summary)
        form.record.action_request()
        self.assertEqual(form.record.state, "requested")

    def test_h5_2_4_leader_finds_it_is_about_window_staff_after_all(self):
        ticket = self.outside_matter(window_id=self.window.id)
        self.conclude(ticket)
        approval = self.requested(ticket).approval_id
        approval.with_user(self.leader).action_reject("涉及窗口人员，转首席代表查处。")
        with freeze_time("2026-05-12 03:00:00"):
            ticket.is_outside_matter = False
            self.assertEqual(ticket.complaint_state, "accepted")
            self.look_through(ticket)
            ticket.action_forward()
        self.assertEqual(ticket.complaint_state, "handling")

    def test_h5_2_4_taken_back_before_it_left(self):
        referral = self.approved()
        referral.action_withdraw()
        self.assertEqual((referral.state, referral.approval_id.id), ("draft", False))
        with self.assertRaisesRegex(UserError, "number"):
            referral.unlink()
        referral.summary = "补充核实情况。"
        referral.action_request()
        referral.approval_id.with_user(self.leader).action_approve()
        self.assertEqual(referral.name, "投转〔2026〕1号")
        second = self.requested()
        second.action_withdraw()
        self.assertEqual((second.state, second.name), ("draft", False))
        self.assertEqual(second.approval_id.state, "withdrawn")

    def test_h5_2_4_numbers_of_the_year_without_a_gap(self):
        names = [self.approved().name for _one in range(2)]
        self.assertEqual(names, ["投转〔2026〕1号", "投转〔2026〕2号"])
        with freeze_time("2027-01-04 02:00:00"):
            self.assertEqual(self.approved().name, "投转〔2027〕1号")

    def test_h5_2_4_centre_without_a_series_gets_it(self):
        series = self.env["ir.sequence"].search([("code", "=like", "complaint.letter.%")])
        series.unlink()
        self.assertEqual(self.approved().name, "投转〔2026〕1号")

    @mute_logger(*QUIET)
    def test_h5_2_4_nobody_signs_off_their_own_request(self):
        self.clerk.group_ids += self.env.ref("kaiyang_complaint.group_complaint_leader")
        approval = self.requested().approval_id
        with self.assertRaises(AccessError):
            approval.with_user(self.clerk).action_approve()
        with self.assertRaises(AccessError):
            approval.with_user(self.director).action_approve()

    # --- the complainant ---------------------------------------------------------------------

    def test_h5_2_4_complainant_stays_unnamed(self):
        referral = self.referral()
        self.assertNotIn("王小明", referral.matter)
        self.assertFalse(referral.names_complainant)
        referral.summary = "已电话联系王小明（13812345678）核实。"
        referral.action_request()
        self.assertEqual(referral.summary, "已电话联系〔姓名〕（〔电话〕）核实。")
        self.assertNotIn("王小明", referral.approval_id.request)

    def test_h5_2_4_name_goes_along_by_consent_alone(self):
        with self.assertRaisesRegex(UserError, "Complainant's Consent"):
            self.referral(names_complainant=True).action_request()
        ticket = self.outside_matter(complainant_identity="anonymous", partner_name=False)
        self.conclude(ticket)
        with self.assertRaisesRegex(UserError, "anonymous"):
            self.referral(ticket, names_complainant=True, consent="同意").action_request()

    def test_h5_2_4_name_that_went_along_is_on_record(self):
        logs = self.env["complaint.access.log"]
        self.assertFalse(logs.search([("ticket_id", "=", self.sent().ticket_id.id)]))
        referral = self.sent(names_complainant=True, consent="5月12日电话中同意")
        row = logs.search([("ticket_id", "=", referral.ticket_id.id)])
        self.assertEqual((row.act, row.subject, row.user_id), ("refer", referral.name, self.clerk))
        self.assertEqual(row.reason, "县综合行政执法局: 5月12日电话中同意")

    def test_h5_2_4_files_of_another_complaint_are_not_enclosed(self):
        referral = self.referral()
        own, foreign = self.enclosure(referral.ticket_id), self.enclosure(self.outside_matter())
        referral.enclosure_ids = self.linked(own)
        with self.assertRaises(ValidationError):
            referral.enclosure_ids = self.linked(own, foreign)

    # --- doors -------------------------------------------------------------------------------

    def test_h5_2_4_what_was_asked_for_stands(self):
        referral = self.requested()
        for vals in ({"summary": "另"}, {"authority_id": self.inspection.id}, {"sent_how": "post"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                referral.write(vals)
        referral.approval_id.with_user(self.leader).action_approve()
        with self.assertRaises(UserError):
            referral.summary = "另"
        with self.assertRaisesRegex(UserError, "how"):
            referral.action_send()
        referral.write({"sent_how": "post", "sent_note": "挂号 XA123"})
        referral.action_send()
        for verb in ("action_send", "action_withdraw", "action_request", "unlink"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(referral, verb)()
        with self.assertRaises(UserError):
            referral.sent_note = "另"

    def test_h5_2_4_facts_are_not_forged_over_rpc(self):
        draft = self.referral()
        facts = {
            "state": "sent",
            "name": "投转〔2026〕99号",
            "sent_at": NOW,
            "answer": "已办",
            "answered_at": NOW,
            "approval_id": self.requested().approval_id.id,
        }
        model = self.env["complaint.referral"].with_user(self.clerk)
        for name, value in facts.items():
            for context in ({}, {"complaint_guard": True}):
                with self.subTest(name=name), self.assertRaises(UserError):
                    call_kw(model, "write", [draft.ids, {name: value}], {"context": context})
                values = {"ticket_id": draft.ticket_id.id, name: value}
                with self.subTest(created=name), self.assertRaises(UserError):
                    call_kw(model, "create", [[values]], {"context": context})
        for vals in ({"created_at": RECEIVED}, {"ticket_id": self.outside_matter().id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                draft.write(vals)

    @mute_logger(*QUIET)
    def test_h5_2_4_who_sees_and_who_refers(self):
        referral = self.referral()
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertTrue(referral.with_user(user).summary)
        for user in (self.archivist, self.rep, self.outsider):
            with self.subTest(reader=user.login), self.assertRaises(AccessError):
                referral.with_user(user).read(["summary"])
        for user in (self.leader, self.archivist, self.rep, self.outsider):
            for verb in ("action_request", "action_withdraw", "action_send"):
                with self.subTest(user=user.login, verb=verb), self.assertRaises(AccessError):
                    getattr(referral.with_user(user), verb)()
        with self.assertRaises(AccessError):
            referral.with_user(self.leader).action_record_answer(self.answer_values())

    def test_h5_2_4_my_day_shows_what_is_to_send_and_awaited(self):
        def counted():
            tiles = (
                self.env["helpdesk.ticket.team"].with_user(self.clerk).complaint_tiles()["tiles"]
            )
            counts = {tile["key"]: tile["count"] for tile in tiles}
            return counts["to_send"], counts["awaited"]

        before = counted()
        referral = self.approved()
        self.assertEqual(counted(), (before[0] + 1, before[1]))
        referral.sent_how = "post"
        referral.action_send()
        self.assertEqual(counted(), (before[0], before[1] + 1))
        action = (
            self.env["helpdesk.ticket.team"].with_user(self.clerk).open_complaint_tile("awaited")
        )
        self.assertEqual(action["res_model"], "complaint.referral")
