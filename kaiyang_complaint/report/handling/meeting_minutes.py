from odoo import models

from ..engine.sheet import Sheet

REASONS = (("major", "重大问题"), ("units", "涉及多个单位"), ("unclear", "责任不清"))
SHARES = {"main": "主要责任", "secondary": "次要责任", "none": "无责任"}
ATTENDANCES = {"present": "到会", "represented": "委托他人", "absent": "未到会"}
BLANK_INVITEES, BLANK_LINES = 6, 3
ROLES = {
    "unit_leader": "单位领导",
    "representative": "首席代表",
    "leader": "中心领导",
    "clerk": "投诉室",
    "other": "其他",
}


class MinutesSheet(Sheet):
    """A meeting as it goes to the file (五(二)5)."""

    reasons = REASONS

    @property
    def topic(self):
        """What the complaint is about, without who complained: units sign the minutes."""
        ticket = self.record.sudo().ticket_id
        return ticket and ticket._scrubbed(ticket.service_item or ticket.name)

    @property
    def held_at(self):
        """When it was held or, as long as it was not, when it is to be."""
        return self.record.held_at or self.record.starts_at

    def share(self, line):
        """Return the responsibility of a unit as the regulation calls it."""
        return SHARES.get(line.responsibility, "")

    def office(self, invitee):
        """Return for whom, or as what, someone sat at the table."""
        return "".join(filter(None, (invitee.unit_id.name, ROLES.get(invitee.role))))

    def attendance(self, invitee):
        """Return whether someone came, or who came for them."""
        return "：".join(filter(None, (ATTENDANCES.get(invitee.attendance), invitee.stand_in)))

    @property
    def lines(self):
        """The units in the order of their responsibility."""
        order = list(SHARES)
        lines = self.record.line_ids.sorted(lambda line: order.index(line.responsibility))
        return self.rows(lines, 0 if self.record else BLANK_LINES)

    @property
    def invitees(self):
        """Who was invited, with rows for the pen on a blank form."""
        return self.rows(self.record.invitee_ids, 0 if self.record else BLANK_INVITEES)

    @property
    def seats(self):
        """Who was invited, and rows for who comes in their place."""
        invited = self.record.invitee_ids
        return self.rows(invited, len(invited) + BLANK_LINES if invited else BLANK_INVITEES)


class MeetingMinutes(models.AbstractModel):
    """会商纪要: who met on a complaint, what was said, and who answers."""

    _name = "report.kaiyang_complaint.report_meeting_minutes"
    _description = "Minutes of a Meeting"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.meeting"
    _sheet_type = MinutesSheet
    _states = ("held",)

    def _refusal(self):
        return self.env._("Minutes are printed of meetings that were held.")


class MeetingSignIn(models.AbstractModel):
    """会商签到表: who is to come, with room to sign."""

    _name = "report.kaiyang_complaint.report_meeting_sign_in"
    _description = "Sign-in Sheet of a Meeting"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.meeting"
    _sheet_type = MinutesSheet
    _states = ("approved", "convened", "held")

    def _refusal(self):
        return self.env._("The sign-in sheet is printed once the leader approved the meeting.")
