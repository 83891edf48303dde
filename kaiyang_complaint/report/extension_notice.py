from odoo import api, models
from odoo.exceptions import UserError

from .sheet import Sheet


class ExtensionSheet(Sheet):
    """A granted extension as the complainant is told of it in writing (六.3)."""

    @property
    def addressee(self):
        """Whom the letter is addressed to; an anonymous complainant has no name."""
        ticket = self.record.ticket_id
        return (ticket.complainant_identity == "named" and ticket.partner_name) or "投诉人"

    @property
    def reason(self):
        """The reason, as part of a sentence."""
        return (self.record.reason or "").strip().removeprefix("因").rstrip("。；;.，, ")


class ExtensionNotice(models.AbstractModel):
    """延期告知书: the letter that tells the complainant the new date."""

    _name = "report.kaiyang_complaint.report_extension_notice"
    _description = "Notice of Extension"

    @api.model
    def _get_report_values(self, docids, data=None):
        extensions = self.env["complaint.extension"].browse(docids or [])
        if not extensions or any(extension.state != "granted" for extension in extensions):
            raise UserError(self.env._("A notice tells the new date of an extension granted."))
        return {
            "data": data,
            "docs": extensions,
            "sheets": [ExtensionSheet(extension) for extension in extensions],
        }
