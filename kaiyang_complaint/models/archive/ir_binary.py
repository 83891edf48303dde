from odoo import models

from .volume_watch import BROKEN, VolumeWatch, found


class IrBinary(models.AbstractModel):
    """Archived volumes are handed out as they were archived, or not at all (八)."""

    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        """Say that a volume is no longer what was archived, instead of sending it.

        :raise HTTPException: with a page that says so
        """
        if record._name == "ir.attachment":
            # First the rights: what is read as superuser is in the cache, for everybody.
            record.check_access("read")
            file = record.sudo().with_prefetch()
            owned = file.res_model == "complaint.dossier"
            dossier = self.env["complaint.dossier"].sudo().browse(owned and file.res_id).exists()
            if dossier and dossier.attachment_id == record and found(dossier)[0] in BROKEN:
                self._tell_of(dossier)
                raise dossier._altered_page()
        return super()._record_to_stream(record, field_name)

    def _tell_of(self, dossier):
        """Keep what was found, and tell who keeps the archive: this request only reads.

        What it read so far is let go, as ``/web/assets`` does: else no other transaction is begun.
        """
        if self.env.cr.readonly:
            self.env.cr.rollback()
        with self.env.registry.cursor() as cr:
            dossier = dossier.with_env(self.env(cr=cr, su=True))
            if dossier.try_lock_for_update():
                VolumeWatch(dossier).compare()
