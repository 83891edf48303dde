from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...report.result.monthly_book import AssessmentBook
from .assessment_common import APRIL, IN_APRIL, AssessmentCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
MODELS = ("complaint.assessment", "complaint.assessment.line", "complaint.deduction.rule")
FORBIDDEN = UserError  # an access error is one, too


@tagged("post_install", "-at_install")
class TestAssessmentAccess(AssessmentCommon):
    """Who reads a month, who acts on it, and that a published one is the same for everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plain, restricted = cls.case(cls.staff), cls.case(cls.colleague)
        cls.confirm(plain)
        cls.confirm(restricted)
        restricted.with_user(cls.manager).sudo().write({"user_id": cls.clerk.id})
        restricted.with_user(cls.clerk).action_restrict("涉嫌违纪。")
        cls.month_of_march = cls.computed()

    def setUp(self):
        super().setUp()
        self.freeze(IN_APRIL)

    def seen(self, user):
        """Return how many lines of the month a user reads, and how many it hides."""
        month = self.month_of_march.with_user(user)
        lines = self.env["complaint.assessment.line"].with_user(user)
        return lines.search_count([("assessment_id", "=", month.id)]), month.hidden_count

    def rpc(self, record, method, *args, user=None):
        model = self.env[record._name].with_user(user or self.manager)
        return call_kw(model, method, [record.ids, *args], {})

    def test_u7_5_line_on_a_restricted_case_is_read_by_who_may_read_the_case(self):
        self.assertEqual(self.seen(self.leader), (6, 0))
        self.assertEqual(self.seen(self.clerk), (6, 0))
        self.assertEqual(self.seen(self.manager), (3, 3))
        self.assertEqual(self.month_of_march.with_user(self.manager).total_points, -19)
        ranked = self.month_of_march.with_user(self.manager)._ranked("staff")
        self.assertEqual([row["record"] for row in ranked], [self.staff])

    def test_u7_5_notice_names_nobody_of_a_restricted_case(self):
        printed = (
            self.env["ir.actions.report"]
            ._render_qweb_html("kaiyang_complaint.report_assessment", self.month_of_march.ids)[0]
            .decode()
        )
        self.assertIn("李晓梅", printed)
        self.assertNotIn("赵敏", printed)
        for secret in ("王小明", "13812345678"):
            self.assertNotIn(secret, printed)

    @mute_logger(*QUIET)
    def test_u7_1_archivists_read_what_is_published_others_nothing(self):
        for user in (self.rep, self.outsider, self.archivist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.month_of_march.with_user(user).check_access("read")
        self.month_of_march.action_submit()
        self.month_of_march.approval_id.with_user(self.leader).action_approve()
        self.month_of_march.action_publish()
        self.assertEqual(self.seen(self.archivist), (3, 3))
        for user in (self.rep, self.outsider):
            for model in MODELS:
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    @mute_logger(*QUIET)
    def test_u7_1_archivists_are_not_told_of_a_case_that_is_open_again(self):
        self.month_of_march.action_submit()
        self.month_of_march.approval_id.with_user(self.leader).action_approve()
        self.month_of_march.action_publish()
        lines = self.env["complaint.assessment.line"].with_user(self.archivist).search([])
        self.assertEqual(len(lines), 3)
        self.assertFalse(
            lines.finding_id.sudo().ticket_id.with_user(self.archivist).has_access("read")
        )
        self.assertFalse(any(row["ticket_id"] for row in lines.read(["ticket_id"])))
        self.assertFalse(lines.search([("ticket_id.name", "!=", False)]))
        with self.assertRaises(ValueError):
            lines.formatted_read_group([], ["ticket_id"], ["__count"])
        rows = AssessmentBook("考核", self.month_of_march.with_user(self.archivist))._line_rows()
        self.assertEqual({row[-1] for row in rows}, {""})
        rows = AssessmentBook("考核", self.month_of_march.with_user(self.leader))._line_rows()
        self.assertTrue(all(row[-1] for row in rows))

    @mute_logger(*QUIET)
    def test_u7_1_only_the_manager_prepares_a_month(self):
        month, line = self.month_of_march, self.month_of_march.line_ids[0]
        people = (self.clerk, self.leader, self.director, self.archivist, self.rep, self.outsider)
        for user in people:
            for verb in ("action_compute", "action_submit", "action_withdraw", "action_publish"):
                with self.subTest(user=user.login, verb=verb), self.assertRaises(FORBIDDEN):
                    self.rpc(month, verb, user=user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.rpc(line, "write", {"points": 0, "reason": "误"}, user=user)
        self.assertEqual((month.state, line.is_adjusted), ("draft", False))

    @mute_logger(*QUIET)
    def test_u7_1_nobody_approves_what_they_submitted(self):
        self.manager.group_ids += self.env.ref("kaiyang_complaint.group_complaint_leader")
        self.month_of_march.action_submit()
        approval = self.month_of_march.approval_id
        for user in (self.manager, self.clerk, self.director):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                approval.with_user(user).action_approve()
        with self.assertRaises(AccessError):
            approval.with_user(self.archivist).check_access("read")
        waiting = self.env["complaint.approval"].with_user(self.leader)
        self.assertIn(approval, waiting.search([("can_decide", "=", True)]))
        self.assertEqual(approval.with_user(self.leader).about, "2026-03")

    def assert_refused(self, record, method, *args):
        """Demand that an act is refused to the manager, to the leader, and to code of a verb."""
        acts = [
            lambda: self.rpc(record, method, *args),
            lambda: self.rpc(record, method, *args, user=self.leader),
            lambda: getattr(record.sudo(), method)(*args),
        ]
        for act in acts:
            with (
                self.subTest(record=record, method=method, args=args),
                self.assertRaises(FORBIDDEN),
                self.env.cr.savepoint(),
            ):
                act()

    @mute_logger(*QUIET)
    def test_u7_1_published_month_is_frozen_for_everybody(self):
        month = self.month_of_march
        hand = self.by_hand(month)
        month.action_submit()
        month.approval_id.with_user(self.leader).action_approve()
        month.action_publish()
        line = month.line_ids.filtered(lambda one: one.finding_id)[0]
        self.env.invalidate_all()
        before = (self.told(month), month.name, month.published_at)
        acts = [
            (line, "write", {"points": 0, "reason": "误"}),
            (hand, "write", {"points": -2}),
            (hand, "unlink"),
            (line, "unlink"),
            (month, "write", {"state": "draft"}),
            (month, "write", {"month": "2026-02-01"}),
            (month, "write", {"line_ids": [(5,)]}),
            (month, "unlink"),
            (month, "action_compute"),
            (month, "action_withdraw"),
        ]
        for record, method, *args in acts:
            self.assert_refused(record, method, *args)
        self.env.invalidate_all()
        self.assertEqual((self.told(month), month.name, month.published_at), before)

    @mute_logger(*QUIET)
    def test_u7_1_procedure_is_not_forged(self):
        assessments = self.env["complaint.assessment"].with_user(self.manager)
        for vals in ({"state": "published"}, {"name": "投考〔2026〕9号"}, {"basis": {}}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                assessments.create({"month": "2026-02-01", **vals})
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.rpc(self.month_of_march, "write", vals)
        finding = self.month_of_march.line_ids[0].finding_id
        for vals in ({"finding_id": finding.id}, {"kind": "correction"}, {"rule_points": -3}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.by_hand(self.month_of_march, **vals)

    def test_u7_1_other_centres_see_nothing(self):
        company = self.env["res.company"].create({"name": "邻县政务服务中心"})
        theirs = self.env["complaint.assessment"].create({"company_id": company.id, "month": APRIL})
        theirs._compute_lines()
        self.assertFalse(theirs.line_ids)
        found = self.env["complaint.assessment"].with_user(self.manager).search([])
        self.assertNotIn(theirs, found)
