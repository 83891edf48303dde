from datetime import timedelta

from odoo import api, fields, models, tools

KEPT = timedelta(days=30)


class ComplaintGuidanceNotice(models.Model):
    """Whom to turn to, told for a month to who sent what was out of scope (四.2, 四.5).

    Found by a digest of receipt number and query code; it names nobody and tells of no text.
    """

    _name = "complaint.guidance.notice"
    _description = "Guidance Told Online"
    _log_access = False

    key = fields.Char(
        required=True, readonly=True, index=True, help="A digest of number and query code."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    authority_id = fields.Many2one("complaint.authority", readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True)

    @api.model
    def _leave(self, drafts, authority):
        """Leave word for the senders of drafts that are about to be deleted."""
        self.sudo().create(
            [
                {
                    "key": self._key(draft.external_ref, draft.tracking_code),
                    "company_id": draft.company_id.id,
                    "authority_id": authority.id,
                    "date": draft.company_id._complaint_today(),
                }
                for draft in drafts.sudo()
                if draft.external_ref and draft.tracking_code
            ]
        )

    @api.model
    def _told(self, number, code):
        """Return the word left for a number and a code, or none."""
        return self.sudo().search([("key", "=", self._key(number, code))], limit=1)

    @api.model
    def _key(self, number, code):
        return tools.hmac(self.env(su=True), "complaint-guidance-notice", f"{number} {code}")

    def _until(self):
        """Return the last day on which it is told."""
        return self.date + KEPT

    @api.autovacuum
    def _gc_notices(self):
        """Forget what was told long enough."""
        day = fields.Date.today() - KEPT
        self.sudo().search([("date", "<", day)]).unlink()
