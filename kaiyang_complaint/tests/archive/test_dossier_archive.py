"""Who archives what, under which number; what stands still after that (八)."""

import hashlib
from datetime import timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .dossier_common import PDF, DossierCommon

BAD_PATTERNS = (
    "档号",
    "{fonds}-{year}",
    "{sequence}",
    "{fond}{year}{sequence}",
    "{year",
    "{}",
    "{year}{sequence:>9999999}",
    "{year!r}-{sequence}",
    "{fonds.x}{year}{sequence}",
    "{fonds:04d}{year}{sequence}",
)
ACCESS = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestDossierArchive(DossierCommon):
    def number(self, dossier, sequence):
        code = {"permanent": "Y", "y30": "D30", "y10": "D10"}[dossier.retention]
        return f"X043-TS·{dossier.year}-{code}-{sequence:04d}"

    def test_a8_archived_with_number_file_and_hash(self):
        dossier = self.archived()
        self.assertEqual(dossier.state, "archived")
        self.assertEqual(dossier.ticket_id.complaint_state, "archived")
        self.assertEqual(dossier.number, self.number(dossier, dossier.sequence))
        self.assertEqual(dossier.attachment_id.raw, PDF)
        self.assertEqual(dossier.sha256, hashlib.sha256(PDF).hexdigest())
        self.assertEqual(dossier.archived_by_id, self.archivist)
        self.assertEqual(dossier.ticket_id.dossier_id, dossier)

    def test_a8_what_the_dossier_lacks_of_its_case_is_taken_in_when_it_is_archived(self):
        ticket = self.closed()
        items = self.dossier(ticket).item_ids
        papers = items.mapped("title")
        items[:1]._with_procedure().unlink()
        self.assertEqual(self.archived(ticket).item_ids.mapped("title"), papers)

    def test_a8_when_it_was_closed_stays_and_says_the_year(self):
        with freeze_time("2025-12-31 17:00:00"):  # 2026 on the wall of the centre
            ticket = self.closed()
            closed_date = ticket.closed_date
        dossier = self.archived(ticket)
        self.assertEqual(ticket.closed_date, closed_date)
        self.assertEqual(dossier.year, 2026)

    def test_a8_numbers_go_on_after_those_on_paper(self):
        self.centre.complaint_dossier_series = "year"
        with freeze_time("2031-03-02 02:00:00"):
            self.centre.write({"complaint_paper_year": 2031, "complaint_paper_numbers": 57})
            numbers = [self.archived().sequence for _case in range(2)]
        with freeze_time("2032-03-02 02:00:00"):
            numbers.append(self.archived().sequence)
        self.assertEqual(numbers, [58, 59, 1])

    def test_a8_numbers_of_a_year_have_no_gap(self):
        first = self.archived()
        failing = self.closed()
        with self.assertRaises(RuntimeError), self.env.cr.savepoint():
            self.archived(failing)
            raise RuntimeError
        self.env.invalidate_all()
        self.assertEqual(failing.complaint_state, "closed")
        self.assertEqual(self.archived().sequence, first.sequence + 1)

    def test_a8_each_year_and_each_centre_counts_for_itself(self):
        with freeze_time("2024-06-03 02:00:00"):
            old = self.closed()
        self.archived()
        dossier = self.archived(old)
        self.assertEqual((dossier.year, dossier.sequence), (2024, 1))

    def test_a8_numbers_of_a_retention_period_go_on_after_those_on_paper(self):
        self.centre.complaint_dossier_series = "retention"
        with freeze_time("2031-03-02 02:00:00"):
            self.centre.write(
                {"complaint_paper_year": 2031, "complaint_paper_y30": 57, "complaint_paper_y10": 9}
            )
            dossiers = [self.archived() for _case in range(2)]
        self.assertEqual([one.retention for one in dossiers], ["y30", "y30"])
        self.assertEqual([one.sequence for one in dossiers], [58, 59])

    def test_a8_new_archives_count_within_a_retention_period(self):
        """An archive of before keeps its way: what is stored is not touched."""
        company = self.env["res.company"].create({"name": "新设政务服务中心"})
        self.assertEqual(company.complaint_dossier_series, "retention")
        self.assertFalse(company._complaint_pattern_fault())

    def test_a8_dossiers_of_a_year_may_count_together(self):
        self.centre.complaint_dossier_series = "year"
        first = self.archived()
        ticket = self.closed()
        made = self.dossier(ticket)
        made.write({"retention": "permanent", "retention_reason": "重要"})
        self.assertEqual(self.archived(ticket).sequence, first.sequence + 1)

    def test_a8_retention_periods_count_for_themselves(self):
        self.centre.complaint_dossier_series = "retention"
        first = self.archived()
        ticket = self.closed()
        made = self.dossier(ticket)
        made.write({"retention": "permanent", "retention_reason": "重要"})
        self.assertEqual(self.archived(ticket).sequence, 1)
        self.assertEqual(self.archived().sequence, first.sequence + 1)

    def test_a8_a_pattern_that_makes_doubles_is_refused_when_set(self):
        for bad in BAD_PATTERNS:
            with self.subTest(bad), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.centre.complaint_number_pattern = bad
        self.centre.complaint_dossier_series = "year"
        self.centre.complaint_number_pattern = "{year}年第{sequence}号"
        self.assertRegex(self.archived().number, r"^\d{4}年第\d+号$")
        with self.assertRaises(ValidationError):
            self.centre.complaint_dossier_series = "retention"

    def test_a8_settings_show_an_example_at_once(self):
        self.centre.complaint_dossier_series = "year"
        settings = self.env["complaint.settings"].new({"complaint_fonds_code": "Q001"})
        settings.complaint_number_pattern = "{fonds}/{year}/{sequence:03d}"
        self.assertRegex(settings.complaint_number_example, r"^Q001/\d{4}/001$")

    def test_a8_without_a_code_of_the_fonds_nothing_is_numbered(self):
        self.centre.complaint_fonds_code = False
        with self.assertRaisesRegex(UserError, "code of the fonds"):
            self.archived()

    # --- incomplete -----------------------------------------------------------------------------

    def incomplete(self):
        ticket = self.closed()
        ticket.feedback_ids.sudo()._procedure_write({"satisfaction": False})
        return ticket

    def test_a8_incomplete_is_refused_and_says_why(self):
        ticket = self.incomplete()
        with self.assertRaisesRegex(UserError, "how satisfied"):
            self.archived(ticket)
        with self.assertRaisesRegex(UserError, "how satisfied"):
            self.archived(ticket, reason="算了")
        self.assertEqual(ticket.complaint_state, "closed")

    def test_a8_a_manager_archives_what_is_incomplete_with_a_reason(self):
        ticket = self.incomplete()
        with self.papers_left_blank():
            dialog = ticket.with_user(self.manager).action_archive_dossier()
            self.assertEqual(dialog["res_model"], "complaint.reason.wizard")
            wizard = self.env[dialog["res_model"]].with_user(self.manager)
            wizard = wizard.with_context(**dialog["context"])
            wizard.create({"reason": "投诉人已失联"}).action_confirm()
        dossier = ticket.dossier_id
        self.assertEqual((dossier.state, dossier.gaps_reason), ("archived", "投诉人已失联"))
        self.assertIn("how satisfied", dossier.gaps)

    # --- who ------------------------------------------------------------------------------------

    @mute_logger(*ACCESS)
    def test_a8_archivists_and_managers_archive_nobody_else(self):
        for user in (self.clerk, self.leader, self.director, self.outsider, self.rep):
            with self.subTest(user=user.login):
                ticket = self.closed()
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.archived(ticket, user)
                self.assertEqual(ticket.complaint_state, "closed")
        self.assertEqual(self.archived(user=self.manager).state, "archived")

    @mute_logger(*ACCESS)
    def test_u7_5_restricted_cases_are_archived_by_those_who_read_them(self):
        tickets = self.closed() + self.closed()
        tickets.sudo()._procedure_write({"is_discipline_matter": True, "user_id": self.clerk.id})
        self.assertEqual(tickets.mapped("is_restricted"), [True, True])
        for user in (self.archivist, self.manager, self.outsider, self.rep):
            with (
                self.subTest(user=user.login),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                self.archived(tickets[0], user)
        self.assertEqual(self.archived(tickets[0], self.clerk).state, "archived")
        dossier = self.archived(tickets[1], self.leader)
        for user in (self.archivist, self.manager):
            self.assertFalse(dossier.with_user(user).has_access("read"))

    @mute_logger(*ACCESS)
    def test_a8_dossiers_are_read_as_their_case(self):
        dossier = self.archived()
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertTrue(dossier.with_user(user).has_access("read"), user.login)
            self.assertTrue(dossier.item_ids.with_user(user).has_access("read"), user.login)
        for user in (self.outsider, self.rep):
            self.assertFalse(dossier.with_user(user).has_access("read"), user.login)
            self.assertFalse(dossier.item_ids.with_user(user).has_access("read"), user.login)
            self.assertFalse(dossier.attachment_id.with_user(user).has_access("read"))

    def test_a8_only_closed_cases_are_archived(self):
        for ticket in (self.accepted(), self.fed_back()):
            with self.assertRaises(UserError):
                ticket.with_user(self.manager).action_archive_dossier()
        invalid = self.new_complaint()
        invalid.action_mark_invalid("无理投诉", "unreasonable")
        with self.assertRaises(UserError):
            invalid.with_user(self.manager).action_archive_dossier()

    def test_a8_no_card_is_dragged_into_the_archive(self):
        ticket = self.closed()
        archived = self.env.ref("kaiyang_complaint.stage_archived")
        with self.assertRaises(UserError):
            ticket.with_user(self.manager).stage_id = archived

    # --- another volume ---------------------------------------------------------------------------

    def handled_again(self, ticket):
        """Reopen a case, and let it go its way once more."""
        with freeze_time(ticket.closed_date + timedelta(hours=1)):
            ticket.with_user(self.manager).action_reopen("投诉人补充了新证据")
            self.look_through(ticket)
            ticket.action_forward()
            slip = ticket.slip_ids.filtered(lambda one: one.state == "sent")
            slip.with_user(self.rep).action_receive()
            slip.with_user(self.rep).action_reply(self.reply_values())
            slip.action_accept_reply(self.CONSIDERED)
            self.told(ticket)
            self.clear(ticket)
            ticket.action_close()

    def test_a8_a_reopened_case_gets_another_volume(self):
        first = self.archived()
        ticket = first.ticket_id.with_user(self.clerk)
        self.handled_again(ticket)
        second = self.dossier(ticket)
        self.assertEqual((second.volume, second.state), (2, "draft"))
        self.assertTrue(second.name.endswith("（续卷1）"))
        self.assertIn("回访录音：回访", second.item_ids.mapped("title"))
        self.assertIn("电话投诉举报登记表", second.item_ids.mapped("title"))
        self.assertEqual(self.archived(ticket), second)
        self.assertEqual((ticket.dossier_id, ticket.dossier_ids), (second, first | second))
        self.assertEqual(second.sequence, first.sequence + 1)

    def test_a8_a_reopening_leaves_the_volume_as_it_is(self):
        first = self.archived()
        kept = self.stored(first), self.stored(first.item_ids)
        ticket = first.ticket_id.with_user(self.clerk)
        self.handled_again(ticket)
        self.dossier(ticket)
        self.assertEqual((self.stored(first), self.stored(first.item_ids)), kept)

    def test_a8_the_archive_reads_its_volume_while_the_case_is_handled_again(self):
        first = self.archived()
        first.ticket_id.with_user(self.manager).action_reopen("新证据")
        self.assertTrue(first.has_access("read") and first.item_ids.has_access("read"))
        self.assertFalse(first.ticket_id.has_access("read"))
        self.assertEqual(first.attachment_id.raw, PDF)

    def stored(self, records):
        self.env.flush_all()
        records.invalidate_recordset()
        names = [name for name, field in records._fields.items() if field.store]
        return records.sudo().read(names)
