from odoo import fields
from odoo.tests import tagged

from ..common import ComplaintCommon
from ..handling.test_branches import boxes


@tagged("post_install", "-at_install")
class TestReopened(ComplaintCommon):
    """A reopened complaint shows its earlier round, by whom it was reopened and why (六)."""

    def test_t6_4_the_earlier_round_shows_and_the_clerk_is_told(self):
        ticket = self.closed(user_id=self.clerk.id)
        self.assertFalse(ticket.flow_path["earlier"])
        ticket.with_user(self.manager).action_reopen("投诉人补充了录像")
        self.assertEqual(ticket.reopened_by_id, self.manager)
        lines = ticket.flow_path["earlier"]
        said = "；".join(line["text"] for line in lines)
        for words in ("Accepted", "不动产登记中心", "Feedback：Satisfied"):
            self.assertIn(words, said)
        self.assertEqual(lines[-1]["text"], f"Reopened by {self.manager.name}")
        todo = ticket.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref("kaiyang_complaint.activity_reopened")
        )
        self.assertEqual(todo.user_id, self.clerk)
        self.assertIn("投诉人补充了录像", todo.note)
        view = ticket.with_user(self.clerk).get_view(
            self.env.ref("kaiyang_complaint.complaint_view_form").id
        )
        self.assertIn("reopened_by_id", view["arch"])


@tagged("post_install", "-at_install")
class TestDelegatedStep(ComplaintCommon):
    """While a unit answers the complainant, its report is the next step (五(三))."""

    def tiles(self):
        tiles = self.env["helpdesk.ticket.team"].with_user(self.clerk).complaint_tiles()["tiles"]
        names = ("replied", "reported", "delegated")
        counts = {tile["key"]: tile["count"] for tile in tiles}
        return tuple(counts[name] for name in names)

    def test_f5_3_2_the_report_of_the_unit_is_the_next_step(self):
        ticket = self.replied(user_id=self.clerk.id)
        slip = ticket.slip_ids.with_user(self.clerk)
        self.assertEqual((boxes(ticket, "current"), self.tiles()), (["feedback"], (1, 0, 0)))
        consent = {"consent_at": fields.Datetime.now(), "consent_how": "phone"}
        slip.action_delegate_feedback(consent)
        self.assertEqual((boxes(ticket, "current"), self.tiles()), (["tell"], (0, 0, 1)))
        self.assertEqual(ticket.acting_level, "unit")
        self.assertIn(self.rep.name, ticket.acting_label)
        self.assertEqual((ticket.next_step_label, ticket.delegation_state), ("Feedback", "asked"))
        slip.with_user(self.rep).action_report_feedback(
            {
                "mode": "phone",
                "content": "已致歉并说明整改情况",
                "callee": "本人",
                "satisfaction": "4",
                "no_suggestion": True,
            }
        )
        self.assertEqual((boxes(ticket, "current"), self.tiles()), (["feedback"], (0, 1, 0)))
        feedback = ticket.delegated_feedback_id
        self.assertEqual((feedback.content, feedback.satisfaction), ("已致歉并说明整改情况", "4"))
        feedback.with_user(self.clerk).action_confirm()
        self.assertEqual(ticket.complaint_state, "fed_back")
        self.assertIn("tell", boxes(ticket, "done"))
        self.assertFalse(ticket.delegation_state)
