from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..common import GROUP
from .extension_common import IN_TIME, LATE, ExtensionCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestExtension(ExtensionCommon):
    # --- the rules ---------------------------------------------------------------------------

    def test_t6_3_limit_counts_from_acceptance_and_the_old_one_stays_on_record(self):
        self.assertEqual(self.local_due(), "2026-05-14 17:00")
        old = self.ticket._running("handling")
        extension = self.requested(limit_days=7)
        self.assertEqual(self.local_due(), "2026-05-14 17:00")
        extension.approval_id.with_user(self.leader).action_approve("抓紧办理。")
        self.assertEqual(extension.state, "granted")
        self.assertEqual(self.local_due(), "2026-05-20 17:00")
        self.assertEqual((old.state, old.limit_days), ("cancelled", 3))
        new = extension.deadline_id
        self.assertEqual((new.start_date, new.limit_days), (old.start_date, 7))
        self.assertEqual(extension.instruction, "抓紧办理。")
        self.assertIn("2026-05-20", self.ticket.message_ids[0].body)

    def test_t6_3_form_shows_the_new_date_before_asking(self):
        action = self.ticket.with_user(self.clerk).action_extend()
        extensions = self.env["complaint.extension"].with_user(self.clerk)
        with Form(extensions.with_context(**action["context"])) as form:
            self.assertEqual(form.limit_days, 7)
            self.assertEqual(str(form.new_due_at), "2026-05-20 09:00:00")
            form.limit_days = 4
            self.assertEqual(str(form.new_due_at), "2026-05-15 09:00:00")
            self.assertEqual(str(form.old_due_at), "2026-05-14 09:00:00")
        self.assertEqual(self.ticket.action_extend()["res_id"], form.record.id)

    def test_t6_3_reason_and_what_the_complainant_was_told_and_said_are_demanded(self):
        for name in ("reason", "told_at", "complainant_answer"):
            with self.subTest(missing=name):
                extension = self.new_extension(**{name: False})
                label = extension._fields[name]._description_string(self.env)
                with self.assertRaisesRegex(UserError, label):
                    extension.action_request()
                self.assertEqual(extension.state, "draft")
        with self.assertRaises(UserError):
            self.new_extension(reason="  ").action_request()
        with self.assertRaises(UserError):
            self.new_extension(told_at="2026-05-13 02:00:01").action_request()

    def test_t6_3_only_an_anonymous_complainant_need_not_be_told(self):
        nobody = {"told_how": "impossible", "told_at": False, "complainant_answer": False}
        with self.assertRaises(UserError):
            self.new_extension(**nobody).action_request()
        with freeze_time("2026-05-12 01:00:00"):
            letter = self.accepted("letter", complainant_identity="anonymous", partner_name=False)
        self.assertEqual(self.requested(ticket=letter, **nobody).state, "requested")

    def test_t6_3_never_more_than_seven_days_and_more_than_now(self):
        for days in (-1, 0, 2, 3, 8, 30):
            with self.subTest(days=days), self.assertRaisesRegex(UserError, "at most 7"):
                self.new_extension(limit_days=days).action_request()

    def test_t6_3_longest_limit_is_a_setting(self):
        self.ticket.company_id.sudo().complaint_max_days = 10
        self.granted(limit_days=10)
        self.assertEqual(self.local_due(), "2026-05-25 17:00")

    def test_t6_3_second_extension_within_seven_in_all(self):
        self.granted(limit_days=5)
        with self.assertRaises(UserError):
            self.new_extension(limit_days=8).action_request()
        self.granted(limit_days=7)
        self.assertEqual(self.local_due(), "2026-05-20 17:00")
        with self.assertRaises(UserError):
            self.ticket.with_user(self.clerk).action_extend()
        with self.assertRaises(UserError):
            self.new_extension(limit_days=7).action_request()

    def test_t6_3_asked_for_before_expiry(self):
        extension = self.new_extension()
        with freeze_time(LATE):
            with self.assertRaisesRegex(UserError, "run out"):
                extension.action_request()
            with self.assertRaisesRegex(UserError, "run out"):
                self.ticket.with_user(self.clerk).action_extend()

    def test_t6_3_asked_for_in_time_may_be_decided_later(self):
        extension = self.requested()
        with freeze_time("2026-05-15 01:00:00"):
            extension.approval_id.with_user(self.leader).action_approve()
            self.assertEqual(self.local_due(), "2026-05-18 17:00")
            self.assertNotEqual(self.ticket.due_status, "overdue")

    def test_t6_3_stopped_limit_is_not_granted_any_more(self):
        extension = self.requested()
        slip = self.ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        self.ticket.slip_ids.with_user(self.clerk).action_accept_reply(self.CONSIDERED)
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(self.ticket)).action_confirm()
        approval = extension.approval_id.with_user(self.leader)
        refused = self.assertRaisesRegex(UserError, "stopped meanwhile")
        with refused, self.env.cr.savepoint():
            approval.action_approve()
        approval.action_reject("已办结。")
        self.assertEqual(extension.state, "refused")

    def test_t6_3_refusal_changes_nothing(self):
        extension = self.requested()
        extension.approval_id.with_user(self.leader).action_reject("按期办理。")
        self.assertEqual(extension.state, "refused")
        self.assertEqual(self.local_due(), "2026-05-14 17:00")
        self.assertEqual(self.ticket._running("handling").limit_days, 3)

    def test_t6_3_one_request_at_a_time(self):
        first = self.requested()
        with self.assertRaisesRegex(UserError, "already"):
            self.new_extension(limit_days=7).action_request()
        with self.assertRaisesRegex(UserError, "already"):
            self.ticket.with_user(self.clerk).action_extend()
        second = self.new_extension()
        with mute_logger(*QUIET), self.assertRaises(UniqueViolation):
            second._procedure_write({"state": "requested"})
            second.flush_recordset()
        first.approval_id.with_user(self.clerk).action_withdraw()
        self.assertEqual((first.state, first.old_deadline_id.id), ("draft", False))
        second.action_request()

    def test_t6_3_nothing_to_extend_before_acceptance_and_after_the_end(self):
        draft = self.new_complaint()
        with self.assertRaises(UserError):
            self.new_extension(ticket=draft).action_request()
        with freeze_time("2026-05-12 01:00:00"):
            closed = self.closed()
        with self.assertRaises(UserError):
            self.new_extension(ticket=closed)

    def test_t6_3_held_complaint_can_be_extended(self):
        self.ticket.with_user(self.clerk).action_hold()
        self.granted()
        self.assertEqual(self.local_due(), "2026-05-18 17:00")

    def test_t6_3_extended_limit_outlives_a_change_of_class(self):
        self.granted(limit_days=5)
        self.ticket.with_user(self.clerk).complaint_class = "complex"
        self.ticket.with_user(self.clerk).complaint_class = "general"
        self.assertEqual(self.ticket._running("handling").limit_days, 5)

    # --- who may -----------------------------------------------------------------------------

    def test_t6_3_what_was_asked_for_is_not_rewritten(self):
        extension = self.requested()
        for vals in ({"limit_days": 7}, {"reason": "另一理由"}, {"state": "granted"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                extension.write(vals)
        with self.assertRaises(UserError):
            extension.unlink()

    def test_t6_3_facts_are_not_forged_over_rpc(self):
        facts = {
            "state": "granted",
            "deadline_id": self.ticket._running("handling").id,
            "old_deadline_id": self.ticket._running("handling").id,
            "approval_id": self.requested(user=self.manager).approval_id.id,
        }
        draft = self.new_extension()
        model = self.env["complaint.extension"].with_user(self.clerk)
        for name, value in facts.items():
            for context in ({}, {"complaint_guard": True}):
                with self.subTest(name=name), self.assertRaises(UserError):
                    call_kw(model, "write", [draft.ids, {name: value}], {"context": context})
                values = {"ticket_id": self.ticket.id, name: value}
                with self.subTest(created=name), self.assertRaises(UserError):
                    call_kw(model, "create", [[values]], {"context": context})
        other = self.accepted()
        with self.assertRaises(UserError):
            draft.ticket_id = other
        with self.assertRaises(UserError):
            self.ticket.with_user(self.clerk).write(
                {"extension_ids": [Command.create({"state": "granted"})]}
            )

    @mute_logger(*QUIET)
    def test_t6_3_who_sees_and_who_asks(self):
        extension = self.new_extension()
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertEqual(extension.with_user(user).reason, "档案需向省局调取")
        for user in (self.leader, self.director, self.archivist, self.rep, self.outsider):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    extension.with_user(user).action_request()
                with self.assertRaises(AccessError):
                    self.new_extension(user=user)
        plain = new_test_user(self.env, "kc_ext_plain", "base.group_user")
        for user in (self.archivist, self.rep, self.other_rep, self.outsider, plain):
            with self.subTest(reader=user.login), self.assertRaises(AccessError):
                extension.with_user(user).read(["reason"])

    @mute_logger(*QUIET)
    def test_t6_3_restricted_complaint_stays_with_its_clerk_and_the_leaders(self):
        with freeze_time("2026-05-12 01:00:00"):
            ticket = self.accepted(is_discipline_matter=True, user_id=self.clerk.id)
        extension = self.requested(ticket=ticket)
        with self.assertRaises(AccessError):
            extension.with_user(self.manager).read(["reason"])
        with self.assertRaises(AccessError):
            extension.approval_id.with_user(self.manager).read(["request"])
        with self.assertRaises(AccessError):
            self.new_extension(ticket=ticket, user=self.manager)
        extension.approval_id.with_user(self.leader).action_approve()
        self.assertEqual(extension.state, "granted")

    @mute_logger(*QUIET)
    def test_t6_3_other_centre_sees_nothing(self):
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        foreign = new_test_user(
            self.env,
            "kc_ext_foreign",
            f"{GROUP}leader,{GROUP}clerk",
            company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )
        extension = self.requested()
        for record in (extension, extension.approval_id):
            with self.assertRaises(AccessError):
                record.with_user(foreign).read(["state"])
        with self.assertRaises(AccessError):
            extension.approval_id.with_user(foreign).action_approve()
        self.assertNotIn(foreign, extension.approval_id.activity_ids.user_id)

    def test_t6_3_archivist_reads_the_extensions_of_closed_cases(self):
        extension = self.granted()
        with freeze_time(IN_TIME):
            slip = self.ticket.slip_ids.with_user(self.rep)
            slip.action_receive()
            slip.action_reply(self.reply_values())
            self.ticket.slip_ids.with_user(self.clerk).action_accept_reply(self.CONSIDERED)
            feedback = self.env["complaint.feedback"].with_user(self.clerk)
            feedback.create(self.feedback_values(self.ticket)).action_confirm()
            self.clear(self.ticket)
            self.ticket.with_user(self.clerk).action_close()
        self.assertEqual(extension.with_user(self.archivist).state, "granted")
