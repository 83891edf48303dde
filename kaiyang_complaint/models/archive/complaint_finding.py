from odoo import models


class ComplaintFinding(models.Model):
    """A finding that is overturned is noted on the volumes that hold it (八)."""

    _inherit = "complaint.finding"

    def _mark_overturned(self, reason):
        result = super()._mark_overturned(reason)
        for finding in self:
            finding._volumes()._note_down(finding._overturned_words(), self.env.user)
        return result

    def _volumes(self):
        """Return the volumes archived with the finding; else the one archived last, if any."""
        volumes = self.sudo().ticket_id.dossier_ids.filtered(lambda one: one.state == "archived")
        volumes = volumes.sorted("volume")
        held = volumes.filtered(lambda one: one.archived_at >= self.confirmed_at)
        return held or volumes[-1:]

    def _overturned_words(self):
        """Return what the reference sheet says, which is Chinese as all papers are."""
        finding = self.with_context(lang="zh_CN")
        day = self.company_id._complaint_local(self.overturned_at)
        return (
            f"查处结论“{finding.display_name}”已于{day.year}年{day.month}月{day.day}日撤销。"
            f"撤销原因：{self.overturn_reason}"
        )
