from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ComplaintCommon

SHARE = "helpdesk_mgmt.model_helpdesk_ticket_action_share"
DUPLICATE = "helpdesk_mgmt.action_duplicate_ticket"


@tagged("post_install", "-at_install")
class TestDeleting(ComplaintCommon):
    """A draft is neither hidden nor deleted without a reason that is kept (四.1)."""

    def setUp(self):
        super().setUp()
        self.draft = self.new_complaint()

    def test_p4_1_nobody_hides_a_complaint(self):
        for user in (self.clerk, self.manager):
            draft = self.draft.with_user(user)
            for act in (draft.action_archive, lambda one=draft: one.write({"active": False})):
                with self.subTest(user=user.login), self.assertRaisesRegex(UserError, "hidden"):
                    act()
        born = self.new_complaint(active=False)
        self.assertTrue(self.draft.active and born.active)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_p4_1_a_draft_is_deleted_by_its_act_alone(self):
        with self.assertRaises(AccessError):
            self.draft.with_user(self.clerk).unlink()
        with self.assertRaisesRegex(UserError, "Delete Draft"):
            self.draft.with_user(self.manager).unlink()
        self.assertTrue(self.draft.exists())

    def test_p4_1_who_deletes_a_draft_says_why(self):
        rows = self.env["complaint.access.log"].search([])
        draft = self.draft.with_user(self.clerk)
        asked = draft.action_delete_draft()
        self.assertEqual(asked["res_model"], "complaint.reason.wizard")
        self.assertEqual(draft.action_delete_draft("无")["res_model"], "complaint.reason.wizard")
        wizard = self.env[asked["res_model"]].with_user(self.clerk).with_context(**asked["context"])
        wizard.create({"reason": "误点新建，未录入内容"}).action_confirm()
        self.assertFalse(self.draft.exists())
        (row,) = self.env["complaint.access.log"].search([]) - rows
        self.assertEqual((row.act, row.reason), ("delete", "误点新建，未录入内容"))
        self.assertEqual(row.user_id, self.clerk)
        self.assertIn("电话", row.subject)
        self.assertNotIn("王小明", f"{row.subject}{row.reason}")

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_p4_1_what_is_registered_stays_and_others_delete_nothing(self):
        ticket = self.accepted()
        with self.assertRaisesRegex(UserError, "stays on record"):
            ticket.with_user(self.clerk).action_delete_draft("不想办")
        for user in (self.leader, self.archivist, self.outsider, self.rep):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.draft.with_user(user).action_delete_draft("x")
        self.assertTrue(self.draft.exists())

    def test_p4_1_complaints_are_neither_duplicated_nor_shared(self):
        draft = self.draft.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "not duplicated"):
            draft.copy()
        with self.assertRaisesRegex(UserError, "not duplicated"):
            draft.with_context(active_ids=draft.ids).action_duplicate_tickets()
        shares = self.env["portal.share"].with_user(self.manager)
        named = {"active_model": draft._name, "active_id": draft.id}
        with self.assertRaisesRegex(UserError, "shared by a link"):
            shares.with_context(**named).default_get(["res_id"])
        values = {"res_model": draft._name, "res_id": draft.id}
        with self.assertRaisesRegex(UserError, "shared by a link"):
            shares.create({**values, "partner_ids": self.rep.partner_id.ids})

    def offered(self, *views):
        tickets = self.env["helpdesk.ticket"]
        found = tickets.get_views(list(views), {"toolbar": True})["views"].values()
        return {one["id"] for view in found for one in view["toolbar"].get("action", [])}

    def test_p4_1_other_teams_duplicate_and_share_as_ever(self):
        ours = [
            (self.env.ref(f"kaiyang_complaint.complaint_view_{kind}").id, kind)
            for kind in ("form", "list", "kanban")
        ]
        refused = {self.env.ref(SHARE).id, self.env.ref(DUPLICATE).id}
        self.assertFalse(self.offered(*ours) & refused)
        theirs = [
            (self.env.ref("helpdesk_mgmt.ticket_view_form").id, "form"),
            (self.env.ref("helpdesk_mgmt.ticket_view_tree").id, "list"),
        ]
        self.assertEqual(self.offered(*theirs) & refused, refused)
        team = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "打印机", "description": "卡纸", "team_id": team.id}
        )
        self.assertTrue(ticket.copy())
        named = {"active_model": ticket._name, "active_id": ticket.id}
        shares = self.env["portal.share"].with_context(**named)
        self.assertEqual(shares.default_get(["res_id"])["res_id"], ticket.id)
        ticket.active = False
        ticket.unlink()
