from odoo import Command, http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..handling.test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestHelpdeskDoors(PortalCase):
    """What the helpdesk leaves open, and what has to stay open (platform.md)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bureau = cls.env["res.partner"].create({"name": "某局", "is_company": True})
        cls.citizen = new_test_user(cls.env, "kc_citizen", "base.group_portal")
        cls.colleague = new_test_user(cls.env, "kc_colleague", "base.group_portal")
        (cls.citizen + cls.colleague).partner_id.parent_id = cls.bureau
        cls.complaint = cls.accepted(partner_id=cls.citizen.partner_id.id)
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "IT"})
        cls.done = cls.env["helpdesk.ticket.stage"].create(
            {"name": "Settled", "closed": True, "close_from_portal": True}
        )
        cls.own = cls._ordinary(cls.citizen)
        cls.foreign = cls._ordinary(cls.outsider)

    @classmethod
    def _ordinary(cls, user):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": f"打印机 {user.login}",
                "description": "坏了",
                "team_id": cls.team.id,
                "partner_id": user.partner_id.id,
            }
        )

    def close(self, ticket_id):
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "ticket_id": ticket_id,
            "stage_id": self.done.id,
        }
        return self.url_open("/ticket/close", data=data, allow_redirects=False)

    # --- /ticket/close -----------------------------------------------------------------------

    def test_h5_2_6_no_complaint_is_closed_from_the_portal(self):
        stage = self.complaint.stage_id
        for user in (self.citizen, self.rep, self.outsider, self.clerk, self.manager):
            self.login(user)
            answer = self.close(self.complaint.id)
            self.assertTrue(answer.headers["Location"].endswith("/my"), user.login)
            self.assertEqual(self.complaint.stage_id, stage)

    def test_h5_2_6_nobody_closes_a_ticket_they_cannot_see(self):
        self.login(self.citizen)
        for ticket_id in (self.foreign.id, 999999999, "x", ""):
            answer = self.close(ticket_id)
            self.assertTrue(answer.headers["Location"].endswith("/my"))
        self.assertNotEqual(self.foreign.stage_id, self.done)

    def test_ordinary_ticket_is_closed_as_ever(self):
        self.login(self.citizen)
        answer = self.close(self.own.id)
        self.assertTrue(answer.headers["Location"].endswith(f"/my/ticket/{self.own.id}"))
        self.assertEqual(self.own.stage_id, self.done)

    # --- stages ------------------------------------------------------------------------------

    def test_public_renames_no_stage(self):
        for user in (self.env.ref("base.public_user"), self.citizen, self.rep, self.clerk):
            self.assertFalse(self.done.with_user(user).has_access("write"), user.login)
        self.login(self.citizen)
        self.assert_refused("helpdesk.ticket.stage", "write", [self.done.id], {"name": "x"})

    # --- colleagues, followers, tokens -------------------------------------------------------

    def test_p4_6_contact_colleague_and_follower_see_no_complaint(self):
        followers = self.env["mail.followers"].sudo()
        followers.create(
            {
                "res_model": "helpdesk.ticket",
                "res_id": self.complaint.id,
                "partner_id": self.colleague.partner_id.id,
            }
        )
        for user in (self.citizen, self.colleague, self.rep, self.outsider):
            tickets = self.env["helpdesk.ticket"].with_user(user)
            self.assertFalse(tickets.search([("id", "=", self.complaint.id)]), user.login)
            self.login(user)
            self.assert_refused("helpdesk.ticket", "read", [self.complaint.id], ["partner_name"])
            self.assertNotIn(self.complaint.number, self.url_open("/my/tickets").text)

    def test_ordinary_ticket_is_seen_by_contact_and_colleague(self):
        for user in (self.citizen, self.colleague):
            self.login(user)
            self.assertIn("打印机 kc_citizen", self.url_open("/my/tickets").text)
            self.assertIn("坏了", self.url_open(f"/my/ticket/{self.own.id}").text)

    def test_p4_6_no_token_opens_a_complaint(self):
        self.complaint.sudo().access_token = "0123456789abcdef"
        url = f"/my/ticket/{self.complaint.id}"
        self.authenticate(None, None)
        for query in ("/0123456789abcdef", "?access_token=0123456789abcdef"):
            page = self.url_open(url + query)
            self.assertNotIn(self.complaint.number, page.text)
            self.assertNotIn("排队两小时", page.text)
        self.login(self.clerk)
        self.assertNotIn("/my/ticket/", self.url_open(url).url)

    def test_ordinary_ticket_opens_with_its_token(self):
        token = self.own._portal_ensure_token()
        self.authenticate(None, None)
        self.assertIn("坏了", self.url_open(f"/my/ticket/{self.own.id}/{token}").text)
        self.assertNotIn("坏了", self.url_open(f"/my/ticket/{self.own.id}/wrong").text)

    @mute_logger("odoo.http")
    def test_p4_6_no_token_opens_the_messages_of_a_complaint(self):
        for ticket in (self.complaint, self.own):
            ticket.sudo().access_token = f"token-of-{ticket.id}"
            ticket.sudo().message_post(
                body="电话里说的话", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        self.authenticate(None, None)

        def fetch(ticket):
            return self.opener.post(
                f"{self.base_url()}/mail/chatter_fetch",
                json={
                    "params": {
                        "thread_model": "helpdesk.ticket",
                        "thread_id": ticket.id,
                        "token": ticket.sudo().access_token,
                    }
                },
            ).json()

        self.assertIn("电话里说的话", str(fetch(self.own)))
        self.assertNotIn("电话里说的话", str(fetch(self.complaint)))

    def test_p4_6_no_token_opens_a_file_of_a_complaint(self):
        reply = self.replied().slip_ids.sudo().reply_ids
        for record, opens in ((self.complaint, False), (reply, False), (self.own, True)):
            file = self.env["ir.attachment"].create(
                {"name": "a", "raw": b"secret", "res_model": record._name, "res_id": record.id}
            )
            file.generate_access_token()
            self.authenticate(None, None)
            for token in (file.access_token, file._get_raw_access_token()):
                content = self.url_open(f"/web/content/{file.id}?access_token={token}").content
                self.assertEqual(content == b"secret", opens, record)
            self.login(self.clerk)
            if not opens:
                content = self.url_open(f"/web/content/{file.id}?access_token=stale").content
                self.assertEqual(content, b"secret")


@tagged("post_install", "-at_install")
class TestDiscretionOverTheWeb(PortalCase):
    def test_u7_5_nobody_without_a_login_learns_a_number_by_a_link(self):
        """`/mail/view` wrote a token into every case; the refusal of an archived one named it."""
        open_case, archived = self.accepted(), self.closed()
        archived.sudo()._procedure_write({"complaint_state": "archived"})
        self.env.flush_all()
        for ticket in (open_case, archived):
            address = f"/mail/view?model=helpdesk.ticket&res_id={ticket.id}"
            answer = self.url_open(address, allow_redirects=False)
            with self.subTest(state=ticket.complaint_state):
                self.assertEqual(answer.status_code, 303)
                self.assertIn("/web/login", answer.headers["Location"])
                self.assertNotIn(ticket.number, answer.text)
                self.assertFalse(ticket.sudo().access_token)

    def test_p4_6_outsiders_write_nothing_into_a_complaint(self):
        ticket = self.accepted()
        self.env["helpdesk.ticket.team"].create(
            {"name": "IT", "user_ids": [Command.link(self.outsider.id)]}
        )
        self.login(self.outsider)
        self.assert_refused("helpdesk.ticket", "message_post", [ticket.id], body="x")
        partner = self.outsider.partner_id.id
        self.call("helpdesk.ticket", "message_subscribe", [ticket.id], [partner])
        self.assertNotIn(self.outsider.partner_id, ticket.message_partner_ids)
