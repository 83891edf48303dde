from odoo import models

from ..engine.sheet import Sheet
from ..intake.registration_form import CONCLUSIONS, LEVELS, MEDIATIONS, RESPONSIBILITIES


class InvestigationSheet(Sheet):
    """What an inquiry found, as it goes to the file (四.4, 五(一)1)."""

    conclusions = CONCLUSIONS
    levels = LEVELS
    mediations = tuple(MEDIATIONS.items())
    responsibilities = (*RESPONSIBILITIES, ("none", "无责任"))

    def opinions(self, level):
        """Return what one level said to the joint assessment."""
        return self.record.opinion_ids.filtered(lambda opinion: opinion.level == level)


class InvestigationReport(models.AbstractModel):
    """调查处理报告: facts of both sides, mediation, joint assessment, conclusion."""

    _name = "report.kaiyang_complaint.report_investigation"
    _description = "Report of an Investigation"
    _inherit = ["complaint.paper"]
    _paper_of = "complaint.investigation"
    _sheet_type = InvestigationSheet
    _states = ("concluded",)

    def _refusal(self):
        return self.env._("The report is printed once the investigation is concluded.")
