from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..common import GROUP, ComplaintCommon


class CommonIssueCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_issue_count = 3
        cls.slow = cls.env.ref("kaiyang_complaint.conduct_02")
        cls.rude = cls.env.ref("kaiyang_complaint.conduct_08")
        cls.bribe = cls.env.ref("kaiyang_complaint.conduct_04")
        cls.issues = cls.env["complaint.common.issue"]

    @classmethod
    def complaints(cls, number, item=None, **vals):
        item = item or cls.slow
        tickets = cls.env["helpdesk.ticket"]
        for _number in range(number):
            tickets |= cls.accepted(conduct_ids=item.ids, **vals)
        return tickets

    def found(self):
        """Run the job and return all issues of the unit of the tests."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("kaiyang_complaint.cron_common_issues").method_direct_trigger()
        self.env.invalidate_all()
        return self.issues.search([("unit_id", "=", self.unit.id)])

    def issue(self, user=None, **vals):
        """Return an issue that a clerk proposed by hand."""
        issues = self.issues.with_user(user or self.clerk)
        return issues.create({"name": "抵押登记排队时间长", "unit_id": self.unit.id, **vals})

    def studied(self, **vals):
        issue = self.issue(**vals).with_user(self.leader)
        issue.write({"user_id": self.manager.id, "due_date": fields.Date.today()})
        issue.action_study()
        return issue

    def measured(self, **vals):
        issue = self.studied(**vals)
        issue.write({"measures": "午间不断岗。", "method": "中心办与登记中心每月核对排队时长。"})
        issue.action_set_measures()
        return issue

    def published(self, **vals):
        issue = self.measured(**vals)
        issue.medium = "开阳县政务服务中心公众号"
        issue.published_text = "针对群众反映的排队时间长问题，自即日起午间不断岗。"
        self.consented(issue)
        issue.published_on = fields.Date.today()
        issue.action_publish()
        self.let_a_minute_pass(issue)
        return issue

    def consented(self, issue):
        """Put before the leader what is to be published, who consents."""
        issue.action_submit()
        decider = self.both if issue.env.user == self.leader else self.leader
        issue.approval_id.with_user(decider).action_approve()

    def let_a_minute_pass(self, issue):
        ago = issue.closed_at - timedelta(minutes=1)
        issue.sudo()._procedure_write({"closed_at": ago})


@tagged("post_install", "-at_install")
class TestFinder(CommonIssueCommon):
    def test_f5_3_5_frequent_complaints_are_found_by_themselves(self):
        few = self.complaints(2)
        self.complaints(1, self.rude)
        self.assertFalse(self.found())
        third = self.complaints(1)
        issue = self.found()
        self.assertEqual(issue.ticket_ids, few | third)
        self.assertEqual((issue.conduct_id, issue.unit_id), (self.slow, self.unit))
        self.assertEqual(
            (issue.state, issue.source, issue.complaint_count), ("found", "conduct", 3)
        )
        self.assertIn(self.unit.name, issue.name)

    def test_f5_3_5_running_twice_changes_nothing(self):
        self.complaints(3)
        issue = self.found()
        self.env.flush_all()
        written = issue.write_date
        self.assertEqual(self.found(), issue)
        self.assertEqual((issue.complaint_count, issue.write_date), (3, written))
        self.complaints(1)
        self.assertEqual(self.found(), issue)
        self.assertEqual(issue.complaint_count, 4)

    def test_f5_3_5_what_does_not_count(self):
        """Drafts, what is invalid, long ago, of another unit, or restricted."""
        self.complaints(2)
        self.new_complaint(conduct_ids=self.slow.ids)
        self.new_complaint(conduct_ids=self.slow.ids).action_mark_invalid("无理由")
        self.complaints(1, window_id=self.other_window.id, staff_waiver="duty", respondent_ids=[])
        self.complaints(1).sudo().received_at = fields.Datetime.now() - timedelta(days=91)
        self.complaints(1, self.slow + self.bribe)
        self.assertFalse(self.found())

    def test_f5_3_5_restricted_complaints_leave_in_silence(self):
        tickets = self.complaints(4)
        issue = self.found()
        tickets[0].is_discipline_matter = True
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(issue.complaint_count, 3)
        for user in (self.manager, self.leader):
            self.assertNotIn(tickets[0], issue.with_user(user).ticket_ids)
        self.assertEqual(self.found(), issue)
        self.assertEqual(issue.complaint_count, 3)

    def test_f5_3_5_back_after_publication(self):
        issue = self.published(conduct_id=self.slow.id)
        self.complaints(2)
        self.found()
        self.assertEqual((issue.state, issue.recurrence_count), ("published", 0))
        self.complaints(1)
        self.assertEqual(self.found(), issue.sudo())
        self.assertEqual((issue.state, issue.recurrence_count), ("studying", 1))
        self.assertEqual(issue.complaint_count, 3)
        self.assertEqual(issue.activity_user_id, self.manager)
        self.found()
        self.assertEqual(issue.recurrence_count, 1)

    def test_f5_3_5_dismissed_is_not_proposed_again_for_the_same(self):
        self.complaints(3)
        issue = self.found().with_user(self.manager)
        issue.action_dismiss("系统故障所致，已修复。")
        self.assertEqual(self.found(), issue.sudo())
        issue.ticket_ids.sudo().received_at = issue.closed_at - timedelta(hours=1)
        self.let_a_minute_pass(issue)
        self.complaints(3)
        self.assertEqual(len(self.found()), 2)

    def test_f5_3_5_one_open_issue_of_a_kind(self):
        self.issue(conduct_id=self.slow.id)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.issue(conduct_id=self.slow.id)

    def test_f5_3_5_each_centre_finds_its_own(self):
        abroad = self.env["res.company"].create(
            {"name": "修文县政务服务中心", "complaint_issue_count": 2}
        )
        self.env["helpdesk.ticket.team"].create(
            {"name": "投诉室", "is_complaint_room": True, "company_id": abroad.id}
        )
        self.complaints(3)
        issue = self.found()
        self.assertEqual(issue.company_id, self.env.company)
        foreign = new_test_user(
            self.env, "kc_far", GROUP + "manager", company_id=abroad.id, company_ids=[abroad.id]
        )
        self.assertFalse(self.issues.with_user(foreign).search([]))
        self.assertFalse(issue.with_user(foreign).has_access("read"))

    def test_f5_3_5_another_source_may_join(self):
        tickets = self.complaints(3, self.rude)
        known = {("conduct", self.rude, self.unit): tickets}
        self.patch(type(self.issues), "_groups", lambda *_args: known)
        self.assertEqual(self.found().ticket_ids, tickets)


@tagged("post_install", "-at_install")
class TestCommonIssue(CommonIssueCommon):
    def test_f5_3_5_from_proposal_to_publication(self):
        issue = self.issue(ticket_ids=self.complaints(1).ids)
        self.assertEqual((issue.state, issue.source), ("found", "hand"))
        issue = issue.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "Responsible"):
            issue.action_study()
        issue.user_id = self.manager
        issue.action_study()
        self.assertEqual(issue.activity_user_id, self.manager)
        with self.assertRaisesRegex(UserError, "Measures"):
            issue.action_set_measures()
        issue = issue.with_user(self.manager)
        issue.write({"measures": "午间不断岗。", "method": "轮班。"})
        issue.action_set_measures()
        self.assertFalse(issue.activity_ids)
        with self.assertRaisesRegex(UserError, "Medium.*Text Published"):
            issue.action_submit()
        issue.write({"medium": "公众号", "published_text": "午间不断岗。"})
        self.consented(issue)
        with self.assertRaisesRegex(UserError, "Published On"):
            issue.action_publish()
        issue.published_on = fields.Date.today() + timedelta(days=2)
        with self.assertRaisesRegex(UserError, "in the future"):
            issue.action_publish()
        issue.published_on = fields.Date.today()
        issue.action_publish()
        self.assertEqual(issue.state, "published")
        self.assertIn("公众号", "".join(issue.message_ids.mapped("body")))

    def test_f5_3_5_publication_names_no_complainant(self):
        tickets = self.complaints(2)
        issue = self.measured(ticket_ids=tickets.ids)
        issue.medium = "公众号"
        for text in ("感谢王 小明女士反映。", "来电138-1234-5678反映。"):
            issue.published_text = text
            self.assertTrue(issue.exposed)
            with self.assertRaisesRegex(UserError, "王 小明|138-1234-5678"):
                issue.action_submit()
        self.assertEqual(issue.state, "measured")
        issue.published_text = "感谢群众反映。"
        self.assertFalse(issue.exposed)
        issue.action_submit()

    def test_f5_3_5_restricted_complainants_are_not_named_either(self):
        ticket = self.complaints(1)
        issue = self.measured(ticket_ids=ticket.ids)
        ticket.is_discipline_matter = True
        issue.write({"medium": "公众号", "published_text": "感谢王小明反映。"})
        with self.assertRaisesRegex(UserError, "must not tell"):
            issue.action_submit()

    def test_f5_3_5_a_leader_consents_to_what_is_published(self):
        issue = self.measured().with_user(self.manager)
        issue.write({"medium": "公众号", "published_text": "午间不断岗。"})
        with self.assertRaises(UserError):
            issue.action_publish()
        issue.action_submit()
        with self.assertRaises(AccessError):
            issue.approval_id.action_approve()
        with self.assertRaisesRegex(UserError, "before the leader"):
            issue.published_text = "别的"
        issue.with_user(self.leader).action_approve()
        self.assertEqual(issue.state, "approved")
        with self.assertRaisesRegex(UserError, "before the leader"):
            issue.write({"published_on": fields.Date.today(), "published_text": "别的"})
        issue.action_take_back()
        self.assertEqual((issue.state, issue.approval_id.id), ("measured", False))
        issue.action_submit()
        issue.approval_id.with_user(self.leader).action_reject("措施太空")
        self.assertEqual(issue.state, "measured")
        self.assertIn("措施太空", str(issue.message_ids[0].body))

    def test_f5_3_5_published_again_it_carries_its_own_date_and_text(self):
        issue = self.published()
        first = fields.Date.today() - timedelta(days=40)
        issue.sudo()._procedure_write({"published_on": first})
        issue.action_take_up()
        self.assertFalse(issue.published_on or issue.published_text or issue.medium)
        self.assertIn("午间不断岗", "".join(issue.message_ids.mapped("body")))
        issue.action_set_measures()
        issue.write({"medium": "公示栏", "published_text": "增设自助机。"})
        self.consented(issue)
        issue.published_on = fields.Date.today()
        issue.action_publish()
        self.assertEqual(
            (issue.published_on, issue.published_text), (fields.Date.today(), "增设自助机。")
        )

    def test_f5_3_5_published_stays_as_it_is(self):
        issue = self.published()
        with self.assertRaisesRegex(UserError, "closed"):
            issue.measures = "别的"
        for verb in ("study", "set_measures", "publish", "dismiss"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(issue, f"action_{verb}")()
        issue.message_post(body="已电话告知登记中心。")
        issue.action_take_up()
        issue.measures = "别的"

    def test_f5_3_5_state_is_set_by_its_verbs_alone(self):
        issue = self.issue()
        for vals in ({"state": "published"}, {"recurrence_count": 3}, {"source": "conduct"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                issue.with_user(self.manager).write(vals)
        with self.assertRaises(UserError):
            self.issue(state="published")

    def test_f5_3_5_clerks_propose_leaders_set_measures(self):
        issue = self.issue()
        issue.ticket_ids = self.complaints(1)
        with self.assertRaises(AccessError):
            issue.measures = "午间不断岗。"
        with self.assertRaises(AccessError):
            self.issue(measures="午间不断岗。")
        for verb in ("study", "dismiss"):
            with self.subTest(verb=verb), self.assertRaises(AccessError):
                getattr(issue, f"action_{verb}")()

    def test_f5_3_5_rights_by_role(self):
        issue = self.issue()
        rights = {
            "clerk": "rwc",
            "manager": "rwc",
            "leader": "rwc",
            "director": "rwc",
            "archivist": "",
            "rep": "",
            "outsider": "",
        }
        for role, held in rights.items():
            with self.subTest(role=role):
                self.assertEqual(self.held(issue, getattr(self, role)), held)

    def test_f5_3_5_dismissal_needs_a_reason(self):
        issue = self.issue().with_user(self.manager)
        action = issue.action_dismiss()
        wizard = self.env["complaint.reason.wizard"].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": "非共性问题。"})
        wizard.action_confirm()
        self.assertEqual((issue.state, issue.dismissal), ("dismissed", "非共性问题。"))

    def test_f5_3_5_nobody_follows_who_may_not_read(self):
        issue = self.issue()
        with self.assertRaises(UserError):
            issue.message_subscribe(self.archivist.partner_id.ids)
        issue.message_subscribe(self.leader.partner_id.ids)
        self.assertIn(self.leader.partner_id, issue.message_partner_ids)

    def test_f5_3_5_leaders_find_it_on_their_day(self):
        self.complaints(3)
        self.found()
        for user in (self.manager, self.leader, self.director):
            day = self.env["helpdesk.ticket.team"].with_user(user)
            counts = {tile["key"]: tile["count"] for tile in day.complaint_tiles()["tiles"]}
            self.assertGreaterEqual(counts["study"], 1)
            self.assertEqual(
                day.open_complaint_tile("study")["res_model"], "complaint.common.issue"
            )
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)
        self.assertNotIn("study", {tile["key"] for tile in day.complaint_tiles()["tiles"]})

    def test_f5_3_5_complaints_of_another_centre_do_not_join(self):
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        issue = self.issues.create({"name": "别处", "company_id": abroad.id})
        with self.assertRaises(UserError):
            issue.write({"ticket_ids": [Command.link(self.complaints(1).id)]})
