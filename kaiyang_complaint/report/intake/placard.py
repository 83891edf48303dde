from urllib.parse import urlencode, urlsplit

from odoo import models

from ...tools import qr_code
from ..engine.sheet import Sheet


class PlacardSheet(Sheet):
    """The sign at a window that leads to the online form, with the window filled in."""

    @property
    def picture(self):
        """Return the QR code of the form with this window."""
        window = self.record
        query = {"w": window.number}
        # The address of a server belongs to one centre; others say which they are.
        if window.company_id != window.env.ref("base.public_user").sudo().company_id:
            query["c"] = window.company_id.id
        link = self.company._complaint_link(f"new?{urlencode(query)}")
        return qr_code.draw(link, f"{window.number}窗口投诉二维码")

    @property
    def host(self):
        """Return the name of the server, for people to compare."""
        return urlsplit(self.company._complaint_link()).netloc

    @property
    def version(self):
        """Return which placard it is, and of which month."""
        return f"{self.record.number}·{self.company._complaint_today():%Y-%m}"


class Placard(models.AbstractModel):
    """窗口投诉牌: a sign a window, in A5."""

    _name = "report.kaiyang_complaint.report_placard"
    _description = "Placard of a Window"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.window"
    _sheet_type = PlacardSheet
    _has_blank = False
