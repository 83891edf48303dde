from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...controllers.public import submission as pages
from ..access.file_contents import scan
from .submission_common import NAME, PHONE, STORY, SubmissionCase


@tagged("post_install", "-at_install")
class TestSubmission(SubmissionCase):
    def test_c1_3_from_the_form_to_the_answer(self):
        """Filed without an account, taken over, contacted, accepted, answered: found all along."""
        form = self.send()
        self.assertEqual(form.state, "received")
        self.assertRegex(form.number, r"^SJ\d{4}-\d{4,}$")
        self.assertIn(form.number, self.page.text)
        self.assertIn(form.tracking_code, self.page.text)
        number, code = form.number, form.tracking_code
        waiting = self.track(number, code)
        self.assertIn("will look at it", waiting.text)

        form.with_user(self.clerk).action_take_over()
        ticket = form.ticket_id
        self.assertEqual(ticket.complaint_state, "draft")
        self.assertEqual(ticket.channel_id.complaint_code, "web")
        self.assertEqual(ticket.user_id, self.clerk)
        self.assertEqual(ticket.respondent_ids.staff_id, self.staff)
        self.assertEqual(ticket.conduct_ids.mapped("conduct_number"), [1, 9])
        self.assertIn(STORY, ticket.description)
        self.assertFalse(ticket.missing_elements)
        self.assertFalse(form.description or form.partner_name or form.complainant_phone)
        self.assertIn("contacts you", self.track(number, code).text)

        with self.assertRaisesRegex(UserError, "Contact the complainant first"):
            ticket.with_user(self.clerk).action_accept()
        contacts = self.env["complaint.contact"].with_user(self.clerk)
        contacts.create({"ticket_id": ticket.id, "note": "已联系"})
        self.look_through(ticket.with_user(self.clerk))
        ticket.with_user(self.clerk).action_accept()
        self.assertEqual(ticket.tracking_code, code, "the code stays")
        for known in (number, ticket.number):
            page = self.track(known, code)
            self.assertIn('aria-current="step"', page.text)
            self.assertIn(ticket.number, page.text)
            for secret in (NAME, PHONE, STORY, "李晓梅"):
                self.assertNotIn(secret, page.text)

        messages = self.env["complaint.citizen.message"].with_user(self.clerk)
        messages.create({"ticket_id": ticket.id, "kind": "answer", "body": "经查属实，已改正。"})
        self.assertIn("经查属实，已改正。", self.track(number, code).text)

    def test_c2_every_step_says_what_is_missing_and_keeps_what_was_typed(self):
        self.url_open("/complaint/new?w=T12")
        page = self.post("new/1", day="", item="", time="10:00")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Choose the day.", page.text)
        self.assertIn("Write what you came for", page.text)
        self.assertIn('aria-invalid="true"', page.text)
        page = self.post("new/1", day="today", item="过户")
        page = self.post("new/2", who="staff", staff="女，戴眼镜", text="")
        self.assertEqual(page.status_code, 422)
        self.assertIn("女，戴眼镜", page.text)
        page = self.post("new/4", id="named", pname="王", mobile="138")
        self.assertIn("you wrote 3", page.text)

    def test_c2_steps_can_be_gone_back_to(self):
        form = self.fill()
        page = self.url_open("/complaint/new/2")
        self.assertIn(STORY, page.text)
        self.assertRegex(page.text, r'value="9"[^>]*checked')
        answer = self.post("new/1", day="today", item="补证", time="", to="5", follow=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/complaint/new/5"))
        form.invalidate_recordset()
        self.assertEqual(form.service_item, "补证")
        self.assertIn(STORY, self.url_open("/complaint/new/5").text)

    def test_c2_a_placard_fills_the_window_in(self):
        page = self.url_open("/complaint/new?w=T12")
        self.assertTrue(page.url.endswith("/complaint/new/1"))
        self.assertIn("不动产登记中心", page.text)
        page = self.url_open("/complaint/new?w=Z99")
        self.assertNotIn("Z99", page.text)

    def test_c2_without_a_window_the_unit_does(self):
        self.assertIn("no window “Z99”", self.post("new/window", window="Z99").text)
        self.post("new/window", unit=self.unit.id)
        for step, values in self.steps(_2={"who": "window", "staff": "x"}).items():
            self.post(f"new/{step}", **values)
        form = self.submissions.search([("state", "=", "filling")])
        self.wait(form)
        self.post("new/send")
        form.with_user(self.clerk).action_take_over()
        self.assertEqual(form.ticket_id.window_unit_id, self.unit)
        self.assertIn("window", form.ticket_id.missing_elements)

    def test_p4_5_of_the_anonymous_nothing_is_kept(self):
        form = self.send(_4={"id": "anonymous"})
        self.assertEqual(form.complainant_identity, "anonymous")
        self.assertFalse(form.partner_name or form.complainant_phone)
        form.with_user(self.clerk).action_take_over()
        self.assertEqual(form.ticket_id.complainant_identity, "anonymous")

    def test_c1_3_files_go_along_and_others_are_refused_by_name(self):
        form = self.fill()
        files = [
            ("file", ("照片.png", scan(), "image/png")),
            ("file", ("装置.exe", b"MZ\x90\0", "application/octet-stream")),
        ]
        page = self.post("new/3", files=files, go="add")
        self.assertEqual(page.status_code, 422)
        self.assertIn("装置.exe", page.text)
        self.assertEqual(form._files().mapped("name"), ["照片.png"])
        self.post("new/3", files=[("file", ("b.png", scan(b"b"), "image/png"))], go="add")
        self.post("new/3", drop=form._files()[1].id)
        self.assertEqual(form._files().mapped("name"), ["照片.png"])
        self.wait(form)
        self.post("new/send")
        form.invalidate_recordset()
        form.with_user(self.clerk).action_take_over()
        kept = [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", form.ticket_id.id)]
        self.assertEqual(self.env["ir.attachment"].search(kept).mapped("raw"), [scan()])
        self.assertFalse(form._files())

    def test_c1_3_sent_twice_is_sent_once(self):
        form = self.send()
        again = self.post("new/send")
        self.assertIn(form.number, again.text)
        self.assertEqual(self.submissions.search_count([("state", "=", "received")]), 1)

    def test_c1_3_the_receipt_is_a_paper_without_names(self):
        self.send()
        self.assertIn("<svg", self.page.text)
        receipt = self.url_open("/complaint/receipt")
        self.assertEqual(receipt.headers["Content-Type"], "application/pdf")
        self.assertTrue(receipt.content.startswith(b"%PDF"))
        self.authenticate(None, None)
        self.assertIn("/complaint/track", self.url_open("/complaint/receipt").url)

    def test_p4_2_out_of_scope_leaves_authority_and_day_for_a_month(self):
        form = self.send()
        number, code = form.number, form.tracking_code
        authority = self.env["complaint.authority"].create({"name": "县住建局", "phone": "123456"})
        action = form.with_user(self.clerk).action_refuse_out_of_scope()
        wizard = self.env[action["res_model"]].with_user(self.clerk)
        wizard = wizard.with_context(**action["context"]).create({"authority_id": authority.id})
        wizard.action_confirm()
        self.assertFalse(form.exists())
        self.assertFalse(self.env["helpdesk.ticket"].search([("external_ref", "=", number)]))
        page = self.track(number, code)
        self.assertIn("县住建局", page.text)
        self.assertNotIn(NAME, page.text)
        notice = self.env["complaint.guidance.notice"].sudo().search([])
        self.assertNotIn(number, notice.key)
        notice.date = "2026-01-01"
        notice._gc_notices()
        self.assertFalse(notice.exists())
        self.assertEqual(self.track(number, code).status_code, 422)

    def test_c1_3_withdrawn_before_it_was_taken_over_it_is_deleted(self):
        form = self.send()
        self.track(form.number, form.tracking_code)
        self.assertIn("Tick that you are sure", self.post("track/withdraw").text)
        self.post("track/withdraw", sure="1")
        form.invalidate_recordset()
        self.assertEqual(form.state, "withdrawn")
        self.assertFalse(form.description or form.partner_name or form.complainant_phone)
        with self.assertRaises(AccessError):
            form.with_user(self.clerk).action_take_over()

    def test_c1_3_additions_before_it_is_taken_over_go_along(self):
        form = self.send()
        self.track(form.number, form.tracking_code)
        files = [("file", ("a.png", scan(), "image/png"))]
        self.post("track/add", files=files, more="补充：还有证人。")
        form.invalidate_recordset()
        self.assertIn("还有证人", form.description)
        self.assertEqual(len(form._files()), 1)


@tagged("post_install", "-at_install")
class TestSubmissionGuards(SubmissionCase):
    def test_x1_what_is_sent_at_once_is_doubted(self):
        form = self.fill()
        page = self.post("new/send")
        self.assertEqual(page.status_code, 422)
        self.assertIn("very fast", page.text)
        form.invalidate_recordset()
        self.assertEqual(form.state, "filling")

    def test_x1_a_filled_honeypot_is_doubted(self):
        form = self.fill()
        self.wait(form)
        self.assertEqual(self.post("new/send", homepage="x").status_code, 422)
        self.assertEqual(form.state, "filling")

    def test_x1_an_address_sends_no_more_than_its_share(self):
        form = self.fill()
        self.wait(form)
        counted = self.env["complaint.tracking.attempt"].sudo()
        for _sent in range(30):
            self.assertTrue(counted._may_send("127.0.0.1", ""))
        page = self.post("new/send")
        self.assertEqual(page.status_code, 429)
        self.assertTrue(page.headers["Retry-After"])
        form.invalidate_recordset()
        self.assertEqual(form.state, "filling", "nothing is lost")

    def test_x1_a_number_sends_five_a_day(self):
        counted = self.env["complaint.tracking.attempt"].sudo()
        sent = [counted._may_send(f"192.0.2.{host}", PHONE) for host in range(6)]
        self.assertEqual(sent, [True] * 5 + [False])
        self.assertTrue(counted._may_send("192.0.2.9", "13900009999"))

    def test_x1_the_same_text_is_told(self):
        first = self.send()
        form = self.fill()
        self.assertIn("same text was sent before", self.url_open("/complaint/new/5").text)
        self.wait(form)
        self.post("new/send")
        form.invalidate_recordset()
        self.assertEqual(form.repeats_count, 1)
        self.assertNotEqual(form.number, first.number)

    def test_x1_a_centre_may_switch_it_off(self):
        self.env.company.complaint_online = False
        for path in ("/complaint/new", "/complaint/new/1"):
            self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self.post("new/window", window="T12").status_code, 404)
        self.assertFalse(self.submissions.search([]))

    def test_x1_an_old_page_keeps_what_was_typed(self):
        self.url_open("/complaint/new?w=T12")
        page = self.post("new/1", csrf_token="old", day="today", item="过户登记")
        self.assertIn("open for long", page.text)
        self.assertIn("过户登记", page.text)
        self.assertFalse(self.submissions.search([]))

    def test_x1_the_form_of_another_is_out_of_reach(self):
        form = self.fill()
        self.authenticate(None, None)
        page = self.url_open("/complaint/new/5")
        self.assertNotIn(NAME, page.text)
        self.assertNotIn(STORY, page.text)
        self.post("new/discard")
        self.assertTrue(form.exists())

    def test_x1_pages_hold_nothing_from_elsewhere(self):
        page = self.url_open("/complaint/new?w=T12")
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertNotIn("style=", page.text)
        self.assertIn('<html lang="en-US">', page.text)
        self.assertLess(len(page.content), 25_000)

    def test_x1_number_and_code_are_shown_for_a_while(self):
        form = self.send()
        with patch.object(pages, "SHOWN_FOR", -1):
            self.assertNotIn(form.tracking_code, self.url_open("/complaint/new/done").text)
        self.assertIn(form.tracking_code, self.url_open("/complaint/new/done").text)

    def test_x1_what_nobody_sent_is_forgotten_after_a_day(self):
        form = self.fill()
        self.submissions._gc_submissions()
        self.assertTrue(form.exists())
        form.started_at = "2026-01-01"
        self.submissions._gc_submissions()
        self.assertFalse(form.exists())

    def test_c1_3_a_new_ticket_is_the_online_form(self):
        teams = self.env["helpdesk.ticket.team"].search([("is_complaint_room", "=", False)])
        teams.active = False
        self.login(self.rep)
        for path in ("/new/ticket", "/my/tickets"):
            self.assertIn("/complaint/new", self.url_open(path).url)
        self.env["helpdesk.ticket.team"].create({"name": "信息中心"})
        self.assertIn("/new/ticket", self.url_open("/new/ticket").url)


@tagged("post_install", "-at_install")
class TestSubmissionAccess(SubmissionCase):
    def test_u7_5_who_reads_what_was_sent(self):
        ordinary = self.send()
        restricted = self.send(_2={"kind": ("4",), "text": "要红包"})
        self.assertTrue(restricted.is_restricted)
        filling = self.fill()
        for user in (self.clerk, self.manager, self.leader, self.director):
            self.assertEqual(self.held(ordinary, user), "r")
            self.assertFalse(filling.with_user(user).has_access("read"))
        self.assertEqual(self.held(restricted, self.clerk), "")
        for user in (self.manager, self.leader, self.director):
            self.assertEqual(self.held(restricted, user), "r")
        for user in (self.archivist, self.outsider, self.rep):
            self.assertEqual(self.held(ordinary, user), "")
        with self.assertRaises(AccessError):
            ordinary.with_user(self.leader).action_take_over()
        with self.assertRaises(AccessError):
            restricted.with_user(self.clerk).action_take_over()
        restricted.with_user(self.manager).action_take_over()
        self.assertTrue(restricted.ticket_id.is_restricted)
        self.assertEqual(self.held(restricted, self.clerk), "")

    def test_c1_3_taken_over_once(self):
        form = self.send()
        form.with_user(self.clerk).action_take_over()
        with self.assertRaises(UserError):
            form.with_user(self.clerk).action_take_over()
        with self.assertRaises(UserError):
            form.with_user(self.clerk).action_refuse_out_of_scope(False)

    def test_c1_3_another_centre_sees_nothing(self):
        form = self.send()
        other = self.env["res.company"].create({"name": "另一个中心"})
        form.write({"window_id": False, "company_id": other.id})
        self.assertEqual(self.held(form, self.clerk), "")

    def test_c1_3_my_day_counts_what_was_sent(self):
        self.send()
        tiles = self.env["helpdesk.ticket.team"].with_user(self.clerk).complaint_tiles()["tiles"]
        self.assertEqual({tile["key"]: tile["count"] for tile in tiles}["submitted"], 1)


@tagged("post_install", "-at_install")
class TestCitizenMessages(SubmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.accepted()
        cls.messages = cls.env["complaint.citizen.message"]

    def setUp(self):
        super().setUp()
        self.follow()

    def follow(self):
        return self.track(self.ticket.number, self.ticket.sudo().tracking_code)

    def ask(self, **values):
        values = {"ticket_id": self.ticket.id, "body": "您上周在哪里问的材料？", **values}
        return self.messages.with_user(self.clerk).create(values)

    def said(self):
        self.ticket.invalidate_recordset()
        return self.ticket.citizen_message_ids

    def test_r5_1_4_the_room_asks_and_is_answered(self):
        question = self.ask()
        self.assertTrue(question.is_waiting)
        self.assertIn("您上周在哪里问的材料？", self.follow().text)
        files = [("file", ("a.png", scan(), "image/png"))]
        page = self.post("track/reply", files=files, reply="在电话里问的。")
        self.assertIn("在电话里问的。", page.text)
        reply = self.said()[-1:]
        self.assertEqual((reply.kind, reply.is_waiting), ("reply", True))
        self.assertEqual(reply.file_ids.raw, scan())
        self.assertFalse(question.is_waiting)
        activity = self.ticket.activity_ids.filtered("user_id")
        self.assertNotIn("电话", str(activity.mapped("note")) + str(activity.mapped("summary")))
        reply.with_user(self.clerk).action_done()
        self.assertFalse(reply.is_waiting)

    def test_f5_3_1_nothing_else_of_the_room_is_shown(self):
        self.ticket.message_post(body="内部意见：窗口态度确实差")
        self.ticket.room_opinion = "请首席代表严查"
        page = self.follow().text
        for secret in ("内部意见", "严查", "王小明", "李晓梅"):
            self.assertNotIn(secret, page)

    def test_p4_6_what_names_people_is_not_published(self):
        for body in ("王小明您好，已查实。", "请打13812345678。"):
            with self.assertRaisesRegex(UserError, "leave it out"):
                self.ask(kind="answer", body=body)

    def test_x1_nobody_writes_for_the_complainant(self):
        with self.assertRaises(UserError):
            self.ask(kind="addition")
        message = self.ask()
        for user in (self.clerk, self.manager):
            self.assertEqual(self.held(message, user), "rc")
        for user in (self.rep, self.outsider, self.archivist):
            self.assertEqual(self.held(message, user), "")

    def test_x1_a_call_is_asked_for_once_a_day(self):
        self.post("track/call", at="noon")
        self.post("track/call", at="noon")
        self.assertEqual(self.said().mapped("kind"), ["call"])
        self.assertEqual(self.said().call_time, "noon")

    def test_x1_withdrawing_tells_the_room_and_changes_nothing(self):
        state = self.ticket.complaint_state
        self.post("track/withdraw", sure="1")
        self.assertEqual(self.said().mapped("kind"), ["withdrawal"])
        self.assertEqual(self.ticket.complaint_state, state)

    def test_x1_without_the_code_nothing_can_be_said(self):
        self.post("track/leave")
        page = self.post("track/add", more="不该收下")
        self.assertNotIn("不该收下", page.text)
        self.assertFalse(self.said())

    def test_x1_an_empty_addition_is_told(self):
        page = self.post("track/add", more=" ")
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self.said())

    def test_c1_3_the_desk_prints_a_receipt(self):
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        content = reports._render_qweb_pdf("kaiyang_complaint.report_receipt", self.ticket.ids)[0]
        self.assertTrue(content.startswith(b"%PDF"))

    def test_c1_3_placards_lead_to_the_form(self):
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        placard = "kaiyang_complaint.report_placard"
        html = reports._render_qweb_html(placard, self.window.ids)[0].decode()
        self.assertIn("不动产登记", html)
        self.assertIn("<svg", html)
        self.assertTrue(reports._render_qweb_pdf(placard, self.window.ids)[0].startswith(b"%PDF"))
