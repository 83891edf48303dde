from odoo import models

from ...tools import qr_code
from ..engine.sheet import Sheet

TICKET = "helpdesk.ticket"


class ReceiptSheet(Sheet):
    """What a complainant takes along: number, code and a QR code, and no name and no text.

    :param record: a complaint, or what was sent by the online form
    """

    @property
    def is_case(self):
        """Return whether it is a complaint, and not what was sent and waits."""
        return self.record._name == TICKET

    @property
    def numbers(self):
        """Return labels and numbers: that of the receipt, and of the case once it has one."""
        if not self.is_case:
            return [("收件号", self.record.number)]
        known = (("投诉编号", self.record.number), ("收件号", self.record.external_ref))
        return [(label, number) for label, number in known if number not in (False, "/")]

    @property
    def code(self):
        """Return the query code."""
        return self.record.tracking_code

    @property
    def picture(self):
        """Return the QR code of the page, with number and code behind “#”: no server sees them."""
        link = self.company._complaint_link(f"track#{self.numbers[0][1]}/{self.code}")
        return qr_code.draw(link, "查询二维码")

    @property
    def address(self):
        """Return the address of the page on which it is followed."""
        return self.company._complaint_link("track")

    @property
    def rows(self):
        """Return what the receipt says of the complaint: nothing that tells what it is about."""
        record = self.record
        rows = [("收到时间", self.moment(record.received_at))]
        if record.window_id:
            rows.append(("窗　　口", record.window_id.display_name))
        return rows

    @property
    def steps(self):
        """Return what comes next."""
        company = self.company
        policy = self.record.env.ref("kaiyang_complaint.policy_web").sudo()
        most = company.complaint_max_days
        limit = f"受理后 {policy.limit_days} 个工作日内办完。"
        return [
            f"投诉室在 {company.complaint_accept_days} 个工作日内看件，决定是否受理。",
            f"{limit}要延期的，先向您说明，最长 {most} 个工作日。",
            "单位回复后 1 个工作日内告诉您结果。",
        ]


class Receipt(models.AbstractModel):
    """投诉回执: number, query code and QR code of a registered complaint, to be handed out."""

    _name = "report.kaiyang_complaint.report_receipt"
    _description = "Receipt of a Complaint"
    _inherit = ["complaint.paper"]
    _paper_of = TICKET
    _sheet_type = ReceiptSheet
    _has_blank = False

    def _may_print(self, record):
        return bool(record.tracking_code)
