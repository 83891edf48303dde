import re

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import Form, HttpCase, new_test_user, tagged

from ...wizards.case.complaint_reason_wizard import VERBS
from ..common import GROUP, ComplaintCommon


class NextStepCommon(ComplaintCommon):
    def step(self, ticket, user=None):
        """Return what the bar above a case shows a user."""
        self.env.flush_all()
        self.env.invalidate_all()
        mine = ticket.with_user(user or self.clerk)
        self.assert_chinese(mine.with_context(lang="zh_CN").flow_path["step"])
        return mine.flow_path["step"]

    def assert_chinese(self, step):
        """Check that nothing of the bar is left in English."""
        for act in filter(None, (step["act"], step["other"])):
            title = (act["open"] or {}).get("name") or ""
            words = re.sub(r"TS[\d-]+", "", " ".join((act["label"], act["hint"], title)))
            self.assertNotRegex(words, "[A-Za-z]")

    def act(self, ticket, user=None):
        return self.step(ticket, user)["act"] or {}

    def offered(self, ticket, user=None):
        """Return the method that the primary button calls, or the model that it opens."""
        act = self.act(ticket, user)
        return act and (act["method"] or act["page"] or act["open"]["res_model"])

    def press(self, ticket, user=None):
        """Do what the primary button does, as a user, over the door of the web client."""
        act = self.act(ticket, user)
        record = self.env[act["model"] or ticket._name].browse(act["id"] or ticket.id)
        return call_kw(record.with_user(user or self.clerk), act["method"], [record.ids], {})

    def answered(self, channel="phone", **vals):
        """Return a complaint whose unit replied, and nobody checked it."""
        ticket = self.accepted(channel, **vals)
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values(result="已当场补办。"))
        return ticket

    def dialog(self, ticket, user=None):
        """Return the dialog that the primary button opens, as a form."""
        action = self.act(ticket, user)["open"]
        model = self.env[action["res_model"]].with_user(user or self.clerk)
        record = model.with_context(**action["context"]).browse(action.get("res_id"))
        return Form(record, view=self.env["ir.ui.view"].browse(action["views"][0][0]))


@tagged("post_install", "-at_install")
class TestNextStep(NextStepCommon):
    """One primary button says what is next, in every state, for every role."""

    def test_x1_the_clerk_is_led_from_draft_to_archive(self):
        ticket = self.new_complaint()
        self.assertEqual(self.offered(ticket), "action_look_through")
        page = self.press(ticket)
        self.assertEqual(page["res_model"], "complaint.review.wizard")
        self.env["complaint.review.wizard"].with_user(self.clerk).with_context(
            **page["context"]
        ).create({}).action_send()
        self.assertEqual(self.offered(ticket), "action_urge")
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        self.assertEqual(self.offered(ticket), "complaint.slip")
        ticket.slip_ids.action_accept_reply(self.CONSIDERED)
        self.assertEqual(self.offered(ticket), "complaint.feedback")
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assertEqual(self.offered(ticket), "findings")
        self.assertTrue(self.act(ticket)["needs"])
        ticket.finding_ids.write({"conclusion": "not_upheld", "facts": "未见不当。"})
        self.assertEqual(self.offered(ticket), "action_confirm_findings")
        self.press(ticket)
        self.assertEqual(self.offered(ticket), "action_close")
        self.press(ticket)
        self.assertEqual(ticket.complaint_state, "closed")
        self.assertFalse(self.offered(ticket))
        self.assertEqual(self.offered(ticket, self.archivist), "action_open_dossier")

    def test_x1_what_is_needed_is_said_before_the_click(self):
        draft = self.new_complaint(no_recording_reason=False, no_conduct_reason=False)
        needs = self.act(draft)["needs"]
        self.assertEqual(len(needs), 2, needs)
        with self.assertRaises(UserError) as refused:
            self.press(draft)
        # All of it at once, and not one refusal after another.
        self.assertEqual(str(refused.exception), "\n".join(needs))

    def test_x1_on_hold_it_is_resumed(self):
        ticket = self.accepted()
        ticket.action_hold()
        self.assertEqual(self.offered(ticket), "action_resume")
        self.assertFalse(self.offered(ticket, self.leader))

    def test_x1_leaders_supervise_and_decide(self):
        ticket = self.accepted()
        self.assertEqual(self.offered(ticket, self.leader), "action_supervise")
        self.assertEqual(self.offered(ticket, self.both), "action_urge")
        ticket.with_user(self.clerk).action_ask_leader("可否延期？")
        self.assertEqual(self.offered(ticket, self.leader), "complaint.approval")
        self.assertEqual(self.offered(ticket, self.clerk), "action_urge")
        self.assertFalse(self.offered(ticket, self.archivist))

    def test_h5_2_5_a_major_case_goes_to_its_meeting(self):
        ticket = self.accepted(complaint_class="major")
        self.assertEqual(self.offered(ticket), "action_propose_meeting")
        meeting = self.env["complaint.meeting"].create({"ticket_id": ticket.id})
        meeting._procedure_write({"state": "requested"})
        self.assertFalse(self.offered(ticket))
        meeting._procedure_write({"state": "approved"})
        self.assertEqual(self.offered(ticket), "action_propose_meeting")

    def test_h5_2_2_on_site_it_is_settled_or_forwarded(self):
        ticket = self.accepted("onsite")
        step = self.step(ticket)
        self.assertEqual(step["act"]["method"], "action_settle_on_spot")
        self.assertTrue(step["act"]["needs"])
        self.assertEqual(step["other"]["method"], "action_forward")

    def test_h5_2_4_what_is_outside_is_inquired_and_referred(self):
        ticket = self.accepted("onsite", is_outside_matter=True)
        self.assertEqual(self.offered(ticket), "action_investigate")
        inquiry = self.env["complaint.investigation"].with_user(self.clerk)
        inquiry = inquiry.create({"ticket_id": ticket.id, "evidence": "现场查看属实。"})
        inquiry.action_conclude()
        self.assertEqual(self.offered(ticket), "action_refer")

    def test_x1_a_box_of_the_chart_does_the_same(self):
        ticket = self.answered()
        self.env.invalidate_all()
        picture = ticket.with_user(self.clerk).flow_path
        boxes = [
            box
            for band in picture["bands"]
            for segment in band["segments"]
            for lane in segment
            for box in lane["boxes"]
        ]
        acts = {box["key"]: box["act"] for box in boxes if box["act"]}
        self.assertEqual(acts, {"check": picture["step"]["act"]})
        self.assertFalse(any(box["act"] for box in self._boxes_of(ticket, self.archivist)))

    def _boxes_of(self, ticket, user):
        picture = ticket.with_user(user).flow_path
        lanes = [lane for band in picture["bands"] for part in band["segments"] for lane in part]
        return [box for lane in lanes for box in lane["boxes"]]

    # --- the dialogs ------------------------------------------------------------------------------

    def test_x1_slip_and_reply_stand_side_by_side(self):
        ticket = self.answered()
        form = self.dialog(ticket)
        self.assertEqual(form.name, ticket.slip_ids.name)
        self.assertTrue(form.summary)
        self.assertEqual(len(form._values["reply_ids"]), 1)

    def test_f5_3_1_the_feedback_is_filled_from_the_accepted_reply(self):
        ticket = self.answered()
        ticket.slip_ids.action_accept_reply(self.CONSIDERED)
        form = self.dialog(ticket)
        self.assertEqual(form.called_number, ticket.complainant_phone)
        for text in ("经查，情况属实。", "已当场补办。", "批评教育，重新培训。"):
            self.assertIn(text, form.content)
        # What is compulsory is marked: the dialog does not go without.
        for name in ("callee", "satisfaction", "suggestion", "content", "called_number"):
            self.assertTrue(form._get_modifier(name, "required"), name)
        form.no_suggestion = True
        self.assertFalse(form._get_modifier("suggestion", "required"))
        form.callee, form.satisfaction = "本人，已核对姓名", "4"
        feedback = form.save()
        feedback.with_user(self.clerk).action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")

    def test_f5_3_3_a_visitor_signs_the_feedback(self):
        ticket = self.replied("onsite")
        form = self.dialog(ticket)
        self.assertEqual(form.mode, "in_person")
        self.assertTrue(form._get_modifier("signature", "required"))
        self.assertFalse(form._get_modifier("callee", "required"))

    def test_f5_3_2_what_the_unit_reported_is_checked(self):
        ticket = self.replied()
        values = {"consent_at": "2026-03-02 02:00:00", "consent_how": "phone"}
        ticket.slip_ids.action_delegate_feedback(values)
        self.assertEqual(self.act(ticket)["open"]["res_id"], ticket.feedback_ids.id)

    def test_x1_the_dialogs_are_in_chinese(self):
        for name in ("complaint_feedback_view_form_dialog", "complaint_slip_view_form_reply"):
            view = self.env.ref(f"kaiyang_complaint.{name}")
            records = self.env[view.model].with_user(self.clerk).with_context(lang="zh_CN")
            arch = records.get_view(view.id)["arch"]
            for text in re.findall(r'(?:string|placeholder)="([^"]+)"|<h[23]>([^<]+)<', arch):
                self.assertNotRegex("".join(text), "[A-Za-z]")

    def test_x1_each_dialog_says_what_it_does(self):
        titled = self.env["complaint.reason.wizard"]._titles()
        for model, titles in titled.items():
            self.assertLessEqual(set(titles), VERBS[model])
        chinese = self.env["complaint.reason.wizard"].with_context(lang="zh_CN")._titles()
        self.assertNotRegex("".join(map(str, chinese["helpdesk.ticket"].values())), "[A-Za-z]")
        titles = [title for by_act in titled.values() for title in by_act.values()]
        self.assertEqual(len(set(titles)), len(titles))
        # Where an act gives no title, it has one here.
        ticket = self.answered()
        action = ticket.slip_ids.with_user(self.clerk).action_return_reply()
        self.assertEqual(action["name"], titled["complaint.slip"]["action_return_reply"])


@tagged("post_install", "-at_install")
class TestOwnForm(NextStepCommon, HttpCase):
    """A ticket opens in the form of its own team, also where only its number is known."""

    def test_x1_each_ticket_names_its_own_form(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        other = self.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "坏了", "team_id": team.id}
        )
        own = self.env.ref("kaiyang_complaint.complaint_view_form").id
        both = new_test_user(
            self.env, "kc_two_desks", f"{GROUP}clerk,helpdesk_mgmt.group_helpdesk_manager"
        )
        for ticket, view in ((self.new_complaint(), own), (other, False)):
            mine = ticket.with_user(both)
            self.assertEqual(call_kw(mine, "get_formview_id", [ticket.ids], {}), view)
        # The helpdesk's own default stays what it was.
        default = self.env["helpdesk.ticket"].with_user(both).get_view(view_type="form")
        self.assertNotEqual(default["id"], own)

    def test_x1_only_staff_of_the_desk_are_asked(self):
        for user, works_here in ((self.clerk, True), (self.outsider, False)):
            session = self.authenticate(user.login, user.login)
            self.assertTrue(session.uid)
            info = self.make_jsonrpc_request("/web/session/get_session_info", {})
            self.assertIs(info["groups"][f"{GROUP}user"], works_here)
