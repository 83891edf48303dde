from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .referral_common import ReferralCommon

QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestTransfer(ReferralCommon):
    def verified(self, **vals):
        """Return a restricted complaint whose inquiry verified the breach."""
        ticket = self.discipline_matter(**vals)
        self.conclude(ticket, is_transfer_due=True)
        return ticket

    def test_u7_5_transfer_of_a_verified_breach(self):
        ticket = self.verified()
        self.assertEqual((ticket.complaint_state, ticket.referral_due), ("handling", "discipline"))
        referral = self.sent(ticket)
        self.assertEqual(referral.name, "投移〔2026〕1号")
        self.assertEqual(
            (referral.approval_id.kind, referral.approval_id.role), ("transfer", "leader")
        )
        self.assertTrue(referral.names_complainant)
        self.assertTrue(referral.unit_answers_itself)
        self.assertEqual(ticket.complaint_state, "replied")
        self.assertFalse(ticket.slip_ids)

    def test_u7_5_transfer_of_nothing_else(self):
        with self.assertRaisesRegex(UserError, "verified"):
            ticket = self.discipline_matter()
            referral = self.referral(ticket)
            self.conclude(ticket)
            referral.action_request()
        outside = self.outside_matter()
        self.conclude(outside, is_transfer_due=True)
        with self.assertRaisesRegex(UserError, "restricted"):
            self.referral(outside, kind="discipline").action_request()

    def test_u7_5_transfer_to_discipline_inspection_only(self):
        with self.assertRaisesRegex(UserError, "discipline inspection body"):
            self.referral(self.verified(), authority_id=self.authority.id).action_request()
        both = self.verified(is_outside_matter=True)
        with self.assertRaisesRegex(UserError, "discipline inspection body"):
            self.referral(both, kind="outside", authority_id=self.authority.id).action_request()

    def test_u7_5_transfer_asks_who_wants_confidence(self):
        ticket = self.verified(is_confidential=True)
        with self.assertRaisesRegex(UserError, "Complainant's Consent"):
            self.referral(ticket).action_request()
        self.referral(ticket, names_complainant=False).action_request()

    def test_u7_5_transfer_refused_waits_for_another_inquiry(self):
        ticket = self.verified()
        self.requested(ticket).approval_id.with_user(self.leader).action_reject(
            "证据不足，补充核查。"
        )
        self.assertEqual(ticket.complaint_state, "handling")
        self.conclude(ticket)
        self.assertEqual(ticket.complaint_state, "replied")

    @mute_logger(*QUIET)
    def test_u7_5_transfer_stays_with_its_clerk_and_the_leaders(self):
        referral = self.requested(self.verified())
        for user in (self.manager, self.archivist, self.rep, self.outsider):
            for record, name in ((referral, "summary"), (referral.approval_id, "request")):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    record.with_user(user).read([name])
            self.assertFalse(
                user.has_group("kaiyang_complaint.group_complaint_user")
                and self.env["complaint.referral"]
                .with_user(user)
                .search([("id", "=", referral.id)])
            )
        self.assertEqual(referral.with_user(self.leader).state, "requested")
