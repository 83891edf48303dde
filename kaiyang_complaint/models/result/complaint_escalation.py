from odoo import models


class ComplaintEscalation(models.Model):
    """Urging of a written report (七.3)."""

    _inherit = "complaint.escalation"

    def _notify_author(self, report):
        """Write to the representative of whom a report is asked; no complaint is mentioned."""
        result = super()._notify_author(report)
        lang = report._addressee().user_id.lang
        report, one = report.with_context(lang=lang), self.with_context(lang=lang)
        subject = one.env._(
            "%(effect)s: written report %(report)s",
            effect=one._effect_label(),
            report=report.display_name,
        )
        template = "kaiyang_complaint.report_notice_escalation"
        report._notify(subject, template, what=one._summary())
        return result
