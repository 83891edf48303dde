from odoo import models

from ..access.complaint_lock_mixin import ARCHIVED, is_unlocked

# What a dossier is made of is put together after its complaint has ended.
DOSSIER = {"complaint.dossier": "", "complaint.dossier.item": "dossier_id"}


class IrAttachment(models.Model):
    """Files of dossiers: put together after the complaint has ended, and then frozen (八)."""

    _inherit = "ir.attachment"

    def _assert_not_frozen(self, states):
        filed = self.filtered(lambda file: file.sudo().res_model in DOSSIER)
        if not is_unlocked(self.env):
            filed._dossiers()._assert_draft()
        super(IrAttachment, filed)._assert_not_frozen(ARCHIVED)
        return super(IrAttachment, self - filed)._assert_not_frozen(states)

    def _dossiers(self):
        """Return the dossiers that the files hang on."""
        dossiers = self.env["complaint.dossier"].sudo()
        for model, files in self.sudo().grouped("res_model").items():
            owners = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            dossiers |= owners.mapped(DOSSIER[model])
        return dossiers
