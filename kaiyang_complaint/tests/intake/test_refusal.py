from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..access.file_contents import scan
from ..common import GROUP
from .refusal_common import CHAT, FILE_NAME, MATTER, NAME, QUIET, SECRETS, RefusalCommon


@tagged("post_install", "-at_install")
class TestRefusal(RefusalCommon):
    # --- nothing is kept ------------------------------------------------------------------------

    def test_p4_2_nothing_of_the_draft_is_left_anywhere(self):
        ticket = self.out_of_scope()
        found = self.traces(*SECRETS)
        for place in (
            "helpdesk_ticket.description",
            "mail_message.body",
            "mail_mail.body_html",
            "mail_activity.summary",
            "mail_tracking_value.old_value_text",
            "ir_attachment.index_content",
            "mail_compose_message.body",
            "mail_scheduled_message.body",
            "bus_bus.message",
            "complaint_respondent.stated_name",
        ):
            self.assertIn(place, found, "were it not there before, its absence would prove nothing")
        self.refuse(ticket)
        self.assertFalse(self.traces(*SECRETS))
        self.assertFalse(ticket.exists())

    def test_p4_2_no_row_points_at_the_draft(self):
        ticket = self.out_of_scope()
        self.refuse(ticket)
        for model, field in (
            ("mail.message", "model"),
            ("mail.followers", "res_model"),
            ("mail.activity", "res_model"),
            ("ir.attachment", "res_model"),
        ):
            domain = [(field, "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
            found = self.env[model].with_context(active_test=False).search_count(domain)
            self.assertFalse(found, model)

    def test_p4_2_files_are_on_their_way_out_of_the_store(self):
        ticket = self.out_of_scope()
        attachments = self.env["ir.attachment"].search([("name", "=", FILE_NAME)])
        self.assertEqual(len(attachments), 4)
        stored = attachments[0].store_fname
        signature = self.env["ir.attachment"].search(
            [("res_field", "=", "complainant_signature"), ("res_id", "=", ticket.id)]
        )
        self.assertTrue(signature)
        self.refuse(ticket)
        self.assertFalse((attachments + signature).exists())
        self.assertFalse(self.traces(stored), "the checksum is the name in the store")
        waiting = Path(self.env["ir.attachment"]._full_path("checklist")) / stored
        self.assertTrue(waiting.exists())

    def test_p4_2_what_belongs_to_others_stays(self):
        other = self.new_complaint()
        message = other.message_post(body="另一件")
        activity = other.activity_schedule("mail.mail_activity_data_todo", summary="另一件")
        values = {"name": "b", "raw": scan(b"b")}
        files = self.env["ir.attachment"].create(
            [
                {**values, "res_model": other._name, "res_id": other.id},
                {**values, "res_model": "res.partner", "res_id": self.clerk.partner_id.id},
                {**values, "res_model": "helpdesk.ticket"},
            ]
        )
        ticket = self.new_complaint()
        ticket.sudo().signed_form_ids = files
        other.sudo().signed_form_ids = files[2]
        self.refuse(ticket)
        self.assertEqual((message + activity.create_uid.partner_id.message_ids)[:1], message)
        self.assertTrue(message.exists() and activity.exists() and other.exists())
        self.assertEqual(files.exists(), files)

    def test_p4_2_what_others_put_beside_the_draft_goes_and_they_stay(self):
        first, later = self.accepted(), self.new_complaint()
        ticket = self.new_complaint("web", partner_name=NAME, service_item=MATTER)
        ticket.contact_ids.create({"ticket_id": ticket.id, "note": CHAT, "is_reached": True})
        ticket.action_same_matter(first.id)
        later.action_same_matter(ticket.id)
        self.refuse(ticket)
        self.assertFalse(self.traces(NAME, MATTER, CHAT))
        self.assertEqual(later.duplicate_id, first)

    def test_p4_2_no_number_is_drawn_and_no_limit_runs(self):
        first = self.accepted()
        self.refuse(self.new_complaint())
        self.assertEqual(int(self.accepted().number[-4:]), int(first.number[-4:]) + 1)

    # --- who may, and when ----------------------------------------------------------------------

    def test_p4_2_the_dialog_asks_where_to(self):
        ticket = self.new_complaint()
        action = ticket.action_refuse_out_of_scope()
        self.assertTrue(ticket.exists(), "asking refuses nothing")
        dialogs = self.env[action["res_model"]].with_user(self.clerk)
        with Form(dialogs.with_context(**action["context"])) as form:
            form.authority_id = self.housing
            self.assertEqual(form.phone, "0851-87254077")
            self.assertEqual(form.address, "开州大道 88 号")
        shown = form.save().action_confirm()
        self.assertFalse(ticket.exists())
        self.assertEqual(shown["target"], "main")
        self.assertEqual(self.entries.browse(shown["res_id"]).authority_id, self.housing)

    def test_p4_2_the_authority_is_found_by_what_the_caller_speaks_of(self):
        found = self.env["complaint.authority"].with_user(self.clerk).name_search("升降梯")
        self.assertEqual(found, [(self.housing.id, self.housing.name)])

    @mute_logger(*QUIET)
    def test_p4_2_the_directory_is_kept_by_managers(self):
        directory = self.env["complaint.authority"]
        directory.with_user(self.manager).name_create("某县教育局")
        with self.assertRaises(AccessError):
            directory.with_user(self.clerk).name_create("某县司法局")
        with self.assertRaises(AccessError):
            directory.with_user(self.rep).search([])

    @mute_logger(*QUIET)
    def test_p4_2_only_those_refuse_who_may_change_the_draft(self):
        ticket = self.new_complaint()
        for user in (self.leader, self.director, self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                model = self.env["helpdesk.ticket"].with_user(user)
                call_kw(model, "action_refuse_out_of_scope", [ticket.ids, self.housing.id], {})
        self.assertTrue(ticket.exists())
        self.refuse(ticket, user=self.manager)
        self.assertFalse(ticket.exists())

    @mute_logger(*QUIET)
    def test_p4_2_no_restricted_draft_of_a_colleague(self):
        restricted = self.new_complaint(is_discipline_matter=True)
        colleague = new_test_user(self.env, "kc_colleague", GROUP + "clerk")
        for user in (colleague, self.manager):
            with self.assertRaises(AccessError):
                self.refuse(restricted, user=user)
        self.assertTrue(restricted.exists())

    def test_p4_2_no_registered_complaint(self):
        invalid = self.new_complaint()
        invalid.action_mark_invalid("无理取闹")
        for ticket in (self.accepted(), self.closed(), invalid):
            with self.subTest(state=ticket.complaint_state), self.assertRaises(UserError):
                self.refuse(ticket)
            self.assertTrue(ticket.exists())

    def test_p4_2_no_drag_and_no_ordinary_ticket(self):
        ticket = self.new_complaint()
        self.env["helpdesk.ticket.team"].create({"name": "IT"})
        for stage in self.env["helpdesk.ticket.stage"].search([]) - ticket.stage_id:
            if stage.complaint_state != "accepted":
                with self.assertRaises(UserError):
                    ticket.stage_id = stage
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ordinary = self.env["helpdesk.ticket"].create(
            {"name": "Printer", "description": "<p>x</p>", "team_id": team.id}
        )
        with self.assertRaises(UserError):
            ordinary.action_refuse_out_of_scope(self.housing.id)
        self.assertTrue(ordinary.exists())

    def test_p4_2_a_wrong_authority_changes_nothing(self):
        ticket = self.new_complaint()
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        foreign = self.housing.copy({"company_id": abroad.id})
        gone = self.housing.copy({"name": "旧局"})
        gone.unlink()
        for authority in (foreign, gone):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.refuse(ticket, authority)
        self.assertTrue(ticket.exists())
        self.assertFalse(self.entries.search_count([("user_id", "=", self.clerk.id)]))

    def test_p4_2_an_authority_people_were_sent_to_is_archived_not_deleted(self):
        self.refuse(self.new_complaint())
        self.housing.with_user(self.manager).active = False
        self.assertEqual(self.entries.search([], limit=1).authority_id, self.housing)
