from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_guarded import GUARD

# How a file is found, not what it is.
BESIDE_THE_FILE = frozenset({"index_content"})
# What a browser draws of a PDF that somebody looks at, and sends without being asked.
PREVIEW = frozenset({"thumbnail"})


class IrAttachment(models.Model):
    """A frozen file stays as it is: nobody changes, moves or deletes it, whatever their rights."""

    _inherit = "ir.attachment"

    complaint_frozen = fields.Boolean(
        string="Frozen", readonly=True, copy=False, help="Part of what was issued or archived."
    )

    def _freeze(self):
        """Keep files as they are from now on."""
        files = self.sudo()._thawed().with_context(complaint_guard=GUARD)
        files.write({"complaint_frozen": True})

    @api.model_create_multi
    def create(self, vals_list):
        """Let no caller freeze a file: that is for the procedures."""
        if self.env.context.get("complaint_guard") is not GUARD:
            vals_list = [{**vals, "complaint_frozen": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes of frozen files, and let their previews pass unkept.

        :raise UserError: naming one
        """
        if vals and vals.keys() <= PREVIEW:
            open_files = self.filtered(lambda file: not file._stays_as_it_is())
            return super(IrAttachment, open_files).write(vals)
        if vals.keys() - BESIDE_THE_FILE:
            self._assert_thawed(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._assert_thawed()

    def _stays_as_it_is(self):
        """Tell whether a file is frozen, by itself or with its case."""
        states = self._cases().mapped("complaint_state")
        return self.sudo().complaint_frozen or bool(self._sealed_in & set(states))

    def _assert_thawed(self, vals=()):
        if self.env.context.get("complaint_guard") is GUARD:
            return
        frozen = self.sudo().filtered("complaint_frozen")
        if frozen or "complaint_frozen" in vals:
            raise UserError(
                self.env._(
                    "“%s” belongs to what was issued or archived: it stays as it is.",
                    (frozen or self)[:1].name,
                )
            )
