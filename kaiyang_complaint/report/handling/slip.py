from odoo import models

from ..engine.sheet import Sheet
from ..intake.registration_form import RESPONSIBILITIES

DEMAND = (
    "请于回复期限前调查处理完毕，并将调查情况、处理结果、责任认定和整改措施书面回复中心投诉室。"
)


class SlipSheet(Sheet):
    """A slip as the unit gets it: all it may know of the complaint, and its receipt (五(二))."""

    responsibilities = (*RESPONSIBILITIES, ("none", "无责任"))

    @property
    def source(self):
        """The number of the registration form: the slip's own begins with it."""
        return (self.record.name or "").rpartition("-")[0]

    @property
    def demand(self):
        """What the room asks of the unit; without words of its own, what the rule asks."""
        return self.record.room_opinion or (DEMAND if self.record else "")

    @property
    def enclosures(self):
        """The names of the files that go along."""
        files = self.record._files_for_unit()
        return self._names(files.filtered(lambda file: file.res_model == self.record._name))

    @property
    def reply(self):
        """The reply that stands."""
        return self.record.reply_ids.filtered(lambda reply: reply.state != "returned")[:1]

    @property
    def measures(self):
        """What the unit promises to mend, who sees to it, and until when."""
        reply = self.reply
        until = reply.measures_by and self.day(reply.measures_by)
        terms = f"（责任人：{reply.measures_owner}，完成时限：{until}）" if until else ""
        return f"{reply.measures or ''}{terms}"

    @property
    def evidence(self):
        """The names of the files that came with the reply."""
        return self._names(self.reply.attachment_ids)

    @property
    def provisional(self):
        """What stands behind the limit while the schedule of its year is not published."""
        return "（暂定）" if self.record.is_provisional else ""

    def _names(self, files):
        names = files.sorted("id").mapped("name")
        return "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))


class SlipReport(models.AbstractModel):
    """转办单: the slip with its receipt (回执) at the foot."""

    _name = "report.kaiyang_complaint.report_slip"
    _description = "Forwarding Slip on Paper"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.slip"
    _sheet_type = SlipSheet
    _states = ("sent", "received", "replied", "accepted", "declined")

    def _refusal(self):
        return self.env._("A slip gets its number when it is sent. Send it, then print it.")
