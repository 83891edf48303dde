from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.codes import SLIP_WITH_UNIT
from ...tools.written_reports import WAITING
from ..access.access_revocation import AccessRevocation


class ComplaintWindowUnit(models.Model):
    """A unit and what its representatives hold."""

    _inherit = "complaint.window.unit"

    measure_late_count = fields.Integer(
        string="Measures Overdue",
        compute="_compute_measure_late_count",
        help="Promised in replies, and neither carried out nor archived in time.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_measure_late_count(self):
        late = Domain("unit_id", "in", self.ids) & Domain("is_overdue", "=", True)
        found = self.env["complaint.measure"]._read_group(late, ["unit_id"], ["__count"])
        counts = {unit.id: count for unit, count in found}
        for unit in self:
            unit.measure_late_count = counts.get(unit.id, 0)

    def action_open_measures(self):
        """Open the measures that the units promised."""
        xml_id = "kaiyang_complaint.complaint_measure_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        return action | {"domain": [("unit_id", "in", self.ids)], "context": {}, "path": False}

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
