from odoo import models

from ...tools.refusal_words import refusal_details, refusal_facts
from ..engine.sheet import Sheet


class RefusalSheet(Sheet):
    """Why a complaint is invalid, as its complainant is told (四.3): what was established."""

    @property
    def addressee(self):
        """Whom the note is addressed to; an anonymous complainant has no name."""
        ticket = self.record
        if not ticket:
            return self.pen()
        return (ticket.complainant_identity == "named" and ticket.partner_name) or "投诉人"

    @property
    def channel(self):
        """How the complaint came in, as part of a sentence."""
        return self.record.channel_id.sudo().paper_phrase or ""

    @property
    def facts(self):
        """What was established, as part of a sentence; the blank form has room for the pen."""
        if not self.record:
            return self.pen("broad")
        return refusal_facts(self.record.invalid_ground, self.record.end_reason)

    @property
    def details(self):
        """What the clerk put down besides, as part of a sentence."""
        return refusal_details(self.record.invalid_ground, self.record.end_reason)

    @property
    def may_be_completed(self):
        """Whether the complainant has only to add what is missing."""
        return self.record.invalid_ground == "no_object"


class RefusalNotice(models.AbstractModel):
    """不予受理告知书 for an invalid complaint; for one out of scope it is the guidance note."""

    _name = "report.kaiyang_complaint.report_refusal_notice"
    _description = "Notice of Refusal"
    _inherit = ["complaint.paper"]
    _paper_of = "helpdesk.ticket"
    _sheet_type = RefusalSheet

    def _may_print(self, record):
        return record.complaint_state == "invalid"

    def _refusal(self):
        return self.env._(
            "This notice explains why a complaint is invalid. Mark the complaint as invalid first."
        )
