from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.desk.helpdesk_ticket import unit_picture
from ..access_common import AccessCommon
from ..common import ComplaintCommon

MANY = 80


class ChartCommon(ComplaintCommon):
    def keys(self, ticket, *statuses):
        """Return the boxes of a complaint's path that have one of some statuses."""
        picture = ticket.with_user(self.leader).flow_path
        boxes = [
            box
            for band in picture["bands"]
            for segment in band["segments"]
            for lane in segment
            for box in lane["boxes"]
        ]
        return [box["key"] for box in boxes if box["status"] in statuses]

    def slip_values(self, ticket, unit):
        return {
            "ticket_id": ticket.id,
            "unit_id": unit.id,
            "representative_id": unit.representative_id.id,
        }

    def assert_at(self, ticket, keys, level, label=None):
        """Check where a complaint is, at which level, and by whom it is acted upon."""
        self.assertEqual(self.keys(ticket, "current"), keys)
        self.assertEqual(ticket.acting_level, level)
        if label is not None:
            self.assertEqual(ticket.acting_label, label)


@tagged("post_install", "-at_install")
class TestChart(ChartCommon):
    def test_x1_a_draft_is_reviewed(self):
        draft = self.new_complaint()
        self.assert_at(draft, ["review"], "centre", draft.user_id.name)
        self.assertEqual(draft.next_step_label, "Registered")
        self.assertTrue(draft.flow_path["is_draft"])

    def test_x1_a_slip_walks_from_unit_to_archive(self):
        ticket = self.accepted()
        slip = ticket.slip_ids.with_user(self.rep)
        self.assert_at(ticket, ["sign"], "unit", self.rep.name)
        slip.action_receive()
        self.assert_at(ticket, ["answer"], "unit", self.rep.name)
        self.assertEqual(ticket.next_step_label, "Check Result")
        slip.action_reply(self.reply_values())
        self.assert_at(ticket, ["check"], "centre", self.clerk.name)
        ticket.slip_ids.action_accept_reply(self.CONSIDERED)
        self.assert_at(ticket, ["feedback"], "centre")
        feedback = self.env["complaint.feedback"].with_user(self.clerk)
        feedback.create(self.feedback_values(ticket)).action_confirm()
        self.assert_at(ticket, ["close"], "centre")
        self.clear(ticket)
        ticket.action_close()
        self.assert_at(ticket, ["archive"], "centre", "Archivist")
        self.assertIn("feedback", self.keys(ticket, "done"))

    def test_x1_a_reply_returned_leads_back_to_the_unit(self):
        ticket = self.accepted()
        slip = ticket.slip_ids.with_user(self.rep)
        slip.action_receive()
        slip.action_reply(self.reply_values())
        ticket.slip_ids.action_return_reply("请补充证据")
        self.assert_at(ticket, ["answer"], "unit")

    def test_x1_a_declined_slip_ends_and_another_is_awaited(self):
        ticket = self.accepted()
        ticket.slip_ids.with_user(self.rep).action_decline("不属于我单位")
        self.assertEqual(self.keys(ticket, "ended"), ["decline"])
        self.assert_at(ticket, ["forward"], "centre")

    def test_x1_invalid_ends_at_once(self):
        draft = self.new_complaint()
        draft.action_mark_invalid("无理取闹")
        self.assertEqual(self.keys(draft, "ended"), ["invalid"])
        self.assertEqual(self.keys(draft, "next", "current"), [])
        self.assertFalse(draft.acting_level or draft.acting_label or draft.next_step_label)

    def test_x1_major_waits_for_its_meeting(self):
        ticket = self.accepted(complaint_class="major")
        self.assert_at(ticket, ["report"], "centre")
        meeting = self.env["complaint.meeting"].create({"ticket_id": ticket.id})
        meeting._procedure_write({"state": "requested"})
        self.assert_at(ticket, ["report"], "centre", "Leader in Charge")
        meeting._procedure_write({"state": "approved"})
        self.assert_at(ticket, ["meet"], "centre", self.clerk.name)
        self.assertEqual(ticket.next_step_label, "Forward to Unit")

    def test_x1_outside_matter_is_inquired_signed_off_and_referred(self):
        ticket = self.accepted("onsite", is_outside_matter=True)
        self.assert_at(ticket, ["inquire"], "centre")
        inquiry = self.env["complaint.investigation"].create({"ticket_id": ticket.id})
        inquiry._procedure_write({"state": "concluded"})
        referral = self.env["complaint.referral"].create({"ticket_id": ticket.id})
        self.assert_at(ticket, ["sign_off"], "centre", self.clerk.name)
        referral._procedure_write({"state": "sent"})
        self.assert_at(ticket, ["outside"], "unit", "Unit Concerned")

    def test_x1_restricted_is_inquired_and_handed_over(self):
        ticket = self.accepted(is_discipline_matter=True)
        self.assert_at(ticket, ["inquire"], "centre")
        self.assertEqual(self.keys(ticket, "next")[:2], ["sign_off", "transfer"])
        self.assertNotIn("sign", self.keys(ticket, "next"))

    def test_x1_on_hold_stays_where_it_was(self):
        ticket = self.accepted()
        ticket.action_hold()
        self.assert_at(ticket, ["sign"], "unit")
        self.assertTrue(ticket.flow_path["on_hold"])

    def test_x1_reopened_begins_a_new_round(self):
        ticket = self.closed()
        ticket.slip_ids._procedure_write({"sent_at": "2020-01-06 01:00:00"})
        ticket.with_user(self.manager).action_reopen("投诉人补充材料")
        self.assertIn("reopen", self.keys(ticket, "done"))
        self.assert_at(ticket, ["forward"], "centre")

    def test_x1_ordinary_tickets_have_no_path(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "坏了", "team_id": team.id}
        )
        self.assertFalse(ticket.flow_path or ticket.acting_level or ticket.acting_label)

    def test_x1_a_box_leads_to_what_it_is_about(self):
        ticket = self.accepted()
        handling = ticket.flow_path["bands"][1]
        [box] = [one for one in handling["segments"][0][0]["boxes"] if one["key"] == "sign"]
        self.assertEqual((box["model"], box["id"]), ("complaint.slip", ticket.slip_ids.id))
        self.assertEqual(handling["segments"][0][0]["label"], self.unit.name)

    def test_p4_0_the_window_acts_while_it_may_settle_on_the_spot(self):
        ticket = self.accepted("onsite")
        self.assert_at(ticket, ["on_spot"], "window")
        self.assertIn(self.rep.name, ticket.acting_label)
        self.assertIn(self.staff.name, ticket.acting_label)
        ticket.action_forward()
        self.assert_at(ticket, ["sign"], "unit")
        self.assertEqual(self.keys(ticket, "skipped"), ["on_spot"])

    def test_p4_0_one_unit_that_has_not_answered_keeps_the_level(self):
        ticket = self.accepted()
        mine = ticket.slip_ids.with_user(self.rep)
        other = self.env["complaint.slip"].create(self.slip_values(ticket, self.other_unit))
        other._procedure_write({"state": "sent", "sent_at": mine.sent_at})
        mine.action_receive()
        mine.action_reply(self.reply_values())
        self.assert_at(ticket, ["sign", "check"], "unit")

    def test_p4_0_lists_filter_and_group_by_level(self):
        ticket, draft = self.accepted(), self.new_complaint()
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        ours = [("id", "in", (ticket + draft).ids)]
        self.assertEqual(tickets.search([*ours, ("acting_level", "=", "unit")]), ticket)
        groups = dict(tickets._read_group(ours, ["acting_level"], ["__count"]))
        self.assertEqual(groups, {"unit": 1, "centre": 1})

    def test_p4_0_a_list_has_complaints_of_every_channel(self):
        tickets = self.new_complaint() + self.new_complaint("onsite") + self.new_complaint("web")
        labels = tickets.read(["next_step_label"])
        self.assertEqual([one["next_step_label"] for one in labels], ["Registered"] * 3)

    def test_p4_0_the_level_is_written_by_nobody(self):
        with self.assertRaises(UserError):
            self.accepted().write({"acting_level": "window"})

    def test_p4_0_a_long_list_costs_what_a_short_one_does(self):
        tickets = self.env["helpdesk.ticket"].create(
            [self.complaint_values() for _one in range(MANY)]
        )
        tickets.with_user(self.clerk).action_accept()
        self.env.flush_all()
        costs = []
        for some in (tickets[:8], tickets):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.clerk).read(["acting_level", "acting_label", "next_step_label"])
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 2)


@tagged("post_install", "-at_install")
class TestChartOfUnit(ChartCommon, AccessCommon):
    """What a representative learns of the path (四.6)."""

    def shown(self, slip, user):
        return str(unit_picture(slip.with_user(user)))

    def test_x1_the_unit_sees_where_its_slip_is(self):
        picture = unit_picture(self.slip.with_user(self.rep))
        self.assertEqual([box["key"] for box in picture["now"]], ["sign"])
        self.assertEqual(picture["now"][0]["who"], "Your unit")
        self.assertTrue(picture["now"][0]["due"])
        self.assertEqual(picture["next"], "Inquire and Reply")

    def test_x1_the_unit_learns_no_name_and_no_inner_matter(self):
        shown = self.shown(self.slip, self.rep)
        for secret in ("王小明", self.clerk.name, self.leader.name, self.rep.name, "Phone"):
            self.assertNotIn(secret, shown)

    def test_x1_other_units_are_not_named(self):
        slip = self.env["complaint.slip"].create(self.slip_values(self.ticket, self.other_unit))
        slip._procedure_write({"state": "sent", "sent_at": self.slip.sent_at})
        shown = self.shown(self.slip, self.rep)
        self.assertIn("Other units", shown)
        self.assertNotIn(self.other_unit.name, shown)
        self.assertNotIn(self.other_rep.name, shown)

    def test_x1_an_old_slip_learns_nothing_of_the_new_round(self):
        old = self.closed.slip_ids
        old._procedure_write({"sent_at": "2020-01-06 01:00:00"})
        self.closed.with_user(self.manager).action_reopen("投诉人补充材料")
        self.assertEqual(unit_picture(old.with_user(self.rep))["now"], [])
