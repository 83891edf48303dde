from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..access.paper_common import PaperCommon
from .meeting_common import MeetingCommon

MINUTES = "kaiyang_complaint.report_meeting_minutes"


@tagged("post_install", "-at_install")
class TestMeetingPaper(MeetingCommon, PaperCommon):
    def test_h5_2_5_minutes_hold_the_table_and_the_decision(self):
        meeting = self.held()
        text = self.text(MINUTES, meeting)
        for expected in (
            "某县政务服务中心投诉举报会商纪要",
            meeting.ticket_id.number,
            "三楼会议室",
            "☑涉及多个单位",
            "两个窗口互相推诿",
            "同意，两家负责人到会。",
            "单位甲局长",
            "到会",
            "会商认为：两家单位均有责任。",
            "不动产登记中心主要责任（牵头）不动产登记中心查明情况",
            "公安局次要责任",
        ):
            with self.subTest(expected=expected):
                self.assertIn(expected, text)
        self.assertNotIn("13812345678", text)
        self.assertNotIn("王小明", text)

    def test_h5_2_5_no_minutes_of_a_meeting_to_come(self):
        with self.assertRaisesRegex(UserError, "that were held"):
            self.text(MINUTES, self.convened())

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_h5_2_5_minutes_are_for_the_desk(self):
        meeting = self.held()
        for user in (self.rep, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.text(MINUTES, meeting, user=user)
