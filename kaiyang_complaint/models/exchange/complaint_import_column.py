from odoo import fields, models

from ...tools.import_fields import FIELDS


class ComplaintImportColumn(models.Model):
    """A column of an imported file, and the field that it is taken for."""

    _name = "complaint.import.column"
    _description = "Column of an Imported File"
    _order = "position"
    _rec_name = "header"

    import_id = fields.Many2one("complaint.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    position = fields.Integer(required=True)
    header = fields.Char(string="Column of the File")
    sample = fields.Char(string="First Entry")
    field_name = fields.Selection(
        [(name, label) for name, (label, _names) in FIELDS.items()],
        string="Taken For",
        help="Columns without a field are not imported.",
    )
