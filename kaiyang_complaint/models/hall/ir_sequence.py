from odoo import api, models

from ...exceptions import busy
from ...tools import letter_kinds

LETTER = "complaint.letter."


class IrSequence(models.Model):
    """The series in which a centre numbers its letters, each begun with its first letter."""

    _inherit = "ir.sequence"

    _letter_series_unique = models.UniqueIndex(
        "(company_id, code) WHERE starts_with(code, 'complaint.letter.')",
        "The centre has a series of numbers for these letters already.",
    )

    @api.model
    def _letter_series(self, company, kind):
        """Return a centre's series of numbers for a kind of letter.

        :raise BusyError: where someone else began it just now; the server tries again
        """
        code = LETTER + kind
        series = self.sudo().with_context(active_test=False)
        found = series.search([("code", "=", code), ("company_id", "=", company.id)], limit=1)
        return found or series._begin_letter_series(company, kind)

    def _begin_letter_series(self, company, kind):
        prefix, suffix = letter_kinds.series_values(kind)
        values = {
            "name": f"{letter_kinds.KINDS[kind].title}：{company.name}",
            "code": LETTER + kind,
            "prefix": prefix,
            "suffix": suffix,
            "padding": 0,
            "implementation": "no_gap",
            "use_date_range": True,
            "company_id": company.id,
        }
        with busy(self.env):
            return self.create(values)
