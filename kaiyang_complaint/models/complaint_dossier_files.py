from odoo import api, models
from odoo.exceptions import UserError

OWNERS = ("complaint.dossier", "complaint.dossier.item")
# What says who may open a file, and nothing of what is in it.
SHUTTING = ({"access_token": False}, {"access_token": False, "public": False})


class IrAttachment(models.Model):
    """The files of an archived dossier stand as they are, the PDF itself before all others."""

    _inherit = "ir.attachment"

    def _of_archived_dossiers(self):
        """Return those of the files that an archived dossier holds, or that hang on one."""
        items = self.env["complaint.dossier.item"].sudo()
        held = items.search([("attachment_id", "in", self.ids), ("state", "=", "archived")])
        return held.attachment_id | self.sudo().filtered(
            lambda file: (
                file.res_model in OWNERS
                and self.env[file.res_model].sudo().browse(file.res_id).state == "archived"
            )
        )

    def _assert_not_archived(self):
        """Refuse changes of files that are archived.

        :raise UserError: naming the first of them
        """
        for file in self._of_archived_dossiers():
            raise UserError(self.env._("“%s” is archived: nobody changes it any more.", file.name))

    @api.model_create_multi
    def create(self, vals_list):
        """Add no file to an archived dossier.

        :raise UserError: where somebody tries to
        """
        files = super().create(vals_list)
        files._assert_not_archived()
        return files

    def write(self, vals):
        """Refuse changes of archived files, and to hang files on an archived dossier.

        :raise UserError: naming the file
        """
        if vals in SHUTTING:
            return super().write(vals)
        self._assert_not_archived()
        result = super().write(vals)
        self._assert_not_archived()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_archived(self):
        self._assert_not_archived()
