from pathlib import PurePath

from odoo import api, fields, models

from ...models.archive.complaint_dossier_item import SECTIONS
from ...tools.archive_checks import MENDABLE


class ComplaintDossierAdd(models.TransientModel):
    """Adds a file to a dossier in preparation, with what the catalogue says of it."""

    _name = "complaint.dossier.add"
    _description = "Add a File to a Dossier"
    _inherit = ["complaint.dialog.mixin"]

    dossier_id = fields.Many2one("complaint.dossier", required=True)
    file = fields.Binary(required=True)
    file_name = fields.Char()
    title = fields.Char(
        string="Document Title", compute="_compute_title", store=True, readonly=False, required=True
    )
    section = fields.Selection(SECTIONS, string="Kind of Document", required=True, default="other")
    doc_number = fields.Char(string="Document No.")
    author = fields.Char()
    date = fields.Date(default=fields.Date.context_today)
    note = fields.Char(string="Remarks")
    mends = fields.Selection(MENDABLE, string="Takes the Place Of")

    @api.depends("file_name")
    def _compute_title(self):
        """Propose what the file is called, until someone wrote a title."""
        for wizard in self:
            wizard.title = wizard.title or PurePath(wizard.file_name or "").stem

    def action_add(self):
        """Put the file into the dossier, behind the others of its section.

        :raise AccessError: for anyone who does not keep the dossier
        :raise UserError: where it is archived
        """
        self.ensure_one()
        names = ("title", "section", "doc_number", "author", "date", "note", "mends")
        self.dossier_id._add_file(
            self.file_name or self.title, self.file, {name: self[name] for name in names}
        )
        return {"type": "ir.actions.act_window_close"}
