from odoo import Command
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestNeutralize(ComplaintCommon):
    """A copy for trials has none of the desk's links to the world."""

    def neutralize(self):
        self.env.flush_all()
        queries = list(get_neutralization_queries(["kaiyang_complaint"]))
        self.assertTrue(queries)
        for query in queries:
            self.env.cr.execute(query)
        self.env.invalidate_all()

    def key_of(self, user):
        return self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "x", None)

    def test_key_of_the_website_opens_nothing(self):
        wizard = self.env["complaint.gateway.key"].create({})
        key = wizard._make_key()
        clerk = self.key_of(self.clerk)
        check = self.env["res.users.apikeys"]._check_credentials
        self.assertEqual(check(scope="rpc", key=key), wizard._interface_user().id)
        self.neutralize()
        self.assertFalse(check(scope="rpc", key=key))
        self.assertEqual(check(scope="rpc", key=clerk), self.clerk.id)

    def test_link_of_the_board_shows_nothing(self):
        company = self.env.company
        company.action_renew_board_link()
        token = company.complaint_board_token
        self.assertEqual(company._complaint_of_board_token(token), company)
        self.neutralize()
        self.assertFalse(company.complaint_board_token)
        self.assertFalse(company._complaint_of_board_token(token))

    def test_notices_that_wait_are_not_sent(self):
        ours = self.accepted().message_post(body="您的投诉已受理")
        other = self.rep.partner_id.message_post(body="您好")
        ours, other = self.env["mail.mail"].create(
            [
                {
                    "mail_message_id": message.id,
                    "recipient_ids": [Command.set(self.rep.partner_id.ids)],
                }
                for message in (ours, other)
            ]
        )
        self.neutralize()
        self.assertEqual((ours.state, other.state), ("cancel", "outgoing"))
