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

        With an agency code, kinds share series that begin with it (机关代字); a centre that takes
        another code begins new ones, and what has a number keeps it.

        :raise BusyError: where someone else began it just now; the server tries again
        """
        agency_code = (company.sudo().complaint_agency_code or "").strip()
        name = letter_kinds.series_of(kind, agency_code) if agency_code else kind
        code = LETTER + name
        series = self.sudo().with_context(active_test=False)
        found = series.search([("code", "=", code), ("company_id", "=", company.id)], limit=1)
        return found or series._begin_letter_series(company, kind, code)

    def _begin_letter_series(self, company, kind, code):
        series = letter_kinds.series_of(kind, company.sudo().complaint_agency_code)
        prefix, suffix = letter_kinds.series_values(series)
        values = {
            "name": f"{series}：{company.name}",
            "code": code,
            "prefix": prefix,
            "suffix": suffix,
            "padding": 0,
            "implementation": "no_gap",
            "use_date_range": True,
            "company_id": company.id,
        }
        with busy(self.env):
            return self.create(values)
