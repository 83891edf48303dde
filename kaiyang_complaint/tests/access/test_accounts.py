from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ... import hooks
from ..common import GROUP
from ..handling.test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestAccounts(PortalCase):
    """Who a representative is, and where notices go, is the centre's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep.partner_id.write({"name": "陈建国", "email": "chen@unit.example.com"})
        cls.slip = cls.accepted().slip_ids
        cls.person = cls.rep.partner_id

    def printed(self, report, record):
        html = self.env["ir.actions.report"]._render_qweb_html(
            f"kaiyang_complaint.{report}", record.ids
        )
        return html[0].decode()

    # --- the centre's data --------------------------------------------------------------------

    def test_representative_changes_neither_name_nor_address_over_rpc(self):
        self.login(self.rep)
        for vals in ({"name": "别人"}, {"email": "x@example.com"}, {"phone": "13900000000"}):
            for model, record in (("res.users", self.rep), ("res.partner", self.person)):
                with (
                    self.subTest(vals=vals, model=model),
                    mute_logger("odoo.http"),
                    self.assertRaisesRegex(JsonRpcException, "UserError|AccessError"),
                ):
                    self.call(model, "write", record.ids, vals)
        self.assertEqual((self.person.name, self.person.email), ("陈建国", "chen@unit.example.com"))

    def test_what_is_their_own_stays_theirs(self):
        self.rep.with_user(self.rep).write({"tz": "Asia/Shanghai", "name": "陈建国"})
        self.assertEqual(self.rep.tz, "Asia/Shanghai")

    def test_page_shows_and_refuses(self):
        self.login(self.rep)
        page = self.url_open("/my/account").text
        self.assertIn("kept by the service centre", page)
        self.assertEqual(page.count('readonly="1"'), 4)
        self.person.country_id = self.env.ref("base.cn")
        form = {
            "csrf_token": http.Request.csrf_token(self),
            "partner_id": self.person.id,
            "name": "别人",
            "email": "x@example.com",
            "phone": "",
            "street": "人民路1号",
            "city": "贵阳",
            "zip": "550000",
            "country_id": self.env.ref("base.cn").id,
            "state_id": self.env.ref("base.state_cn_GZ").id,
        }
        answer = self.url_open("/my/address/submit", data=form).json()
        self.assertLessEqual({"name", "email"}, set(answer["invalid_fields"]))
        self.assertIn("kept by the service centre", str(answer["messages"]))
        kept = {"name": "陈建国", "email": "chen@unit.example.com"}
        self.assertEqual(
            self.url_open("/my/address/submit", data=form | kept).json(),
            {"redirectUrl": "/my/addresses"},
        )
        self.assertEqual((self.person.street, self.person.name), ("人民路1号", "陈建国"))

    def test_employer_is_not_renamed_on_the_way(self):
        bureau = self.env["res.partner"].create({"name": "不动产登记中心", "is_company": True})
        self.person.parent_id = bureau
        with self.assertRaisesRegex(UserError, "kept by the service centre"):
            bureau.with_user(self.rep).sudo().name = "别的单位"

    def test_manager_of_the_centre_changes_them(self):
        person = self.representative.with_user(self.manager)
        person.write({"contact_name": "陈建军", "contact_email": "jun@unit.example.com"})
        self.assertEqual((self.person.name, self.person.email), ("陈建军", "jun@unit.example.com"))
        with self.assertRaises(AccessError):
            self.representative.with_user(self.clerk).contact_name = "别人"

    def test_no_colleague_redirects_notices(self):
        groups = f"{GROUP}clerk,base.group_partner_manager"
        clerk = new_test_user(self.env, "kc_contacts", groups)
        with self.assertRaisesRegex(UserError, "kept by the service centre"):
            self.person.with_user(clerk).email = "x@example.com"

    def test_other_contacts_are_changed_as_ever(self):
        visitor = new_test_user(self.env, "kc_visitor", "base.group_portal")
        visitor.with_user(visitor).name = "新名字"
        self.assertEqual(visitor.name, "新名字")
        self.representative.active = False
        self.rep.with_user(self.rep).name = "新名字"
        self.assertEqual(self.person.name, "新名字")

    # --- the account stays --------------------------------------------------------------------

    def test_account_of_a_representative_is_not_deleted(self):
        self.login(self.rep)
        page = self.url_open("/my/security").text
        self.assertNotIn("portal_deactivate_account_form", page)
        self.assertIn("The service centre ends your term", page)
        form = {
            "csrf_token": http.Request.csrf_token(self),
            "validation": self.rep.login,
            "password": self.rep.login.ljust(8, "x"),
        }
        answer = self.url_open("/my/deactivate_account", data=form)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.rep.active)
        self.assertEqual(self.rep.login, "kc_rep")
        with self.assertRaisesRegex(UserError, "represents a unit"):
            self.rep._deactivate_portal_user()

    def test_account_goes_after_the_term(self):
        self.other_representative.active = False
        self.login(self.other_rep)
        page = self.url_open("/my/security").text
        self.assertIn("portal_deactivate_account_form", page)
        self.other_rep._deactivate_portal_user()
        self.assertFalse(self.other_rep.active)

    # --- papers keep the names ----------------------------------------------------------------

    def test_issued_slip_keeps_the_names(self):
        self.slip.with_user(self.rep).action_receive()
        self.slip.with_user(self.rep).action_reply(self.reply_values())
        clerk = self.slip.issued_by_id.name
        self.person.name = "改名后"
        self.slip.issued_by_id.name = "改名的人"
        printed = self.printed("report_slip", self.slip)
        self.assertEqual(printed.count("陈建国"), 3)
        self.assertIn(clerk, printed)
        for name in ("改名后", "改名的人"):
            self.assertNotIn(name, printed)
        after = self.accepted().slip_ids
        self.assertIn("改名后", self.printed("report_slip", after))

    def test_name_is_that_of_the_day_of_sending(self):
        ticket = self.accepted()
        ticket.slip_ids.with_user(self.rep).action_decline("x")
        draft = self.env["complaint.slip"].create(
            {
                "ticket_id": ticket.id,
                "unit_id": self.unit.id,
                "representative_id": self.representative.id,
            }
        )
        self.person.name = "改名后"
        draft.action_send()
        self.assertIn("改名后", self.printed("report_slip", draft))

    def test_urging_note_keeps_the_names(self):
        self.slip.with_user(self.clerk).action_urge("请抓紧办理")
        note = self.slip.escalation_ids
        self.person.name = "改名后"
        printed = self.printed("report_urging_note", note)
        self.assertEqual(printed.count("陈建国"), 2)
        self.assertNotIn("改名后", printed)

    def test_nobody_writes_the_names(self):
        with self.assertRaises(UserError):
            self.slip.with_user(self.clerk).write({"signer_names": {"representative_id": "别人"}})
        self.assertEqual(self.slip.signer_names["representative_id"], "陈建国")
        with self.assertRaises(AccessError):
            self.slip.with_user(self.rep).read(["signer_names"])

    def test_every_signer_is_a_person(self):
        for name in self.env.registry.descendants(["complaint.signer.mixin"], "_inherit"):
            model = self.env[name]
            for signer in () if model._abstract else model._signers:
                with self.subTest(model=name, signer=signer):
                    self.assertFalse(model._name_of(signer))

    # --- sign-up ------------------------------------------------------------------------------

    def test_sign_up_is_by_invitation(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(hooks.SIGN_UP, "b2c")
        self.assertEqual(self.url_open("/web/signup").status_code, 200)
        hooks.close_sign_up(self.env)
        self.assertEqual(self.url_open("/web/signup").status_code, 404)
        hooks._reopen_sign_up(self.env)
        self.assertEqual(parameters.get_param(hooks.SIGN_UP), "b2c")
        self.assertFalse(parameters.get_param(hooks.SIGN_UP_BEFORE))

    def test_sign_up_stays_where_another_app_needs_it(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(hooks.SIGN_UP, "b2c")
        shop = self.env["ir.module.module"].search([("name", "=", "website_sale")])
        shop = shop or shop.create({"name": "website_sale"})
        shop.state = "installed"
        hooks.close_sign_up(self.env)
        self.assertEqual(parameters.get_param(hooks.SIGN_UP), "b2c")

    def test_settings_say_why(self):
        arch = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        self.assertIn("Nobody needs an account to complain", arch)
