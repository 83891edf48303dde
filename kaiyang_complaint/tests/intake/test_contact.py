"""The complainant stays masked; a released contact is shown with a reason, on record (五(三))."""

from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon
from ..handling.test_portal import PortalCase

NAME, PHONE = "王小明", "13812345678"


@tagged("post_install", "-at_install")
class TestContact(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.accepted()
        cls.slip = cls.ticket.slip_ids.with_user(cls.clerk)
        cls.theirs = cls.slip.with_user(cls.rep)

    def logged(self):
        rows = self.env["complaint.access.log"].search([("slip_id", "=", self.slip.id)])
        return rows.sorted("position").mapped(lambda row: (row.act, row.reason))

    def test_f5_3_2_released_contact_is_shown_with_a_reason(self):
        self.assertEqual(self.slip.action_release_contact()["res_model"], "complaint.reason.wizard")
        with self.assertRaises(AccessError):
            self.theirs.action_show_contact("答复")
        self.slip.action_release_contact("首席代表答复")
        for blank in (None, "", "  "):
            with self.assertRaises(UserError):
                self.theirs.action_show_contact(blank)
        self.assertEqual(
            self.theirs.action_show_contact("电话答复"), {"name": NAME, "phone": PHONE}
        )
        self.theirs.action_show_contact("再次联系")
        self.slip.action_revoke_contact("已答复")
        with self.assertRaises(AccessError):
            self.theirs.action_show_contact("答复")
        self.assertEqual(
            self.logged(),
            [
                ("release", "首席代表答复"),
                ("show", "电话答复"),
                ("show", "再次联系"),
                ("revoke", "已答复"),
            ],
        )

    def test_f5_3_2_dialog_releases(self):
        dialog = self.slip.action_release_contact()
        wizard = self.env["complaint.reason.wizard"].with_user(self.clerk)
        wizard.with_context(**dialog["context"]).create({"reason": "答复"}).action_confirm()
        self.assertTrue(self.slip.contact_released_at)

    def test_f5_3_2_never_released(self):
        for vals in (
            {"is_confidential": True},
            {"complainant_identity": "anonymous"},
            {"is_discipline_matter": True},
        ):
            ticket = self.accepted()
            slip = ticket.slip_ids.with_user(self.clerk)
            ticket.write(vals)
            with self.subTest(vals=vals), self.assertRaises(UserError):
                slip.action_release_contact("x")
        self.slip.action_release_contact("x")
        self.ticket.is_confidential = True
        with self.assertRaises(AccessError):
            self.theirs.action_show_contact("答复")

    def test_f5_3_2_a_release_ends_with_the_case(self):
        ticket = self.replied()
        slip = ticket.slip_ids.with_user(self.clerk)
        slip.action_release_contact("首席代表答复")
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.clear(ticket)
        ticket.with_user(self.clerk).action_close()
        with self.assertRaises(AccessError):
            slip.with_user(self.rep).action_show_contact("好奇")
        with self.assertRaises(UserError):
            slip.action_release_contact("好奇")

    def test_f5_3_2_others_release_and_see_nothing(self):
        for user in (self.leader, self.archivist, self.outsider, self.rep, self.other_rep):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.slip.with_user(user).action_release_contact("x")
        self.slip.action_release_contact("x")
        for user in (self.leader, self.archivist, self.outsider, self.other_rep):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.slip.with_user(user).action_show_contact("x")
        with self.assertRaises(UserError):
            self.slip.write({"contact_released_at": False})

    def test_f5_3_2_no_field_holds_the_contact(self):
        """Neither read, nor export, nor search over the API tells what only the act tells."""
        self.slip.action_release_contact("x")
        self.env.flush_all()
        text = ""
        for name in self.theirs._fields:
            with suppress(AccessError):
                text += str(self.theirs.read([name]))
        self.assertNotIn(NAME, text)
        self.assertNotIn(PHONE, text)
        self.assertNotIn("138****", text)
        self.assertIn("实名", text)
        for name in ("contact_released_by_id", "contact_release_reason", "ticket_id"):
            with self.assertRaises(AccessError):
                self.theirs.read([name])
        for path in ("ticket_id.complainant_phone", "ticket_id.partner_name"):
            with self.assertRaises(AccessError):
                self.theirs.search([(path, "=", PHONE)])
            with self.assertRaises(UserError):
                self.theirs.export_data([path.replace(".", "/")])

    def test_u7_5_restriction_revokes(self):
        self.slip.action_release_contact("x")
        self.ticket.is_discipline_matter = True
        self.assertFalse(self.slip.sudo().contact_released_at)
        self.assertEqual(self.logged()[-1][0], "revoke")

    def test_f5_3_2_declined_slip_takes_the_contact_back(self):
        self.slip.action_release_contact("x")
        self.theirs.action_decline("非本单位")
        self.assertFalse(self.slip.contact_released_at)
        with self.assertRaises(UserError):
            self.slip.action_release_contact("x")


@tagged("post_install", "-at_install")
class TestContactPage(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slip = cls.accepted().slip_ids
        cls.slip.with_user(cls.clerk).action_release_contact("答复")

    def setUp(self):
        super().setUp()
        self.login(self.rep)

    def test_f5_3_2_page_shows_the_contact_once_asked(self):
        page = self.url_open(f"/my/complaints/{self.slip.id}").text
        self.assertNotIn(PHONE, page)
        shown = self.act(self.slip, "contact", purpose="电话答复")
        self.assertEqual(shown.status_code, 200)
        self.assertIn(PHONE, shown.text)
        self.assertIn("no-store", shown.headers["Cache-Control"])
        self.assertNotIn(PHONE, self.url_open(f"/my/complaints/{self.slip.id}").text)
        log = self.env["complaint.access.log"].search([("slip_id", "=", self.slip.id)], limit=1)
        self.assertEqual((log.act, log.reason, log.user_id), ("show", "电话答复", self.rep))

    def test_f5_3_2_page_refuses_without_a_reason(self):
        refused = self.act(self.slip, "contact", purpose=" ")
        self.assertEqual(refused.status_code, 422)
        self.assertNotIn(PHONE, refused.text)

    def test_f5_3_2_page_of_a_foreign_slip_shows_nothing(self):
        self.login(self.other_rep)
        self.assertIn("notice=unknown", self.act(self.slip, "contact", purpose="x").url)

    def test_f5_3_2_revoked_contact_is_gone_from_the_page(self):
        self.slip.with_user(self.clerk).action_revoke_contact()
        self.assertNotIn("Show contact", self.url_open(f"/my/complaints/{self.slip.id}").text)
        refused = self.act(self.slip, "contact", purpose="x")
        self.assertEqual(refused.status_code, 422)
        self.assertNotIn(PHONE, refused.text)
