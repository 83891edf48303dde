from datetime import date

from freezegun import freeze_time
from odoo import Command, fields

from ..archive.unprinted import Unprinted
from ..common import ComplaintCommon

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
# 10 a.m. at the centre, eight hours before.
IN_MARCH, IN_APRIL, IN_MAY = "2026-03-18 02:00:00", "2026-04-15 02:00:00", "2026-05-06 02:00:00"


class AssessmentCommon(Unprinted, ComplaintCommon):
    """Confirmed findings against one window and its people, and the months they fall in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2026]).action_load()
        cls.item = cls.env.ref("kaiyang_complaint.conduct_03")
        cls.company = cls.room.company_id
        cls.colleague = cls.staff.copy({"name": "赵敏", "employee_no": "T013"})

    def freeze(self, moment):
        """Let it be some moment until the test ends, or until another is chosen."""
        frozen = freeze_time(moment)
        frozen.start()
        self.addCleanup(frozen.stop)

    @classmethod
    def case(cls, *people, **vals):
        """Return a complaint that was looked into, about some people or a window."""
        about = [{"staff_id": one.id} for one in people] or [{"window_id": cls.window.id}]
        vals.setdefault("staff_waiver", not people and "duty")
        vals["respondent_ids"] = [Command.create(one) for one in about]
        ticket = cls.new_complaint(user_id=cls.clerk.id, **vals)
        accepted = {"complaint_state": "replied", "accepted_at": fields.Datetime.now()}
        ticket._procedure_write(accepted)
        cls.env["complaint.finding"]._propose(ticket)
        return ticket

    @classmethod
    def confirm(cls, ticket, at=IN_MARCH, liable="staff", **vals):
        """Let the clerk find all respondents of a complaint at fault, at some moment."""
        values = {
            "facts": "经查属实。",
            "conduct_id": cls.item.id,
            "conclusion": "upheld",
            "responsibility": "main",
            "liable": liable,
            **vals,
        }
        findings = cls.env["complaint.finding"].with_user(cls.clerk)
        for person in ticket.respondent_ids - ticket.finding_ids.respondent_id:
            findings.create({"ticket_id": ticket.id, "respondent_id": person.id})
        drafts = ticket.finding_ids.filtered(lambda one: one.state == "draft")
        drafts.with_user(cls.clerk).write(values)
        with freeze_time(at):
            drafts.with_user(cls.clerk).action_confirm()
            cls.env.flush_all()
        return drafts

    @classmethod
    def month(cls, first=MARCH, user=None):
        """Return the assessment of a month."""
        assessments = cls.env["complaint.assessment"].with_user(user or cls.manager)
        found = assessments.search([("month", "=", first), ("company_id", "=", cls.company.id)])
        return found or assessments.create({"month": first, "company_id": cls.company.id})

    @classmethod
    def computed(cls, first=MARCH):
        """Return the computed assessment of a month."""
        month = cls.month(first)
        month.action_compute()
        return month

    @classmethod
    def approved(cls, first=MARCH):
        """Return a month that the leader approved."""
        month = cls.computed(first)
        month.action_submit()
        month.approval_id.with_user(cls.leader).action_approve()
        return month

    @classmethod
    def published(cls, first=MARCH):
        """Return a published month."""
        month = cls.approved(first)
        month.action_publish()
        return month

    @classmethod
    def by_hand(cls, month, **vals):
        """Enter points by hand."""
        lines = cls.env["complaint.assessment.line"].with_user(cls.manager)
        values = {"target": "window", "window_id": cls.window.id, "points": -1}
        values["reason"] = "未按要求整改。"
        return lines.create({"assessment_id": month.id, **values, **vals})

    def told(self, month):
        """Return what the lines of a month say: kind, target, points."""
        lines = month.sudo().line_ids.sorted(lambda line: (line.target, line.kind, line.id))
        return [(line.kind, line.target, line.points) for line in lines]


ONE_PERSON = [
    ("finding", "representative", -1.5),
    ("finding", "staff", -5.0),
    ("finding", "window", -3.0),
]
