from odoo import api, models
from odoo.exceptions import UserError

from .sheet import Sheet


class ComplaintPaper(models.AbstractModel):
    """Values of a paper; without records, those of the blank form for the pen."""

    _name = "complaint.paper"
    _description = "Document"
    _paper_of = None  # the model whose records it prints
    _sheet_type = Sheet
    _has_blank = True  # a form for the pen
    _states = ()  # of the records that print; empty where all do

    @api.model
    def _get_report_values(self, docids, data=None):
        records = self.env[self._paper_of].browse(docids or [])
        lacking = not (records or self._has_blank)
        if lacking or not all(self._may_print(record) for record in records):
            raise UserError(self._refusal())
        return {
            "data": data,
            "docs": records,
            "sheets": [self._sheet(record, data or {}) for record in records or [records]],
        }

    def _meant_for(self, records):
        """Return the records that have this paper; others that were chosen have another one."""
        return records

    def _may_print(self, record):
        """Return whether a record is far enough for the paper."""
        return not self._states or record.state in self._states

    def _refusal(self):
        """Return what is said where a record is not far enough."""
        return self.env._("This is not on record yet: there is nothing to print.")

    def _sheet(self, record, _data):
        """Return what the template needs of a record, or of the blank form."""
        return self._sheet_type(record)
