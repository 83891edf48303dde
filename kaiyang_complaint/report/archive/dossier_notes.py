from odoo import models

from ..engine.sheet import Sheet

SYSTEM = "（系统自动记录）"


class NotesSheet(Sheet):
    """What was noted on a volume after it was archived, in the order of time."""

    @property
    def notes(self):
        """The notes; none on the sheet for the pen."""
        return self.record.note_ids.sorted(lambda note: (note.noted_at, note.id))

    def author(self, note):
        """Return who signs a note."""
        return note._name_of("noted_by_id") if note.noted_by_id else SYSTEM

    @property
    def empty_rows(self):
        """How many rows the sheet has for the pen."""
        return 0 if self.record else 9


class DossierNotes(models.AbstractModel):
    """卷内备考表（续）: what was noted after archiving, kept beside the bound volume."""

    _name = "report.kaiyang_complaint.report_dossier_notes"
    _description = "Reference Sheet, Continued"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.dossier"
    _sheet_type = NotesSheet
    _states = ("archived",)

    def _meant_for(self, records):
        return records.filtered("note_ids")

    def _refusal(self):
        return self.env._("Only archived dossiers have notes after archiving.")
