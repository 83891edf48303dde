"""What keeps a case from being archived, one by one, and what mends it (八)."""

import base64

from odoo.tests import tagged

from ...models.archive.archive_gaps import ArchiveGaps
from .dossier_common import DossierCommon


@tagged("post_install", "-at_install")
class TestDossierGaps(DossierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.closed()

    def broken(self, records, **vals):
        """Return what is missing once something of the case is otherwise than it should be."""
        records.sudo()._procedure_write(vals)
        return self.codes()

    def codes(self):
        self.env.flush_all()
        codes = self.ticket.archive_gap_codes or ""
        sentences = ArchiveGaps(self.ticket.with_user(self.archivist).sudo()).sentences()
        self.assertEqual(len(sentences), len(codes.split(",")) if codes else 0)
        return codes

    def channel(self, code):
        return self.env.ref(f"kaiyang_complaint.channel_{code}").id

    def test_a8_a_case_well_kept_lacks_nothing(self):
        self.assertEqual(self.codes(), "")

    def test_a8_a_case_under_way_is_closed_first(self):
        self.assertEqual(len(ArchiveGaps(self.replied().sudo()).sentences()), 1)
        ordinary = self.env["helpdesk.ticket"].create({"name": "x", "description": "x"})
        self.assertEqual(ArchiveGaps(ordinary.sudo()).sentences(), [])

    def test_a8_feedback_is_on_record(self):
        self.assertIn("feedback", self.broken(self.ticket.feedback_ids, confirmed_at=False))

    def test_a8_satisfaction_was_asked(self):
        self.assertEqual(self.broken(self.ticket.feedback_ids, satisfaction=False), "satisfaction")

    def test_a8_an_onsite_form_is_signed(self):
        self.assertEqual(self.broken(self.ticket, channel_id=self.channel("onsite")), "signature")

    def test_a8_a_letter_is_scanned(self):
        self.assertEqual(self.broken(self.ticket, channel_id=self.channel("letter")), "letter")

    def test_a8_a_recording_that_was_begun_is_there(self):
        begun = {"announced_at": self.ticket.received_at, "no_recording_reason": False}
        self.assertEqual(self.broken(self.ticket, **begun), "recording")

    def test_a8_every_slip_is_answered(self):
        self.assertEqual(self.broken(self.ticket.slip_ids, state="received"), "slips")
        self.assertIn(self.ticket.slip_ids.name, ArchiveGaps(self.ticket.sudo()).sentences()[0])

    def test_a8_every_request_is_decided(self):
        approval = self.env["complaint.approval"].sudo()._with_procedure()
        approval.create(
            {
                "ticket_id": self.ticket.id,
                "kind": "instruction",
                "request": "?",
                "role": "leader",
                "requested_by_id": self.clerk.id,
                "requested_at": self.ticket.accepted_at,
            }
        )
        self.assertEqual(self.codes(), "approvals")

    def test_a8_every_meeting_has_minutes(self):
        self.ticket.sudo()._procedure_write(
            {"complaint_class": "major", "complaint_state": "handling"}
        )
        meeting = self.env["complaint.meeting"].sudo()._with_procedure()
        meeting = meeting.create({"ticket_id": self.ticket.id})
        self.ticket.sudo()._procedure_write({"complaint_state": "closed"})
        self.assertEqual(self.codes(), "drafts")
        held = {
            "state": "held",
            **dict.fromkeys(("held_at", "recorded_at"), self.ticket.closed_date),
        }
        self.assertEqual(self.broken(meeting, **held), "minutes")
        self.assertEqual(self.broken(meeting, minutes="已议定"), "")

    def test_a8_minutes_of_one_meeting_are_not_those_of_another(self):
        held = {
            "ticket_id": self.ticket.id,
            "state": "held",
            **dict.fromkeys(("held_at", "recorded_at"), self.ticket.closed_date),
        }
        case = self.ticket.sudo()
        case._procedure_write({"complaint_class": "major", "complaint_state": "handling"})
        self.env["complaint.meeting"].sudo()._with_procedure().create([held, held])
        case._procedure_write({"complaint_state": "closed"})
        dossier = self.dossier(self.ticket)
        for count, missing in ((1, "minutes"), (2, "")):
            values = {"title": f"纪要{count}", "mends": "minutes"}
            dossier._add_file("纪要.pdf", base64.b64encode(b"%d" % count), values)
            self.assertEqual(self.codes(), missing)

    def test_a8_a_letter_waits_for_the_answer_it_asks_for(self):
        letter = self.env["complaint.letter"].sudo()._with_procedure()
        letter = letter.create({"ticket_id": self.ticket.id, "kind": "other", "state": "sent"})
        self.assertEqual(self.codes(), "")
        self.assertEqual(self.broken(letter, answer_by=self.ticket.closed_date), "letters")
        sent_at = self.ticket.closed_date
        letter._procedure_write({"sent_at": sent_at})
        answer = {"answer": "已整改", "answered_at": sent_at}
        letter.with_user(self.clerk).action_record_answer(answer)
        self.assertEqual(self.codes(), "")

    def test_a8_every_referral_is_answered(self):
        referral = self.env["complaint.referral"].sudo()._with_procedure()
        self.ticket.sudo()._procedure_write({"complaint_state": "handling"})
        referral = referral.create({"ticket_id": self.ticket.id, "kind": "outside"})
        referral._procedure_write({"state": "sent", "unit_answers_itself": False})
        self.ticket.sudo()._procedure_write({"complaint_state": "closed"})
        self.assertEqual(self.codes(), "referrals")
        self.assertEqual(self.broken(referral, unit_answers_itself=True), "")

    def test_a8_nothing_is_left_behind(self):
        self.assertEqual(self.broken(self.ticket.slip_ids, state="draft"), "drafts")
        self.assertIn(
            self.ticket.slip_ids.display_name, ArchiveGaps(self.ticket.sudo()).sentences()[0]
        )

    def test_a8_the_archivist_mends_what_a_paper_can_mend(self):
        dossier = self.dossier(self.ticket)
        self.broken(self.ticket, channel_id=self.channel("onsite"))
        self.assertFalse(dossier.is_complete)
        values = {"title": "签字登记表", "mends": "signature"}
        item = dossier._add_file("签字.pdf", base64.b64encode(b"signed"), values)
        self.assertTrue(dossier.is_complete)
        self.assertEqual(self.codes(), "")
        item.action_leave_out("不清晰")
        self.assertEqual(self.codes(), "signature")

    def test_a8_lists_find_the_complete_and_the_incomplete(self):
        dossier = self.dossier(self.ticket)
        archived = self.archived()
        both = [("id", "in", (dossier + archived).ids)]
        dossiers = self.env["complaint.dossier"].with_user(self.archivist)
        complete = [("is_complete", "=", True)]
        self.assertEqual(dossiers.search(both + complete), archived + dossier)
        self.broken(self.ticket, channel_id=self.channel("onsite"))
        self.assertEqual(dossiers.search(both + complete), archived)
        self.assertEqual(dossiers.search([*both, ("is_complete", "=", False)]), dossier)

    def test_a8_hundreds_are_checked_without_a_query_each(self):
        tickets = self.ticket + self.closed() + self.closed()
        self.env.flush_all()
        self.env.invalidate_all()
        ArchiveGaps(self.ticket.with_user(self.archivist).sudo()).sentences()
        self.env.invalidate_all()
        ArchiveGaps(tickets[0].with_prefetch(tickets.ids).sudo()).sentences()
        with self.assertQueryCount(0):
            for ticket in tickets.with_prefetch(tickets.ids)[1:]:
                ArchiveGaps(ticket.sudo()).sentences()
