"""Who hears of what is urged (五(二)6), who may urge, and who reads what was."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from .escalation_common import EscalationCommon


@tagged("post_install", "-at_install")
class TestEscalationPeople(EscalationCommon):
    # --- who ---------------------------------------------------------------------------------

    def test_h5_2_6_each_role_hears_what_is_meant_for_it(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-20 01:00:00")
        told = {one.effect: one.user_ids for one in ticket.escalation_ids if one.kind == "handling"}
        self.assertEqual(told["reminder"], self.clerk + self.rep)
        self.assertEqual(told["urging"], self.rep)
        self.assertIn(self.leader, told["supervision"])
        self.assertIn(self.director, told["report"])
        self.assertLessEqual(self.clerk + self.leader + self.director, self.todos(ticket).user_id)
        self.assertFalse(self.todos(ticket).user_id & (self.outsider + self.rep))

    def test_h5_2_6_representative_of_another_unit_hears_nothing(self):
        self.accepted_on("2026-03-02 01:00:00")
        known = self.notices(self.rep)
        self.run_job("2026-03-20 01:00:00")
        self.assertTrue(self.notices(self.rep) - known)
        self.assertFalse(self.notices(self.other_rep))

    def test_h5_2_6_notice_names_the_slip_and_not_the_complainant(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        known = self.notices(self.rep)
        self.run_job("2026-03-20 01:00:00")
        with freeze_time("2026-03-20 02:00:00"):
            ticket.slip_ids.action_urge("王小明（13812345678）又来电询问，请今日答复。")
        notices = self.notices(self.rep) - known
        text = "".join(f"{one.subject} {one.body}" for one in notices)
        self.assertIn(ticket.slip_ids.name, text)
        self.assertIn("请今日答复", text)
        for secret in ("王小明", "13812345678"):
            self.assertNotIn(secret, text)
        mails = self.env["mail.mail"].sudo().search([("mail_message_id", "in", notices.ids)])
        self.assertEqual(len(mails), len(notices))
        self.assertEqual(mails.recipient_ids, self.rep.partner_id)

    def test_h5_2_6_restricted_complaint_never_reaches_a_representative(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        known = self.notices(self.rep)
        ticket.is_discipline_matter = True
        self.assertTrue(ticket.is_restricted)
        self.run_job("2026-03-20 01:00:00")
        self.assertFalse(self.fired(ticket, "reply"), "the slip was recalled: nobody has to reply")
        self.assertEqual(len(self.fired(ticket, "handling")), 4)
        self.assertLessEqual(self.notices(self.rep), known)
        self.assertNotIn(self.rep, ticket.escalation_ids.user_ids)
        self.assertNotIn(self.manager, ticket.escalation_ids.user_ids)
        self.assertFalse(ticket.escalation_ids.told_slip_ids)
        urging = ticket.escalation_ids.filtered(lambda one: one.effect == "urging")
        self.assertEqual(urging.user_ids, self.clerk)
        with self.assertRaises(UserError):
            ticket.slip_ids.with_user(self.clerk).action_urge("x")

    def test_h5_2_6_representative_out_of_office_is_replaced(self):
        second = self.other_rep.copy({"login": "kc_second"})
        self.env["complaint.representative"].create(
            {"user_id": second.id, "unit_id": self.unit.id, "sequence": 2}
        )
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.representative.active = False
        self.run_job("2026-03-20 01:00:00")
        self.assertNotIn(self.rep, ticket.escalation_ids.user_ids)
        self.assertIn(second, ticket.escalation_ids.user_ids)
        self.assertTrue(self.notices(second))

    def test_h5_2_6_nobody_in_charge_tells_the_room(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        ticket.user_id = False
        self.run_job("2026-03-05 01:00:00")
        reminder = ticket.escalation_ids.filtered(lambda one: one.effect == "reminder")
        self.assertLessEqual(self.clerk + self.manager, reminder.user_ids)

    def test_h5_2_6_todos_go_when_nothing_presses_any_more(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-05 01:00:00")
        self.assertTrue(self.todos(ticket))
        with freeze_time("2026-03-05 02:00:00"):
            slip = ticket.slip_ids.with_user(self.rep)
            slip.action_receive()
            slip.action_reply(self.reply_values())
            ticket.slip_ids.action_accept_reply(self.CONSIDERED)
            self.assertTrue(self.todos(ticket), "the handling limit still runs")
            feedback = self.env["complaint.feedback"].with_user(self.clerk)
            feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assertFalse(self.todos(ticket))

    # --- by hand ---------------------------------------------------------------------------------

    def test_h5_2_6_urging_by_hand_is_numbered_and_on_record(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        slip = ticket.slip_ids.with_user(self.clerk)
        self.run_job("2026-03-04 01:00:00")
        with freeze_time("2026-03-04 02:00:00"):
            wizard = slip.action_urge()
            self.assertEqual(wizard["res_model"], "complaint.reason.wizard")
            form = Form(
                self.env["complaint.reason.wizard"]
                .with_user(self.clerk)
                .with_context(**wizard["context"])
            )
            form.reason = "请今日内答复。"
            form.save().action_confirm()
            slip.action_urge("再催。")
        made = ticket.escalation_ids.filtered("made_by_id").sorted("id")
        self.assertEqual(made.mapped("number"), [2, 3])
        self.assertEqual(made.made_by_id, self.clerk)
        self.assertEqual(made[0].opinion, "请今日内答复。")
        self.assertEqual(made.slip_id, ticket.slip_ids)
        self.assertEqual(made.user_ids, self.rep)
        # The room's own urging note about the handling limit counts for the representative too.
        self.assertEqual(slip.urged_count, 3)

    def test_h5_2_6_leader_supervises_by_hand(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        ticket.with_user(self.leader).action_supervise("请速办，王小明已来访两次。")
        note = ticket.escalation_ids
        self.assertEqual((note.effect, note.made_by_id), ("supervision", self.leader))
        self.assertEqual(note.user_ids, self.clerk + self.rep)
        self.assertNotIn("王小明", note.opinion)
        self.assertEqual(self.todos(ticket).user_id, self.clerk)

    def test_h5_2_6_who_may_not_urge(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        for user in (self.rep, self.outsider, self.archivist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ticket.slip_ids.with_user(user).action_urge("x")
        for user in (self.rep, self.outsider, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ticket.with_user(user).action_supervise("x")
        ticket.slip_ids.with_user(self.leader).action_urge("请答复。")

    def test_h5_2_6_nobody_to_urge(self):
        ticket = self.replied()
        with self.assertRaises(UserError):
            ticket.action_urge("x")
        with self.assertRaises(UserError):
            ticket.slip_ids.action_urge("x")

    # --- the ledger ------------------------------------------------------------------------------

    def test_h5_2_6_ledger_is_only_added_to(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        ticket.slip_ids.with_user(self.clerk).action_urge("请答复。")
        note = ticket.escalation_ids
        for user in (self.clerk, self.manager, self.leader, self.env.user):
            with self.subTest(user=user.login):
                with self.assertRaises(UserError):
                    note.with_user(user).write({"opinion": "x"})
                with self.assertRaises(UserError):
                    note.with_user(user).unlink()
        values = {"ticket_id": ticket.id, "effect": "urging"}
        for user in (self.clerk, self.manager, self.leader, self.rep):
            with self.assertRaises(AccessError):
                self.ledger.with_user(user).create([dict(values)])

    def test_h5_2_6_ledger_is_seen_as_its_complaint(self):
        ticket = self.accepted_on("2026-03-02 01:00:00")
        self.run_job("2026-03-20 01:00:00")
        notes = ticket.escalation_ids
        for user, seen in (
            (self.clerk, True),
            (self.leader, True),
            (self.archivist, False),
        ):
            with self.subTest(user=user.login):
                domain = [("id", "in", notes.ids)]
                self.assertEqual(bool(self.ledger.with_user(user).search(domain)), seen)
        for user in (self.rep, self.outsider):
            with self.assertRaises(AccessError):
                self.ledger.with_user(user).search([])
        ticket.write({"is_discipline_matter": True, "user_id": self.clerk.id})
        self.assertFalse(self.ledger.with_user(self.manager).search([("id", "in", notes.ids)]))

    def test_h5_2_6_rules_are_the_managers(self):
        rule = self.env.ref("kaiyang_complaint.escalation_rule_reminder")
        with self.assertRaises(AccessError):
            rule.with_user(self.clerk).offset_days = -2
        rule.with_user(self.manager).offset_days = -2
        self.assertEqual(rule.offset_days, -2)


@tagged("post_install", "-at_install")
class TestEscalationPage(EscalationCommon, HttpCase):
    def test_h5_2_6_representative_sees_that_the_slip_was_urged(self):
        self.rep.password = "kc_rep_password"
        ticket = self.accepted_on("2026-03-02 01:00:00")
        slip = ticket.slip_ids
        self.authenticate("kc_rep", "kc_rep_password")
        page = self.url_open(f"/my/complaints/{slip.id}").text
        self.assertNotIn("o_complaint_urged", page)
        with freeze_time("2026-03-04 02:00:00"):
            slip.with_user(self.clerk).action_urge("请今日内答复。")
        page = self.url_open(f"/my/complaints/{slip.id}").text
        self.assertIn("o_complaint_urged", page)
        self.assertIn("2026-03-04 10:00", page)
