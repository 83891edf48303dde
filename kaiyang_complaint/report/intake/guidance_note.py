from odoo import models

from ..engine.sheet import Sheet


class GuidanceSheet(Sheet):
    """The note on where to go when the room is not responsible; without names (四.2)."""

    def __init__(self, record, hint=""):
        super().__init__(record)
        self.hint = hint
        self.authority = record.authority_id

    @property
    def told(self):
        """Label and text of what is known of the authority; a blank note has room for the pen."""
        authority = self.authority
        known = (
            ("受理部门", authority.name),
            ("联系电话", authority.phone),
            ("地　　址", authority.address),
            ("办公时间", authority.opening_hours),
            ("职　　责", authority.responsibilities),
            ("其他说明", self.hint),
        )
        by_pen = known[:4] if not authority else ()
        return [row for row in known if row[1] or row in by_pen]


class GuidanceNote(models.AbstractModel):
    """不予受理告知书: the note that tells a complainant where to go."""

    _name = "report.kaiyang_complaint.report_guidance_note"
    _description = "Guidance Note"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.guidance.log"

    def _sheet(self, record, data):
        return GuidanceSheet(record, data.get("hint") or "")
