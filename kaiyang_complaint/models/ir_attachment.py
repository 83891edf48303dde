from odoo import models

from ..tools.flow import ENDS
from .complaint_frozen import ARCHIVED

# Where a file may hang that a record of a case, or a message about it, uses as well.
LOOSE = frozenset({False, "mail.compose.message"})
# What a dossier is made of is put together after its complaint has ended.
DOSSIER = ("complaint.dossier", "complaint.dossier.item")


class IrAttachment(models.Model):
    """Files of a case stay as they are once it has ended; none is added once it is archived."""

    _name = "ir.attachment"
    _inherit = ["complaint.beside", "ir.attachment"]
    _sealed_in = ENDS

    def _assert_not_frozen(self, states):
        drafts = self.filtered(lambda file: file.sudo().res_model in DOSSIER)
        super(IrAttachment, drafts)._assert_not_frozen(ARCHIVED)
        super(IrAttachment, self - drafts)._assert_not_frozen(states)

    def _cases(self):
        """Return also the cases whose records or messages name a file that hangs elsewhere."""
        cases = super()._cases()
        parts = self.env.registry.descendants(["complaint.frozen"], "_inherit")
        shared = self.sudo().filtered(lambda file: file.res_model in parts | LOOSE)
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
