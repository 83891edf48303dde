from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..access_common import AccessCommon
from ..common import ComplaintCommon

FORM = "kaiyang_complaint.complaint_view_form"


@tagged("post_install", "-at_install")
class TestLetters(ComplaintCommon):
    def test_c1_4_letter_is_accepted_with_its_record(self):
        letter = self.accepted("letter")
        self.assertEqual(letter.complaint_state, "handling")
        self.assertEqual(letter.opened_by_ids, self.clerk + self.manager)

    def test_c1_4_acceptance_names_what_the_record_lacks(self):
        lacking = {
            "letter_source": "Received Through",
            "opened_at": "Opened",
            "page_count": "Pages",
        }
        for name, label in lacking.items():
            with self.subTest(missing=name):
                letter = self.new_complaint("letter", **{name: False})
                with self.assertRaisesRegex(UserError, label):
                    letter.action_accept()
                self.assertEqual((letter.complaint_state, letter.number), ("draft", "/"))

    def test_c1_4_two_people_open_it_not_one(self):
        for openers in (self.clerk.browse(), self.clerk):
            letter = self.new_complaint("letter", opened_by_ids=[Command.set(openers.ids)])
            with self.assertRaisesRegex(UserError, "two people"):
                letter.action_accept()
        letter.opened_by_ids += self.manager
        letter.action_accept()

    def test_c1_4_not_opened_in_the_future(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "future"):
            self.new_complaint("letter", opened_at=tomorrow).action_accept()

    def test_r5_1_3_signed_letter_needs_who_signed_it(self):
        letter = self.new_complaint("letter", partner_name=" ")
        with self.assertRaisesRegex(UserError, "who signed it"):
            letter.action_accept()
        letter.complainant_identity = "anonymous"
        letter.action_accept()

    def test_c1_4_form_of_a_letter_says_what_is_likely(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        with Form(tickets.with_context(complaint_channel="letter"), FORM) as form:
            self.assertEqual(form.opened_by_ids.ids, self.clerk.ids)
            self.assertTrue(form.opened_at)
            form.complainant_identity = "anonymous"
            self.assertEqual(form.staff_waiver, "anonymous_letter")
            form.complainant_identity = "named"
            self.assertFalse(form.staff_waiver)

    def test_p4_5_anonymity_costs_nothing_but_feedback(self):
        ticket = self.replied("letter", complainant_identity="anonymous", partner_name=False)
        values = {"ticket_id": ticket.id, "mode": "impossible"}
        self.env["complaint.feedback"].with_user(self.clerk).create(values).action_confirm()
        self.clear(ticket)
        ticket.action_close()
        self.assertEqual(ticket.complaint_state, "closed")

    def test_p4_5_named_complaints_come_first(self):
        anonymous = self.new_complaint("letter", complainant_identity="anonymous")
        named = self.new_complaint("letter")
        view = self.env.ref("kaiyang_complaint.complaint_view_list")
        arch = self.env["helpdesk.ticket"].with_user(self.clerk).get_view(view.id, "list")["arch"]
        self.assertIn('default_order="complainant_identity desc, due_at, accept_by', arch)
        found = self.env["helpdesk.ticket"].search(
            [("id", "in", (anonymous + named).ids)], order="complainant_identity desc, due_at"
        )
        self.assertEqual(found.mapped("complainant_identity"), ["named", "anonymous"])


@tagged("post_install", "-at_install")
class TestContacts(ComplaintCommon):
    def web(self, **vals):
        """Return what a website brings: nobody has contacted the complainant yet."""
        return self.new_complaint("web", **{"contact_ids": [], **vals})

    def contact(self, ticket, **vals):
        contacts = self.env["complaint.contact"].with_user(self.clerk)
        return contacts.create({"ticket_id": ticket.id, "note": "说明了情况。", **vals})

    def test_r5_1_4_first_contact_comes_before_acceptance(self):
        ticket = self.web()
        with self.assertRaisesRegex(UserError, "Contact the complainant first"):
            ticket.action_accept()
        self.assertEqual(ticket.number, "/")
        contact = self.contact(ticket)
        self.assertEqual((contact.contacted_by_id, contact.is_reached), (self.clerk, True))
        ticket.action_accept()
        self.assertNotEqual(ticket.number, "/")

    def test_r5_1_4_failed_attempt_counts_where_it_is_noted(self):
        ticket = self.web()
        with self.assertRaisesRegex(ValidationError, "Not reached"):
            self.contact(ticket, is_reached=False, note=" ")
        self.contact(ticket, is_reached=False, note="两次拨打，均无人接听。")
        ticket.action_accept()

    def test_r5_1_4_who_left_no_number_can_not_be_contacted(self):
        with self.assertRaisesRegex(ValidationError, "telephone number is on record"):
            self.contact(self.web(), how="impossible", note=False)
        ticket = self.web(complainant_phone=False, complainant_identity="anonymous")
        contact = self.contact(ticket, how="impossible", note=False)
        self.assertFalse(contact.is_reached)
        ticket.action_accept()

    def test_r5_1_4_contact_is_a_fact(self):
        ticket = self.web()
        with self.assertRaises(ValidationError):
            self.contact(ticket, contacted_at=fields.Datetime.now() + timedelta(hours=1))
        contact = self.contact(ticket)
        for change in (lambda: contact.write({"note": "伪造"}), contact.unlink):
            with self.assertRaises(AccessError):
                change()
        with self.assertRaises(UserError):
            self.contact(ticket, is_waiting=True)

    def test_r5_1_4_no_contact_with_a_case_that_has_ended(self):
        with self.assertRaisesRegex(UserError, "ended"):
            self.contact(self.closed())


@tagged("post_install", "-at_install")
class TestQuestions(ComplaintCommon):
    def incomplete(self, **vals):
        return self.new_complaint(window_id=False, service_item=False, **vals)

    def ask(self, ticket, user=None, **vals):
        """Ask for what is missing through the dialog."""
        action = ticket.action_ask_missing()
        contacts = self.env["complaint.contact"].with_user(user or self.clerk)
        with Form(contacts.with_context(**action["context"])) as form:
            for name, value in vals.items():
                form[name] = value
        return form.record

    def reminders(self, ticket):
        kind = self.env.ref("kaiyang_complaint.activity_missing_elements")
        return ticket.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def test_c2_dialog_lists_what_is_missing_and_offers_the_words(self):
        self.room.company_id.complaint_center_name = "某县政务服务中心"
        ticket = self.incomplete()
        action = ticket.action_ask_missing()
        contacts = self.env["complaint.contact"].with_user(self.clerk)
        with freeze_time("2026-11-20 02:00:00"):
            form = Form(contacts.with_context(**action["context"]))
            self.assertEqual(form.asked_label, "Window、Matter")
            self.assertEqual(str(form.answer_by), "2026-11-23")
            for words in ("某县政务服务中心投诉室", "1. 窗口号；2. 办理的事项", "11月23日前"):
                self.assertIn(words, form.words)

    def test_c2_what_was_asked_is_remembered_and_the_clerk_reminded(self):
        ticket = self.incomplete()
        contact = self.ask(ticket)
        self.assertEqual(contact.asked_elements, "window,matter")
        self.assertRegex(ticket.question, f"Window、Matter.*{contact.answer_by}")
        reminder = self.reminders(ticket)
        self.assertEqual(reminder.user_id, self.clerk)
        self.assertEqual(reminder.date_deadline, contact.answer_by)
        ticket.window_id = self.window
        self.assertTrue(contact.is_waiting, "the matter is still missing")
        self.assertEqual(contact.asked_elements, "window,matter")

    def test_c2_wait_ends_when_everything_has_come_in(self):
        ticket = self.incomplete()
        contact = self.ask(ticket)
        ticket.write({"window_id": self.window.id, "service_item": "转移登记"})
        self.assertFalse(contact.is_waiting)
        self.assertFalse(ticket.question)
        self.assertFalse(self.reminders(ticket))

    def test_c2_wait_for_the_name_ends_with_the_respondent(self):
        ticket = self.new_complaint(respondent_ids=[])
        contact = self.ask(ticket)
        people = self.env["complaint.respondent"].with_user(self.clerk)
        people.create({"ticket_id": ticket.id, "stated_name": "姓李的"})
        self.assertFalse(contact.is_waiting)

    def test_c2_wait_ends_with_the_refusal(self):
        ticket = self.incomplete()
        contact = self.ask(ticket)
        ticket.action_mark_invalid("无法补充")
        self.assertFalse(contact.is_waiting)
        self.assertFalse(self.reminders(ticket))

    def test_c2_question_asked_again_takes_the_place_of_the_earlier_one(self):
        ticket = self.incomplete()
        first = self.ask(ticket, is_reached=False, note="无人接听")
        later = fields.Date.today() + timedelta(days=5)
        second = self.ask(ticket, answer_by=later)
        self.assertEqual((first.is_waiting, second.is_waiting), (False, True))
        self.assertEqual(self.reminders(ticket).date_deadline, later)
        self.assertEqual(len(ticket.contact_ids), 2)

    def test_c2_late_answer_is_marked(self):
        with freeze_time("2026-11-20 02:00:00"):
            ticket = self.incomplete()
            self.ask(ticket)
            self.assertFalse(ticket.is_answer_late)
        ticket.invalidate_recordset()
        self.env["complaint.contact"].invalidate_model()
        with freeze_time("2026-11-24 02:00:00"):
            self.assertTrue(ticket.is_answer_late)

    def test_c2_reminds_the_clerk_in_charge_whoever_asks(self):
        ticket = self.incomplete()
        self.ask(ticket.with_user(self.manager), self.manager)
        self.assertEqual(self.reminders(ticket).user_id, self.clerk)

    def test_c2_nothing_is_asked_of_what_is_complete_or_accepted(self):
        for ticket in (self.new_complaint(), self.accepted()):
            with self.assertRaisesRegex(UserError, "lacks nothing"):
                ticket.action_ask_missing()
            with self.assertRaisesRegex(UserError, "lacks nothing"):
                self.env["complaint.contact"].with_user(self.clerk).create(
                    {"ticket_id": ticket.id, "purpose": "missing"}
                )

    def test_c2_question_to_the_website_is_its_first_contact(self):
        ticket = self.new_complaint("web", contact_ids=[], service_item=False)
        self.ask(ticket)
        ticket.service_item = "转移登记"
        ticket.action_accept()


@tagged("post_install", "-at_install")
class TestContactAccess(AccessCommon):
    def test_p4_5_contacts_are_seen_with_their_complaint(self):
        contacts = self.env["complaint.contact"]
        seen, hidden = contacts.create(
            [{"ticket_id": ticket.id} for ticket in (self.ticket, self.restricted)]
        )
        colleague = self.colleague
        self.assertEqual(contacts.with_user(colleague).search([]), seen)
        self.assertIn(hidden, contacts.with_user(self.leader).search([]))
        for stranger in (self.outsider, self.plain, self.portal, self.rep, self.public):
            with self.subTest(stranger.login), self.assertRaises(AccessError):
                contacts.with_user(stranger).search([])
        self.assertFalse(contacts.with_user(self.foreign_clerk).search([]))
        for reader in (self.leader, self.archivist):
            with self.assertRaises(AccessError):
                contacts.with_user(reader).create({"ticket_id": self.ticket.id})
        with self.assertRaises(AccessError):
            contacts.with_user(colleague).create({"ticket_id": self.restricted.id})
