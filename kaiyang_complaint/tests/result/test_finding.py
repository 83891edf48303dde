from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...report.intake.registration_form import RegistrationSheet
from .finding_common import APRIL, MARCH, QUIET, FindingCommon


@tagged("post_install", "-at_install")
class TestFinding(FindingCommon):
    """What came out against each respondent: proposed, corrected, confirmed (七.1)."""

    def test_u7_1_findings_are_proposed_once_the_reply_is_accepted(self):
        finding = self.proposed()
        self.assertEqual(finding.state, "draft")
        self.assertEqual(
            (finding.staff_id, finding.window_id, finding.unit_id),
            (self.staff, self.window, self.unit),
        )
        self.assertEqual(finding.representative_id, self.representative)
        self.assertEqual((finding.conclusion, finding.liable), ("upheld", "staff"))
        self.assertEqual((finding.responsibility, finding.conduct_id), ("main", self.conduct))
        self.assertEqual(finding.facts, "经查，情况属实。")
        self.assertFalse(finding.is_counted)

    def test_u7_1_nothing_upheld_is_proposed_where_nobody_took_responsibility(self):
        with freeze_time(MARCH):
            ticket = self.accepted()
            slip = ticket.slip_ids.with_user(self.rep)
            slip.action_receive()
            slip.action_reply(self.reply_values(responsibility="none"))
            ticket.slip_ids.action_accept_reply(self.CONSIDERED)
            finding = ticket.finding_ids
            self.assertEqual((finding.conclusion, finding.liable), ("not_upheld", False))
            finding.action_confirm()
        self.assertEqual((finding.state, finding.is_counted), ("confirmed", False))

    def test_u7_1_findings_are_proposed_where_it_was_settled_on_the_spot(self):
        ticket = self.accepted("onsite")
        self.assertFalse(ticket.finding_ids)
        ticket._with_procedure()._move_to("fed_back", settled_on_spot=True)
        self.assertEqual(ticket.finding_ids.mapped("conclusion"), [False])

    def test_u7_1_each_respondent_has_a_finding_of_their_own(self):
        colleague = self.of_staff("周志远")
        people = [Command.create({"staff_id": one.id}) for one in (self.staff, colleague)]
        findings = self.proposed(respondent_ids=people)
        self.assertEqual(findings.staff_id, self.staff + colleague)
        findings[0].conclusion = "not_upheld"
        findings.action_confirm()
        self.assertEqual(findings.mapped("is_counted"), [False, True])
        self.assertTrue(findings.ticket_id._outcome().is_upheld())

    def test_u7_1_upheld_demands_facts_item_responsibility_and_fault(self):
        finding = self.proposed(conduct_ids=False)
        finding.write({"facts": " ", "liable": False, "responsibility": False})
        with self.assertRaisesRegex(UserError, "Facts Found、.*Item、Responsibility、Liable"):
            finding.action_confirm()
        self.assertEqual(finding.state, "draft")
        finding.conclusion = False
        with self.assertRaisesRegex(UserError, "Conclusion"):
            finding.action_confirm()

    def test_u7_1_an_unknown_person_is_not_found_at_fault(self):
        finding = self.proposed(respondent_ids=[Command.create({"stated_name": "戴眼镜的"})])
        self.assertEqual(finding.liable, "staff")
        with self.assertRaisesRegex(UserError, "nobody we know"):
            finding.action_confirm()
        finding.staff_id = self.staff
        finding.action_confirm()
        self.assertTrue(finding.is_counted)

    def test_u7_1_nobody_is_put_in_the_place_of_who_was_complained_about(self):
        with self.assertRaises(ValidationError):
            self.proposed().staff_id = self.other_staff
        finding = self.proposed()
        other = self.proposed()
        with self.assertRaises(UserError):
            finding.respondent_id = other.respondent_id

    def test_u7_1_nothing_is_found_before_it_was_looked_into(self):
        ticket = self.accepted()
        values = {"ticket_id": ticket.id, "respondent_id": ticket.respondent_ids.id}
        finding = self.env["complaint.finding"].with_user(self.clerk).create(values)
        finding.conclusion = "not_upheld"
        with self.assertRaisesRegex(UserError, "still being looked into"):
            finding.action_confirm()
        draft = self.new_complaint()
        values = {"ticket_id": draft.id, "respondent_id": draft.respondent_ids.id}
        with self.assertRaisesRegex(UserError, "not accepted"):
            self.env["complaint.finding"].with_user(self.clerk).create(values)

    def test_u7_1_months_are_those_of_the_hall(self):
        """At 23:59 of the last day in Shanghai it is the old month, a minute later the new one."""
        old = self.confirmed("2026-03-31 15:59:59")
        new = self.confirmed("2026-03-31 16:00:00")
        self.assertEqual(
            [str(day) for day in (old.accepted_month, old.confirmed_month)], ["2026-03-01"] * 2
        )
        self.assertEqual(
            [str(day) for day in (new.accepted_month, new.confirmed_month)], ["2026-04-01"] * 2
        )
        self.assertEqual(str(self.confirmed("2026-12-31 16:00:00").confirmed_month), "2027-01-01")

    def test_u7_1_what_was_true_at_acceptance_stays(self):
        finding = self.proposed()
        self.staff.window_id = self.other_window
        self.window.unit_id = self.other_unit
        self.representative.active = False
        with freeze_time(APRIL):
            finding.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((finding.window_id, finding.unit_id), (self.window, self.unit))
        self.assertEqual(finding.representative_id, self.representative)

    def test_u7_1_the_representative_is_who_was_in_office_then(self):
        self.representative.write({"date_from": "2026-01-01", "date_to": "2026-03-10"})
        successor = self.env["complaint.representative"].create(
            {"user_id": self.other_rep.id, "unit_id": self.unit.id, "date_from": "2026-03-11"}
        )
        with freeze_time(MARCH):
            ticket = self.accepted()
        with freeze_time(APRIL):
            self.representative.active = False
            self.env["complaint.finding"]._propose(ticket)
        self.assertEqual(ticket.finding_ids.representative_id, self.representative)
        self.assertNotEqual(ticket.finding_ids.representative_id, successor)

    def test_u7_1_what_was_confirmed_stands_still(self):
        finding = self.confirmed()
        for values in ({"conclusion": "not_upheld"}, {"facts": "x"}, {"staff_id": False}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                finding.write(values)
        with self.assertRaises(UserError):
            finding.action_confirm()
        with self.assertRaises(UserError):
            finding.unlink()

    def test_u7_1_whom_it_is_about_stays_a_party(self):
        finding = self.confirmed().with_user(self.clerk)
        person, ticket = finding.respondent_id, finding.ticket_id
        other = self.of_staff("周志远")
        for change in (
            person.unlink,
            lambda: ticket.write({"respondent_ids": [Command.delete(person.id)]}),
            lambda: person.write({"staff_id": other.id}),
            lambda: ticket.write({"respondent_ids": [Command.clear()]}),
        ):
            with self.assertRaisesRegex(UserError, "stay a party"), self.env.cr.savepoint():
                change()
        self.assertTrue(self.bars(finding, state="active"))
        finding.with_user(self.manager).action_overturn("申诉成立。")
        with self.assertRaisesRegex(UserError, "stay a party"), self.env.cr.savepoint():
            person.unlink()
        self.assertTrue(finding.exists() and self.bars(finding, state="lifted"))

    def test_u7_1_a_respondent_without_a_finding_may_go(self):
        finding = self.proposed().with_user(self.clerk)
        finding.respondent_id.unlink()
        self.assertFalse(finding.exists())

    def test_u7_1_only_verbs_write_what_the_procedure_says(self):
        finding = self.proposed()
        for values in (
            {"state": "confirmed"},
            {"confirmed_at": MARCH},
            {"is_counted": True},
            {"confirmed_month": "2026-03-01"},
            {"replaced_id": finding.id},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                call_kw(finding.with_user(self.manager), "write", [finding.ids, values], {})
        values = {"ticket_id": finding.ticket_id.id, "respondent_id": finding.respondent_id.id}
        with self.assertRaises(UserError):
            finding.create({**values, "state": "confirmed"})

    def test_u7_1_one_finding_a_respondent_stands(self):
        finding = self.proposed()
        values = {"ticket_id": finding.ticket_id.id, "respondent_id": finding.respondent_id.id}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            finding.create(values)

    def test_u7_1_all_of_a_complaint_are_confirmed_at_once_or_none(self):
        colleague = self.of_staff("周志远")
        people = [Command.create({"staff_id": one.id}) for one in (self.staff, colleague)]
        findings = self.proposed(respondent_ids=people)
        findings[1].facts = False
        ticket = findings.ticket_id
        with self.assertRaisesRegex(UserError, "周志远"):
            ticket.action_confirm_findings()
        self.assertEqual(set(findings.mapped("state")), {"draft"})
        findings[1].facts = "属实"
        ticket.action_confirm_findings()
        self.assertEqual(set(findings.mapped("state")), {"confirmed"})
        self.assertFalse(ticket.can_confirm_findings)

    def test_u7_1_the_registration_form_shows_what_was_found(self):
        finding = self.confirmed()
        sheet = RegistrationSheet(finding.ticket_id)
        self.assertEqual(sheet.judged["verdict"], "upheld")
        self.assertEqual(sheet.judged["responsibility"], "staff")
        self.assertEqual(
            sheet.found(sheet.standing_findings),
            "T12 李晓梅：成立，窗口人员，主要责任。"
            "纳入2026年3月考核通报，当月不得参加评比，年度内不得参加“优秀”评比。",
        )
        finding.with_user(self.manager).action_overturn("复核")
        self.assertFalse(sheet.standing_findings)
        self.assertEqual(sheet.judged["verdict"], "not_upheld")

    def test_u7_1_findings_to_confirm_wait_on_my_day(self):
        self.proposed()
        tiles = self.env["helpdesk.ticket.team"].with_user(self.clerk).complaint_tiles()["tiles"]
        self.assertTrue(next(one["count"] for one in tiles if one["key"] == "findings"))

    def test_u7_1_names_tell_neither_case_nor_complainant(self):
        finding = self.confirmed()
        self.assertIn("李晓梅", finding.display_name)
        for word in (finding.ticket_id.number, "王小明"):
            self.assertNotIn(word, finding.display_name)

    def test_u7_1_findings_are_confirmed_before_a_complaint_is_closed(self):
        with freeze_time(MARCH):
            ticket = self.fed_back()
            with self.assertRaisesRegex(UserError, "Findings not confirmed yet: .*李晓梅"):
                ticket.action_close()
            self.assertEqual(ticket.complaint_state, "fed_back")
            ticket.finding_ids.conduct_id = self.conduct
            ticket.finding_ids.action_confirm()
            ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")
        self.assertNotIn("findings", ticket.archive_gap_codes or "")

    def test_u7_1_who_reads_and_who_confirms(self):
        finding = self.proposed()
        for user in (self.leader, self.director):
            self.assertTrue(finding.with_user(user).has_access("read"))
            with self.assertRaises(AccessError), mute_logger(*QUIET):
                finding.with_user(user).action_confirm()
        for user in (self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), mute_logger(*QUIET):
                with self.assertRaises(AccessError):
                    finding.with_user(user).read(["facts"])
                with self.assertRaises(AccessError):
                    call_kw(finding.with_user(user), "action_confirm", [finding.ids], {})
        self.assertEqual(finding.state, "draft")

    def test_u7_5_findings_of_restricted_cases_are_read_as_the_case(self):
        finding = self.confirmed()
        finding.ticket_id.with_user(self.clerk).action_restrict("疑似违纪")
        for user in (self.manager, self.archivist, self.outsider):
            self.assertFalse(finding.with_user(user).has_access("read"))
        self.assertTrue(finding.with_user(self.leader).has_access("read"))
