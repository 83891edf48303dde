from odoo.tests import tagged

from ...report.letter.letter_sheet import LetterSheet
from ..handling.meeting_common import MeetingCommon

TITLE = "欧阳秋水反映转移登记"
MINUTES = "kaiyang_complaint.report_meeting_minutes"


@tagged("post_install", "-at_install")
class TestTitles(MeetingCommon):
    """Titles and matters typed by hand are masked where they leave."""

    def printed(self, report, record):
        html = self.env["ir.actions.report"]._render_qweb_html(report, record.ids)[0]
        return html.decode()

    def complaint(self, **vals):
        return self.accepted(name=TITLE, partner_name="欧阳秋水", **vals)

    def test_matter_of_a_slip(self):
        slip = self.complaint(service_item=TITLE).slip_ids
        self.assertIn("转移登记", slip.service_item)
        for paper in (slip.service_item, self.printed("kaiyang_complaint.report_slip", slip)):
            self.assertNotIn("秋水", paper)

    def test_matter_is_masked_anew_when_the_name_becomes_known(self):
        slip = self.accepted(partner_name="王小明", service_item=TITLE).slip_ids
        slip.ticket_id.sudo()._procedure_write({"partner_name": "欧阳秋水"})
        self.assertNotIn("秋水", slip.service_item)

    def test_title_on_an_urging_note(self):
        slip = self.complaint().slip_ids
        slip.ticket_id.sudo()._procedure_write({"service_item": False})
        slip.with_user(self.clerk).action_urge("请抓紧")
        note = self.printed("kaiyang_complaint.report_urging_note", slip.escalation_ids)
        self.assertIn("转移登记", note)
        self.assertNotIn("秋水", note)

    def test_title_on_minutes_that_units_sign(self):
        ticket = self.of_two_units(name=TITLE, partner_name="欧阳秋水", service_item=TITLE)
        minutes = self.printed(MINUTES, self.held(ticket))
        self.assertIn("转移登记", minutes)
        self.assertNotIn("秋水", minutes)

    def test_subject_of_a_letter_to_a_unit(self):
        letter = {"kind": "other", "subject": f"关于{TITLE}的函", "addressee": "县公安局"}
        ticket = self.complaint()
        letters = self.env["complaint.letter"].with_user(self.clerk)
        letter = letters.create({**letter, "ticket_id": ticket.id, "addressee_kind": "unit"})
        self.assertNotIn("秋水", LetterSheet(letter).heading)
        letter.addressee_kind = "complainant"
        self.assertIn("秋水", LetterSheet(letter).heading)
