from odoo import fields, models
from odoo.exceptions import UserError

from ...models.archive.complaint_retention_rule import RETENTIONS

LONGEST_FIRST = [retention for retention, _label in RETENTIONS]


class ComplaintDossierCatalogue(models.TransientModel):
    """Asks for the year whose catalogue is made (案卷目录)."""

    _name = "complaint.dossier.catalogue"
    _description = "Catalogue of a Year"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        required=True, default=lambda self: self.env.company._complaint_today().year
    )
    retention = fields.Selection(RETENTIONS, help="All where empty.")

    def action_download(self):
        """Download the catalogue as a spreadsheet.

        :raise UserError: where nothing of the year is archived
        """
        self.ensure_one()
        if not self._dossiers(limit=1):
            raise UserError(self.env._("No dossier of %s is archived.", self.year))
        return {
            "type": "ir.actions.act_url",
            "url": f"/complaint/archive/catalogue/{self.id}.xlsx",
            "target": "download",
        }

    def _dossiers(self, limit=None):
        """Return the archived dossiers of the year to be read, the longest kept first."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "archived"),
            ("year", "=", self.year),
        ]
        if self.retention:
            domain.append(("retention", "=", self.retention))
        dossiers = self.env["complaint.dossier"].search(domain, order="sequence, id", limit=limit)
        return dossiers.sorted(lambda one: LONGEST_FIRST.index(one.retention))
