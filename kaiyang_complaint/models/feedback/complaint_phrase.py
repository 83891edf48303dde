from odoo import api, models


class ComplaintPhrase(models.Model):
    """Phrases also say what the accepted replies found, as the complainant is told (五(三))."""

    _inherit = "complaint.phrase"

    @api.model
    def _facts(self, ticket):
        """Add what was established, done and mended."""
        replies = ticket.slip_ids.reply_ids.filtered(lambda reply: reply.state == "accepted")
        told = {"查明": "facts", "处理": "result", "整改": "measures"}
        return super()._facts(ticket) | {
            place: "；".join(text.strip().rstrip("。") for text in replies.mapped(name) if text)
            for place, name in told.items()
        }
