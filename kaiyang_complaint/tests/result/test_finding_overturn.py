from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .finding_common import APRIL, MARCH, MAY, QUIET, FindingCommon


@tagged("post_install", "-at_install")
class TestFindingOverturn(FindingCommon):
    """A finding is overturned with the reason, and what it led to is taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finding = cls.confirmed()
        cls.ticket = cls.finding.ticket_id

    def overturn(self, finding=None, at=APRIL, user=None):
        finding = finding or self.finding
        with freeze_time(at):
            finding.with_user(user or self.manager).action_overturn("复核认定：材料已一次性告知。")
        return finding

    def archive(self):
        self.ticket.sudo()._procedure_write({"complaint_state": "archived"})

    def test_u7_1_the_manager_or_a_leader_overturns_with_the_reason(self):
        for user in (self.manager, self.leader, self.director):
            action = self.finding.with_user(user).action_overturn()
            self.assertEqual(action["res_model"], "complaint.reason.wizard")
        self.overturn(user=self.leader)
        self.assertEqual(self.finding.state, "overturned")
        self.assertEqual(self.finding.overturned_by_id, self.leader)
        self.assertIn("一次性告知", self.finding.overturn_reason)
        self.assertEqual(str(self.finding.overturned_month), "2026-04-01")
        self.assertEqual(str(self.finding.confirmed_month), "2026-03-01")
        self.assertFalse(self.finding.is_counted)
        self.assertIn("复核认定", self.ticket.message_ids[0].body)
        with self.assertRaises(UserError):
            self.finding.with_user(self.manager).action_overturn("再次")

    def test_u7_1_nobody_else_overturns(self):
        for user in (self.clerk, self.archivist, self.outsider, self.rep):
            finding = self.finding.with_user(user)
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                call_kw(finding, "action_overturn", [finding.ids, "理由"], {})
        self.assertEqual(self.finding.state, "confirmed")
        with self.assertRaises(UserError):
            self.proposed().with_user(self.manager).action_overturn("未确认")

    def test_u7_1_the_overturned_one_is_never_edited(self):
        self.overturn()
        for values in ({"conclusion": "not_upheld"}, {"overturn_reason": "x"}):
            with self.assertRaises(UserError):
                self.finding.with_user(self.manager).write(values)
        with self.assertRaises(UserError):
            self.finding.with_user(self.manager).unlink()

    def test_u7_1_a_case_whose_finding_was_overturned_is_not_upheld(self):
        self.assertTrue(self.ticket._outcome().is_upheld())
        self.overturn()
        self.assertFalse(self.ticket._outcome().is_upheld())
        self.assertNotIn("return", self.env["complaint.letter"]._kinds_for(self.ticket))

    def test_u7_1_another_takes_its_place(self):
        self.overturn()
        action = self.finding.with_user(self.leader).action_find_anew()
        anew = self.finding.browse(action["res_id"]).with_user(self.clerk)
        self.assertEqual((anew.replaced_id, anew.state), (self.finding, "draft"))
        self.assertEqual(anew.staff_id, self.staff)
        self.assertTrue(self.finding.is_replaced)
        with self.assertRaisesRegex(UserError, "already"):
            self.finding.with_user(self.leader).action_find_anew()
        anew.conclusion = "not_upheld"
        anew.action_confirm()
        self.assertEqual((anew.state, anew.is_counted), ("confirmed", False))

    def test_u7_1_it_is_overturned_and_found_anew_on_an_archived_case(self):
        self.archive()
        with self.assertRaises(UserError):
            self.finding.sudo().with_user(self.manager).sudo().write({"facts": "改"})
        self.overturn()
        self.assertEqual(self.finding.state, "overturned")
        action = self.finding.with_user(self.manager).action_find_anew()
        anew = self.finding.browse(action["res_id"]).with_user(self.manager)
        anew.write({"conclusion": "partly", "liable": "window", "responsibility": "secondary"})
        anew.action_confirm()
        self.assertTrue(anew.is_counted)
        self.assertEqual(self.bars(anew).window_id, self.window)
        self.assertEqual(self.ticket.complaint_state, "archived")
        with self.assertRaises(UserError):
            anew.with_user(self.manager).write({"facts": "改"})
        self.overturn(anew)
        values = {"ticket_id": self.ticket.id, "respondent_id": anew.respondent_id.id}
        with self.assertRaisesRegex(UserError, "archived"):
            anew.with_user(self.manager).create(values)

    def test_u7_1_what_was_proposed_after_the_archiving_is_decided_on(self):
        """An upgrade proposes findings on what was archived before there were any."""
        late = self.proposed(APRIL)
        dossiers = self.env["complaint.dossier"]._with_procedure()
        dossier = dossiers.create({"ticket_id": late.ticket_id.id, "name": "卷"})
        late.ticket_id.sudo()._procedure_write({"complaint_state": "archived"})
        with self.assertRaisesRegex(UserError, "archived"):
            late.with_user(self.clerk).action_confirm()
        dossier.sudo()._unlocked()._procedure_write({"archived_at": MARCH})
        late.with_user(self.clerk).action_confirm()
        self.assertTrue(late.is_counted)

    def test_u7_1_findings_of_a_former_round_stand(self):
        with freeze_time(APRIL):
            self.ticket.sudo()._procedure_write({"complaint_state": "closed"})
            self.ticket.with_user(self.manager).action_reopen("上级要求复核")
            self.assertEqual(self.finding.state, "confirmed")
            self.ticket.sudo()._procedure_write({"complaint_state": "handling"})
            self.ticket.sudo()._move_to("replied")
        self.assertEqual(self.ticket.finding_ids, self.finding)

    def test_u7_1_a_new_round_proposes_in_the_place_of_what_was_overturned(self):
        self.overturn()
        self.ticket.sudo()._procedure_write({"complaint_state": "handling"})
        self.ticket.sudo()._move_to("replied")
        anew = self.ticket.finding_ids - self.finding
        self.assertEqual((anew.replaced_id, anew.state), (self.finding, "draft"))

    def test_u7_3_bars_end_with_the_finding_and_keep_their_history(self):
        bars = self.bars(self.finding)
        self.assertEqual(set(bars.mapped("state")), {"active"})
        self.overturn()
        self.assertEqual(set(bars.mapped("state")), {"lifted"})
        for bar in bars:
            self.assertIn("复核认定", bar.lift_reason)
            self.assertIn("复核认定", bar.message_ids[0].body)
        self.assertEqual(bars.lifted_by_id, self.manager)
        with self.assertRaisesRegex(UserError, "overturned"):
            bars.with_user(self.manager).action_restore("恢复")

    def test_u7_3_what_was_found_anew_bars_anew(self):
        self.overturn()
        action = self.finding.with_user(self.leader).action_find_anew()
        anew = self.finding.browse(action["res_id"]).with_user(self.clerk)
        anew.write({"conclusion": "upheld", "liable": "staff", "responsibility": "main"})
        with freeze_time(MAY):
            anew.action_confirm()
        self.assertEqual({str(one.period) for one in self.bars(anew)}, {"2026-05-01", "2026-01-01"})
        self.assertEqual(str(anew.accepted_month), MARCH[:7] + "-01")
