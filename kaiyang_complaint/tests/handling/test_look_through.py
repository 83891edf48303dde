"""No slip leaves before a person has seen the text that leaves."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from ...models.access.base_automation import STARTED
from ...models.case.helpdesk_ticket import stage_of
from ...models.handling.forwarding import Forwarding
from ..common import GROUP, ComplaintCommon

UNSEEN = "Nobody has looked through"
WIZARD = "complaint.review.wizard"
REASON = "<p>我叫王小明，电话13812345678。排队两小时。</p>"


class LookThroughCommon(ComplaintCommon):
    def call(self, records, method, *args, user=None):
        """Call a method as the web client and the API do."""
        model = records.with_user(user or self.clerk)
        return call_kw(model, method, [records.ids, *args], {})

    def unseen(self, channel="phone", **vals):
        """Return an accepted complaint whose text nobody looked through."""
        ticket = self.new_complaint(channel, **vals)
        self.call(ticket, "action_accept")
        return ticket

    def page(self, ticket, user=None):
        """Open the page of a complaint as a browser does."""
        action = ticket.with_user(user or self.clerk).action_look_through()
        page = self.env[WIZARD].with_user(user or self.clerk).with_context(**action["context"])
        return page.create(page.default_get(["ticket_id", "slip_id", "stretches", "opinion"]))

    def switched(self, page, text):
        """Return the stretches of a page with the mark of a text switched."""
        found = [one for one in page.stretches if one["text"] == text and one["kind"]]
        self.assertTrue(found, text)
        return [{**one, "masked": one["masked"] ^ (one in found)} for one in page.stretches]


@tagged("post_install", "-at_install")
class TestLookThrough(LookThroughCommon):
    """What nobody looked through never leaves; what was leaves exactly so."""

    # --- what nobody looked through ---------------------------------------------------------

    def test_h5_2_1_acceptance_forwards_nothing_unseen(self):
        ticket = self.unseen()
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertFalse(ticket.slip_ids)
        self.assertTrue(ticket.awaits_review)

    def test_h5_2_1_accepted_in_bulk_waits(self):
        tickets = self.new_complaint() + self.new_complaint() + self.new_complaint("letter")
        self.look_through(tickets[1])
        self.call(tickets, "action_accept")
        self.assertEqual(tickets.mapped("awaits_review"), [True, False, True])
        self.assertEqual(tickets.slip_ids.ticket_id, tickets[1])

    def test_h5_2_1_dragged_cards_wait_too(self):
        ticket = self.new_complaint()
        column = {
            state: stage_of(self.env, state, ticket.company_id)
            for state in ("accepted", "handling")
        }
        self.call(ticket, "write", {"stage_id": column["accepted"].id})
        self.assertTrue(ticket.awaits_review)
        with self.assertRaisesRegex(UserError, UNSEEN):
            self.call(ticket, "write", {"stage_id": column["handling"].id})

    def test_h5_2_1_what_the_website_registered_waits(self):
        answer = self.env["helpdesk.ticket"].register_complaint("SEEN-1", "排队两小时")
        self.assertTrue(answer["created"])
        ticket = self.env["helpdesk.ticket"].search([("external_ref", "=", "SEEN-1")])
        ticket.write(
            {
                **{
                    name: value
                    for name, value in self.complaint_values("web").items()
                    if name != "team_id"
                },
            }
        )
        self.call(ticket, "action_accept")
        self.assertTrue(ticket.awaits_review)
        self.assertFalse(ticket.slip_ids)

    def test_h5_2_1_no_verb_forwards_what_is_unseen(self):
        ticket = self.unseen()
        with self.assertRaisesRegex(UserError, UNSEEN):
            self.call(ticket, "action_forward")
        slip = self.env["complaint.slip"].create(Forwarding(ticket).slip_values(self.unit))
        with self.assertRaisesRegex(UserError, UNSEEN):
            self.call(slip, "action_send")
        self.assertEqual(slip.state, "draft")

    def test_h5_2_1_the_automation_checks_the_facts_itself(self):
        ticket = self.unseen()
        action = self.env.ref("kaiyang_complaint.action_forward_on_acceptance")
        step = self.env["complaint.case.event"].search([("ticket_id", "=", ticket.id)])
        run = {"active_model": step._name, "active_ids": step.ids, "active_id": step.id}
        run["complaint_started"] = STARTED
        action.with_context(**run).run()
        self.assertFalse(ticket.slip_ids)
        self.look_through(ticket)
        action.with_context(**run).run()
        self.assertEqual(ticket.slip_ids.state, "sent")
        action.with_context(**run).run()
        self.assertEqual(len(ticket.slip_ids), 1)

    def test_h5_2_1_text_put_onto_a_slip_by_its_creation_is_unseen(self):
        ticket = self.unseen()
        values = {**Forwarding(ticket).slip_values(self.unit), "summary": "王小明13812345678"}
        slip = self.env["complaint.slip"].with_user(self.clerk).create(values)
        with self.assertRaisesRegex(UserError, UNSEEN):
            self.call(slip, "action_send")
        self.look_through(ticket)
        self.assertNotIn("王小明", slip.summary)
        self.call(slip, "action_send")

    def test_h5_2_5_what_a_meeting_decided_waits_unseen(self):
        ticket = self.new_complaint(complaint_class="major")
        self.call(ticket, "action_accept")
        self.assertFalse(ticket.awaits_review, "the meeting comes first")
        meeting = (
            self.env["complaint.meeting"]
            .with_user(self.clerk)
            .create(
                {
                    "ticket_id": ticket.id,
                    "analysis": "重大",
                    "starts_at": "2026-03-02 02:30:00",
                    "place": "会议室",
                    "chair_id": self.leader.id,
                    "minutes": "由登记中心负责。",
                }
            )
        )
        meeting.line_ids.write({"responsibility": "main", "task": "请联系王小明查明"})
        meeting.invitee_ids.write({"attendance": "present"})
        meeting._procedure_write({"state": "approved"})
        meeting.action_hold()
        self.assertTrue(ticket.awaits_review)
        self.assertFalse(ticket.slip_ids)
        page = self.page(ticket)
        self.assertIn("请联系〔姓名〕查明", page.addressees)
        page.action_send()
        self.assertEqual(ticket.slip_ids.state, "sent")
        self.assertEqual(ticket.slip_ids.room_opinion, "请联系〔姓名〕查明")

    def test_h5_2_1_a_new_round_is_looked_through_anew(self):
        ticket = self.closed()
        ticket.with_user(self.manager).action_reopen("新证据")
        self.assertTrue(ticket.awaits_review)

    # --- what was looked through ------------------------------------------------------------

    def test_h5_2_1_what_was_seen_leaves_character_by_character(self):
        ticket = self.new_complaint(description=REASON)
        text = "我叫王小明 ，\n排队两小时（窗口:A02）[略]  ……完。"
        self.call(ticket, "action_review_text", text, "请致电13812345678核实。")
        self.call(ticket, "action_accept")
        slip = ticket.slip_ids.with_user(self.rep)
        self.assertEqual((slip.state, slip.summary), ("sent", text))
        self.assertEqual(slip.room_opinion, "请致电13812345678核实。")
        self.assertEqual(ticket.reviewed_by_id, self.clerk)

    def test_h5_2_1_page_shows_what_is_masked_and_sends_what_it_shows(self):
        ticket = self.new_complaint(description=REASON)
        page = self.page(ticket)
        self.assertEqual(page.original.strip(), "我叫王小明，电话13812345678。排队两小时。")
        self.assertNotIn("王小明", page.summary)
        self.assertNotIn("13812345678", page.summary)
        self.assertFalse(page.exposed)
        page.stretches = self.switched(page, "王小明")
        self.assertIn("王小明", page.summary)
        self.assertIn("王小明", page.exposed)
        page.stretches = [
            *page.stretches,
            {"text": "（手写）", "shown": "（手写）", "kind": "", "masked": False},
            {"text": "某人", "shown": "[…]", "kind": "hand", "masked": True},
        ]
        shown = page.summary
        self.assertTrue(shown.endswith("（手写）[…]"))
        page.opinion = "请查明。"
        page.action_send()
        slip = ticket.slip_ids.with_user(self.rep)
        self.assertEqual((slip.state, slip.summary, slip.room_opinion), ("sent", shown, "请查明。"))
        self.assertEqual(ticket.complaint_state, "handling")

    def test_h5_2_1_unmasked_words_stay_when_the_page_is_opened_again(self):
        ticket = self.new_complaint(description=REASON)
        page = self.page(ticket)
        page.stretches = self.switched(page, "王小明")
        page.opinion = "请查明经过。"
        page.action_accept_only()
        self.assertEqual(ticket.complaint_state, "accepted")
        self.assertTrue(ticket.awaits_review, "accepted only: it was not sent, and waits")
        again = self.page(ticket)
        self.assertEqual((again.stretches, again.opinion), (page.stretches, "请查明经过。"))
        again.stretches = [
            *again.stretches,
            {"text": "另：", "shown": "另：", "kind": "", "masked": False},
        ]
        again.action_back()
        third = self.page(ticket)
        self.assertEqual(third.summary, again.summary)
        self.assertIn("王小明", third.exposed)

    def test_h5_2_1_page_that_fails_changes_nothing(self):
        ticket = self.new_complaint()
        page = self.page(ticket)
        page.stretches = [{"text": " ", "shown": " ", "kind": "", "masked": False}]
        with self.assertRaisesRegex(UserError, "empty"), self.env.cr.savepoint():
            page.action_send()
        page.stretches = [{"text": 5}]
        with self.assertRaisesRegex(UserError, "can't be read"), self.env.cr.savepoint():
            page.action_send()
        self.assertEqual((ticket.complaint_state, ticket.number), ("draft", "/"))

    def test_h5_2_1_page_of_a_slip_sends_that_slip(self):
        ticket = self.unseen()
        slip = (
            self.env["complaint.slip"]
            .with_user(self.clerk)
            .create(Forwarding(ticket).slip_values(self.unit))
        )
        slip.room_opinion = "请专门查明。"
        page = self.page(slip)
        self.assertEqual(page.opinion, "请专门查明。")
        page.action_send()
        self.assertEqual((slip.state, slip.room_opinion), ("sent", "请专门查明。"))

    def test_h5_2_1_who_rewrites_a_draft_slip_has_seen_it(self):
        ticket = self.unseen()
        slip = (
            self.env["complaint.slip"]
            .with_user(self.clerk)
            .create(Forwarding(ticket).slip_values(self.unit))
        )
        self.call(slip, "write", {"summary": "群众反映排队过久。"})
        self.assertEqual(ticket.reviewed_by_id, self.clerk)
        self.call(slip, "action_send")
        self.assertEqual((slip.state, slip.summary), ("sent", "群众反映排队过久。"))

    def test_h5_2_1_a_declined_slip_goes_on_with_the_text_that_was_seen(self):
        ticket = self.accepted()
        seen = ticket.slip_ids.summary
        ticket.slip_ids.with_user(self.rep).action_decline("不属我单位")
        self.assertFalse(ticket.awaits_review)
        ticket.write({"description": "<p>我是王小明，另有一事。</p>"})
        self.assertTrue(ticket.awaits_review)
        self.assertEqual(ticket.slip_ids.summary, seen)
        with self.assertRaisesRegex(UserError, UNSEEN):
            self.call(ticket, "action_forward")

    def test_h5_2_2_on_site_it_waits_for_the_clerk(self):
        ticket = self.accepted("onsite")
        self.assertEqual((ticket.complaint_state, len(ticket.slip_ids)), ("accepted", 0))
        self.call(ticket, "action_forward")
        self.assertEqual(ticket.slip_ids.state, "sent")

    # --- what asks again --------------------------------------------------------------------

    def test_h5_2_1_a_later_change_asks_again(self):
        changes = {
            "description": "<p>另有原因。</p>",
            "service_item": "抵押登记",
            "room_opinion": "另请查明。",
            "partner_name": "王小明明",
            "complainant_phone": "13900000000",
            "complainant_address": "某镇某村",
            "complainant_id_number": "520121199001011234",
        }
        for name, value in changes.items():
            with self.subTest(changed=name):
                ticket = self.new_complaint()
                self.look_through(ticket)
                self.call(ticket, "write", {name: ticket[name], "service_ref": "1"})
                self.assertTrue(ticket.reviewed_at, "nothing changed")
                self.call(ticket, "write", {name: value})
                self.assertFalse(ticket.reviewed_at or ticket.reviewed_by_id)
                self.call(ticket, "action_accept")
                self.assertFalse(ticket.slip_ids)

    # --- who, and what never ----------------------------------------------------------------

    def test_u7_5_of_a_restricted_case_there_is_nothing_to_look_through(self):
        item = self.env.ref("kaiyang_complaint.conduct_04").ids
        for vals in ({"conduct_ids": item}, {"is_outside_matter": True}):
            ticket = self.new_complaint(**vals)
            with self.assertRaises(UserError):
                self.call(ticket, "action_review_text", "文字", "意见")
            with self.assertRaises(UserError):
                self.call(ticket, "action_look_through")
            self.call(ticket, "action_accept")
            self.assertFalse(ticket.awaits_review)

    def test_h5_2_1_only_who_may_change_the_case_looks_through(self):
        ticket = self.new_complaint()
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.call(ticket, "action_review_text", "文字", "意见", user=user)
            with self.subTest(page=user.login), self.assertRaises(AccessError):
                self.env[WIZARD].with_user(user).create({"ticket_id": ticket.id})

    def test_u7_5_page_confirms_no_guess_about_a_case_one_may_not_read(self):
        item = self.env.ref("kaiyang_complaint.conduct_04").ids
        ticket = self.new_complaint(conduct_ids=item)
        colleague = new_test_user(self.env, "kc_colleague", GROUP + "clerk", lang="en_US")
        self.room.user_ids += colleague
        self.assertFalse(ticket.with_user(colleague).has_access("read"))
        page = self.env[WIZARD].with_user(colleague)
        guess = {"ticket_id": ticket.id, "opinion": "王小明"}
        with self.assertRaises(AccessError):
            call_kw(page, "onchange", [[], guess, ["opinion"], {"exposed": {}}], {})

    def test_h5_2_1_call_may_bring_anything(self):
        ticket = self.new_complaint()
        for text in (5, ["x"], {"a": 1}, "a\0b", "", "  ", None):
            with self.subTest(text=text), self.assertRaises(UserError):
                self.call(ticket, "action_review_text", text, "意见")
        self.assertFalse(ticket.reviewed_at)

    # --- where it is found ------------------------------------------------------------------

    def test_p4_1_tile_counts_what_waits_and_opens_it(self):
        day = self.env["helpdesk.ticket.team"].with_user(self.clerk)

        def count():
            tiles = {tile["key"]: tile["count"] for tile in day.complaint_tiles()["tiles"]}
            return tiles["review"]

        before = count()
        ticket = self.unseen()
        self.accepted()
        self.assertEqual(count(), before + 1)
        action = day.open_complaint_tile("review")
        found = self.env["helpdesk.ticket"].with_user(self.clerk).search(action["domain"])
        self.assertIn(ticket, found)
        self.page(ticket).action_send()
        self.assertEqual(count(), before)

    def test_p4_1_buttons_lead_to_the_page(self):
        ticket = self.new_complaint()
        form = Form(ticket.with_user(self.clerk), view="kaiyang_complaint.complaint_view_form")
        self.assertFalse(form.awaits_review)
        self.call(ticket, "action_accept")
        self.assertEqual(self.call(ticket, "action_look_through")["res_model"], WIZARD)
        self.call(ticket, "action_hold")
        with self.assertRaises(UserError):
            self.call(ticket, "action_look_through")
