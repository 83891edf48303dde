from odoo import models

from ..access.notices import in_language_of


class ComplaintEscalation(models.Model):
    """Urging of a written report (七.3)."""

    _inherit = "complaint.escalation"

    def _notify_author(self, report):
        """Write to the representative of whom a report is asked; no complaint is mentioned."""
        result = super()._notify_author(report)
        one = in_language_of(self, report._addressee().user_id)
        report._notify(
            lambda report: report.env._(
                "%(effect)s: written report %(report)s",
                effect=one._effect_label(),
                report=report.display_name,
            ),
            "kaiyang_complaint.report_notice_escalation",
            what=one._summary(),
        )
        return result
