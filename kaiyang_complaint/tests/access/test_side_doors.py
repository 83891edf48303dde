"""Records that a complaint leans on, and slips that must not leave: the doors beside the doors."""

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.exceptions import UserError
from odoo.tests import tagged

from .forgery_common import ForgeryCommon


@tagged("post_install", "-at_install")
class TestSideDoors(ForgeryCommon):
    def test_other_helpdesks_do_not_touch_what_complaints_lean_on(self):
        ref = self.env.ref
        attempts = [
            (self.room, "unlink"),
            (self.room, "write", {"is_complaint_room": False}),
            (self.room, "write", {"company_id": self.foreign_clerk.company_id.id}),
            (ref("kaiyang_complaint.conduct_04"), "write", {"is_discipline_matter": False}),
            (ref("kaiyang_complaint.conduct_04"), "unlink"),
            (ref("kaiyang_complaint.channel_phone"), "write", {"complaint_code": False}),
            (ref("kaiyang_complaint.channel_phone"), "unlink"),
            (ref("kaiyang_complaint.stage_closed"), "write", {"complaint_state": "draft"}),
            (ref("kaiyang_complaint.stage_invalid"), "unlink"),
        ]
        for records, method, *args in attempts:
            for context in ({}, {MODULE_UNINSTALL_FLAG: True}):
                with self.subTest(record=records._name, method=method, args=args, context=context):
                    self.assert_refused(records, method, *args, user=self.outsider, context=context)

    def test_u7_5_no_slip_of_a_restricted_case_goes_to_the_unit(self):
        values = {"ticket_id": self.restricted.id, "unit_id": self.unit.id}
        slip = (
            self.env["complaint.slip"]
            .with_user(self.clerk)
            .create({**values, "representative_id": self.representative.id})
        )
        self.assert_refused(slip, "action_send")

    def test_p4_1_no_slip_leaves_before_acceptance_or_after_the_end(self):
        spare, slips = self.new_complaint(), self.env["complaint.slip"].with_user(self.clerk)
        values = {"unit_id": self.unit.id, "representative_id": self.representative.id}
        self.assert_refused(slips.create({**values, "ticket_id": spare.id}), "action_send")
        fed_back = self.fed_back()
        self.assert_refused(slips.create({**values, "ticket_id": fed_back.id}), "action_send")

    def test_p4_6_slip_goes_to_a_representative_of_its_unit(self):
        slips = self.env["complaint.slip"].with_user(self.clerk)
        values = {"ticket_id": self.ticket.id, "unit_id": self.unit.id}
        slip = slips.create({**values, "representative_id": self.other_representative.id})
        self.assert_refused(slip, "action_send")
        self.representative.staff_id = self.staff
        slip.representative_id = self.representative
        self.assert_refused(slip, "action_send")

    def test_h5_2_1_opinion_of_the_room_names_no_complainant(self):
        ticket = self.accepted(room_opinion="请联系王小明(13812345678)核实")
        self.assertIn("〔姓名〕", ticket.slip_ids.room_opinion)
        self.assertNotRegex(ticket.slip_ids.room_opinion, "王小明|13812345678")

    def test_complaint_belongs_to_the_centre_of_its_room(self):
        """A clerk of two centres may have the other one chosen in the company menu."""
        abroad = self.foreign_clerk.company_id
        self.clerk.company_ids += abroad
        companies = [abroad.id, self.room.company_id.id]
        tickets = self.env["helpdesk.ticket"].with_user(self.clerk)
        tickets = tickets.with_context(allowed_company_ids=companies)
        ticket = tickets.create(self.complaint_values())
        self.assertEqual(ticket.company_id, self.room.company_id)
        foreign_room = self.env["helpdesk.ticket.team"].create(
            {"name": "修文投诉室", "is_complaint_room": True, "company_id": abroad.id}
        )
        ours = {"allowed_company_ids": companies}
        for vals in ({"company_id": abroad.id}, {"team_id": foreign_room.id}):
            with self.subTest(vals=vals):
                self.assert_refused(self.ticket, "write", vals, context=ours)

    def test_complaint_names_windows_of_its_own_centre(self):
        abroad = self.foreign_clerk.company_id
        unit = self.env["complaint.window.unit"].create({"name": "外县局", "company_id": abroad.id})
        window = self.env["complaint.window"].create(
            {"number": "X1", "name": "外县", "unit_id": unit.id, "company_id": abroad.id}
        )
        draft = self.new_complaint(respondent_ids=[])
        for vals in ({"window_id": window.id}, {"window_unit_id": unit.id}):
            with self.subTest(vals=vals):
                self.assert_refused(draft, "write", vals)

    def test_t6_4_superuser_writing_a_stage_needs_a_legal_way(self):
        """``/ticket/close`` of the helpdesk writes the stage of any ticket as the superuser."""
        stage = self.env.ref("kaiyang_complaint.stage_closed")
        with self.assertRaises(UserError):
            self.ticket.with_user(self.portal).sudo().write({"stage_id": stage.id})
