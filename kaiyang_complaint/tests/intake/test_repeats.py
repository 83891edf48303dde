from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ...models.intake.similar_complaints import SimilarComplaints
from ..common import GROUP, ComplaintCommon

REASON = "<p>今天上午到窗口办理不动产转移登记，排队两小时后被告知材料不齐，此前没有一次性告知。</p>"
NEARLY = "<p>上午去窗口办不动产转移登记，排队两小时后才被告知材料不齐，没有一次性告知！</p>"
DIFFERENT = "<p>孩子的身份证照片拍得模糊，要求重拍被拒绝，态度生硬。</p>"


class RepeatsCommon(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "kc_colleague", GROUP + "clerk", lang="en_US")

    def unlike(self, **vals):
        """Return a complaint that has nothing in common with the others but what is given."""
        return self.new_complaint(
            **{
                "partner_name": "赵六",
                "complainant_phone": "13700000001",
                "window_id": self.other_window.id,
                "respondent_ids": [],
                "service_item": "身份证换领",
                "description": DIFFERENT,
                **vals,
            }
        )

    def rows(self, ticket, user=None):
        """Return the signs by which earlier complaints are shown to a user, by complaint."""
        ticket = ticket.with_user(user or self.clerk)
        ticket.invalidate_recordset(["repeats", "repeats_summary"])
        return {row["id"]: row["signs"] for row in ticket.repeats or ()}


@tagged("post_install", "-at_install")
class TestRepeats(RepeatsCommon):
    def test_c3_repeats_by_window_staff_and_complainant(self):
        earlier = self.new_complaint(description=DIFFERENT, service_item="甲")
        window = self.unlike(window_id=self.window.id)
        staff = self.unlike(
            respondent_ids=[Command.create({"staff_id": self.staff.id})], service_item="乙"
        )
        phone = self.unlike(complainant_phone="+86 138-1234-5678", description="<p>改日再说</p>")
        self.assertEqual(self.rows(window)[earlier.id], ["Same window", "Similar text"])
        self.assertIn("Same staff member", self.rows(staff)[earlier.id])
        self.assertEqual(self.rows(phone)[earlier.id], ["Same complainant"])
        self.assertIn("1 by this complainant", phone.repeats_summary)
        self.assertEqual(self.rows(earlier), {})

    def test_c3_repeats_of_long_ago_are_not_repeats(self):
        earlier = self.new_complaint(description=DIFFERENT, service_item="甲")
        ticket = self.new_complaint(description="<p>改日再说</p>", service_item="乙")
        self.assertIn(earlier.id, self.rows(ticket))
        earlier.sudo().received_at = fields.Datetime.now() - timedelta(days=91)
        self.assertNotIn(earlier.id, self.rows(ticket))
        self.env.company.complaint_repeat_days = 100
        self.assertIn(earlier.id, self.rows(ticket))

    def test_c3_repeats_in_nearly_the_same_words(self):
        earlier = self.new_complaint(description=REASON)
        earlier.sudo().received_at = "2024-03-01 02:00:00"
        ticket = self.unlike(description=NEARLY, service_item="不动产登记")
        self.assertEqual(self.rows(ticket)[earlier.id], ["Similar text"])
        (row,) = [row for row in ticket.repeats if row["id"] == earlier.id]
        self.assertGreater(row["similarity"], 40)
        self.assertNotIn(earlier.id, self.rows(self.unlike()))

    def test_c3_repeats_show_while_the_draft_is_written(self):
        earlier = self.new_complaint(description=REASON)
        view = "kaiyang_complaint.complaint_view_form"
        drafts = self.env["helpdesk.ticket"].with_user(self.clerk)
        form = Form(drafts.with_context(complaint_channel="phone"), view)
        self.assertFalse(form.repeats_summary)
        form.window_id = self.window
        self.assertIn("1 about this window", form.repeats_summary)
        form.description = NEARLY
        self.assertIn("similar text: 1", form.repeats_summary)
        self.assertEqual([row["id"] for row in form.repeats], [earlier.id])

    def test_c3_repeats_keep_silent_about_restricted_cases(self):
        """Neither shown nor counted, however similar; who may read them sees them."""
        hidden = self.accepted(
            description=REASON, conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids
        )
        ticket = self.unlike(description=REASON, window_id=self.window.id)
        for user, seen in ((self.colleague, False), (self.clerk, True), (self.leader, True)):
            with self.subTest(user=user.login):
                self.assertEqual(hidden.id in self.rows(ticket, user), seen)
                self.assertEqual(bool(ticket.with_user(user).repeats_summary), seen)

    def test_c3_repeats_hidden_ones_crowd_out_nothing(self):
        readable = self.new_complaint(description=NEARLY)
        item = self.env.ref("kaiyang_complaint.conduct_04").ids
        for _number in range(12):
            self.new_complaint(description=REASON, conduct_ids=item)
        ticket = self.unlike(description=REASON)
        self.assertIn(readable.id, self.rows(ticket, self.colleague))

    def test_c3_repeats_stay_in_their_centre(self):
        abroad = self.env["res.company"].create({"name": "修文县政务服务中心"})
        room = self.env["helpdesk.ticket.team"].create(
            {"name": "投诉室", "is_complaint_room": True, "company_id": abroad.id}
        )
        foreign = self.env["helpdesk.ticket"].create(
            {
                **self.complaint_values(description=REASON),
                "team_id": room.id,
                "company_id": abroad.id,
                "window_id": False,
                "respondent_ids": [],
            }
        )
        both = new_test_user(
            self.env,
            "kc_of_both_centres",
            GROUP + "clerk",
            company_ids=[Command.set((abroad + self.env.company).ids)],
        )
        ticket = self.unlike(description=REASON, complainant_phone="13812345678")
        seen = self.rows(ticket.with_context(allowed_company_ids=both.company_ids.ids), both)
        self.assertNotIn(foreign.id, seen)

    def test_c3_repeats_are_searched_by_the_index(self):
        """Where scanning is no way out, the trigrams are; the bench shows it at size."""
        ticket = self.new_complaint(description=REASON)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        query = tickets._search(SimilarComplaints(ticket).in_similar_words()).select()
        self.env.cr.execute("EXPLAIN " + query.code, query.params)
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("helpdesk_ticket_reason_text_trigrams", plan)

    def test_c3_repeats_do_without_the_extension(self):
        ticket = self.new_complaint(description=REASON)
        later = self.new_complaint(description=REASON)
        self.patch(self.env.registry, "has_trigram", False)
        self.assertNotIn("Similar text", self.rows(later)[ticket.id])

    def test_c3_other_tickets_are_not_compared(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": REASON, "team_id": team.id}
        )
        self.assertFalse(ticket.reason_text)
        self.assertFalse(ticket.repeats)
        self.assertEqual(self.rows(self.unlike(description=REASON)), {})


@tagged("post_install", "-at_install")
class TestDuplicates(RepeatsCommon):
    def test_f5_3_5_links_lead_to_the_first(self):
        first, second, third = (self.new_complaint() for _number in range(3))
        third.action_same_matter(second.id)
        second.action_same_matter(first.id)
        self.assertEqual(first.duplicate_ids, second + third)
        self.assertIn("Same matter", self.rows(first)[third.id])
        self.assertIn("Same matter", self.rows(third)[second.id])
        first.action_not_same_matter(third.id)
        self.assertEqual(first.duplicate_ids, second)
        second.action_not_same_matter(first.id)
        self.assertFalse(first.duplicate_ids)

    def test_f5_3_5_no_circles(self):
        first, second = self.new_complaint(), self.new_complaint()
        second.action_same_matter(first.id)
        first.action_same_matter(second.id)
        first.action_same_matter(first.id)
        self.assertFalse(first.duplicate_id)
        for ticket, other in ((first, second), (first, first)):
            with self.assertRaises(ValidationError):
                ticket.duplicate_id = other

    def test_f5_3_5_draft_of_the_same_person_may_be_ended(self):
        first = self.accepted()
        ticket = self.new_complaint()
        with self.assertRaisesRegex(UserError, "Link it first"):
            ticket.action_end_as_duplicate()
        ticket.action_same_matter(first.id)
        self.assertTrue(ticket.may_end_as_duplicate)
        ticket.action_end_as_duplicate()
        self.assertEqual(ticket.complaint_state, "invalid")
        self.assertIn(first.number, ticket.end_reason)
        self.assertEqual(first.duplicate_ids, ticket)

    def test_f5_3_5_others_are_answered_by_themselves(self):
        first = self.accepted()
        other = self.unlike()
        other.action_same_matter(first.id)
        self.assertFalse(other.may_end_as_duplicate)
        with self.assertRaisesRegex(UserError, "a separate answer"):
            other.action_end_as_duplicate()
        again = self.new_complaint()
        again.action_same_matter(self.closed().id)
        with self.assertRaisesRegex(UserError, "not being handled"):
            again.action_end_as_duplicate()
        self.assertEqual((other + again).mapped("complaint_state"), ["draft", "draft"])

    def test_f5_3_5_restricted_complaints_are_linked_to_none(self):
        first, second, third = (self.new_complaint() for _number in range(3))
        second.action_same_matter(first.id)
        third.action_same_matter(first.id)
        second.is_discipline_matter = True
        self.assertEqual(first.duplicate_ids, third)
        with self.assertRaisesRegex(UserError, "restricted"):
            second.action_same_matter(first.id)
        first.is_discipline_matter = True
        self.assertFalse(third.duplicate_id)

    def test_f5_3_5_who_may_link(self):
        first, second = self.new_complaint(), self.new_complaint()
        hidden = self.accepted(conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids)
        for user, other in ((self.leader, first), (self.outsider, first), (self.colleague, hidden)):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                second.with_user(user).action_same_matter(other.id)
        closed = self.closed()
        with self.assertRaisesRegex(UserError, "ended"):
            closed.action_same_matter(first.id)

    def test_f5_3_5_windows_and_staff_show_their_year(self):
        before = self.window.complaint_count, self.staff.complaint_count
        self.accepted()
        self.accepted(conduct_ids=self.env.ref("kaiyang_complaint.conduct_04").ids)
        self.new_complaint().action_mark_invalid("无理由")
        long_ago = self.accepted()
        long_ago.sudo().received_at = "2020-01-01 00:00:00"
        self.env.invalidate_all()
        for user, count in ((self.clerk, 2), (self.colleague, 1)):
            with self.subTest(user=user.login):
                counted = self.window.with_user(user), self.staff.with_user(user)
                for record, had in zip(counted, before, strict=True):
                    self.assertEqual(record.complaint_count - had, count)
                    found = record.action_open_complaints()["domain"]
                    tickets = self.env["helpdesk.ticket"].with_user(user)
                    self.assertEqual(tickets.search_count(found), count + had)
