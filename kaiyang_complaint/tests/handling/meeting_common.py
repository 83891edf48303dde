from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo import Command

from ..common import ComplaintCommon


class MeetingCommon(ComplaintCommon):
    """A complaint about two units, on its way through the meeting that decides who answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room.user_ids += cls.both
        cls.boss, cls.other_boss = cls.env["res.partner"].create(
            [
                {"name": "单位甲局长", "email": "boss@example.com"},
                {"name": "单位乙局长", "email": "other.boss@example.com"},
            ]
        )
        cls.unit.leader_ids, cls.other_unit.leader_ids = cls.boss, cls.other_boss

    @classmethod
    def of_two_units(cls, **vals):
        """Return an accepted complaint about two units: it waits for its meeting."""
        people = [
            Command.create({"staff_id": cls.staff.id}),
            Command.create({"staff_id": cls.other_staff.id}),
        ]
        return cls.accepted(**{"respondent_ids": people, **vals})

    @classmethod
    def proposed(cls, ticket=None, **vals):
        """Return a meeting that the leader was not asked for yet."""
        ticket = ticket or cls.of_two_units()
        meeting = cls.env["complaint.meeting"].browse(ticket.action_propose_meeting()["res_id"])
        meeting = meeting.with_user(ticket.env.user)
        meeting.write({"analysis": "两个窗口互相推诿，须认定主次责任。", **vals})
        return meeting

    @classmethod
    def approved(cls, ticket=None, **vals):
        """Return a meeting that the leader approved."""
        meeting = cls.proposed(ticket, **vals)
        meeting.action_request()
        meeting.approval_id.with_user(cls.leader).action_approve("同意，两家负责人到会。")
        return meeting

    @classmethod
    def convened(cls, ticket=None, **vals):
        """Return a meeting to which everybody is invited, today."""
        meeting = cls.approved(ticket)
        meeting.write({"starts_at": cls.tonight(), "place": "三楼会议室", **vals})
        meeting.action_convene()
        return meeting

    @classmethod
    def tonight(cls):
        """Return the end of today, on the wall of the centre."""
        tz = ZoneInfo(cls.room.company_id.complaint_tz)
        return datetime.now(tz).replace(hour=23, minute=59).astimezone(UTC).replace(tzinfo=None)

    @classmethod
    def decided(cls, meeting, main=None):
        """Put down everything a decision takes: one unit leads, the others help."""
        main = main or cls.unit
        meeting.minutes = "会商认为：两家单位均有责任。"
        for line in meeting.line_ids:
            share = "main" if line.unit_id == main else "secondary"
            line.write({"responsibility": share, "task": f"{line.unit_id.name}查明情况"})
        meeting.action_all_present()
        return meeting

    @classmethod
    def held(cls, ticket=None, main=None):
        """Return a meeting that was held; the slips left by it."""
        meeting = cls.decided(cls.convened(ticket), main)
        meeting.action_hold()
        return meeting
