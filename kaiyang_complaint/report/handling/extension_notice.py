from odoo import models

from ..engine.sheet import Sheet


class ExtensionSheet(Sheet):
    """A granted extension as the complainant is told of it in writing (六.3)."""

    @property
    def addressee(self):
        """Whom the letter is addressed to; an anonymous complainant has no name."""
        ticket = self.record.ticket_id
        if not ticket:
            return self.pen()
        return (ticket.complainant_identity == "named" and ticket.partner_name) or "投诉人"

    @property
    def matter(self):
        """What the complaint is about."""
        ticket = self.record.ticket_id
        return ticket.service_item or ticket.name or self.pen("long")

    @property
    def limit_days(self):
        """The new limit in all."""
        return self.record.limit_days or self.pen("brief")

    @property
    def reason(self):
        """The reason, as part of a sentence."""
        if not self.record:
            return self.pen("broad")
        return (self.record.reason or "").strip().removeprefix("因").rstrip("。；;.，, ")


class ExtensionNotice(models.AbstractModel):
    """延期告知书: the letter that tells the complainant the new date."""

    _name = "report.kaiyang_complaint.report_extension_notice"
    _description = "Notice of Extension"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.extension"
    _sheet_type = ExtensionSheet
    _states = ("granted",)

    def _refusal(self):
        return self.env._("A notice tells the new date of an extension granted.")
