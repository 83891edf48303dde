from odoo import models

from ...tools.dossier_papers import TOLD as TITLES
from ..engine.sheet import Sheet
from ..intake.registration_form import SATISFACTIONS, TOLD_HOW


class FeedbackSheet(Sheet):
    """How the complainant was told the result, and what they said to it (五(三))."""

    satisfactions = SATISFACTIONS

    def __init__(self, record, mode=None):
        super().__init__(record)
        self.mode = record.mode or (mode if mode in TITLES else "phone")

    @property
    def title(self):
        """The title of the record follows how the complainant was told."""
        return f"投诉举报{TITLES[self.mode]}"

    @property
    def complainant(self):
        """Who complained; an anonymous complainant has no name."""
        ticket = self.record.ticket_id
        return ticket.partner_name or ("匿名" if ticket else "")

    @property
    def speakers(self):
        """Who answered: the room itself, or a unit with the complainant's consent."""
        by_unit = bool(self.record.slip_id)
        room = self.tick(bool(self.record) and not by_unit, "中心投诉室")
        return room + self.tick(by_unit, "受托答复单位：")

    @property
    def consent(self):
        """How the complainant agreed that the unit answers."""
        return TOLD_HOW.get(self.record.consent_how, "").removesuffix("告知")

    @property
    def content(self):
        """What was told, or why nobody could be."""
        if self.mode == "impossible":
            return self.record.content or "匿名投诉，未留联系方式，无法向投诉人反馈。"
        return self.record.content

    @property
    def suggestion(self):
        """What the complainant said to it."""
        asked = self.record.no_suggestion and "已征询，无意见建议。"
        return self.record.suggestion or asked or ""

    @property
    def files(self):
        """The names of recording and signed record: nobody else's right to them follows."""
        record = self.record.sudo()
        return "、".join((record.recording_ids + record.signed_scan_ids).mapped("name"))


class FeedbackRecord(models.AbstractModel):
    """Form F: the record of the answer by telephone, or face to face."""

    _name = "report.kaiyang_complaint.report_feedback_record"
    _description = "Record of Feedback"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.feedback"
    # A draft prints: face to face, the complainant signs the paper that is scanned then.
    _states = ("draft", "reported", "confirmed")

    def _sheet(self, record, data):
        return FeedbackSheet(record, data.get("mode"))

    def _refusal(self):
        return self.env._("The complainant was not answered yet: there is nothing to print.")
