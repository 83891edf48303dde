from odoo import models
from odoo.fields import Domain

from ...tools.codes import SLIP_WITH_UNIT
from ...tools.written_reports import WAITING
from ..access.access_revocation import AccessRevocation


class ComplaintWindowUnit(models.Model):
    """A unit and what its representatives hold."""

    _inherit = "complaint.window.unit"

    def _readdress_slips(self):
        """Pass on the slips and reports of representatives who left office or are barred by now."""
        result = super()._readdress_slips()
        reports = self.env["complaint.written.report"].sudo()
        reports.search([("unit_id", "in", self.ids), ("state", "in", WAITING)])._readdress()
        slips = self.env["complaint.slip"].sudo()
        held = Domain("state", "in", SLIP_WITH_UNIT) | Domain("awaits_feedback", "=", True)
        slips = slips.search(Domain("unit_id", "in", self.ids) & held)
        slips._readdress()
        AccessRevocation(self.env).close_thread(slips)
        return result
