from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.flow import ENDS
from .complaint_frozen import ARCHIVED

# How a file is found, shown and shut, not what it is: pages write it when somebody only looks.
BESIDE_THE_FILE = frozenset({"access_token", "index_content", "public", "thumbnail"})
# Where a file may hang that a record of a case, or a message about it, uses as well.
LOOSE = frozenset({False, "mail.compose.message"})
# What a dossier is made of is put together after its complaint has ended.
DOSSIER = {"complaint.dossier": "", "complaint.dossier.item": "dossier_id"}


class IrAttachment(models.Model):
    """Files of a case stay as they are once it has ended; none is added once it is archived.

    What was frozen, such as an issued letter or a paper of an archived dossier, stays as it is
    whatever becomes of its case.
    """

    _name = "ir.attachment"
    _inherit = ["complaint.beside", "ir.attachment"]
    _sealed_in = ENDS

    complaint_frozen = fields.Boolean(
        string="Frozen", readonly=True, copy=False, help="Part of what was issued or archived."
    )

    def _freeze(self):
        """Keep files as they are from now on."""
        self.sudo()._thawed().write({"complaint_frozen": True})

    @api.model_create_multi
    def create(self, vals_list):
        """Let no caller freeze a file: that is for the procedures."""
        if not self._is_thawed():
            vals_list = [{**vals, "complaint_frozen": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes of frozen files.

        :raise UserError: naming one
        """
        if not self._is_beside_the_case(vals):
            self._assert_unfrozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._assert_unfrozen()

    def _is_beside_the_case(self, vals):
        return vals.keys() <= BESIDE_THE_FILE and not vals.get("public")

    def _assert_unfrozen(self, vals=()):
        if self._is_thawed():
            return
        frozen = self.sudo().filtered("complaint_frozen")
        if frozen or "complaint_frozen" in vals:
            raise UserError(
                self.env._(
                    "“%s” belongs to what was issued or archived: it stays as it is.",
                    (frozen or self)[:1].name,
                )
            )

    def _assert_not_frozen(self, states):
        filed = self.filtered(lambda file: file.sudo().res_model in DOSSIER)
        if not self._is_thawed():
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

    def _cases(self):
        """Return also the cases whose records or messages name a file that hangs elsewhere."""
        # The picture of a file hangs on that file: it is none of the case.
        files = self.filtered(lambda file: file.sudo().res_model != self._name)
        cases = super(IrAttachment, files)._cases()
        parts = self.env.registry.descendants(["complaint.frozen"], "_inherit")
        shared = files.sudo().filtered(lambda file: file.res_model in parts | LOOSE)
        return cases | shared._cases_using() if shared else cases

    def _cases_using(self):
        cases = self.env["helpdesk.ticket"].sudo()
        for name in self.env.registry.descendants(["complaint.frozen"], "_inherit"):
            model = self.env[name].sudo().with_context(active_test=False)
            for field in model._fields.values():
                if self._is_list_of_files(field):
                    cases |= model.search([(field.name, "in", self.ids)])._cases()
        return cases

    def _is_list_of_files(self, field):
        return field.type == "many2many" and field.store and field.comodel_name == self._name
