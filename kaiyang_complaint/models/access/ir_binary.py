from odoo import models


class IrBinary(models.AbstractModel):
    """Files of complaints open by the user's own rights alone: a link with a token travels."""

    _inherit = "ir.binary"

    def _find_record(
        self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None
    ):
        if access_token and res_id and self._belongs_to_complaint(res_model, res_id):
            access_token = None
        return super()._find_record(xmlid, res_model, res_id, access_token, field)

    def _belongs_to_complaint(self, res_model, res_id):
        """Return whether a record is a complaint or hangs on one, or is a file of such."""
        if res_model == "ir.attachment":
            attachment = self.env[res_model].sudo().browse(res_id).exists()
            res_model, res_id = attachment.res_model, attachment.res_id
        if res_model == "helpdesk.ticket":
            return self.env[res_model].sudo().browse(res_id).exists().is_complaint
        return (res_model or "").startswith("complaint.")
