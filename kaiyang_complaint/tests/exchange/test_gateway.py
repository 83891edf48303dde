import base64

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

URL = "/json/2/helpdesk.ticket/register_complaint"
PAPER = base64.b64encode("叫号单".encode()).decode()
WHOLE = {
    "external_ref": "GZ-ZX-1",
    "name": "窗口态度差",
    "description": "取号后等了两个小时。\n窗口无人。",
    "partner_name": "王小明",
    "complainant_phone": "13812345678",
    "complainant_address": "城关镇",
    "is_confidential": True,
    "received_at": "2026-03-02T02:30:00Z",
    "window": "T12号窗口",
    "staff": ["T012", "不知名的小张"],
    "service_datetime": "2026-03-02 09:00",
    "service_item": "转移登记",
    "service_ref": "BDC-17",
    "conduct": [8, 9],
    "attachments": [{"name": "叫号单.txt", "content": PAPER}],
}
TOO_BIG = base64.b64encode(b"x" * (20 * 1024 * 1024 + 1)).decode()
HIDDEN = "contact respondent slip window window.staff import"
WRONG = (
    ({"external_ref": " "}, "external_ref is missing"),
    ({"external_ref": 17}, "external_ref is not of the kind"),
    ({"description": ""}, "description is missing"),
    ({"description": "x" * 20001}, "description is longer than 20000"),
    ({"description": "a\0b"}, "description is not of the kind"),
    ({"partner_name": "\ud800"}, "partner_name is not of the kind"),
    ({"partner_name": "x" * 101}, "partner_name is longer than 100"),
    ({"window": "ZZ99"}, "Unknown window: “ZZ99”"),
    ({"received_at": "昨天"}, "received_at: invalid time “昨天”"),
    ({"received_at": 20260302}, "invalid time"),
    ({"received_at": "0001-01-01 00:00"}, "invalid time"),
    ({"received_at": "0001-01-01T00:00:00+14:00"}, "invalid time"),
    ({"received_at": "9999-12-31T23:59:59-12:00"}, "invalid time"),
    ({"external_ref": "GZ\0"}, "external_ref is not of the kind"),
    ({"service_datetime": "2999-01-01"}, "yet to come"),
    ({"conduct": [0]}, "Unknown conduct item: 0"),
    ({"conduct": [99]}, "Unknown conduct item: 99"),
    ({"conduct": ["9"]}, "conduct is not of the kind"),
    ({"staff": "李晓梅"}, "staff is not of the kind"),
    ({"staff": ["x"] * 21}, "staff has more than 20"),
    ({"is_confidential": "no"}, "is_confidential is not of the kind"),
    ({"attachments": [{"name": "a.txt", "content": "你好"}]}, "not base64"),
    ({"attachments": [{"name": "a.txt"}]}, "attachments is not of the kind"),
    ({"attachments": [{"name": "a.txt", "content": TOO_BIG}]}, "too large: a.txt"),
    ({"complaint_state": "closed"}, "Unknown field: “complaint_state”"),
    ({"team_id": 1}, "Unknown field: “team_id”"),
)


class GatewayCommon(ComplaintCommon):
    """The website, with a key that an administrator made, and its calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        wizard = cls.env["complaint.gateway.key"].create({})
        cls.key = wizard._make_key()
        cls.site = wizard._interface_user()
        cls.site.lang = "en_US"

    def registered(self, ref="GZ-ZX-1"):
        return self.env["helpdesk.ticket"].search([("external_ref", "=", ref)])


@tagged("post_install", "-at_install")
class TestGateway(GatewayCommon):
    def call(self, **values):
        tickets = self.env["helpdesk.ticket"].with_user(self.site)
        return tickets.register_complaint(**{"description": "排队", "external_ref": "1", **values})

    def test_c1_3_all_that_the_site_may_tell(self):
        answer = self.call(**WHOLE)
        self.assertEqual(answer, {"external_ref": "GZ-ZX-1", "created": True, "state": "draft"})
        ticket = self.registered()
        self.assertEqual(ticket.channel_code, "web")
        self.assertEqual((ticket.name, ticket.partner_name), ("窗口态度差", "王小明"))
        self.assertIn("取号后等了两个小时。<br>窗口无人。", str(ticket.description))
        self.assertEqual(ticket.received_at, Datetime.to_datetime("2026-03-02 02:30:00"))
        self.assertEqual(ticket.service_datetime, Datetime.to_datetime("2026-03-02 01:00:00"))
        self.assertEqual(ticket.window_id, self.window)
        self.assertEqual(ticket.respondent_ids.staff_id, self.staff)
        self.assertIn("不知名的小张", ticket.respondent_ids.mapped("stated_name"))
        self.assertEqual(sorted(ticket.conduct_ids.mapped("conduct_number")), [8, 9])
        self.assertTrue(ticket.is_confidential)
        self.assertFalse(ticket.missing_elements)
        self.assertFalse(ticket.user_id)
        domain = [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        files = self.env["ir.attachment"].with_user(self.clerk).search(domain)
        self.assertEqual((files.name, files.raw.decode()), ("叫号单.txt", "叫号单"))

    def test_c1_3_little_is_enough_and_the_rest_is_asked_for(self):
        self.call(window=None, staff=[])
        ticket = self.registered("1").with_user(self.clerk)
        self.assertEqual(ticket.missing_elements, "staff,window,time,matter")
        self.assertEqual(ticket.complainant_identity, "anonymous")
        self.assertTrue(ticket.action_ask_missing())

    def test_r5_1_4_nothing_the_site_brings_is_accepted_without_a_contact(self):
        self.call(**WHOLE)
        ticket = self.registered().with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "Contact the complainant first"):
            ticket.action_accept()
        ticket.contact_ids.create({"ticket_id": ticket.id})
        ticket.action_accept()
        again = self.call(**WHOLE)
        self.assertEqual((again["created"], again["state"]), (False, ticket.complaint_state))

    def test_c1_3_the_same_number_changes_nothing(self):
        self.call(**WHOLE)
        ticket = self.registered()
        again = self.call(**{**WHOLE, "partner_name": "别人", "window": "ZZ99"})
        self.assertEqual(again, {"external_ref": "GZ-ZX-1", "created": False, "state": "draft"})
        self.assertEqual(self.registered(), ticket)
        self.assertEqual(ticket.partner_name, "王小明")
        # Hidden in earlier versions, when that could be done.
        ticket._procedure_write({"active": False})
        self.assertFalse(self.call(**{**WHOLE, "external_ref": " GZ-ZX-1 "})["created"])

    def test_c1_3_what_is_wrong_is_said_and_nothing_registered(self):
        for wrong, complaint in WRONG:
            before = self.env["helpdesk.ticket"].search_count([])
            with self.subTest(complaint), self.assertRaisesRegex(UserError, complaint):
                self.call(**wrong)
            self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_c1_3_all_that_is_wrong_is_said_at_once(self):
        with self.assertRaisesRegex(UserError, "window: “Q”.*\n.*conduct item: 77.*\nNothing was"):
            self.call(window="Q", conduct=[77])

    def test_c1_3_markup_of_the_site_stays_text(self):
        self.call(description="<script>alert(1)</script>", name="<b>x</b>")
        self.assertNotIn("<script>", str(self.registered("1").description))

    def test_c1_3_context_of_the_caller_counts_for_nothing(self):
        other = self.env["res.company"].create({"name": "修文县政务服务中心"})
        tickets = self.env["helpdesk.ticket"].with_user(self.site)
        tickets.with_context(
            allowed_company_ids=other.ids, default_user_id=self.clerk.id, default_active=False
        ).register_complaint("1", "排队")
        ticket = self.registered("1")
        self.assertEqual((ticket.company_id, ticket.team_id), (self.env.company, self.room))
        self.assertFalse(ticket.user_id)

    def test_c1_3_only_the_interface_registers_by_a_call(self):
        for user in (self.clerk, self.outsider, self.rep, self.env.ref("base.public_user")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["helpdesk.ticket"].with_user(user).register_complaint("1", "排队")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_c1_3_interface_reads_nothing_of_the_desk(self):
        self.call(**WHOLE)
        for model in ("helpdesk.ticket", *(f"complaint.{name}" for name in HIDDEN.split())):
            with self.subTest(model):
                try:
                    found = self.env[model].with_user(self.site).search([])
                except AccessError:
                    found = None
                self.assertFalse(found)
        ticket = self.registered().with_user(self.site)
        for act in (
            lambda: ticket.read(["name"]),
            lambda: ticket.export_data(["name"]),
            lambda: ticket.write({"name": "x"}),
            ticket.action_accept,
            ticket.unlink,
        ):
            with self.assertRaises(UserError):
                act()

    def test_c1_3_administrator_makes_changes_and_withdraws_the_key(self):
        keys = self.env["res.users.apikeys"]

        def owner(key):
            return keys._check_credentials(scope="rpc", key=key)

        self.assertEqual(owner(self.key), self.site.id)
        self.assertTrue(self.site.share)
        wizard = self.env["complaint.gateway.key"].create({"duration": "0"})
        self.assertEqual(wizard.user_id, self.site)
        new = wizard._make_key()
        self.assertEqual((owner(self.key), owner(new)), (None, self.site.id))
        wizard.action_withdraw()
        self.assertIsNone(owner(new))
        for user in (self.manager, self.clerk):
            with self.assertRaises(AccessError):
                wizard.with_user(user).sudo(False).action_withdraw()

    def test_c1_3_interface_never_logs_in(self):
        self.site.sudo().password = "complaint-interface"
        users = self.env["res.users"]
        for password in ("complaint-interface", self.key):
            credential = {"login": self.site.login, "password": password, "type": "password"}
            with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base.models.res_users"):
                users.authenticate(credential, {"interactive": True})
            with self.assertRaises(AccessDenied):
                users._check_uid_passwd(self.site.id, password)


@tagged("post_install", "-at_install")
class TestGatewayHttp(GatewayCommon, HttpCase):
    def post(self, url=URL, key=None, **values):
        headers = {"Authorization": f"bearer {key or self.key}"}
        return self.url_open(url, json=values, headers=headers, method="POST")

    def test_c1_3_registers_over_http_once(self):
        answer = self.post(**WHOLE)
        self.assertEqual(answer.status_code, 200, answer.text)
        expected = {"external_ref": "GZ-ZX-1", "created": True, "state": "draft"}
        self.assertEqual(answer.json(), expected)
        self.assertEqual(self.post(**WHOLE).json(), {**expected, "created": False})
        self.assertEqual(len(self.registered()), 1)

    @mute_logger("odoo.http")
    def test_c1_3_errors_over_http(self):
        wrong = self.post(external_ref="1", description="排队", window="ZZ99")
        self.assertEqual(wrong.status_code, 422)
        self.assertIn("Unknown window: “ZZ99”", wrong.json()["message"])
        self.assertEqual(self.post(external_ref="1").status_code, 422)
        self.assertEqual(self.post(key="0" * 40, **WHOLE).status_code, 401)
        self.assertEqual(self.url_open(URL, json=WHOLE).status_code, 401)
        self.assertFalse(self.registered() + self.registered("1"))

    @mute_logger("odoo.http")
    def test_c1_3_key_opens_no_other_door(self):
        self.assertEqual(self.post(**WHOLE).status_code, 200)
        ids = self.registered().ids
        for model, method, values in (
            ("helpdesk.ticket", "read", {"ids": ids, "fields": ["name"]}),
            ("helpdesk.ticket", "search_read", {"domain": []}),
            ("helpdesk.ticket", "search_count", {"domain": []}),
            ("helpdesk.ticket", "export_data", {"ids": ids, "fields_to_export": ["name"]}),
            ("helpdesk.ticket", "create", {"vals_list": [{"name": "x"}]}),
            ("helpdesk.ticket", "action_accept", {"ids": ids}),
            ("helpdesk.ticket", "fields_get", {}),
            ("complaint.window", "search_read", {"domain": []}),
            ("helpdesk.ticket.team", "complaint_tiles", {}),
            ("res.users", "context_get", {}),
            ("res.partner", "search_read", {"domain": []}),
            ("ir.attachment", "search_read", {"domain": []}),
        ):
            with self.subTest(f"{model}.{method}"):
                answer = self.post(f"/json/2/{model}/{method}", **values)
                self.assertEqual(answer.status_code, 403, answer.text)

    @mute_logger("odoo.http", "odoo.addons.base.models.res_users")
    def test_c1_3_key_is_no_password_of_the_older_interface(self):
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [
                self.env.cr.dbname,
                self.site.id,
                self.key,
                *("helpdesk.ticket", "search_count", [[]]),
            ],
        }
        with mute_logger("odoo.addons.rpc.controllers.jsonrpc"):
            answer = self.url_open("/jsonrpc", json={"jsonrpc": "2.0", "params": params}).json()
        self.assertIn("AccessDenied", answer["error"]["data"]["name"])

    @mute_logger("odoo.http")
    def test_c1_3_an_internal_user_of_the_desk_keeps_their_own_key(self):
        """The lock is for the interface alone: a clerk's key works as ever, and can't register."""
        clerk = new_test_user(
            self.env, "kc_keyed", "kaiyang_complaint.group_complaint_clerk", lang="en_US"
        )
        key = self.env["res.users.apikeys"].with_user(clerk).sudo()._generate("rpc", "x", None)
        read = self.post("/json/2/helpdesk.ticket/search_count", key, domain=[])
        self.assertEqual(read.status_code, 200)
        self.assertEqual(self.post(key=key, **WHOLE).status_code, 403)
