from contextlib import contextmanager

from freezegun import freeze_time
from odoo import Command

from ..common import ComplaintCommon

# Mondays and Tuesdays of months of one year, in the morning of the hall.
MARCH, APRIL, MAY, JUNE = (
    "2026-03-09 01:00:00",
    "2026-04-13 01:00:00",
    "2026-05-11 01:00:00",
    "2026-06-15 01:00:00",
)
QUIET = ("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")


class FindingCommon(ComplaintCommon):
    """Complaints that were looked into, with the findings proposed on their respondents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2025, 2026]).action_load()
        cls.conduct = cls.env.ref("kaiyang_complaint.conduct_01")

    @classmethod
    def replied(cls, channel="phone", **vals):
        """Return a complaint whose unit, whichever it is, replied."""
        ticket = cls.accepted(channel, **vals)
        for slip in ticket.slip_ids:
            theirs = slip.with_user(slip.representative_id.user_id)
            theirs.action_receive()
            theirs.action_reply(cls.reply_values())
        ticket.slip_ids.action_accept_reply(cls.CONSIDERED)
        return ticket

    @classmethod
    def proposed(cls, at=MARCH, **vals):
        """Return the finding proposed on the respondent of a complaint accepted at a moment."""
        values = {"user_id": cls.clerk.id, "conduct_ids": [Command.set(cls.conduct.ids)], **vals}
        with freeze_time(at):
            return cls.replied(**values).finding_ids

    @classmethod
    def confirmed(cls, at=MARCH, confirmed_at=None, found=None, **vals):
        """Return a finding that the clerk confirmed, upheld against the staff member.

        :param found: what the clerk corrects before
        """
        finding = cls.proposed(at, **vals)
        with freeze_time(confirmed_at or at):
            if found:
                finding.write(found)
            finding.action_confirm()
        return finding

    @contextmanager
    def at(self, moment):
        """Be at a moment, with a fresh memory."""
        self.env.invalidate_all()
        with freeze_time(moment):
            yield

    def bars(self, finding, **values):
        """Return the bars of a finding with some values."""
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["complaint.bar"].search([("finding_id", "=", finding.id), *domain])

    def of_staff(self, name, window=None, badge=None):
        """Return a new staff member."""
        window = window or self.window
        values = {"name": name, "employee_no": badge, "window_id": window.id}
        return self.env["complaint.window.staff"].create(values)
