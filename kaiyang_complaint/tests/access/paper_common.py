from unittest.mock import patch

from odoo.addons.base.models.ir_actions_report import IrActionsReport as BaseReport
from odoo.tools.pdf import PdfFileReader

from ..common import ComplaintCommon

PHONE = "kaiyang_complaint.report_registration_phone"
ONSITE = "kaiyang_complaint.report_registration_onsite"


def pages(stream):
    """Return the text of each page, without white space: lines break where the paper ends."""
    return ["".join(page.extract_text().split()) for page in PdfFileReader(stream).pages]


class PaperCommon(ComplaintCommon):
    """Prints as the clerk, on a machine without wkhtmltopdf."""

    def setUp(self):
        super().setUp()
        missing = patch.object(BaseReport, "get_wkhtmltopdf_state", lambda _self: "install")
        missing.start()
        self.addCleanup(missing.stop)
        self.room.company_id.write(
            {
                "complaint_center_name": "某县政务服务中心",
                "complaint_signature": False,
                "complaint_agency_code": False,
            }
        )

    def streams(self, report, tickets=None, user=None, **data):
        reports = self.env["ir.actions.report"].with_user(user or self.clerk)
        ids = tickets.ids if tickets else None
        return reports._pre_render_qweb_pdf(report, res_ids=ids, data=data)[0]

    def text(self, report, tickets=None, user=None, **data):
        """Return the text of the paper of one complaint, or of the blank form."""
        (content,) = self.streams(report, tickets, user, **data).values()
        return "".join(pages(content["stream"]))
