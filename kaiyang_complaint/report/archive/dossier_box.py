from odoo import models

from ..engine.sheet import Sheet
from .dossier_sheet import RETENTIONS


class BoxSheet(Sheet):
    """The labels of a box."""

    @property
    def fields(self):
        """What stands on both labels, in the order of the spine."""
        box = self.record
        first, last = box.sequence_from, box.sequence_to
        return [
            ("全宗号", box.fonds_code or ""),
            ("年　度", str(box.year or "")),
            ("保管期限", RETENTIONS.get(box.retention, "")),
            ("起止卷号", f"{first}—{last}" if last else ""),
            ("盒　号", str(box.number or "")),
        ]


class BoxLabel(models.AbstractModel):
    """卷盒标签: what is glued onto the spine and the face of a box."""

    _name = "report.kaiyang_complaint.report_dossier_box"
    _description = "Label of an Archive Box"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.dossier.box"
    _sheet_type = BoxSheet
