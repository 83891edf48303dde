from odoo import models


class ComplaintDossierPaper(models.AbstractModel):
    """A dossier on paper: cover, catalogue, the papers themselves, 备考表 (GB/T 9705)."""

    _name = "complaint.dossier.paper"
    _description = "Dossier on Paper"

    def _paper_pdf(self):
        """Return the PDF of the whole dossier; its items learn their pages and hashes."""
        raise NotImplementedError
