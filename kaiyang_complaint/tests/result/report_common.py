from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields

from ...report.engine import paper
from ..archive.unprinted import Unprinted, unprinted
from ..common import ComplaintCommon

# Moments in the middle of a working day of four months running, over the end of a year.
NOVEMBER, DECEMBER = "2025-11-12 02:00:00", "2025-12-10 02:00:00"
JANUARY, FEBRUARY = "2026-01-14 02:00:00", "2026-02-11 02:00:00"
NOW = "2026-02-25 02:00:00"
WRITTEN = {
    "causes": "业务不熟，未一次性告知。",
    "measures": "每周集中学习一次，设立审核岗。",
    "measures_by": "2026-03-31",
    "to_unit": True,
    "unit_addressee": "局办公室",
    "to_unit_on": "2026-02-25",
}


class ReportCommon(Unprinted, ComplaintCommon):
    """A window of which complaints are upheld, month after month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2025, 2026]).action_load()
        cls.item = cls.env.ref("kaiyang_complaint.conduct_02")
        cls.reports = cls.env["complaint.written.report"]
        cls.colleague = cls.env["complaint.window.staff"].create(
            {"name": "赵小燕", "employee_no": "T013", "window_id": cls.window.id}
        )

    def setUp(self):
        super().setUp()
        frozen = freeze_time(NOW)
        frozen.start()
        self.addCleanup(frozen.stop)

    @classmethod
    def replied(cls, channel="phone", **vals):
        """Return a complaint to which the unit that has the window replied."""
        ticket = cls.accepted(channel, **vals)
        slip = ticket.slip_ids.with_user(ticket.slip_ids.representative_id.user_id)
        slip.action_receive()
        slip.action_reply(cls.reply_values())
        ticket.slip_ids.action_accept_reply(cls.CONSIDERED)
        return ticket

    @classmethod
    def draft_finding(cls, moment, **vals):
        """Return what is proposed on a complaint that was accepted at some moment."""
        with freeze_time(moment):
            vals = {"user_id": cls.clerk.id, "conduct_ids": cls.item.ids, **vals}
            return cls.replied(**vals).finding_ids.with_user(cls.clerk)

    @classmethod
    def found(cls, moment, **vals):
        """Return a finding against the window, confirmed now, on a complaint of some moment."""
        finding = cls.draft_finding(moment, **vals)
        finding.action_confirm()
        return finding

    def report(self, window=None):
        """Return the reports on a window."""
        return self.reports.search([("window_id", "=", (window or self.window).id)])

    def unasked(self):
        """Return a report whose letter is drawn up."""
        self.found(DECEMBER)
        self.found(JANUARY)
        return self.report()

    @classmethod
    def send(cls, report):
        """Let the letter of a report leave."""
        letter = report.letter_id.with_user(cls.clerk)
        letter.action_request()
        letter.approval_id.with_user(cls.leader).action_approve()
        letter.action_issue()
        letter.sent_how = "handed_over"
        letter.action_send()
        return report

    def asked(self):
        """Return a report that is asked of the representative."""
        return self.send(self.unasked())

    def submitted(self):
        """Return a report that the representative wrote."""
        report = self.asked()
        report.with_user(self.rep).action_submit(WRITTEN)
        return report

    def mails_to(self, user):
        """Return the subjects of what a user was told."""
        told = [("partner_ids", "in", user.partner_id.ids), ("model", "=", self.reports._name)]
        return self.env["mail.message"].sudo().search(told).mapped("subject")

    def today(self):
        return fields.Date.to_string(self.env.company._complaint_today())


class DrawnCommon(ReportCommon):
    """One report whose letter is drawn up, made once for all tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.found(DECEMBER)
            cls.found(JANUARY)
        cls.drawn = cls.reports.search([("window_id", "=", cls.window.id)])

    def unasked(self):
        return self.drawn


class AskedCommon(DrawnCommon):
    """One report that is asked of the representative, made once for all tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW), patch.object(paper, "write_pdf", unprinted):
            cls.send(cls.drawn)

    def asked(self):
        return self.drawn
