from odoo import models


class ComplaintGuidanceLog(models.Model):
    """What takes the place of a draft leaves no trace of it in imports either (四.2)."""

    _inherit = "complaint.guidance.log"

    def _forget_traces(self, drafts):
        """Delete the rows of imports that the drafts came from."""
        result = super()._forget_traces(drafts)
        self.env["complaint.import.line"]._forget(drafts)
        return result
