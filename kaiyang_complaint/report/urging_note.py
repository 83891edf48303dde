from odoo import models

from .sheet import Sheet

LIMITS = {
    "handling": "办理期限",
    "reply": "反馈期限",
    "feedback": "答复期限",
    "report": "说明期限",
}
# What a rule says that has no words of its own.
OPINIONS = {
    "urging": "该件反馈期限已到，请抓紧办理，并立即将调查处理结果书面反馈中心投诉室。",
    "supervision": "该件已超过规定期限，请立即办理完毕，并书面说明逾期原因。",
}


class UrgingSheet(Sheet):
    """What was urged, of whom and how late it was then (五(二)6)."""

    def __init__(self, record, effect="urging"):
        super().__init__(record)
        self.word = "督办" if (record.effect or effect) == "supervision" else "催办"

    @property
    def slips(self):
        """The slips it is about, with a row for the pen where there is none."""
        return self.rows(self.record.told_slip_ids or self.record.slip_id, 1)

    @property
    def addressees(self):
        """Who is called upon: units by their representatives, and people of the centre."""
        slips = self.record.told_slip_ids
        units = [
            f"{slip.unit_id.name}（首席代表：{slip._addressee().user_id.name or ''}）"
            for slip in slips
        ]
        colleagues = self.record.sudo().user_ids.filtered(lambda user: not user.share)
        return "；".join(units + colleagues.mapped("name"))

    @property
    def matter(self):
        """The matter, without the complainant: the note goes to the unit."""
        ticket = self.record.ticket_id
        return ticket._scrubbed(ticket.service_item or ticket.name) if ticket else ""

    @property
    def limit(self):
        """What kind of limit ran out."""
        return LIMITS.get(self.record.kind, "期限")

    @property
    def overdue(self):
        """How late it was in working days, when the note was made."""
        one = self.record
        if not one.due_at:
            return ""
        calendar = one.env["complaint.calendar.year"]._working_days()
        due, made = (
            self.company._complaint_local(day).date() for day in (one.due_at, one.fired_at)
        )
        days = calendar.count(due, made)
        if days > 0:
            return f"{days}个工作日"
        return "不足1个工作日" if one.fired_at > one.due_at else "尚未逾期"

    @property
    def opinion(self):
        """What is asked, by whoever urged or by the rule."""
        return self.record.opinion or OPINIONS.get(self.record.effect, "")


class UrgingNote(models.AbstractModel):
    """催办单, 督办单: the urging note and the supervision note."""

    _name = "report.kaiyang_complaint.report_urging_note"
    _description = "Urging Note"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.escalation"

    def _may_print(self, record):
        return record.effect in OPINIONS

    def _refusal(self):
        return self.env._("Only urging notes and supervision notes are printed.")

    def _sheet(self, record, data):
        return UrgingSheet(record, data.get("effect"))
