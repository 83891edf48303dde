from freezegun import freeze_time
from odoo import Command

from ..access.file_contents import sheet
from ..access.paper_common import PaperCommon

# A Monday; no holiday until the middle of June: 3 working days end on Thursday the 14th.
RECEIVED = "2026-05-11 01:00:00"
NOW = "2026-05-12 02:00:00"
FOUND = "经现场查看并向路政部门核实，路灯损坏属实，与窗口工作人员无关。"


class ReferralCommon(PaperCommon):
    """Letters about street lamps, and a restricted complaint; accepted on 2026-05-11 at nine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2026]).action_load()
        cls.authority, cls.inspection = cls.env["complaint.authority"].create(
            [
                {"name": "县综合行政执法局"},
                {"name": "县纪委监委", "is_discipline_body": True},
            ]
        )

    def setUp(self):
        super().setUp()
        frozen = freeze_time(NOW)
        frozen.start()
        self.addCleanup(frozen.stop)

    def outside_matter(self, channel="letter", **vals):
        """Return an accepted complaint that is not about window staff."""
        values = {
            "is_outside_matter": True,
            "window_id": False,
            "respondent_ids": [],
            "service_item": "大厅外路灯损坏",
            "description": "<p>我叫王小明，大厅外路灯坏了一个月，请尽快修好。</p>",
            **vals,
        }
        with freeze_time(RECEIVED):
            return self.accepted(channel, **values)

    def discipline_matter(self, **vals):
        """Return an accepted complaint about an abuse of office."""
        with freeze_time(RECEIVED):
            return self.accepted(is_discipline_matter=True, user_id=self.clerk.id, **vals)

    def inquire(self, ticket, **vals):
        """Begin the room's own inquiry into a complaint, with all that it needs."""
        inquiries = self.env["complaint.investigation"].with_user(self.clerk)
        return inquiries.create(
            {
                "ticket_id": ticket.id,
                "respondent_facts": FOUND,
                "mediation": "not_tried",
                "mediation_note": "不涉及调解。",
                "conclusion": "upheld",
                "responsibility": "other",
                "measures": "转有关单位处理。",
                **vals,
            }
        )

    def conclude(self, ticket, **vals):
        """Let the room conclude its own inquiry into a complaint."""
        inquiry = self.inquire(ticket, **vals)
        inquiry.action_conclude()
        inquiry.flush_recordset()
        return inquiry

    def referral(self, ticket=None, user=None, **vals):
        """Return a referral that lacks nothing, not asked for yet."""
        if not ticket:
            ticket = self.outside_matter()
            self.conclude(ticket)
        restricted = ticket.is_restricted
        return (
            self.env["complaint.referral"]
            .with_user(user or self.clerk)
            .create(
                {
                    "ticket_id": ticket.id,
                    "kind": "discipline" if restricted else "outside",
                    "authority_id": (self.inspection if restricted else self.authority).id,
                    "summary": FOUND,
                    **vals,
                }
            )
        )

    def requested(self, *args, **vals):
        """Return a referral that waits for the leader."""
        referral = self.referral(*args, **vals)
        referral.action_request()
        return referral

    def approved(self, *args, instruction="同意转办。", **vals):
        """Return a referral that the leader signed off."""
        referral = self.requested(*args, **vals)
        referral.approval_id.with_user(self.leader).action_approve(instruction)
        return referral

    def sent(self, *args, **vals):
        """Return a referral that left by post."""
        referral = self.approved(*args, **vals)
        referral.sent_how = "post"
        referral.action_send()
        return referral

    def answer_values(self, **vals):
        """Return what a unit answered."""
        return {"answer": "路灯已于5月11日修复。", "answered_at": NOW, **vals}

    def enclosure(self, ticket, name="来信扫描件.pdf"):
        """Return a file of a complaint."""
        files = self.env["ir.attachment"].with_user(self.clerk)
        values = {"name": name, "raw": sheet(), "res_model": "helpdesk.ticket"}
        return files.create({**values, "res_id": ticket.id})

    def linked(self, *records):
        """Return the command that encloses files."""
        return [Command.set([record.id for record in records])]
