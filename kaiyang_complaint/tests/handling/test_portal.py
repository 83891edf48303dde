import base64

from odoo import http
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ...controllers.portal import uploads
from ..common import ComplaintCommon

PHOTO = ("整改 照片.jpg", b"\xff\xd8\xffphoto", "image/jpeg")


class PortalCase(ComplaintCommon, HttpCase):
    """A browser's view of the hall, logged in as somebody, in the language of the source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["ir.default"].set("res.partner", "lang", "en_US")

    def login(self, user):
        self.authenticate(user.login, user.login.ljust(8, "x"))

    def act(self, slip, verb, files=None, **data):
        """Post a form of the slip's page."""
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(f"/my/complaints/{slip.id}/{verb}", data=data, files=files)

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assert_refused(self, model, method, *args, **kwargs):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, "AccessError|odoo.exceptions|Forbidden"),
        ):
            self.call(model, method, *args, **kwargs)


@tagged("post_install", "-at_install")
class TestSlipPages(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.accepted()
        cls.slip = cls.ticket.slip_ids

    def setUp(self):
        super().setUp()
        self.login(self.rep)

    def test_h5_2_1_list_shows_what_waits(self):
        page = self.url_open("/my/complaints").text
        self.assertIn(self.slip.name, page)
        self.assertIn("不动产转移登记", page)
        self.assertIn("working days left", page)
        self.assertIn("No slips here yet", self.url_open("/my/complaints?filterby=done").text)

    def test_h5_2_6_overdue_and_due_today_stand_out(self):
        company, calendar = self.slip.company_id, self.env["complaint.calendar.year"]
        day = calendar._working_days().shift(company._complaint_today(), -2)
        self.slip.sudo().deadline_ids.due_at = company._complaint_day_end(day)
        page = self.url_open("/my/complaints").text
        self.assertIn("2 working days overdue", page)
        self.assertIn("text-bg-danger", page)

    def test_h5_2_1_list_is_searched_and_filtered(self):
        other = self.accepted(service_item="查询档案").slip_ids
        page = self.url_open("/my/complaints?search=档案").text
        self.assertIn(other.name, page)
        self.assertNotIn(self.slip.name, page)
        self.assertIn("No slip matches", self.url_open("/my/complaints?search=无此事").text)
        self.assertIn(other.name, self.url_open("/my/complaints?filterby=nonsense").text)

    def test_h5_2_1_list_costs_the_same_for_many(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.url_open("/my/complaints")
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        for _count in range(6):
            self.accepted()
        self.assertLessEqual(cost(), few + 2)

    def test_h5_2_1_home_card_counts_what_waits(self):
        self.assertIn("/my/complaints", self.url_open("/my").text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["complaint_slip_count"]})
        self.assertEqual(counters["complaint_slip_count"], 1)
        visitor = new_test_user(self.env, "kc_visitor", "base.group_portal")
        self.login(visitor)
        self.assertNotIn("/my/complaints", self.url_open("/my").text)
        self.assertTrue(self.url_open("/my/complaints").url.endswith("/my"))

    def test_h5_2_1_receive_and_reply_with_files(self):
        page = self.act(self.slip, "receive")
        self.assertIn("You signed for the slip", page.text)
        self.assertEqual(self.slip.state, "received")
        files = [("attachments", PHOTO), ("attachments", ("../x\n.pdf", b"pdf"))]
        page = self.act(self.slip, "reply", files=files, **self.reply_values(result="已道歉"))
        self.assertIn("The reply was sent", page.text)
        self.assertEqual(self.slip.state, "replied")
        reply = self.slip.reply_ids
        self.assertEqual(reply.result, "已道歉")
        self.assertEqual(reply.submitted_by_id, self.rep)
        names = reply.sudo().attachment_ids.mapped("name")
        self.assertIn(PHOTO[0], names)
        self.assertFalse([name for name in names if "/" in name or "\n" in name])
        self.assertIn(PHOTO[0], page.text)

    def test_h5_2_1_double_receive_says_so(self):
        self.act(self.slip, "receive")
        first = self.slip.received_at
        page = self.act(self.slip, "receive")
        self.assertEqual(page.status_code, 422)
        self.assertIn("this can&#39;t be done now", page.text)
        self.assertEqual((self.slip.state, self.slip.received_at), ("received", first))

    def test_h5_2_1_refused_reply_keeps_what_was_typed(self):
        self.act(self.slip, "receive")
        page = self.act(
            self.slip, "reply", facts="  ", responsibility="unit", measures="轮岗学习三日"
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn("The reply lacks: Facts Established", page.text)
        self.assertIn("轮岗学习三日", page.text)
        self.assertRegex(page.text, r'value="unit"[^>]*checked|checked[^>]*value="unit"')
        self.assertEqual(self.slip.state, "received")
        self.assertFalse(self.slip.reply_ids)

    def test_h5_2_1_too_large_a_file_is_named(self):
        self.act(self.slip, "receive")
        self.patch(uploads, "MAX_FILE_SIZE", uploads.MEGABYTE)
        files = [("attachments", ("录像.mp4", b"x" * 1048577, "video/mp4"))]
        page = self.act(self.slip, "reply", files=files, **self.reply_values())
        self.assertIn("“录像.mp4” is larger than 1 MB", page.text)
        self.assertIn("批评教育", page.text)
        self.assertFalse(self.slip.reply_ids)

    def test_h5_2_1_returned_reply_is_reworked(self):
        slip = self.slip.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        self.slip.action_return_reply("请补充录像")
        page = self.url_open(f"/my/complaints/{slip.id}").text
        self.assertIn("请补充录像", page)
        self.assertRegex(page, r"<textarea[^>]*>经查，情况属实。</textarea>")
        self.act(self.slip, "reply", **self.reply_values(facts="录像已核实"))
        self.assertEqual(self.slip.reply_ids.mapped("state"), ["submitted", "returned"])

    def test_h5_2_1_declined_with_reason_comes_back(self):
        page = self.act(self.slip, "decline", reason=" ")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Enter why", page.text)
        self.assertEqual(self.slip.state, "sent")
        page = self.act(self.slip, "decline", reason="该事项由税务窗口办理")
        self.assertIn("went back to the complaint room", page.text)
        self.assertEqual((self.slip.state, self.ticket.complaint_state), ("declined", "accepted"))
        self.assertEqual(self.slip.decline_reason, "该事项由税务窗口办理")

    def test_h5_2_1_reply_is_escaped(self):
        self.act(self.slip, "receive")
        evil = "<script>alert(1)</script>"
        page = self.act(self.slip, "reply", **self.reply_values(facts=evil)).text
        self.assertNotIn(evil, page)
        self.assertIn("&lt;script&gt;", page)

    @mute_logger("odoo.http")
    def test_h5_2_1_forms_need_a_token(self):
        url = f"/my/complaints/{self.slip.id}/receive"
        self.assertEqual(self.url_open(url, data={"x": "y"}).status_code, 400)
        self.assertEqual(self.url_open(url).status_code, 405)
        self.assertEqual(self.slip.state, "sent")


@tagged("post_install", "-at_install")
class TestSlipSecrets(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.accepted(
            service_item="王小明的不动产转移登记", complainant_address="花园路九号"
        )
        cls.slip = cls.ticket.slip_ids
        cls.slip.with_user(cls.rep).action_receive()
        content = base64.b64encode(b"evidence").decode()
        cls.slip.with_user(cls.rep).action_reply(
            cls.reply_values(attachments=[("证据.pdf", content)])
        )
        cls.file = cls.slip.sudo().reply_ids.attachment_ids

    def test_h5_2_1_page_masks_the_complainant(self):
        self.login(self.rep)
        for url in ("/my/complaints?filterby=all", f"/my/complaints/{self.slip.id}"):
            page = self.url_open(url).text
            for secret in ("王小明", "王**", "13812345678", "138****5678", "花园路九号"):
                self.assertNotIn(secret, page)
        self.assertIn("实名", page)

    def test_h5_2_1_slip_says_named_or_anonymous_only(self):
        """Surname and digits tell a window who it was."""
        label = self.slip.with_user(self.rep).complainant_label
        self.assertEqual(label, "实名")
        self.ticket.sudo().is_confidential = True
        self.assertEqual(self.slip.complainant_label, "实名，要求保密")
        self.ticket.sudo().write({"complainant_identity": "anonymous", "is_confidential": False})
        self.assertEqual(self.slip.complainant_label, "匿名")

    def test_p4_6_foreign_slip_looks_like_none(self):
        self.login(self.other_rep)
        pages = [
            self.url_open(f"/my/complaints/{slip_id}") for slip_id in (self.slip.id, 999999999)
        ]
        for page in pages:
            self.assertTrue(page.url.endswith("/my/complaints?notice=unknown"))
            self.assertIn("does not exist, or it is not your unit", page.text)
            self.assertNotIn(self.slip.name, page.text)
        self.assertNotIn(self.slip.name, self.url_open("/my/complaints?filterby=all").text)

    def test_p4_6_foreign_slip_takes_no_act(self):
        slip = self.accepted().slip_ids
        self.login(self.other_rep)
        for verb, data in (
            ("receive", {}),
            ("reply", self.reply_values()),
            ("decline", {"reason": "不是我们"}),
        ):
            page = self.act(slip, verb, **data)
            self.assertTrue(page.url.endswith("notice=unknown"), verb)
        self.assert_refused("complaint.slip", "action_receive", [slip.id])
        self.assert_refused("complaint.slip", "action_reply", [slip.id], self.reply_values())
        self.assert_refused("complaint.slip", "action_decline", [slip.id], "不是我们")
        self.assert_refused("complaint.slip", "read", [slip.id], ["name"])
        self.assertEqual(self.call("complaint.slip", "search", []), [])
        self.assertEqual(slip.state, "sent")

    def test_h5_2_1_representative_writes_only_by_the_verbs(self):
        self.login(self.rep)
        self.assert_refused("complaint.slip", "write", [self.slip.id], {"state": "accepted"})
        self.assert_refused("complaint.slip", "action_accept_reply", [self.slip.id])
        self.assert_refused("complaint.slip", "unlink", [self.slip.id])

    def test_h5_2_1_nothing_of_the_complaint_over_rpc(self):
        self.login(self.rep)
        of_the_ticket = [("ticket_id.partner_name", "=", "王小明")]
        self.assert_refused("complaint.slip", "search", of_the_ticket)
        self.assert_refused("complaint.slip", "search", [], order="ticket_id")
        self.assert_refused("complaint.slip", "read", [self.slip.id], ["ticket_id"])
        self.assert_refused("complaint.slip", "formatted_read_group", [], ["ticket_id"])
        roundabout = [("reply_ids.slip_id.ticket_id.complainant_phone", "ilike", "138")]
        self.assert_refused("complaint.slip", "search", roundabout)
        deadlines = [("deadline_ids.ticket_id.partner_name", "ilike", "王")]
        self.assert_refused("complaint.slip", "search", deadlines)
        self.assert_refused("helpdesk.ticket", "read", [self.ticket.id], ["description"])
        self.assertEqual(self.call("helpdesk.ticket", "name_search", "TS"), [])
        domain = [("model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        self.assertEqual(self.call("mail.message", "search", domain), [])
        self.assert_refused("complaint.respondent", "search", [])
        self.assert_refused("complaint.deadline", "search", [])

    def test_h5_2_1_notices_name_no_complainant(self):
        messages = self.env["mail.message"].search(
            [("model", "=", "complaint.slip"), ("res_id", "=", self.slip.id)]
        )
        self.assertTrue(messages.filtered(lambda m: self.rep.partner_id in m.partner_ids))
        text = " ".join(messages.mapped(lambda m: f"{m.subject} {m.body}"))
        self.assertNotIn("王小明", text)

    def test_h5_2_1_files_of_a_reply_stay_in_the_unit(self):
        by_page = f"/my/complaints/{self.slip.id}/file/{self.file.id}"
        by_id = f"/web/content/{self.file.id}"
        self.login(self.rep)
        self.assertEqual(self.url_open(by_page).content, b"evidence")
        self.login(self.clerk)
        self.assertEqual(self.url_open(by_id).content, b"evidence")
        for stranger in (self.other_rep, self.outsider):
            self.login(stranger)
            for url in (by_page, by_id):
                self.assertNotIn(b"evidence", self.url_open(url).content)

    def test_h5_2_1_files_of_internal_notes_stay_with_the_desk(self):
        slip = self.slip.with_user(self.clerk)
        slip.message_post(
            body="内部", attachments=[("内部.txt", b"x")], subtype_xmlid="mail.mt_note"
        )
        released = self.env["ir.attachment"].create(
            {"name": "原文.txt", "raw": b"y", "res_model": "complaint.slip", "res_id": slip.id}
        )
        files = self.slip.with_user(self.rep)._files_for_unit()
        self.assertEqual(files, released.sudo() + self.file)

    def test_h5_2_1_end_of_office_ends_access(self):
        self.representative.active = False
        self.login(self.rep)
        page = self.url_open(f"/my/complaints/{self.slip.id}")
        self.assertTrue(page.url.endswith("notice=unknown"))

    def test_h5_2_1_public_must_log_in(self):
        self.authenticate(None, None)
        for url in ("/my/complaints", f"/my/complaints/{self.slip.id}"):
            self.assertIn("/web/login", self.url_open(url).url)
