from markupsafe import Markup
from odoo import models

from ..engine.sheet import Sheet
from .letter_sheet import LetterSheet

WAYS = (("post", "邮寄"), ("handed_over", "当面移交"), ("electronic", "电子传输"))


class ReferralSheet(Sheet):
    """A referral as it is sent out, and as the leader approves it (五(二)4, 七.5)."""

    ways = WAYS

    @property
    def source(self):
        """What came in, and how, as part of a sentence."""
        return f"群众{self._channel.paper_phrase or ''}反映的事项"

    @property
    def channel(self):
        """How the complaint came in."""
        return self._channel.paper_name or ""

    @property
    def _channel(self):
        return self.record.ticket_id.channel_id.sudo()

    @property
    def basis(self):
        """The clause, as part of a sentence."""
        return (self.record.basis or "").strip().removeprefix("根据").rstrip("。；;.，, ")

    @property
    def enclosures(self):
        """The names of what goes along, without the endings of file names."""
        return [
            name.rpartition(".")[0] or name for name in self.record.enclosure_ids.mapped("name")
        ]

    @property
    def complainant(self):
        """Who complains: printed where the referral says that the name goes along."""
        ticket = self.record.ticket_id
        parts = (
            f"投诉人：{ticket.partner_name}" if ticket.partner_name else "投诉人未留姓名",
            f"联系电话：{ticket.complainant_phone}" if ticket.complainant_phone else "",
            f"单位或住址：{ticket.complainant_address}" if ticket.complainant_address else "",
        )
        return "，".join(filter(None, parts))

    @property
    def about(self):
        """Whom the complaint is about."""
        return "；".join(self.respondents(self.record.ticket_id)) or "详见投诉内容"

    @property
    def request(self):
        """What is asked of the addressee, going on from a sentence that asks for handling."""
        record = self.record
        if not record.unit_answers_itself:
            until = Markup("于{}前").format(self.day(record.answer_by)) if record.answer_by else ""
            return Markup("，并请{}将办理结果函告我中心，由我中心反馈投诉人").format(until)
        if record.kind == "discipline" or not record.names_complainant:
            return ""
        return "，直接答复投诉人，并将办理结果告知我中心"

    @property
    def closing(self):
        """The closing words: they ask for an answer where the letter does."""
        record = self.record
        if record.kind == "outside":
            reported = not record.unit_answers_itself or self.request
            return "请研究办理并函复。" if reported else "请研究办理。"
        return "特此函告。" if record.unit_answers_itself else "请予函复。"

    @property
    def proposal(self):
        """What the room proposes to the leader."""
        unit = self.record.authority_id.name or "________"
        verb = "移送" if self.record.kind == "discipline" else "转请"
        return f"经调查整理，拟{verb}{unit}{'处理' if verb == '移送' else '阅处'}。妥否，请批示。"

    @property
    def instruction(self):
        """The leader's words; an approval without any says as much."""
        approval = self.record.approval_id
        return approval.instruction or ("同意。" if approval.state == "approved" else "")


class ReferralLetter(models.AbstractModel):
    """转送函, 移送函: the letter to the unit concerned."""

    _name = "report.kaiyang_complaint.report_referral"
    _description = "Letter of Referral"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.referral"
    _states = ("approved", "sent", "answered")
    _has_blank = False

    def _refusal(self):
        return self.env._("A letter is printed once the leader has signed it off.")

    def _sheet(self, record, _data):
        return LetterSheet(record.letter_id)


class ReferralSignOff(models.AbstractModel):
    """阅批单: what the leader in charge signs, with their instruction."""

    _name = "report.kaiyang_complaint.report_referral_sheet"
    _description = "Sign-off Sheet of a Referral"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.referral"
    _sheet_type = ReferralSheet
    _has_blank = False

    def _refusal(self):
        return self.env._("Choose the referral whose sheet is to be printed.")
