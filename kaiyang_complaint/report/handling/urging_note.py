from odoo import models

from ..engine.sheet import Sheet

LIMITS = {
    "handling": "办理期限",
    "reply": "回复期限",
    "feedback": "反馈期限",
    "report": "说明期限",
}
# What is to be done at last, by the limit that ran out.
DEMANDS = {
    "handling": "立即办理完毕",
    "reply": "立即将调查处理结果书面回复中心投诉室",
    "feedback": "立即将处理结果反馈投诉人",
    "report": "立即将书面说明报送中心投诉室和本单位",
}
# What a rule says that has no words of its own.
OPINIONS = {
    "urging": "该件{limit}已到，请抓紧办理，{demand}。",
    "supervision": "该件已超过{limit}，请{demand}，并书面说明逾期原因。",
}


class UrgingSheet(Sheet):
    """What was urged, of whom and how late it was then (五(二)6)."""

    def __init__(self, record, effect="urging"):
        super().__init__(record)
        self.word = "督办" if (record.effect or effect) == "supervision" else "催办"

    @property
    def slips(self):
        """The slips it is about; the blank form has a row for the pen."""
        return self.rows(self._slips, 0 if self.record else 1)

    @property
    def _slips(self):
        """The slips that were urged, or with units when the leader heard of the limit."""
        one = self.record.sudo()
        if one.told_slip_ids or one.slip_id or one.ticket_id.is_restricted:
            return one.told_slip_ids or one.slip_id
        return one.ticket_id.slip_ids.filtered(self._was_with_unit)

    def _was_with_unit(self, slip):
        """Return whether a unit had a slip, and had yet to reply, when the note was made."""
        at = self.record.fired_at
        replied = slip.reply_ids.filtered(lambda reply: reply.state != "returned")
        early = any(reply.submitted_at <= at for reply in replied if reply.submitted_at)
        is_open = slip.state not in ("draft", "declined") and not early
        return bool(self.record.kind == "handling" and is_open and slip.sent_at <= at)

    @property
    def by_unit(self):
        """Whether a unit is called upon, and answers; else it is who handles it in the centre."""
        return bool(self.slips or self.report)

    @property
    def report(self):
        """The written report that it asks for."""
        return self.record.sudo().deadline_id.report_id

    @property
    def addressees(self):
        """Who is called upon: units by their representatives, else who handles it in the centre."""
        if self._units:
            return "；".join(self._units)
        clerk = self.record.sudo().ticket_id.user_id.name
        if self._is_to_leaders:
            return f"投诉室（经办人：{clerk}）" if clerk else "投诉室"
        return "；".join(self._colleagues)

    @property
    def copies(self):
        """Who gets a copy: people of the centre, where it calls upon others."""
        others = self._units or self._is_to_leaders
        return "；".join(self._colleagues) if others else ""

    @property
    def _units(self):
        units = [
            f"{slip.unit_id.name}（首席代表：{self.representative(slip)}）" for slip in self._slips
        ]
        if self.report:
            name = self.record._name_of("deadline_id")
            units.append(f"{self.report.unit_id.name}（首席代表：{name}）")
        return units

    @property
    def _colleagues(self):
        return self.record._name_of("user_ids") or []

    @property
    def _is_to_leaders(self):
        """Whether only those who supervise were told: they are not called upon."""
        rule = self.record.sudo().rule_id
        return bool(rule) and not (rule.to_clerk or rule.to_representative)

    def representative(self, slip):
        """Return what the representative was called who was urged about a slip, or who had it."""
        told = self.record._name_of("told_slip_ids") or {}
        return told.get(str(slip.id)) or (slip and slip._name_of("representative_id")) or ""

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
        calendar = self.company._complaint_calendar()
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
        words = OPINIONS.get(self.record.effect, "")
        demand = DEMANDS.get(self.record.kind, DEMANDS["handling"])
        return self.record.opinion or words.format(limit=self.limit, demand=demand)


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
