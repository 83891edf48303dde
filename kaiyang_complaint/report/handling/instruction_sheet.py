from odoo import models

from ..engine.sheet import Sheet
from ..intake.registration_form import KINDS, RegistrationSheet
from ..result.monthly_notice import AssessmentSheet

CLOSING = "妥否，请批示。"
DECISIONS = (("approved", "同意"), ("rejected", "不同意"))


class ApprovalSheet(Sheet):
    """A request to a leader, and what they decided (五, 六.3, 七.6)."""

    decisions = DECISIONS

    @property
    def kind(self):
        """What is asked for."""
        return KINDS.get(self.record.kind, "") or dict(
            self.record._fields["kind"]._description_selection(self.record.env)
        ).get(self.record.kind, "")

    @property
    def matter(self):
        """What the request is about: a complaint, a letter, a month, a board."""
        ticket, asked = self.record.ticket_id, self.record
        if asked.kind == "assessment" and asked.origin:
            return AssessmentSheet(asked.origin).heading
        return ticket.service_item or ticket.name or asked.letter_id.subject or asked.subject or ""

    @property
    def request(self):
        """What is asked for, as it was put, with the words that end a request."""
        asked = (self.record.request or "").strip()
        if not asked or asked.endswith("请批示。"):
            return asked
        return f"{asked}\n{CLOSING}"

    @property
    def handling_due(self):
        """When the limit of the complaint ends that the request is about."""
        return RegistrationSheet(self.record.ticket_id).handling_due

    @property
    def decider(self):
        """Whose decision it is."""
        return {"director": "主要"}.get(self.record.role, "分管")


class ApprovalReport(models.AbstractModel):
    """请示批示单: the request, the instruction, who and when."""

    _name = "report.kaiyang_complaint.report_approval"
    _description = "Request and Instruction"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.approval"
    _sheet_type = ApprovalSheet
    _states = ("pending", "approved", "rejected")

    def _refusal(self):
        return self.env._("A request that was withdrawn is not printed.")
