from freezegun import freeze_time
from odoo import Command

from ..access.paper_common import PaperCommon

LETTER = "kaiyang_complaint.report_letter"
# Mondays and Tuesdays of three months running; the letters are written afterwards.
MONTHS = ("2026-03-09 01:00:00", "2026-04-13 01:00:00", "2026-05-11 01:00:00")
NOW = "2026-05-20 02:00:00"


class LetterCommon(PaperCommon):
    """Three upheld complaints of one year against one person, by three complainants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2026]).action_load()
        # The letters of these tests are written by hand.
        for reaction in ("draft_returns", "ask_reports"):
            cls.env.ref(f"kaiyang_complaint.automation_{reaction}").active = False
        complainants = (("王小明", "13812345678"), ("刘家英", "13800010099"), ("欧阳春", ""))
        cls.upheld = cls.env["helpdesk.ticket"].with_user(cls.clerk)
        for month, (name, phone) in zip(MONTHS, complainants, strict=True):
            with freeze_time(month):
                values = {"partner_name": name, "complainant_phone": phone}
                values["description"] = "<p>排队两小时后被告知材料不齐。</p>"
                values["complainant_address"] = f"{name[0]}家湾九号"
                cls.upheld |= cls.replied(user_id=cls.clerk.id, **values)
                cls.find_upheld(cls.upheld[-1])

    @classmethod
    def find_upheld(cls, ticket):
        """Confirm what was proposed: upheld, the fault of the staff member."""
        ticket.finding_ids.conduct_id = cls.env.ref("kaiyang_complaint.conduct_01")
        ticket.finding_ids.action_confirm()

    def setUp(self):
        super().setUp()
        frozen = freeze_time(NOW)
        frozen.start()
        self.addCleanup(frozen.stop)
        self.room.company_id.complaint_phone = "0851-87253281"

    def letter(self, kind="other", user=None, **vals):
        """Return a letter in preparation."""
        if kind == "other":
            vals = {"subject": "关于商请协助的函", "addressee": "县综合行政执法局", **vals}
            vals.setdefault("body", "请予协助。\n特此函告。")
        letters = self.env["complaint.letter"].with_user(user or self.clerk)
        return letters.create({"kind": kind, **vals})

    def of_return(self, **vals):
        """Return a letter that returns the staff member to their unit."""
        last = self.upheld[-1]
        return self.letter("return", ticket_id=last.id, staff_id=self.staff.id, **vals)

    def of_report(self, **vals):
        """Return a letter that asks the representative for a written report."""
        vals = {"answer_by": "2026-05-27", "window_id": self.window.id, **vals}
        return self.letter("report_request", **{"ticket_id": self.upheld[-1].id, **vals})

    def requested(self, letter):
        """Put a letter before the leader whose consent it takes."""
        letter.action_request()
        return letter

    def approved(self, letter, instruction=None):
        """Let the leader of the role consent."""
        approval = self.requested(letter).approval_id
        approval.with_user(getattr(self, approval.role)).action_approve(instruction)
        return letter

    def issued(self, letter=None):
        """Issue a letter, with the consent that it takes."""
        letter = letter or self.letter(ticket_id=self.upheld[-1].id)
        if letter.approval_role:
            self.approved(letter)
        letter.action_issue()
        return letter

    def sent(self, letter=None):
        """Return a letter that left by post."""
        letter = self.issued(letter)
        letter.sent_how = "post"
        letter.action_send()
        return letter

    def file(self, ticket=None, name="情况说明.pdf", raw=b"%PDF-", user=None):
        """Return a file, of a complaint or of nobody yet."""
        owner = {"res_model": "helpdesk.ticket", "res_id": ticket.id} if ticket else {}
        files = self.env["ir.attachment"].with_user(user or self.clerk)
        return files.create({"name": name, "raw": raw, **owner})

    def linked(self, *files):
        """Return the command that encloses files."""
        return [Command.set([file.id for file in files])]
